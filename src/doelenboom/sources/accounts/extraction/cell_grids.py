"""Cost tables whose rows keep their cells, from markup or tabs: nothing to divide."""

import re
from collections.abc import Sequence

from doelenboom.sources.accounts.extraction.grid import (
    Grid,
    GridRow,
    context_of,
    is_cost_table,
    is_heading,
)
from doelenboom.sources.accounts.extraction.layout import Layout, read_layout
from doelenboom.sources.accounts.extraction.lines import Line, squeezed
from doelenboom.sources.accounts.extraction.numbers import Printed, Reading, read_cell


def cell_grid(lines: Sequence[Line], place: int, year: int) -> tuple[Grid | None, int]:
    """Read the table of cells that begins on a line, if any, and return the place after it."""
    end = _cells_end(lines, place)
    block = [line for line in lines[place:end] if line.text.strip()]
    first = next((n for n, line in enumerate(block) if _figures(line) > 1), 0)
    while first > 1 and len([cell for cell in block[first - 1].cells if cell]) <= 1:
        first -= 1  # a heading of the first rows, not of the columns
    if not first:
        return None, place + 1
    body = block[first:]
    label_width = _label_width(body)
    width = max(len(line.cells) for line in body)
    heads = _column_heads([line.cells for line in block[:first]])
    heads = [""] * (width - len(heads)) + heads
    layout = _cell_layout(heads[-(width - label_width) :], block[:first], year, lines, place)
    if layout is None:
        return None, place + 1
    rows = [_cell_row(line, label_width, len(layout.columns)) for line in body]
    if not is_cost_table(rows, layout):
        return None, place + 1
    return Grid(layout, tuple(rows), block[0].number, block[-1].number), end


def _cell_layout(
    heads: Sequence[str], head: Sequence[Line], year: int, lines: Sequence[Line], place: int
) -> Layout | None:
    """Read the columns from their own heads, or from the head as one text where they do not fit."""
    context = context_of(lines, place)
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
            and is_heading(line.text.strip())
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
