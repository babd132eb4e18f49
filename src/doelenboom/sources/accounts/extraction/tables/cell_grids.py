"""Cost tables whose rows keep their cells, from markup or tabs: nothing to divide."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.alike import is_side
from doelenboom.sources.accounts.extraction.numbers.candidates import Reading, placed
from doelenboom.sources.accounts.extraction.numbers.printed import Printed, read_cell
from doelenboom.sources.accounts.extraction.tables.cell_rows import (
    are_dashes_unsure,
    begins_with_side,
    doubt_of,
    is_amount,
    is_said,
    with_ages,
    with_lost_names,
    with_names_above,
    with_sides_joined,
    without_heads,
)
from doelenboom.sources.accounts.extraction.tables.columns import column_of
from doelenboom.sources.accounts.extraction.tables.grid import (
    LETTERS,
    Grid,
    context_of,
    headings_above,
    is_cost_table,
    is_heading,
    is_page_number,
)
from doelenboom.sources.accounts.extraction.tables.head_rows import (
    Row,
    column_heads,
    over_their_columns,
)
from doelenboom.sources.accounts.extraction.tables.head_spans import heads_of_rows
from doelenboom.sources.accounts.extraction.tables.heads import YEAR, names_column
from doelenboom.sources.accounts.extraction.tables.heads_above import completed
from doelenboom.sources.accounts.extraction.tables.layout import IGNORED, Layout, read_layout
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.tables.turned import with_phases_over_columns
from doelenboom.sources.accounts.extraction.words.patterns import whole
from doelenboom.sources.accounts.extraction.words.rows import (
    SIDES,
    flow_of_all,
    is_known_row,
    kind_of,
)
from doelenboom.sources.accounts.extraction.words.texts import squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import ROW_SIDES

_AMOUNTS = whole(r"-?\d[\d.,]*(?: -?\d[\d.,]*){1,9}")
_MOST_WAYS = 130
"""Ways to place the amounts of a row that lost cells, of which its sums may leave one."""

_LOST = "Er ontbreken cellen; te veel manieren om de bedragen te plaatsen."
_ASTRAY = "Een cel ontbreekt; een bedrag staat waar andere rijen hun naam hebben."


def cell_grid(lines: Sequence[Line], place: int, year: int) -> tuple[Grid | None, int]:
    """Read the table of cells that begins on a line, if any, and return the place after it."""
    if place and _heads_on(lines[place - 1], lines[place]):
        return None, place + 1  # the heads began above
    end = _cells_end(lines, place)
    parts = _parts(with_phases_over_columns(lines[place:end]))
    if parts is None:
        return None, place + 1
    parts = replace(parts, heads=completed(parts.heads, lines, place, year))
    layout = _cell_layout(parts, year, context_of(lines, place))
    if layout is None:
        return None, place + 1
    unsure = are_dashes_unsure(text for row in parts.body for text in row.texts)
    rows = [_cell_row(row, layout, unsure) for row in parts.body]
    rows = [*headings_above(lines, place, layout), *rows]
    if not is_cost_table(rows, layout):
        return None, place + 1
    first, last = parts.head[0].number, max(parts.body[-1].line.number, lines[end - 1].number)
    grid = Grid(
        columns=layout.heads, rows=rows, first_line=first, last_line=last, head=parts.head,
        layout=layout,
    )  # fmt: skip
    return grid, end


def _heads_on(above: Line, line: Line) -> bool:
    """Say whether a row of the same table heads columns, so that one below it is not the first."""
    same = line.table and above.table == line.table and len(above.cells) == len(line.cells)
    return bool(same and names_column(above.text) and not _figures(above))


@dataclass(frozen=True)
class _BodyRow:
    """A row below the heads: its label, and a text for each column of amounts."""

    line: Line
    label: str
    texts: Row
    short: bool
    """Whether other rows have more cells, so that one of its own may have been left out."""
    astray: bool
    """Whether it lacks a cell, and has an amount where other rows have their names."""


@dataclass(frozen=True)
class _Parts:
    """A table of cells: the lines of its head, the head of each column, and its rows."""

    head: Sequence[Line]
    heads: Sequence[str]
    body: Sequence[_BodyRow]


def _parts(lines: Sequence[Line]) -> _Parts | None:
    """Divide a table in heads, labels and columns; what only states a side joins its amount."""
    block = [
        line
        for line in lines
        if line.text.strip() and (line.cells or not is_page_number(line.text))
    ]
    block = block if block and block[0].table else with_names_above(block)
    first = next((n for n, line in enumerate(block) if _figures(line) > 1), 0)
    while first > 1 and (_is_title(block[first - 1]) or _has_one_amount(block[first - 1])):
        first -= 1  # a heading of the first rows, or one of them; no heads of columns
    if not first:
        return None
    head = block[:first]
    body = without_heads(block[first:], [line.cells for line in head if line.cells])
    corners = ((line, flow_of_all("".join(line.cells[:1]))) for line in reversed(head))
    titled = next(([replace(line, cells=(flow,))] for line, flow in corners if flow), [])
    body = [*titled, *body]
    body = with_ages(body)
    label_width = _label_width(body)
    width = max(len(line.cells) for line in body)
    body = [with_lost_names(line, label_width, width) for line in body]
    printed = [line.cells for line in head if not _is_title(line)]
    sided = any(column_of(cell).holds == "side" for cells in printed for cell in cells)
    if any(len(cells) < width for cells in printed) and not sided:
        body = with_sides_joined(body, label_width, width)
        width = max(len(line.cells) for line in body)
    if len(printed) == 1 and len(printed[0]) < width - label_width:
        return None  # a head is missing, or stands over several columns
    named = _over_columns(printed, label_width, width, bool(head[0].table))
    heads = [*[""] * width, *column_heads(named, spread=True)][label_width - width :]
    own = [*[""] * width, *column_heads(named, spread=False)][label_width - width :]
    texts = [[*line.cells, *[""] * width][label_width:width] for line in body]
    for column in reversed(range(width - label_width)):
        found = [row[column] for row in texts if row[column]]
        if column and found and all(map(is_side, found)):
            for row in texts:
                row[column - 1] = f"{row[column - 1]} {row[column]}".strip()
        elif found or own[column]:
            continue
        for row in (heads, *texts):
            del row[column]
    labels = _labels([line.cells[:label_width] or (line.text,) for line in body])
    short = [len(line.cells) < width for line in body]
    astray = [
        lacks and any(map(is_amount, line.cells[1:label_width]))
        for line, lacks in zip(body, short, strict=True)
    ]
    parts = zip(body, labels, map(tuple, texts), short, astray, strict=True)
    rows = [_BodyRow(*row) for row in parts]
    return _Parts(head, _with_year_above(heads, printed), rows)


def _over_columns(rows: Sequence[Row], labels: int, width: int, loose: bool) -> Sequence[Row]:
    """Put heads that lack cells over their columns; `loose` ones above the others may be none."""
    if len(rows) < 2 or all(len(cells) >= width for cells in rows):  # noqa: PLR2004
        return rows
    for own in (rows[n:] for n in range(len(rows) if loose else 1)):
        padded = [
            (*row[:1], *[""] * (labels - 1), *row[1:]) if len(row) + labels - 1 < width else row
            for row in own
        ]
        unnamed = [
            (*[""] * labels, *row)
            if len(row) + labels <= width and names_column(row[0]) and all(own[-1][labels:])
            else row
            for row in own
        ]
        for tried in (own, padded, unnamed):
            if found := over_their_columns(tried, width, labels):
                return found
        if heads := heads_of_rows(own, width - labels, labels):
            return [(*[""] * labels, *heads)]
    return []


def _with_year_above(heads: Sequence[str], printed: Sequence[Row]) -> list[str]:
    """Give heads without years the one that stands above them in no column of its own."""
    above = {year for cells in printed for cell in cells for year in YEAR.findall(cell)}
    if len(above) != 1 or any(map(YEAR.search, heads)):
        return [*heads]
    (year,) = above
    return [f"{year} {head}" if head else head for head in heads]


def _is_title(line: Line) -> bool:
    """Say whether a row above the heads has only a title, about every column, or a flow."""
    told = [cell for cell in line.cells if cell]
    return not any(line.cells[1:]) or (len(told) == 1 and kind_of(told[0]) in SIDES)


def _has_one_amount(line: Line) -> bool:
    """Say whether a row has a name and one amount, and nothing else."""
    return (
        bool(line.cells[:1] and line.cells[0])
        and sum(map(bool, line.cells[1:])) == _figures(line) == 1
    )


def _labels(cells: Sequence[Row]) -> list[str]:
    """Join the cells of each label; a row with its side in a cell of its own keeps the name above.

    A column of sides holds nothing but `L`, `B`, `Lasten` and the like.
    """
    sides = next((n for n in range(1, max(map(len, cells))) if _are_sides(cells, n)), 0)
    each = sides and _are_balanced(cells, sides)
    labels, name = [], ""
    for row in cells:
        at = 0 if each and begins_with_side(row) else sides
        side = ROW_SIDES.get(row[at].lower(), "") if sides and at < len(row) else ""
        texts = [text for n, text in enumerate(row) if text and not (side and n == at)]
        name = squeezed(" ".join(texts)) or (name if side else "")
        labels.append(f"{name} {side}".strip())
    return labels


def _are_balanced(cells: Sequence[Row], sides: int) -> bool:
    """Say whether balances stand below the sides of names, where other rows have their names."""
    below = [n for n, row in enumerate(cells) if begins_with_side(row) and not any(row[sides:][:1])]
    return len(below) > 1 and all(n and any(cells[n - 1][sides:][:1]) for n in below)


def _are_sides(cells: Sequence[Row], column: int) -> bool:
    found = [row[column].lower() for row in cells if column < len(row) and row[column]]
    return len(set(found)) > 1 and all(text in ROW_SIDES for text in found)


def _cell_layout(parts: _Parts, year: int, context: str) -> Layout | None:
    """Read the columns from their own heads, or from the head as one text where they do not fit."""
    text = " ".join(line.text for line in parts.head if not _is_title(line))
    layouts = [read_layout(heads, year, context) for heads in (parts.heads, [text])]
    fitting = [layout for layout in layouts if layout and len(layout.columns) == len(parts.heads)]
    parted = (layout.sound_part(year) for layout in fitting[:1] if layout is layouts[0])
    return next((layout for layout in (*fitting, *parted) if layout.is_sound), None)


def _cells_end(lines: Sequence[Line], place: int) -> int:
    """Return where a table of cells ends; among tabs a short line without any is a heading."""
    end = place
    while end < len(lines):
        line = lines[end]
        following = lines[end + 1] if end + 1 < len(lines) else None
        inside = line.cells and line.table == lines[place].table
        between = (
            not lines[place].table
            and not line.cells
            and (is_heading(line.text.strip()) or is_page_number(line.text))
            and bool(following and following.cells)
        )
        if not inside and not between:
            break
        end += 1
    return end


def _figures(line: Line) -> int:
    """Count the amounts of a row; years that stand alone above the rows are heads."""
    if not line.cells:
        return 0
    cells = [
        cell for cell in line.cells[1:] if cell and (read := read_cell(cell)) and is_said(read)
    ]
    years = all(YEAR.fullmatch(cell) for cell in cells) and not is_known_row(line.cells[0])
    return 0 if years else len(cells)


def _label_width(block: Sequence[Line]) -> int:
    """Return how many columns at the left hold labels: those before the first with figures.

    What is silent, a dash or two amounts in a cell, is neither.
    """
    for column in range(max(len(line.cells) for line in block)):
        cells = [line.cells[column] for line in block if column < len(line.cells)]
        words = sum(read_cell(cell) is None and not _AMOUNTS.fullmatch(cell) for cell in cells)
        figures = sum(map(is_amount, cells))
        if column and figures > words:
            return column
    return 1


def _cell_row(row: _BodyRow, layout: Layout, unsure: bool) -> TableRow:
    """Read a row; what stands in a column that is set aside need not be an amount."""
    text = squeezed(row.line.text)
    if not any(row.texts) and (LETTERS.search(row.label) or not row.label):
        return TableRow(row.line.number, row.label or text, heading=True)
    if row.astray:
        return TableRow(row.line.number, text, problem=_ASTRAY)
    if doubt := doubt_of(row.texts, unsure):
        return TableRow(row.line.number, text, problem=doubt)
    if row.short and row.line.stacked:
        amounts = sum(map(bool, row.texts))
        every = comb(len(row.texts), amounts) <= _MOST_WAYS
        places = combinations(range(len(row.texts)), amounts) if every else _alike(layout, amounts)
        ways = tuple(_ways(row, layout, places))
        return TableRow(row.line.number, text, ways, stacked=True, short=not every, problem=_LOST)
    cells = [
        read_cell(cell) or (Printed(cell, None) if column.phase == IGNORED else None)
        for cell, column in zip(row.texts, layout.columns, strict=True)
    ]
    if not all(cells):
        return TableRow(row.line.number, text)
    reading = Reading(row.label, tuple(cell for cell in cells if cell))
    return TableRow(row.line.number, text, (reading,), stacked=row.line.stacked, short=row.short)


def _ways(row: _BodyRow, layout: Layout, places: Iterable[tuple[int, ...]]) -> Iterator[Reading]:
    """Yield the ways to place the amounts of a row of which cells were lost, in their order."""
    cells_read = [read_cell(text) for text in row.texts if text]
    amounts = [cell for cell in cells_read if cell]
    for chosen in places if len(amounts) == len(cells_read) else ():
        cells = placed(amounts, chosen, len(row.texts))
        if all(layout.fits(cells[: n + 1]) for n in range(len(cells))):
            yield Reading(row.label, cells)


def _alike(layout: Layout, amounts: int) -> Iterator[tuple[int, ...]]:
    """Yield the places of amounts that are of the same flows in each group of columns.

    Of too many ways to place them these are tried; that there are others is said.
    """
    flows = [column.flow for column in layout.columns]
    width = len(set(flows))
    groups = len(flows) // width
    if flows != flows[:width] * groups or amounts % groups:
        return
    for held in combinations(range(width), amounts // groups):
        yield tuple(n for n in range(len(flows)) if n % width in held)
