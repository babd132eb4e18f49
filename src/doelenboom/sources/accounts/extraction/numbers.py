"""How amounts are printed, and every way in which a row of fused amounts can be read.

A number is an optional minus, one to three digits, then groups of exactly three after a dot (or
after a single space), and decimals after a comma. It may carry a euro sign and `N` or `V`
(disadvantage, advantage). A dash alone is nil. Which reading is right is decided elsewhere.

Other ways to print them (`(22)`, `-/- 22`, `+38`, `38 voordeel`, `850¹`) are made alike first.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from doelenboom.sources.accounts.extraction.alike import alike, is_side
from doelenboom.sources.accounts.extraction.patterns import (
    ANY_CASE,
    Match,
    Pattern,
    anywhere,
    opening,
    whole,
)

SCALE = 1000
"""Values are whole thousandths of the printed unit: `1.234,5` is 1234500."""

MOST_READINGS = 2_000
"""Readings of one row that are listed; a row with more is not settled by what is listed."""

LONGEST_CELL = 24
LONGEST_RUN = 300

_MINUS = "[-−–]"
_WHOLE = r"(?:0|[1-9]\d{0,2}(?:\.\d{3}){1,4}|[1-9]\d{0,2}(?: \d{3}){1,4}|[1-9]\d{0,11})"
_CELL = whole(
    rf"(?P<euro>€ ?)?(?P<minus>{_MINUS})?(?:€ ?)?(?P<whole>{_WHOLE})"
    r"(?:,(?P<decimals>\d{1,3}|-+))? ?(?P<side>[NV](?![A-Za-z]))?"
)
_BEHIND = whole(rf"^(\d[\d.,]*) ?{_MINUS}$")
"""An amount with its minus behind it."""

_LABEL_MINUS = whole(rf"\d{{1,2}}{_MINUS}")
"""What may end a name (`Jeugd 18-`) where no other amount has its minus behind it."""

_SIDES_BEFORE = anywhere(r"(?>(?<!\S)[NV] ?(?:€ ?)?\d[\d.,]*+\s*+){1,300}+")

_NIL = whole(rf"€? ?{_MINUS}{{1,2}}")
_SILENT = whole(r"n\.?n\.?b\.?|n\.?b\.?|n\.?v\.?t\.?|x|\.|pm|p\.m\.", ANY_CASE)
_RUN = anywhere(
    rf"(?>(?:€ ?)?(?:{_MINUS} ?)?(?:€ ?)?\d(?:[\d.]|,(?!-))*+(?:,-+)?(?: ?[NV](?![A-Za-z]))?"
    rf"|(?:€ ?)?{_MINUS}(?![A-Za-z])"
    r"|(?<![A-Za-z])(?:n\.?n\.?b\.?|n\.?v\.?t\.?|[xX])(?![A-Za-z])| ){1,300}+"
)
_LONG = anywhere(r"\d{4}")
"""Figures without dots, which may be several amounts."""

_LABEL_NUMBER = whole(rf"\d{{1,4}}{_MINUS}?|\d{{1,2}}(?:\.\d{{1,2}})+\.?")
_LOOSE_MINUS = anywhere(rf"({_MINUS}) (?=\d)")
_LOOSE_EURO = anywhere("€ +")
_LOOSE_SIDE = anywhere(r"(?<=\d) +([NV])(?![A-Za-z])")
_SIDE_BEFORE = anywhere("([NV]) ?([^NV ]+)")
_FIRST_WORD = opening("[^ ]+ +")


@dataclass(frozen=True)
class Printed:
    """One cell: its value in thousandths of the printed unit, None where nothing is stated.

    `side` is `N` or `V` where printed; `nil` marks a dash, which counts as nothing until an
    identity proves it; `decimals` is how many decimals were printed.
    """

    text: str
    value: int | None
    side: str = ""
    nil: bool = False
    decimals: int = 0


Cells = tuple[Printed, ...]
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


def read_cell(text: str) -> Printed | None:
    """Read a cell that stands by itself; None when it is no amount, dash or sign of silence."""
    text = alike(text.strip())
    text = sides_behind(text) if text.startswith(("N", "V")) else text
    if not text or is_side(text) or _SILENT.fullmatch(text):
        return Printed(text, None)
    if _NIL.fullmatch(text):
        return Printed(text, 0, nil=True)
    text = _BEHIND.sub(r"-\1", text)
    match = _CELL.fullmatch(_LOOSE_MINUS.sub(r"\1", text))
    return _printed(match) if match else None


def _printed(match: Match) -> Printed:
    decimals = (match["decimals"] or "").strip("-")
    whole = match["whole"].replace(".", "").replace(" ", "")
    value = int(whole) * SCALE + int(decimals.ljust(3, "0") or "0")
    side = match["side"] or ""
    return Printed(
        match[0].strip(), -value if match["minus"] else value, side, decimals=len(decimals)
    )


def sides_behind(text: str) -> str:
    """Put `N` and `V` behind the amounts of a row where they are printed before them."""
    match = _last(_SIDES_BEFORE, text)
    if match is None or number_run(text[: match.start()])[1]:
        return text
    return text[: match.start()] + _SIDE_BEFORE.sub(r"\2 \1", match[0])


def _last(pattern: Pattern, text: str) -> Match | None:
    """Find what a text ends in."""
    return next((match for match in pattern.finditer(text) if match.end() == len(text)), None)


def number_run(text: str) -> tuple[str, str]:
    """Split a row in its label and the run of figures at its end, which may be empty."""
    text = text.rstrip()
    before, end = text[:-LONGEST_RUN], text[-LONGEST_RUN:]
    match = _last(_RUN, end)
    if match is None or not match[0].strip():
        return text, ""
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return before + end[:start], match[0].strip()


def read_row(text: str, columns: int, fits: Fits, label_is_whole: bool = False) -> Readings:
    """Return every way to read a row as a label and `columns` amounts.

    A label may end in figures of its own (`Jeugd 18-`, `Thema 3`), unless `label_is_whole`.
    """
    label, run = number_run(text)
    words = _words(run)
    cells = [read_cell(word) for word in words]
    minus_behind = any(map(_BEHIND.match, words[1:]))
    named = bool(_LABEL_MINUS.fullmatch(words[0])) and not minus_behind
    if len(words) == columns and all(cells) and not named:
        return Readings((Reading(label.strip(), tuple(cell for cell in cells if cell)),))
    numbered = label.strip() and not label_is_whole and _LABEL_NUMBER.fullmatch(words[0])
    if minus_behind and numbered and len(words) == columns + 1 and all(cells):
        name = f"{label.strip()} {words[0]}"
        return Readings((Reading(name, tuple(cell for cell in cells[1:] if cell)),))
    if named and _is_spaced(run) and len(words) == columns:
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
    cells = [read_cell(word) for word in _words(run)]
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
        if following.strip() and _is_spaced(run):
            continue
        cell = _cell(text, run[start - 1 : start] if start else " ", following or " ")
        if cell:
            found.append((_skip_blanks(run, end), cell))
    return found


@lru_cache(maxsize=256)
def _is_spaced(run: str) -> bool:
    """Say whether blanks divide a run in amounts, so that none of its words is two of them."""
    words = _words(run)
    return len(words) > 1 and all(map(read_cell, words)) and not any(map(_LONG.search, words))


def _cell(text: str, before: str, after: str) -> Printed | None:
    if _NIL.fullmatch(text):
        return Printed(text, 0, nil=True)
    match = _CELL.fullmatch(text)
    if match is None:
        return _silent(text, before, after)
    if after in ",." or (after == " " and text.endswith(",")):
        return None
    bare = match["whole"].isdigit() and len(match["whole"]) > 3  # noqa: PLR2004
    if bare and not (before == " " and after == " "):
        return None  # figures without dots are one number only where blanks say so
    return _printed(match)


def _silent(text: str, before: str, after: str) -> Printed | None:
    alone = not before.isalpha() and not after.isalpha()
    return Printed(text, None) if alone and text != "." and _SILENT.fullmatch(text) else None


def _skip_blanks(run: str, place: int) -> int:
    while place < len(run) and run[place] == " ":
        place += 1
    return place


def _words(run: str) -> list[str]:
    """Divide a run at its blanks, keeping a euro sign, a minus or `N` and `V` with their figure."""
    run = _LOOSE_EURO.sub("€", run)
    run = _LOOSE_SIDE.sub(r"\1", run)
    return run.split()


def _starts(label: str, run: str) -> list[int]:
    """Places in a run where the amounts may begin: at once, or after a number of the label."""
    if not label.endswith(" "):
        return [0]
    first = run.split(" ", 1)[0]
    places = [*range(1, len(first)), *(match.end() for match in _FIRST_WORD.finditer(run))]
    return [0, *(place for place in places if _LABEL_NUMBER.fullmatch(run[:place].strip()))]


def placements(cells: Cells, columns: int) -> Iterator[Cells]:
    """Yield every way to place cells in their order in columns, the others silent."""
    if len(cells) == columns:
        yield cells
    elif not cells:
        yield (Printed("", None),) * columns
    else:
        for rest in placements(cells[1:], columns - 1):
            yield (cells[0], *rest)
        for rest in placements(cells, columns - 1):
            yield (Printed("", None), *rest)
