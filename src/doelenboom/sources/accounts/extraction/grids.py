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
_LETTERS = re.compile(r"[A-Za-zÀ-ÿ]{2}")


@dataclass(frozen=True)
class GridRow:
    """One printed row: where, its text, the ways to read it; a heading has none.

    `complete` is False where there were too many ways to list; `missing` where the row has fewer
    figures than the table has columns.
    """

    line: int
    text: str
    readings: tuple[Reading, ...] = ()
    heading: bool = False
    complete: bool = True
    missing: bool = False


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
    for row, following in _text_rows(lines, start, len(layout.columns)):
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
        if len(texts) == _HEAD_LINES or len(text) > LONGEST_ROW:
            break
        texts.append(text)
        layout = read_layout([" ".join(texts)], year, _context(lines, place))
        if layout and _next_is_row(lines, at + 1, len(layout.columns)):
            best = (layout, at + 1)
            break
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


def _next_is_row(lines: Sequence[Line], place: int, columns: int) -> bool:
    """Say whether a row of that many figures follows, at once or after a heading."""
    seen = 0
    for at in range(place, len(lines)):
        text = lines[at].text.strip()
        if not text:
            continue
        if _row_at(lines, at, columns):
            return True
        seen += 1
        if seen == _LOOK_AHEAD or not _is_heading(text):
            return False
    return False


def _text_rows(
    lines: Sequence[Line], place: int, columns: int
) -> Iterator[tuple[GridRow, int]]:
    """Yield the rows of a text table with the place after each, until something else begins."""
    at = place
    while at < len(lines):
        line = lines[at]
        text = line.text.strip()
        if not text:
            at += 1
            continue
        found = _row_at(lines, at, columns)
        if found:
            yield found
            at = found[1]
        elif _is_heading(text) and _next_is_row(lines, at + 1, columns):
            yield GridRow(line.number, squeezed(text), heading=True), at + 1
            at += 1
        elif _is_broken_row(text) and _next_is_row(lines, at + 1, columns):
            yield GridRow(line.number, squeezed(text)), at + 1
            at += 1
        else:
            if _is_broken_row(text):
                yield GridRow(line.number, squeezed(text)), at + 1
            return


def _row_at(lines: Sequence[Line], at: int, columns: int) -> tuple[GridRow, int] | None:
    """Read the row that begins on a line: figures behind its label, or on the lines below it."""
    line = lines[at]
    text = line.text.strip()
    if len(text) > LONGEST_ROW or not _LETTERS.search(text) or section_of(text):
        return None
    label, run = number_run(text)
    if not _LETTERS.search(label):
        return None
    if not run:
        return _spread_row(lines, at, columns)
    readings, complete = read_row(text, columns, is_whole_label(label))
    if readings:
        return GridRow(line.number, squeezed(text), tuple(readings), complete=complete), at + 1
    if not complete:
        return GridRow(line.number, squeezed(text), complete=False), at + 1
    return _short_row(line, columns, at)


def _short_row(line: Line, columns: int, at: int) -> tuple[GridRow, int] | None:
    readings = read_short_row(line.text.strip(), columns)
    if not readings or sum(cell.value is not None for cell in readings[0].cells) < 2:  # noqa: PLR2004
        return None
    return GridRow(line.number, squeezed(line.text), tuple(readings), missing=True), at + 1


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
    return (
        len(text) <= LONGEST_HEADING
        and bool(_LETTERS.search(text))
        and not text.endswith((".", ";", ","))
        and not section_of(text)
        and not number_run(text)[1]
    )


def _is_broken_row(text: str) -> bool:
    """Say whether a line looks like a row of figures that cannot be read as one."""
    label, run = number_run(text)
    return len(text) <= LONGEST_ROW and bool(_LETTERS.search(label)) and bool(re.search(r"\d", run))


# --- cells ---


def _cell_grid(lines: Sequence[Line], place: int, year: int) -> tuple[Grid, int] | None:
    """Read the table of cells that begins on a line."""
    end = place
    while end < len(lines) and lines[end].cells and lines[end].table == lines[place].table:
        end += 1
    block = lines[place:end]
    first = next((n for n, line in enumerate(block) if _figures(line) > 1), None)
    if not first:
        return None
    heads = _column_heads([line.cells for line in block[:first]])
    width = max(len(line.cells) for line in block[first:])
    heads = [""] * (width - len(heads)) + heads if len(heads) < width else heads
    layout = read_layout(heads, year, _context(lines, place))
    if layout is None:
        return None
    rows = [_cell_row(line, layout) for line in block[first:]]
    used = [n for n, column in enumerate(layout.columns) if n >= _label_width(block[first:])]
    grid_layout = Layout(
        tuple(layout.columns[n] for n in used),
        layout.factor,
        layout.unit_printed,
        layout.minus_is,
        layout.unplaced,
    )
    rows = [_cell_row(line, grid_layout) for line in block[first:]]
    if not _worth(rows, grid_layout):
        return None
    return Grid(grid_layout, tuple(rows), block[0].number, block[-1].number), end


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


def _cell_row(line: Line, layout: Layout) -> GridRow:
    width = len(line.cells) - len(layout.columns)
    width = max(width, 1)
    label = squeezed(" ".join(cell for cell in line.cells[:width] if cell))
    texts = [*line.cells[width:], *[""] * len(layout.columns)][: len(layout.columns)]
    if not any(texts):
        return GridRow(line.number, label, heading=True)
    cells = [read_cell(text) for text in texts]
    if not all(cells):
        return GridRow(line.number, squeezed(line.text))
    reading = Reading(label, tuple(cell for cell in cells if cell))
    return GridRow(line.number, squeezed(line.text), (reading,))
