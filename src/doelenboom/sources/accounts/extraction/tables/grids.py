"""Finding the cost tables of a chapter, in lines of text and in tables of cells."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.printed import Printed
from doelenboom.sources.accounts.extraction.tables.cell_grids import cell_grid
from doelenboom.sources.accounts.extraction.tables.grid import Grid
from doelenboom.sources.accounts.extraction.tables.heads import YEAR
from doelenboom.sources.accounts.extraction.tables.layout import IGNORED
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.tables.text_grids import may_be_head, text_grid
from doelenboom.sources.accounts.extraction.tables.units import unit_of
from doelenboom.sources.accounts.extraction.words.patterns import anywhere
from doelenboom.sources.accounts.extraction.words.rows import kind_of
from doelenboom.sources.accounts.extraction.words.vocabulary import YEAR_HEADING

MOST_HEADS = 2_000
"""Lines that look like the head of a table and are none, and a tenth of the lines below them: no
more are looked at after so many."""

_THOUSANDS = (
    ("dot", anywhere(r"\d\.\d{3}")),
    ("blank", anywhere(r"\d \d{3}")),
    ("bare", anywhere(r"\d{4}")),
)
_STYLE = "Duizendtallen of decimalen staan er anders dan in de tabel; misschien een voetnoot."

_ABOVE = 4
"""Lines above a table among which the nearest heading with a year says of which year it is."""


def find_grids(lines: Sequence[Line], year: int) -> list[Grid]:
    """Return the cost tables among the lines, for figures of `year`."""
    grids: list[Grid] = []
    place = looked = 0
    while place < len(lines) and looked < MOST_HEADS:
        cells, head = bool(lines[place].cells), may_be_head(lines, place)
        found, start, after = None, place, place + 1
        if cells:
            found, after = cell_grid(lines, place, year)
        if not found and head:
            found, start, after = _text_or_cells(lines, place, year)
        if not found and (cells or head):
            looked += 1 + (after - place) // 10
        grids += [_judged(found, lines, start, after, year)] if found else []
        place = after
    return _of_one_flow_each(grids)


def _of_one_flow_each(grids: Sequence[Grid]) -> list[Grid]:
    """Join tables of the same columns that hold a flow each, so that their sums tell of all."""
    joined: list[Grid] = []
    for grid in grids:
        before = joined[-1] if joined else grid
        flows = {_flow_of(row) for row in before.rows if row.heading}
        alike = (before.columns, before.unit, before.refusal) == (grid.columns, grid.unit, "")
        if alike and _flow_of(before.rows[0]) and _flow_of(grid.rows[0]) not in {"", *flows}:
            rows = (*before.rows, *grid.rows)
            joined[-1] = replace(before, rows=rows, last_line=grid.last_line)
        else:
            joined.append(grid)
    return joined


def _flow_of(row: TableRow) -> str:
    """Return the flow of which a table says above its rows that it holds it."""
    kind = kind_of(row.label)
    return kind.flow if row.heading and not kind.item else ""


def _text_or_cells(lines: Sequence[Line], place: int, year: int) -> tuple[Grid | None, int, int]:
    """Read the table that begins on a line of text; cells below the line win over their text."""
    found, after = text_grid(lines, place, year)
    begin = next((at for at in range(place, after) if lines[at].cells), None)
    if begin is None:
        return found, place, after
    if not found:
        return None, place, max(begin, place + 1)
    in_cells, behind = cell_grid(lines, begin, year)
    if in_cells:
        return in_cells, begin, behind
    return (None, place, place + 1) if lines[begin].table else (found, place, after)


def _judged(grid: Grid, lines: Sequence[Line], place: int, after: int, year: int) -> Grid:
    """Give a table its unit, and refuse it where it is of another year."""
    grid = replace(grid, rows=_of_one_style(grid))
    unit = unit_of(lines, grid.head, place, after, _amounts(grid))
    return replace(grid, unit=unit, refusal=_of_another_year(grid, lines[:place], year))


def _of_one_style(grid: Grid) -> tuple[TableRow, ...]:
    """Take the readings from rows whose thousands are not divided as those of the table are.

    A figure more or less may be a footnote, a decimal more as well. A row whose own variance holds
    needs no other proof of its thousands.
    """
    styles = Counter(style for row in grid.rows for style in _styles(row))
    known = {style for style, count in styles.items() if style != "blank" or count > 1}
    decimals = Counter(cell.decimals for row in grid.rows for cell in row.sole)
    most = max((count for count, times in decimals.items() if times > 1), default=0)
    odd = {"bare", "blank"} if "dot" in known else {"blank"} - known
    return tuple(
        replace(row, readings=(), others=(), problem=_STYLE)
        if ((at := _places(row, odd)) and not grid.layout.proves(row.sole, at))
        or max((cell.decimals for cell in row.sole), default=0) > most > 0
        else row
        for row in grid.rows
    )


def _styles(row: TableRow) -> list[str]:
    """Return how the thousands of a row are divided that can be read in one way only."""
    return [style for cell in row.sole for style, form in _THOUSANDS if form.search(cell.text)]


def _places(row: TableRow, odd: Collection[str]) -> list[int]:
    """Return where a row has an amount of which the thousands are divided in an odd way."""
    forms = [form for style, form in _THOUSANDS if style in odd]
    return [n for n, cell in enumerate(row.sole) if any(form.search(cell.text) for form in forms)]


def _amounts(grid: Grid) -> list[Printed]:
    return [
        cell
        for row in grid.rows
        for reading in row.readings[:1]
        for cell, column in zip(reading.cells, grid.layout.columns, strict=True)
        if column.phase != IGNORED
    ]


def _of_another_year(grid: Grid, above: Sequence[Line], year: int) -> str:
    """Say that a table whose heads have no year stands below a heading of another year.

    A line just above it, without a blank between, is one whatever else it says.
    """
    if grid.layout.dated:
        return ""
    near = [line for line in reversed(above) if line.text.strip()][:_ABOVE]
    for line in (*grid.head, *near):
        joined = line.number + 1 == grid.first_line
        heading = joined or YEAR_HEADING.fullmatch(line.text.strip())
        years = YEAR.findall(line.text) if heading else []
        if years:
            return "" if str(year) in years else f"de tabel is van {years[0]}."
    return ""
