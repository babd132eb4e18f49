"""Every way in which a row of fused amounts can be read; which is right is decided elsewhere."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from doelenboom.sources.accounts.extraction.numbers.printed import (
    LONGEST_CELL,
    MINUS,
    MINUS_BEHIND,
    Cells,
    Printed,
    cell_within,
    read_cell,
)
from doelenboom.sources.accounts.extraction.numbers.runs import is_spaced, number_run, words_of
from doelenboom.sources.accounts.extraction.words.patterns import opening, whole

MOST_READINGS = 2_000
"""Readings of one row that are listed; a row with more is not settled by what is listed."""


_LABEL_MINUS = whole(rf"\d{{1,2}}{MINUS}")
"""What may end a name (`Jeugd 18-`) where no other amount has its minus behind it."""


_LABEL_NUMBER = whole(rf"\d{{1,4}}{MINUS}?|\d{{1,2}}(?:\.\d{{1,2}})+\.?")
_FIRST_WORD = opening("[^ ]+ +")


Fits = Callable[[Cells], bool]
"""Whether the first cells of a row can be the beginning of one whose own sums hold."""


@dataclass(frozen=True)
class Reading:
    """One way to read a row: its label, and its cells."""

    label: str
    cells: Cells


@dataclass(frozen=True)
class Readings:
    """The ways to read a row: those whose own sums hold, and the others.

    `complete` is False where there were more than could be listed.
    """

    fitting: tuple[Reading, ...] = ()
    others: tuple[Reading, ...] = ()
    complete: bool = True


def read_row(text: str, columns: int, fits: Fits, label_is_whole: bool = False) -> Readings:
    """Return every way to read a row as a label and `columns` amounts.

    A label may end in figures of its own (`Jeugd 18-`, `Thema 3`), unless `label_is_whole`.
    """
    label, run = number_run(text)
    words = words_of(run)
    cells = [read_cell(word) for word in words]
    minus_behind = any(map(MINUS_BEHIND.match, words[1:]))
    named = bool(_LABEL_MINUS.fullmatch(words[0])) and not minus_behind
    if len(words) == columns and all(cells) and not named:
        return Readings((Reading(label.strip(), tuple(cell for cell in cells if cell)),))
    numbered = label.strip() and not label_is_whole and _LABEL_NUMBER.fullmatch(words[0])
    if minus_behind and numbered and len(words) == columns + 1 and all(cells):
        name = f"{label.strip()} {words[0]}"
        return Readings((Reading(name, tuple(cell for cell in cells[1:] if cell)),))
    if named and is_spaced(run) and len(words) == columns:
        placed = placements(tuple(cell for cell in cells[1:] if cell), columns)
        name = f"{label.strip()} {words[0]}"
        whole = Reading(label.strip(), tuple(cell for cell in cells if cell))
        return Readings((whole, *(Reading(name, found) for found in placed)))
    starts = [0] if label_is_whole else _starts(label, run)
    listed, complete = _listed(label, run, columns, starts, lambda _: True)
    begun = [reading for reading in listed if _fits_all_along(reading.cells, fits)]
    if not complete:
        begun, _ = _listed(label, run, columns, starts, fits)
    others = [reading for reading in listed if reading not in begun]
    return Readings(tuple(begun), tuple(others), complete)


def _fits_all_along(cells: Cells, fits: Fits) -> bool:
    return all(fits(cells[:length]) for length in range(1, len(cells) + 1))


def _listed(
    label: str, run: str, columns: int, starts: Sequence[int], fits: Fits
) -> tuple[list[Reading], bool]:
    """List the readings that begin at some places of a run; False where there were too many."""
    readings: dict[Cells, Reading] = {}
    for start in starts:
        name = (label + run[:start]).strip()
        for found in split_run(run, columns, fits, _skip_blanks(run, start)):
            if len(readings) >= MOST_READINGS:
                return list(readings.values()), False
            readings.setdefault(found, Reading(name, found))
    return list(readings.values()), True


def read_short_row(text: str, columns: int) -> list[Reading]:
    """Return the ways to place fewer whole amounts than there are columns, the rest silent."""
    label, run = number_run(text)
    cells = [read_cell(word) for word in words_of(run)]
    known = [cell for cell in cells if cell]
    if not cells or len(known) < len(cells) or len(cells) >= columns:
        return []
    return [Reading(label.strip(), placed) for placed in placements(tuple(known), columns)]


def split_run(run: str, columns: int, fits: Fits, start: int = 0) -> Iterator[Cells]:
    """Yield every division of a run of figures in `columns` amounts that the grammar allows."""
    reach = _reachable(run, columns)

    def divide(before: Cells, place: int) -> Iterator[Cells]:
        if len(before) == columns:
            yield before
            return
        for end, cell in _cells_at(run, place):
            cells = (*before, cell)
            if end in reach[columns - len(cells)] and fits(cells):
                yield from divide(cells, end)

    return divide((), start) if start in reach[columns] else iter(())


@lru_cache(maxsize=256)
def _reachable(run: str, columns: int) -> Sequence[frozenset[int]]:
    """For each number of cells, the places from which exactly so many reach the end."""
    ends = [[end for end, _ in _cells_at(run, start)] for start in range(len(run))]
    reach = [frozenset([len(run)])]
    for _ in range(columns):
        last = reach[-1]
        reach.append(frozenset(n for n, found in enumerate(ends) if not last.isdisjoint(found)))
    return reach


@lru_cache(maxsize=4096)
def _cells_at(run: str, start: int) -> Sequence[tuple[int, Printed]]:
    """Every cell that can begin at a place of a run, with the place where the next begins."""
    found: list[tuple[int, Printed]] = []
    for end in range(start + 1, min(start + LONGEST_CELL, len(run)) + 1):
        text = run[start:end]
        following = run[end : end + 1]
        if text[-1] == " " or (text[-1].isdigit() and following in ("N", "V")):
            continue
        if following.strip() and is_spaced(run):
            continue
        cell = cell_within(text, run[start - 1 : start] if start else " ", following or " ")
        if cell:
            found.append((_skip_blanks(run, end), cell))
    return found


def _skip_blanks(run: str, place: int) -> int:
    while place < len(run) and run[place] == " ":
        place += 1
    return place


def _starts(label: str, run: str) -> list[int]:
    """Places in a run where the amounts may begin: at once, or after a number of the label."""
    if not label.endswith(" "):
        return [0]
    first = run.split(" ", 1)[0]
    places = [*range(1, len(first)), *(match.end() for match in _FIRST_WORD.finditer(run))]
    return [0, *(place for place in places if _LABEL_NUMBER.fullmatch(run[:place].strip()))]


def placements(cells: Cells, columns: int) -> Iterator[Cells]:
    """Yield every way to place cells in their order in columns, the others silent."""
    for places in combinations(range(columns), len(cells)):
        yield placed(cells, places, columns)


def placed(cells: Sequence[Printed], places: Sequence[int], columns: int) -> Cells:
    """Return cells at their places in columns, the others silent."""
    at = dict(zip(places, cells, strict=True))
    return tuple(at.get(n, Printed("", None)) for n in range(columns))
