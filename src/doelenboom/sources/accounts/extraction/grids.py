"""Finding the cost tables of a chapter: a head that names phases, and the rows under it.

Each row comes with every way in which it can be read; which one is right is decided by
`solving`. Rows of markup and of tabs keep their cells.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from doelenboom.sources.accounts.extraction.layout import Layout, read_layout
from doelenboom.sources.accounts.extraction.lines import Line, squeezed
from doelenboom.sources.accounts.extraction.numbers import (
    Printed,
    Reading,
    number_run,
    read_cell,
    read_row,
    read_short_row,
)
from doelenboom.sources.accounts.extraction.rows import is_known_row, is_whole_label
from doelenboom.sources.accounts.extraction.vocabulary import section_of

LONGEST_ROW = 200
LONGEST_HEADING = 90
_HEAD_LINES = 10
_LOOK_AHEAD = 3
_PAGE = re.compile(r"\b(?:pagina|pag|blz|bladzijde)\b", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Za-zÀ-ÿ]{2}")


@dataclass(frozen=True)
class GridRow:
    """One printed row: where, its text, the ways to read it; a heading has none.

    `readings` are those whose own sums hold, all where none does; `others` the rest, of which
    there are more where `complete` is False.
    """

    line: int
    text: str
    readings: tuple[Reading, ...] = ()
    heading: bool = False
    others: tuple[Reading, ...] = ()
    complete: bool = True


@dataclass(frozen=True)
class Grid:
    """One cost table: its layout, its rows in order, and the lines it runs from and to."""

    layout: Layout
    rows: tuple[GridRow, ...]
    first_line: int
    last_line: int


def find_grids(lines: Sequence[Line], year: int) -> list[Grid]:
    """Return the cost tables among the lines, for figures of `year`."""
    grids: list[Grid] = []
    place = 0
    while place < len(lines):
        found = _grid_at(lines, place, year)
        if found is None:
            place += 1
        else:
            grid, place = found
            grids.append(grid)
    return grids


def _grid_at(lines: Sequence[Line], place: int, year: int) -> tuple[Grid, int] | None:
    found = _cell_grid(lines, place, year) if lines[place].cells else None
    return found or _text_grid(lines, place, year)


def _worth(rows: Sequence[GridRow], layout: Layout) -> bool:
    """Say whether rows are those of a cost table: two or more, and one that names a flow."""
    read = [row for row in rows if row.readings]
    known = any(column.flow for column in layout.columns) or any(
        is_known_row(reading.label) for row in read for reading in row.readings[:1]
    )
    return len(read) > 1 and known


# --- text ---


def _text_grid(lines: Sequence[Line], place: int, year: int) -> tuple[Grid, int] | None:
    head = _text_head(lines, place, year)
    if head is None:
        return None
    layout, start = head
    rows: list[GridRow] = []
    end = start
    for row, following in _text_rows(lines, start, layout):
        rows.append(row)
        end = following
    while rows and rows[-1].heading:
        rows.pop()
    if not _worth(rows, layout):
        return None
    grid = Grid(layout, tuple(rows), lines[place].number, rows[-1].line)
    return grid, max(end, place + 1)


def _text_head(lines: Sequence[Line], place: int, year: int) -> tuple[Layout, int] | None:
    """Return the layout that begins on a line, and the place of the first row under it."""
    if not _is_head(lines[place].text):
        return None
    texts: list[str] = []
    best: tuple[Layout, int] | None = None
    for at in range(place, min(place + 3 * _HEAD_LINES, len(lines))):
        text = lines[at].text.strip()
        if not text:
            continue
        figures = len(number_run(text)[1].split())
        if len(texts) == _HEAD_LINES or len(text) > LONGEST_ROW or (texts and figures > 1):
            break
        texts.append(text)
        layout = read_layout([" ".join(texts)], year, _context(lines, place))
        columns = len(layout.columns) if layout else 0
        wider = columns > (len(best[0].columns) if best else 0)
        if layout and layout.is_sound and wider and _next_is_row(lines, at + 1, layout):
            best = (layout, at + 1)
    return best


def _is_head(text: str) -> bool:
    return bool(
        len(text) <= LONGEST_ROW
        and re.search(
            r"begroting|primitief|realisatie|rekening|werkelijk|raming|bedragen|actueel",
            text,
            re.IGNORECASE,
        )
    )


def _context(lines: Sequence[Line], place: int) -> str:
    """Return the short lines just above and around a head, where the unit may stand."""
    near = [line.text for line in lines[max(0, place - 4) : place + 12]]
    return " ".join(text for text in near if len(text) <= LONGEST_ROW and "edrag" in text)


def _next_is_row(lines: Sequence[Line], place: int, layout: Layout) -> bool:
    """Say whether a row of that many figures follows, at once or after a heading."""
    seen = 0
    for at in range(place, len(lines)):
        text = lines[at].text.strip()
        if not text:
            continue
        if _row_at(lines, at, layout):
            return True
        seen += 1
        if seen == _LOOK_AHEAD or not _is_heading(text):
            return False
    return False


def _text_rows(
    lines: Sequence[Line], place: int, layout: Layout
) -> Iterator[tuple[GridRow, int]]:
    """Yield the rows of a text table with the place after each, until something else begins."""
    at = place
    while at < len(lines):
        line = lines[at]
        text = line.text.strip()
        if not text:
            at += 1
            continue
        found = _row_at(lines, at, layout)
        if found:
            yield found
            at = found[1]
        elif _is_heading(text) and _next_is_row(lines, at + 1, layout):
            yield GridRow(line.number, squeezed(text), heading=True), at + 1
            at += 1
        elif _is_broken_row(text) and _next_is_row(lines, at + 1, layout):
            yield GridRow(line.number, squeezed(text)), at + 1
            at += 1
        else:
            if _is_broken_row(text):
                yield GridRow(line.number, squeezed(text)), at + 1
            return


def _row_at(lines: Sequence[Line], at: int, layout: Layout) -> tuple[GridRow, int] | None:
    """Read the row that begins on a line: figures behind its label, or on the lines below it."""
    line = lines[at]
    text = line.text.strip()
    if len(text) > LONGEST_ROW or not _LETTERS.search(text) or section_of(text):
        return None
    label, run = number_run(text)
    if not _LETTERS.search(label):
        return None
    if not run:
        return _spread_row(lines, at, len(layout.columns))
    found = read_row(text, len(layout.columns), layout.fits, is_whole_label(label))
    if found.fitting:
        row = GridRow(
            line.number, squeezed(text), found.fitting, others=found.others,
            complete=found.complete,
        )  # fmt: skip
        return row, at + 1
    if found.others:
        return GridRow(line.number, squeezed(text), found.others, complete=found.complete), at + 1
    return _short_row(line, len(layout.columns), at)


def _short_row(line: Line, columns: int, at: int) -> tuple[GridRow, int] | None:
    readings = read_short_row(line.text.strip(), columns)
    if not readings or sum(cell.value is not None for cell in readings[0].cells) < 2:  # noqa: PLR2004
        return None
    return GridRow(line.number, squeezed(line.text), tuple(readings)), at + 1


def _spread_row(lines: Sequence[Line], at: int, columns: int) -> tuple[GridRow, int] | None:
    """Read a label with its figures on the lines below it, one or more on each."""
    label = squeezed(lines[at].text)
    if not _is_heading(label):
        return None
    figures: list[Printed] = []
    place = at + 1
    while place < len(lines) and len(figures) < columns:
        text = lines[place].text.strip()
        cell = read_cell(text) if text else None
        if text and cell is None:
            return None
        figures += [cell] if text and cell else []
        place += 1
    if len(figures) < columns:
        return None
    text = " ".join([label, *(cell.text for cell in figures)])
    return GridRow(lines[at].number, text, (Reading(label, tuple(figures)),)), place


def _is_heading(text: str) -> bool:
    """Say whether a line may be a heading within a table; it may end in one figure (`Wmo 2015`)."""
    return (
        len(text) <= LONGEST_HEADING
        and bool(_LETTERS.search(text))
        and not text.endswith((".", ";", ","))
        and not section_of(text)
        and len(number_run(text)[1].split()) <= 1
        and not _PAGE.search(text)
    )


def _is_broken_row(text: str) -> bool:
    """Say whether a line looks like a row of figures that cannot be read as one."""
    label, run = number_run(text)
    return len(text) <= LONGEST_ROW and bool(_LETTERS.search(label)) and bool(re.search(r"\d", run))


# --- cells ---


def _cell_grid(lines: Sequence[Line], place: int, year: int) -> tuple[Grid, int] | None:
    """Read the table of cells that begins on a line."""
    end = _cells_end(lines, place)
    block = [line for line in lines[place:end] if line.text.strip()]
    first = next((n for n, line in enumerate(block) if _figures(line) > 1), 0)
    while first > 1 and len([cell for cell in block[first - 1].cells if cell]) <= 1:
        first -= 1  # a heading of the first rows, not of the columns
    if not first:
        return None
    body = block[first:]
    label_width = _label_width(body)
    width = max(len(line.cells) for line in body)
    heads = _column_heads([line.cells for line in block[:first]])
    heads = [""] * (width - len(heads)) + heads
    layout = _cell_layout(heads[-(width - label_width) :], block[:first], year, lines, place)
    if layout is None:
        return None
    rows = [_cell_row(line, label_width, len(layout.columns)) for line in body]
    if not _worth(rows, layout):
        return None
    return Grid(layout, tuple(rows), block[0].number, block[-1].number), end


def _cell_layout(
    heads: Sequence[str], head: Sequence[Line], year: int, lines: Sequence[Line], place: int
) -> Layout | None:
    """Read the columns from their own heads, or from the head as one text where they do not fit."""
    context = _context(lines, place)
    layouts = (
        read_layout(heads, year, context),
        read_layout([" ".join(line.text for line in head)], year, context),
    )
    fitting = (
        layout
        for layout in layouts
        if layout and layout.is_sound and len(layout.columns) == len(heads)
    )
    return next(fitting, None)


def _cells_end(lines: Sequence[Line], place: int) -> int:
    """Return where a table of cells ends; among tabs a short line without any is a heading."""
    end = place
    while end < len(lines):
        line = lines[end]
        following = lines[end + 1] if end + 1 < len(lines) else None
        inside = line.cells and line.table == lines[place].table
        heading = (
            not lines[place].table
            and not line.cells
            and _is_heading(line.text.strip())
            and bool(following and following.cells)
        )
        if not inside and not heading:
            break
        end += 1
    return end


def _figures(line: Line) -> int:
    return sum(1 for cell in line.cells[1:] if cell and (read := read_cell(cell)) and _said(read))


def _said(cell: Printed) -> bool:
    return cell.value is not None and bool(re.search(r"\d", cell.text))


def _column_heads(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Join the heads of each column; a head over several columns counts for each of them."""
    width = max(len(row) for row in rows)
    heads = [""] * width
    for n, row in enumerate(rows):
        last, above = "", n + 1 < len(rows)
        for column in range(width):
            text = row[column] if column < len(row) else ""
            last = text or (last if above and column else "")
            heads[column] = f"{heads[column]} {last}".strip()
    return heads


def _label_width(block: Sequence[Line]) -> int:
    """Return how many columns at the left hold labels: those before the first with figures."""
    for column in range(max(len(line.cells) for line in block)):
        cells = [line.cells[column] for line in block if column < len(line.cells)]
        read = [read_cell(cell) for cell in cells if cell]
        if column and read and sum(1 for cell in read if cell and _said(cell)) * 2 > len(read):
            return column
    return 1


def _cell_row(line: Line, label_width: int, columns: int) -> GridRow:
    label = squeezed(" ".join(cell for cell in line.cells[:label_width] if cell))
    texts = [*line.cells[label_width:], *[""] * columns][:columns]
    if not any(texts):
        return GridRow(line.number, label or squeezed(line.text), heading=True)
    cells = [read_cell(text) for text in texts]
    if not all(cells):
        return GridRow(line.number, squeezed(line.text))
    reading = Reading(label, tuple(cell for cell in cells if cell))
    return GridRow(line.number, squeezed(line.text), (reading,))
