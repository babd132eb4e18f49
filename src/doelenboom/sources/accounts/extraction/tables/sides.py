"""Tables with names on both sides, costs to the left and revenue to the right: one below the other.

Only where both sides have the same heads and say which they are. Any other stays as it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.printed import read_cell
from doelenboom.sources.accounts.extraction.tables.columns import column_of
from doelenboom.sources.accounts.extraction.words.rows import SIDES, kind_of


def below_each_other(lines: Sequence[Line]) -> list[Line]:
    """Put the right side of tables with names on both sides below the left one."""
    found: list[Line] = []
    for cells, group in groupby(lines, key=lambda line: (bool(line.cells), line.table)):
        table = list(group)
        found += _turned(table) if cells[0] else table
    return found


def _turned(table: Sequence[Line]) -> Sequence[Line]:
    width = len(table[0].cells)
    half = width // 2
    if len(table) < 4 or half < 2 or width % 2 or any(len(each.cells) != width for each in table):  # noqa: PLR2004
        return table
    sides, heads, *body = table
    flows = (kind_of(sides.cells[0]), kind_of(sides.cells[half]))
    same = heads.cells[1:half] == heads.cells[half + 1 :] and _are_phases(heads.cells[1:half])
    alone = not any(heads.cells[at] for at in (0, half)) and sum(map(bool, sides.cells)) == 2  # noqa: PLR2004
    named = all(_is_name(each.cells[at]) for each in body for at in (0, half))
    if not (same and alone and named and flows in (SIDES, SIDES[::-1])):
        return table
    return [_part(heads, 0, half), *_side(sides, body, 0, half), *_side(sides, body, half, width)]


def _side(sides: Line, body: Sequence[Line], start: int, end: int) -> Iterator[Line]:
    yield _part(sides, start, end)
    yield from (_part(line, start, end) for line in body if line.cells[start])


def _part(line: Line, start: int, end: int) -> Line:
    cells = line.cells[start:end]
    return replace(line, cells=cells, text="  ".join(cell for cell in cells if cell))


def _are_phases(heads: Sequence[str]) -> bool:
    return all(column_of(head).phase for head in heads)


def _is_name(cell: str) -> bool:
    return not cell or read_cell(cell) is None
