"""Tables of indicators with a row on each line: cells, or texts between bars or wide blanks."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.numbers.scores import read_score
from doelenboom.sources.accounts.extraction.subjects.indicators.columns import (
    MISFIT,
    VALUES,
    Heads,
    IndicatorColumn,
    IndicatorTable,
    IsStatutory,
    cells_of,
    indicator_column,
    indicator_table,
    is_grouped,
    is_head,
    names_area,
    unread,
)
from doelenboom.sources.accounts.extraction.subjects.indicators.evidence import indicator_columns
from doelenboom.sources.accounts.extraction.subjects.indicators.fitting import fit, fits
from doelenboom.sources.accounts.extraction.subjects.indicators.headings import (
    headings,
    joined,
    with_lost,
)
from doelenboom.sources.accounts.extraction.tables.heads import YEAR
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.words.texts import DIGIT
from doelenboom.sources.accounts.extraction.words.vocabulary import section_of

_MOST_HEADS = 3
_SAMPLE = 12


@dataclass(frozen=True)
class _Head(Heads):
    """The heads of a table, and the place of the first line below them.

    `fits` says whether the rows below have a cell for each head, `full` whether most have all.
    """

    after: int
    fits: bool = True
    full: bool = False


def rows_table(
    lines: Sequence[Line], place: int, section: str, is_statutory: IsStatutory
) -> IndicatorTable | None:
    """Return the table whose heads stand on a line, None where they are none.

    Where blanks part the cells and no row fits, the blanks mean nothing.
    """
    head = _head_at(lines, place, is_statutory)
    if head is None:
        return None
    rows: dict[Line, TableRow] = {}
    issues: list[Issue] = []
    covered = set(lines[place : head.after])
    if not head.fits:
        issues.append(Issue(lines[place].number, "indicator_values", lines[place].text, MISFIT))
    grouped = not lines[place].cells and is_grouped(lines, place)
    title = above = ""
    name = next(n for n, column in enumerate(head.kinds) if column.kind == "name")
    for line in _body(lines, head.after, lines[place]) if head.fits else ():
        cells = cells_of(line)
        values = _values(cells, head.kinds if line.cells else ())
        if len([cell for cell in cells if cell]) < 2 or not values:  # noqa: PLR2004
            title, above = next((cell for cell in cells if cell), title), ""
            continue
        covered.add(line)
        elsewhere = _is_elsewhere(cells, head.kinds, name)
        cells = _named(cells, name, title, above, is_statutory)
        above = cells[name] if line.cells and is_statutory(cells[name]) else ""
        if elsewhere:
            continue
        whole = _is_whole(line, cells, head) if line.cells else fit(cells, head.kinds)
        if not grouped and whole:
            rows[line] = TableRow(line.number, line.text, cells=cells)
        else:
            issues.append(unread(line.number, line.text, values, head.kinds))
    if not rows and not lines[place].cells and "|" not in lines[place].text:
        return None
    return indicator_table(head, rows, covered, section, issues)


# --- heads ---


def _head_at(lines: Sequence[Line], place: int, is_statutory: IsStatutory) -> _Head | None:
    """Return the heads that begin on a line; in a table of cells they may go on below it."""
    first = lines[place]
    if not first.cells:
        heads = cells_of(first)
        near = map(cells_of, lines[place + 1 : place + 1 + _SAMPLE])
        sample = [cells for cells in near if len(cells) == len(heads) > 1]
        columns = indicator_columns(heads, sample, is_statutory)
        return _Head(heads, columns, place + 1) if is_head(columns) else None
    if any(map(_is_value, first.cells)) or _goes_on_above(lines, place):
        return None
    rows = [*_heads_above(lines, place), first.cells]
    extra = len(rows) - 1
    while len(rows) <= _MOST_HEADS:
        after = place + len(rows) - extra
        below = lines[after].cells if after < len(lines) and _may_go_on(lines[after], first) else ()
        if not (below and _is_of_heads(below)):
            if found := _joined(rows, list(_sample(lines, after, first)), after, is_statutory):
                return found
            if not below:
                return None
        rows.append(below)
    return None


def _goes_on_above(lines: Sequence[Line], place: int) -> bool:
    """Say whether the row above in the same table has heads of values, which are over these."""
    above = lines[place - 1] if place else None
    if above is None or not above.cells or above.table != lines[place].table:
        return False
    kinds = {indicator_column(cell).kind for cell in above.cells}
    return bool(kinds & {*VALUES}) and not any(map(_is_value, above.cells))


def _heads_above(lines: Sequence[Line], place: int) -> list[tuple[str, ...]]:
    """Return the heads of a line of text above a table of which the first head is empty."""
    above = lines[place - 1] if place else None
    if lines[place].cells[0] or above is None or above.cells:
        return []
    cells = cells_of(above)
    return [cells] if len(cells) > 1 and not any(map(_is_value, cells)) else []


def _may_go_on(line: Line, first: Line) -> bool:
    """Say whether heads may go on in a row of their table: more than a title, and no values."""
    cells = line.cells
    more = [cell for cell in cells if cell]
    return (
        line.table == first.table
        and (len(more) > 1 or (bool(more) and not cells[0]))
        and not any(map(_is_value, cells))
        and not section_of(line.text)
    )


def _is_of_heads(cells: Sequence[str]) -> bool:
    """Say whether a row has nothing but heads that are known."""
    return all(indicator_column(cell).kind for cell in cells if cell)


def _sample(lines: Sequence[Line], after: int, first: Line) -> Iterator[tuple[str, ...]]:
    """Yield the cells of some rows with values below the heads."""
    for line in lines[after : after + 3 * _SAMPLE]:
        if not line.cells or line.table != first.table:
            return
        if any(map(_is_value, line.cells)):
            yield line.cells


def _joined(
    rows: Sequence[tuple[str, ...]],
    sample: Sequence[tuple[str, ...]],
    after: int,
    is_statutory: IsStatutory,
) -> _Head | None:
    """Join rows of heads; where they lost their empty cells, as rows have room for them."""
    widths = Counter(len(row) for row in sample).most_common(1)
    width = widths[0][0] if widths else len(rows[-1])
    ways: Iterator[list[str]] = headings([cell for row in rows for cell in row if cell])
    if sample:
        ways = with_lost(ways, sample[0])
    if all(len(row) == len(rows[0]) for row in rows) and width <= len(rows[0]):
        heads = list(rows[0])
        for row in rows[1:]:
            heads = joined(heads, row)
        ways = iter([heads])
    first: _Head | None = None
    for heads in ways:
        fits = width == len(heads) or (len(rows) == 1 and width < len(heads))
        columns = indicator_columns(heads, sample if fits else (), is_statutory)
        if is_head(columns):
            if fits:
                return _Head(tuple(heads), columns, after, full=width == len(heads))
            first = first or _Head(tuple(heads), columns, after, fits=False)
    return first


# --- rows ---


def _body(lines: Sequence[Line], after: int, first: Line) -> Iterator[Line]:
    """Yield the lines below heads until a section, another table or heads that come again."""
    for line in lines[after:]:
        if section_of(line.text) or (line.cells and line.table != first.table):
            return
        cells = cells_of(line)
        years = [cell for cell in cells[1:] if cell]
        again = bool(cells[0]) and len(years) > 1 and all(map(YEAR.fullmatch, years))
        if again or (len(cells) > 1 and is_head(tuple(map(indicator_column, cells)))):
            return
        if not (line.cells and all(YEAR.fullmatch(cell) for cell in cells if cell)):
            yield line


def _values(cells: Sequence[str], columns: Sequence[IndicatorColumn]) -> list[str]:
    """Return the values of a row, and what stands below a head of values with a figure in it."""
    kinds = [column.kind for column in columns] + [""] * len(cells)
    return [
        cell
        for cell, kind in zip(cells, kinds, strict=False)
        if (kind in VALUES and DIGIT.search(cell)) or (kind in (*VALUES, "") and read_score(cell))
    ]


def _is_elsewhere(cells: Sequence[str], columns: Sequence[IndicatorColumn], name: int) -> bool:
    """Say whether a row is of another place: its name is, its first cell, or its place."""
    places = [cell for cell, column in zip(cells, columns, strict=False) if column.kind == "area"]
    return any(map(names_area, (*cells[name : name + 1], cells[0], *places)))


def _named(
    cells: tuple[str, ...], name: int, title: str, above: str, is_statutory: IsStatutory
) -> tuple[str, ...]:
    """Give a row the name that stands above it: of the municipality's row, or over several rows."""
    if name >= len(cells):
        return (*cells, *[""] * (name + 1 - len(cells)))
    low = cells[name].lower()
    own = low == "gemeente" or (low.startswith("gemeente ") and is_statutory(title))
    told = title if own else above if not low else ""
    return (*cells[:name], told, *cells[name + 1 :]) if told else cells


def _is_whole(line: Line, cells: Sequence[str], head: _Head) -> bool:
    """Say whether each value of a row stands below a head that is known, and it is no target."""
    if head.full and not line.table and len(line.cells) < len(head.texts):
        return False  # among tabs a cell is lost
    for cell, column, text in zip(cells, head.kinds, head.texts, strict=False):
        lost = column.kind == "name" or (column.kind in ("", "area") and not text)
        if (lost and _is_value(cell)) or (column.kind in ("", "area") and not fits(cell, column)):
            return False
    return not any(map(_is_value, cells[len(head.texts) :]))


def _is_value(cell: str) -> bool:
    score = read_score(cell)
    return bool(score and score.value is not None) and not YEAR.fullmatch(cell)
