"""What looks like a statement of reserves and was not read, so that it is said."""

from collections.abc import Collection, Iterator, Sequence

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.printed import read_cell
from doelenboom.sources.accounts.extraction.tables.columns import moved_in
from doelenboom.sources.accounts.extraction.words.texts import A_YEAR
from doelenboom.sources.accounts.extraction.words.vocabulary import RESERVES

_NEEDED = frozenset({"opening", "added", "withdrawn"})
_ABOVE, _BELOW, _LONGEST, _FEWEST = 4, 30, 90, 4
"""Lines around a balance in which a statement has the rest of its words, and its amounts."""


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
        if line not in below or not words >= _NEEDED:
            continue
        of_reserves = any(RESERVES.search(each.text) for each in (*near, *below))
        if of_reserves and sum(_amounts(each) for each in below) >= _FEWEST:
            after = place + len(below)
            yield line, below[-1]


def _is_short(line: Line) -> bool:
    return bool(line.cells) or len(line.text) <= _LONGEST


def _amounts(line: Line) -> int:
    cells = line.cells or tuple(line.text.split())
    read = [read_cell(cell) for cell in cells if not A_YEAR.fullmatch(cell)]
    return sum(1 for cell in read if cell and cell.value is not None)
