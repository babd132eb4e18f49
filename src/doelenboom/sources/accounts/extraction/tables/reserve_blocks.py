"""Statements of reserves with a table for each: its years side by side, its movements below them.

And what looks like a statement of reserves and was not read, so that it is said.
"""

from collections.abc import Collection, Iterator, Sequence

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.candidates import Reading
from doelenboom.sources.accounts.extraction.numbers.printed import read_cell
from doelenboom.sources.accounts.extraction.tables.columns import columns_of, moved_in
from doelenboom.sources.accounts.extraction.tables.reserve_columns import NEEDED
from doelenboom.sources.accounts.extraction.tables.reserve_tables import Statement, statement
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.words.texts import A_YEAR, squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import RESERVES, UNITS

_MOST_ROWS = 6
_ABOVE, _BELOW, _LONGEST, _FEWEST = 4, 30, 90, 4
"""Lines around a balance in which a statement has the rest of its words, and its amounts."""


def reserve_blocks(lines: Sequence[Line], year: int) -> Iterator[Statement]:
    """Yield the table of each reserve that the heading just above it names, for a year.

    Of tables in one the years may stand above the first only.
    """
    short = [line for line in lines if line.text.strip()]
    head, column = Line(0, ""), 0
    for place, line in enumerate(short):
        years = [cell for cell in line.cells[1:] if cell]
        if years and all(map(A_YEAR.fullmatch, years)):
            head, column = (
                line,
                line.cells.index(str(year), 1) if years.count(str(year)) == 1 else 0,
            )
            continue
        rows = _rows(short, place, head) if column else []
        follows = place and (short[place - 1] is head or head.table)
        above = next(_names_above(short[:place], head), None)
        if not (follows and rows and above and _is_name(above)):
            continue
        kinds = columns_of([row.cells[0] for row in rows], year)
        moved = [each.moved[0] if len(each.moved) == 1 else "" for each in kinds]
        if len(set(moved)) < len(moved) or not set(moved) >= NEEDED:
            continue
        cells = [read_cell(row.cells[column]) for row in rows if column < len(row.cells)]
        known = tuple(cell for cell in cells if cell)
        readings = [Reading(squeezed(above.text), known)] if len(known) == len(rows) else []
        row = TableRow(above.number, above.text, readings)
        yield statement(rows[:1], kinds, moved, [row], rows[-1].number, years=frozenset({year}))


def _names_above(lines: Sequence[Line], head: Line) -> Iterator[Line]:
    """Yield the lines above a place, the nearest first, but for a head and units."""
    for line in reversed(lines):
        unit = any(pattern.search(line.text) for _, pattern in UNITS)
        if line is not head and (not unit or RESERVES.search(line.text)):
            yield line


def _is_name(line: Line) -> bool:
    return not any(line.cells[1:]) and bool(RESERVES.search(line.text))


def _rows(lines: Sequence[Line], place: int, head: Line) -> list[Line]:
    """Return the rows of a table that begin at a place: balances and movements."""
    rows: list[Line] = []
    for line in lines[place : place + _MOST_ROWS]:
        if not line.cells or line.table != head.table or not moved_in(line.cells[0]):
            break
        rows.append(line)
    return rows


def unread_reserves(lines: Sequence[Line], taken: Collection[int]) -> Iterator[tuple[Line, Line]]:
    """Yield the first and last line of what has the words and amounts of a statement."""
    short = [line for line in lines if line.text.strip()]
    after = 0
    for place, line in enumerate(short):
        if place < after or not _is_short(line) or "opening" not in moved_in(line.text):
            continue
        near = [each for each in short[max(place - _ABOVE, 0) : place] if each.number not in taken]
        below = [each for each in short[place : place + _BELOW] if each.number not in taken]
        around = [each for each in (*near, *below) if _is_short(each)]
        words = {word for each in around for word in moved_in(each.text)}
        amounts = sum(_amounts(each) for each in below)
        of_reserves = any(RESERVES.search(each.text) for each in (*near, *below))
        if line in below and words >= NEEDED - {"closing"} and amounts >= _FEWEST and of_reserves:
            after = place + len(below)
            yield line, below[-1]


def _is_short(line: Line) -> bool:
    return bool(line.cells) or len(line.text) <= _LONGEST


def _amounts(line: Line) -> int:
    cells = line.cells or tuple(line.text.split())
    read = [read_cell(cell) for cell in cells if not A_YEAR.fullmatch(cell)]
    return sum(1 for cell in read if cell and cell.value is not None)
