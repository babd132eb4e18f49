"""What heads and names of rows say in a statement of reserves: a balance, a movement, of a year.

Whatever of them stands in columns or in rows: together they say which amount is the opening balance
of a year, what came in and went out, and its closing balance. Empty is what is not certain.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from doelenboom.sources.accounts.extraction.tables.columns import Column, columns_of_statement
from doelenboom.sources.accounts.extraction.tables.heads import YEAR, is_phase, phases_in
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, anywhere, opening
from doelenboom.sources.accounts.extraction.words.texts import A_YEAR, squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import NET_MOVEMENT

COUNTED = {"opening": 1, "interest": 1, "added": 1, "withdrawn": -1, "net": 1,
         "result": 1, "result_withdrawn": -1, "released": -1}  # fmt: skip
"""What makes a closing balance, and how each counts; `net` is what came in less what went out."""

BALANCES = ("opening", "closing")
MOVEMENTS = ("added", "withdrawn", "net")

_RESULT = {"added": "result", "withdrawn": "result_withdrawn"}
_STAND = opening(r"(?:stand|saldo|boekwaarde|ultimo|eind)\s(?:per\s|ultimo\s|eind\s)?", ANY_CASE)
_SHORT_YEAR = anywhere(r"(?:\d\s?[-/]\s?\d{1,2}\s?[-/]|[a-z]\.?\s|')\s?'?(\d\d)$", ANY_CASE)
"""The end of a date with a year of two figures: `31-12-17`, `1 jan 18`."""


@dataclass(frozen=True)
class Meaning:
    """What an amount is: a balance or a movement, of which year, budgeted or done; 0 is no year.

    `alone` where a year and the phase of the budget are all that is said.
    """

    what: str = ""
    year: int = 0
    phase: str = ""
    alone: bool = False

    @property
    def end(self) -> int:
        """The year at whose end a balance stands: that of 1 January is of the year before."""
        return self.year - (self.what == "opening") if self.year else 0


Link = Mapping[str, int]
"""Of one year the column of each balance and movement."""


@lru_cache(maxsize=16_384)
def meaning_of(text: str) -> Meaning:
    """Say what the amounts below or beside a text are."""
    said = columns_of_statement(text)
    named = list(dict.fromkeys(column.moved[0] for column in said))
    what = named[0] if len(named) == 1 else ""
    if "result" in named:
        rest = [name for name in named if name != "result"]
        what = "result" if not rest else _RESULT.get(rest[0], "") if len(rest) == 1 else ""
    elif not named and NET_MOVEMENT.search(text):
        what = "net"
    years = {*map(int, YEAR.findall(text))}
    own = {year for column in said if what in BALANCES for year in _years_of(column)}
    year = own or years
    phases = set(phases_in(text)) - {"other", "saldo", "variance"}
    return Meaning(
        what,
        year.pop() if len(year) == 1 else 0,
        phases.pop() if len(phases) == 1 else "",
        not what and is_year(_STAND.sub("", text)),
    )


def _years_of(column: Column) -> tuple[int, ...]:
    short = _SHORT_YEAR.search(column.head)
    return column.years or ((2000 + int(short[1]),) if short else ())


def is_year(text: str) -> bool:
    """Say whether a row is named by nothing but a year or a phase of the budget."""
    text = squeezed(text)
    return bool(A_YEAR.fullmatch(text)) or is_phase(text)


def with_context(meanings: Sequence[Meaning], text: str) -> list[Meaning]:
    """Make columns of which only years are said balances, where a text says on which day."""
    on = meaning_of(text).what
    if on not in BALANCES or any(each.what in BALANCES for each in meanings):
        return list(meanings)
    return [replace(each, what=on) if each.year and each.alone else each for each in meanings]


def dated(meanings: Sequence[Meaning], year: int) -> list[Meaning]:
    """Give balances and movements without a year that of the others, or of the document."""
    found = [replace(each, year=0) if each.what in _RESULT.values() else each for each in meanings]
    found = _opened(found)
    if not any(each.year for each in found if each.what):
        return [replace(each, year=year) if each.what else each for each in found]
    for kinds in (BALANCES, None, BALANCES):
        found = [
            replace(each, year=_year_at(found, n))
            if each.what and not each.year and (each.what in BALANCES) != (kinds is BALANCES)
            else each
            for n, each in enumerate(found)
        ]
    return found


def _opened(meanings: list[Meaning]) -> list[Meaning]:
    """Call the first of two closing balances without a year the opening one, and the reverse."""
    for first, last in (BALANCES, BALANCES[::-1]):
        same = [n for n, each in enumerate(meanings) if each.what == last]
        undated = not any(meanings[n].year for n in same)
        if len(same) == 2 and undated and not any(each.what == first for each in meanings):  # noqa: PLR2004
            at = same[0] if last == "closing" else same[1]
            return [*meanings[:at], replace(meanings[at], what=first), *meanings[at + 1 :]]
    return meanings


def _year_at(meanings: Sequence[Meaning], place: int) -> int:
    """Return the year of what stands at a place, by what has one around it; 0 where in doubt."""
    each = meanings[place]
    before, after = meanings[:place][::-1], meanings[place + 1 :]
    if each.what in BALANCES:
        near = after if each.what == "opening" else before
        moved = next((other.year for other in near if _moves(other) and other.year), 0)
        return moved or _only_year(meanings)
    right = next((other.end for other in after if other.end and other.what in BALANCES), 0)
    left = next((other.end + 1 for other in before if other.what in BALANCES and other.end), 0)
    if left and right:
        return left if left == right else 0
    return left or right or _only_year(meanings)


def _moves(meaning: Meaning) -> bool:
    return bool(meaning.what) and meaning.what not in BALANCES


def _only_year(meanings: Sequence[Meaning]) -> int:
    years = {each.year for each in meanings if each.year and each.what}
    return years.pop() if len(years) == 1 else 0


def links_of(meanings: Sequence[Meaning]) -> dict[int, Link]:
    """Return of each year that has a closing balance the columns of it.

    Where movements stand in the columns, of years alone that have all of what makes the balance.
    """
    moving = any(each.what in MOVEMENTS for each in meanings)
    found: dict[int, Link] = {}
    for year in sorted({each.end for each in meanings if each.what in BALANCES and each.end}):
        opening = _balance(meanings, year - 1, "opening")
        closing = _balance(meanings, year, "closing")
        if closing is None or (moving and opening is None):
            continue
        link = {"closing": closing} if opening is None else {"opening": opening, "closing": closing}
        for what in COUNTED:
            if what == "opening":
                continue
            at = _only(
                [n for n, each in enumerate(meanings) if (each.what, each.year) == (what, year)],
                meanings,
            )
            if at is None:
                break
            if at >= 0:
                link[what] = at
        else:
            if not moving or any(what in link for what in MOVEMENTS):
                found[year] = link
    return found


def _balance(meanings: Sequence[Meaning], end: int, what: str) -> int | None:
    """Return the column of the balance at the end of a year, the one that is printed as such."""
    places = [n for n, each in enumerate(meanings) if each.what in BALANCES and each.end == end]
    own = [n for n in places if meanings[n].what == what] or places
    at = _only(own, meanings)
    return at if at is not None and at >= 0 else None


def _only(places: Sequence[int], meanings: Sequence[Meaning]) -> int | None:
    """Return the one of several columns that was done and not budgeted; None in doubt, −1 none."""
    if len(places) > 1:
        places = [n for n in places if meanings[n].phase == "actual"] or places
    return None if len(places) > 1 else next(iter(places), -1)


def in_order(meanings: Sequence[Meaning], link: Link) -> bool:
    """Say whether balances stand in the order of their years, and none before misses its next."""
    ends = [each.end for each in meanings if each.what in BALANCES and each.end]
    first = "opening" in link or meanings[link["closing"]].end == min(ends)
    return ends in (sorted(ends), sorted(ends, reverse=True)) and first


def unknown_within(meanings: Sequence[Meaning], link: Link) -> list[int]:
    """Return the columns between two balances that are movements of another year, or may be some.

    Of the latter nothing is known.
    """
    if "opening" not in link:
        return []
    first, last = sorted((link["opening"], link["closing"]))
    if not any(what in link for what in MOVEMENTS):
        return [n for n in range(first + 1, last) if meanings[n].what not in BALANCES]
    done = {meanings[n].phase for what, n in link.items() if what in MOVEMENTS}
    of = meanings[link["closing"]].end
    return [
        n
        for n in range(first + 1, last)
        if (
            meanings[n].year not in (0, of)
            if meanings[n].what in MOVEMENTS
            else not (meanings[n].what or meanings[n].year)
        )
        and not (meanings[n].phase and done == {"actual"} and meanings[n].phase != "actual")
    ]


def phased(meanings: Sequence[Meaning]) -> list[Meaning]:
    """Give columns of which only a phase is said the movement of their group.

    Certain only where the same phases come again for each movement: `begroot`, `werkelijk`.
    """
    found = list(meanings)
    run = [n for n, each in enumerate(found) if each.phase and each.what not in BALANCES]
    phases = [found[n].phase for n in run]
    for size in range(2, len(run) // 2 + 1):
        groups = [run[at : at + size] for at in range(0, len(run), size)]
        whats = [{found[n].what for n in group} - {""} for group in groups]
        again = all([found[n].phase for n in group] == phases[:size] for group in groups)
        if again and len(set(phases[:size])) == size and all(len(what) == 1 for what in whats):
            for group, (what,) in zip(groups, whats, strict=True):
                for n in group:
                    found[n] = replace(found[n], what=what)
            return found
    return found
