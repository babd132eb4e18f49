"""What a cost table is before its figures are settled: a layout, rows, the ways to read them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from doelenboom.sources.accounts.extraction.layout import IGNORED, Layout
from doelenboom.sources.accounts.extraction.lines import Line
from doelenboom.sources.accounts.extraction.numbers import SCALE, Reading, number_run
from doelenboom.sources.accounts.extraction.rows import is_known_row
from doelenboom.sources.accounts.extraction.vocabulary import section_of

LONGEST_ROW = 200
LONGEST_TABLE = 10_000
LONGEST_HEADING = 90
PERHAPS_EURO, CERTAINLY_EURO = 1_000_000 * SCALE, 10_000_000 * SCALE
LETTERS = re.compile(r"[A-Za-zÀ-ÿ]{2}")

_UNIT = re.compile(r"edrag|[x*]\s*€")
_PAGE = re.compile(r"\b(?:pagina|pag|blz|bladzijde)\b", re.IGNORECASE)


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


def is_cost_table(rows: Sequence[GridRow], layout: Layout) -> bool:
    """Say whether rows are those of a cost table: two or more, and one that names a flow."""
    read = [row for row in rows if row.readings]
    known = any(column.flow for column in layout.columns) or any(
        is_known_row(reading.label) for row in read for reading in row.readings[:1]
    )
    of_year = any(column.phase != IGNORED for column in layout.columns)
    known = known or any(row.heading and is_known_row(row.text) for row in rows)
    return len(read) > 1 and known and of_year


def context_of(lines: Sequence[Line], place: int) -> str:
    """Return the short lines just above and around a head, where the unit may stand."""
    near = [line.text for line in lines[max(0, place - 4) : place + 12]]
    return " ".join(text for text in near if len(text) <= LONGEST_ROW and _UNIT.search(text))


def with_unit(grid: Grid) -> Grid:
    """Read the unit from the size of the amounts, where none is printed.

    No municipality has thousands of euro in eight figures, and hardly any in seven.
    """
    if grid.layout.unit_printed:
        return grid
    most = max(
        abs(cell.value or 0)
        for row in grid.rows
        for reading in row.readings[:1]
        for cell in reading.cells
    )
    factor = Decimal("0.001") if most >= CERTAINLY_EURO else grid.layout.factor
    doubtful = PERHAPS_EURO <= most < CERTAINLY_EURO
    return replace(grid, layout=replace(grid.layout, factor=factor, unit_doubtful=doubtful))


def is_heading(text: str) -> bool:
    """Say whether a line may be a heading within a table; it may end in one figure (`Wmo 2015`)."""
    return (
        len(text) <= LONGEST_HEADING
        and bool(LETTERS.search(text))
        and not text.endswith((".", ";", ","))
        and section_of(text) in ("", "costs")
        and len(number_run(text)[1].split()) <= 1
        and not _PAGE.search(text)
    )
