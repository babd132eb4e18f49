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


def head_at(lines: Sequence[Line], place: int, *, titled: bool) -> tuple[list[Column], int]:
    """Return the columns of the head that begins here, and the place below it.

    Below a title that says indicators (`titled`) a head may leave out the word.
    """
    below = _head_on_lines(lines, place)
    columns, after = below or (_head_of(lines[place]), place + 1)
    if not columns or not (titled or any(_says_indicator(c) for c in columns)):
        return [], place
    years = _years_of(lines[after]) if after < len(lines) and not below else []
    if years and any(c.holds_value for c in columns):
        return _over(columns, years), after + 1
    return _named(columns), after


def _says_indicator(column: Column) -> bool:
    return column.kind == "name" and bool(re.search("indicator|kengetal", column.text.lower()))


def has_cells(line: Line) -> bool:
    """Say whether a head stands in cells, and not on a line with every blank as wide."""
    cells = cells_of(line)
    return bool(cells) and bool(line.cells or "|" in line.text or any(" " in c for c in cells))


def _head_of(line: Line) -> list[Column]:
    """Read a head that stands on one line, in cells or as text."""
    if not has_cells(line):
        return columns_of_text(line.text)
    columns = [column_of(cell) or Column("other", None, cell) for cell in cells_of(line)]
    values = sum(c.holds_value or c.kind == "year" for c in columns)
    named = any(c.kind == "name" for c in columns)
    return columns if values + named > 1 else []


def _years_of(line: Line) -> list[str]:
    """Return the cells of a line that holds years and blanks only, its words where it has none."""
    cells = list(line.cells) or cells_of(line) or line.text.split()
    filled = [cell for cell in cells if cell]
    years = bool(filled) and all(re.fullmatch(r"20\d\d", cell) for cell in filled)
    return cells if years else []


def _over(columns: list[Column], years: list[str]) -> list[Column]:
    """Put heads over the years below them: by place where blanks hold it, else by runs of years."""
    spans = not years[0] and (
        len(columns) == len(years) or any(not column.text for column in columns[1:])
    )
    if not spans:
        below = [Column("year", int(year), year) for year in years if year]
        return [*(c for c in _named(columns) if c.text or c.kind == "name"), *below]
    placed: list[Column] = []
    blank = Column("other", None, "")
    columns = [*columns, *[blank] * (len(years) - len(columns))]
    years = [*years, *[""] * (len(columns) - len(years))]
    for column, year in zip(columns, years, strict=True):
        kept = column if column.text or not placed else placed[-1]
        at = int(year) if year else column.year
        placed.append(Column(kept.kind, at, f"{kept.text.split(' 20')[0]} {year}".strip()))
    return _named(placed)


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
