"""The head of a table of indicators: in cells, on one line, or on a line for each column."""

import re
from collections.abc import Sequence

from doelenboom.sources.accounts.extraction.indicator_columns import (
    Column,
    column_of,
    columns_of_text,
)
from doelenboom.sources.accounts.extraction.lines import Line


def cells_of(line: Line) -> list[str]:
    """Return the cells of a line: of markup or tabs, between bars, or parted by wide blanks."""
    cells = list(line.cells)
    if not cells and line.text.count("|") > 1:
        cells = [cell.strip() for cell in line.text.strip().strip("|").split("|")]
    if not cells:
        parts = re.split(r"\s{2,}", line.text.strip())
        cells = parts if len(parts) > 2 else []  # noqa: PLR2004
    while cells and not cells[-1]:
        cells.pop()
    return cells


def head_at(lines: Sequence[Line], place: int) -> tuple[list[Column], int]:
    """Return the columns of the head that begins here, and the place below it."""
    line = lines[place]
    cells = cells_of(line)
    if cells:
        columns = [column_of(cell) or Column("other", None, cell) for cell in cells]
        if sum(c.holds_value or c.kind == "year" for c in columns) > 1 or (
            any(c.holds_value or c.kind == "year" for c in columns)
            and any(c.kind == "name" for c in columns)
        ):
            return _named(columns), place + 1
        return [], place
    below = _head_on_lines(lines, place)
    if below:
        return below
    columns = columns_of_text(line.text)
    return (_named(columns), place + 1) if columns else ([], place)


def _named(columns: list[Column]) -> list[Column]:
    """Let the first column that no word explains hold the names where no head says so."""
    if any(column.kind == "name" for column in columns):
        return columns
    free = next((n for n, c in enumerate(columns) if c.kind == "other" and not c.text), None)
    first = next((n for n, c in enumerate(columns) if c.kind == "other"), None)
    place = first if free is None else free
    if place is None:
        return [Column("name", None, ""), *columns]
    return [Column("name", None, c.text) if n == place else c for n, c in enumerate(columns)]


def _head_on_lines(lines: Sequence[Line], place: int) -> tuple[list[Column], int] | None:
    """Read a head of which each column stands on its own line, its year perhaps below it."""
    first = column_of(lines[place].text)
    if first is None or first.kind not in ("name", "number"):
        return None
    columns = [first]
    place += 1
    while place < len(lines) and not cells_of(lines[place]):
        column = column_of(lines[place].text)
        if column is None or (column.kind == "name" and any(c.kind == "name" for c in columns)):
            break
        below = columns[-1]
        adjacent = lines[place].number == lines[place - 1].number + 1
        if column.kind == "year" and below.holds_value and not below.year and adjacent:
            columns[-1] = Column(below.kind, column.year, f"{below.text} {column.text}")
        else:
            columns.append(column)
        place += 1
    values = sum(c.holds_value or c.kind == "year" for c in columns)
    named = any(c.kind == "name" for c in columns)
    return (columns, place) if named and values else None
