"""Made-up histories of municipalities: who merged into whom, who delivered what, who lived where.

Holds no test and no model: strategies of hypothesis, and a walk through a history in plain Python.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any, NamedTuple

from hypothesis import strategies as st

FIRST_YEAR, LAST_YEAR = 2017, 2021
FOREVER = 9999
REPORTS = ("budget", "accounts")
TAAKVELDEN = ("0.4", "6.1")
SMALLEST = Decimal("0.000001")
"""Weights are kept in six decimals, and their products exactly over two splits in a row."""
MOST_SPLITS = 2

Row = dict[str, Any]


class Change(NamedTuple):
    """A part of a municipality that went over to another one on a day."""

    predecessor: str
    successor: str
    day: date
    kind: str
    weight: Decimal


@dataclass
class History:
    """Municipalities with their days, what became of them, their deliveries and their people."""

    lives: dict[str, tuple[date, date | None]]
    changes: list[Change] = field(default_factory=list)
    amounts: list[Row] = field(default_factory=list)
    deliveries: list[Row] = field(default_factory=list)
    people: dict[tuple[str, int], int | None] = field(default_factory=dict)

    def on(self, day: date) -> list[str]:
        """The municipalities that were there on a day; one that ends on it is not."""
        return [c for c, (begin, end) in self.lives.items() if begin <= day and not _past(end, day)]

    def born_during(self, year: int) -> set[str]:
        return {
            code
            for code, (begin, _) in self.lives.items()
            if begin.year == year and begin != date(year, 1, 1)
        }

    def merged_during(self, year: int) -> dict[str, str]:
        """Who merged away after the first of January, and into whom."""
        return {
            change.predecessor: change.successor
            for change in self.changes
            if date(year, 1, 1) < change.day <= date(year, 12, 31)
        }

    @property
    def ended(self) -> set[str]:
        return {change.predecessor for change in self.changes}

    @property
    def untouched(self) -> set[str]:
        return set(self.lives) - self.ended - {change.successor for change in self.changes}

    def weights(self, code: str, from_year: int, to_year: int) -> dict[str, Decimal]:
        """Walk day by day from the division of a year to a later one."""
        held = {code: Decimal(1)}
        for day in sorted({change.day for change in self.changes}):
            if date(from_year, 1, 1) < day <= date(to_year, 1, 1):
                held = self._after(held, day)
        return held

    def _after(self, held: Mapping[str, Decimal], day: date) -> dict[str, Decimal]:
        after: dict[str, Decimal] = defaultdict(Decimal)
        for code, share in held.items():
            parts = [c for c in self.changes if c.predecessor == code and c.day == day]
            for change in parts:
                after[change.successor] += share * change.weight
            if not parts:
                after[code] += share
        return dict(after)


def _past(end: date | None, day: date) -> bool:
    return end is not None and end <= day


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Municipalities that rename, merge, absorb and split, then merge or split again."""
    starting = draw(st.integers(2, 6))
    history = History({f"GM{n:04}": (date(2010, 1, 1), None) for n in range(1, starting + 1)})
    splits = dict.fromkeys(history.lives, 0)
    for day in sorted(draw(st.lists(_days(), min_size=1, max_size=5, unique=True))):
        for _ in range(draw(st.integers(1, 2))):
            _change(draw, history, splits, day)
    return filled(history, Random(draw(st.integers(0, 2**32))))


def filled(history: History, random: Random, heard: float = 0.85) -> History:
    """Give a history its deliveries and people; `heard` is the chance that one is told of."""
    _deliver(history, random, heard)
    _settle(history, random, heard)
    return history


def _days() -> st.SearchStrategy[date]:
    """The first of January more often than another day, as in life."""
    years = st.integers(FIRST_YEAR, LAST_YEAR + 1)
    first = years.map(lambda year: date(year, 1, 1))
    return st.one_of(first, first, st.dates(date(FIRST_YEAR, 1, 2), date(LAST_YEAR, 12, 31)))


def _change(draw: st.DrawFn, history: History, splits: dict[str, int], day: date) -> None:
    """Let one thing happen on a day to municipalities that nothing happened to on it yet."""
    busy = {c.predecessor for c in history.changes if c.day == day}
    busy |= {c.successor for c in history.changes if c.day == day}
    free = [code for code in history.on(day) if code not in busy]
    kinds: dict[str, Callable[[], Sequence[Change]]] = {}
    if free:
        kinds["rename"] = lambda: _join(draw, history, day, free, 1)
    if len(free) > 1:
        kinds["merger"] = lambda: _join(draw, history, day, free, min(3, len(free)))
        kinds["absorption"] = lambda: _absorb(draw, day, free)
    # Who lives where after a split during a year is in no source of ours: January only.
    breakable = [code for code in free if splits[code] < MOST_SPLITS]
    if breakable and (day.month, day.day) == (1, 1):
        kinds["split"] = lambda: _split(draw, history, day, breakable, free)
    if not kinds:
        return
    hardest = ["split"] * 2 * ("split" in kinds)
    changes = kinds[draw(st.sampled_from([*kinds, *hardest]))]()
    for change in changes:
        history.lives.setdefault(change.successor, (day, None))
        history.lives[change.predecessor] = (history.lives[change.predecessor][0], day)
        deep = splits[change.predecessor] + (change.kind == "split")
        splits[change.successor] = max(splits.get(change.successor, 0), deep)
    history.changes += changes


def _new(history: History, number: int = 1) -> list[str]:
    last = max(int(code.removeprefix("GM")) for code in history.lives)
    return [f"GM{last + 1 + n:04}" for n in range(number)]


def _join(draw: st.DrawFn, history: History, day: date, free: list[str], most: int) -> list[Change]:
    """Let one take a new code, or two and more become one."""
    least, kind = min(2, most), "merger" if most > 1 else "rename"
    who = draw(st.lists(st.sampled_from(free), min_size=least, max_size=most, unique=True))
    (successor,) = _new(history)
    return [Change(code, successor, day, kind, Decimal(1)) for code in who]


def _absorb(draw: st.DrawFn, day: date, free: list[str]) -> list[Change]:
    small, large = draw(st.lists(st.sampled_from(free), min_size=2, max_size=2, unique=True))
    return [Change(small, large, day, "absorption", Decimal(1))]


def _split(
    draw: st.DrawFn, history: History, day: date, breakable: list[str], free: list[str]
) -> list[Change]:
    """Divide one over two to four, old or new, with weights that add up to exactly 1."""
    broken = draw(st.sampled_from(breakable))
    others = [code for code in free if code != broken] + _new(history, 4)
    who = draw(st.lists(st.sampled_from(others), min_size=2, max_size=4, unique=True))
    cuts = st.integers(1, 999_999)
    places = draw(st.lists(cuts, min_size=len(who) - 1, max_size=len(who) - 1, unique=True))
    edges = [0, *sorted(places), 1_000_000]
    weights = [SMALLEST * (high - low) for low, high in pairwise(edges)]
    return [Change(broken, c, day, "split", w) for c, w in zip(who, weights, strict=True)]


def _deliver(history: History, random: Random, heard: float) -> None:
    """Let everyone deliver or be silent; who merged away may leave it to a successor."""
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        there, born = history.on(date(year, 1, 1)), history.born_during(year)
        for report in REPORTS:
            reporting = [*there, *born] if report == "accounts" else there
            told = {code for code in reporting if random.random() < heard}
            merged = set(history.merged_during(year))
            for code in reporting:
                status = "reported" if code in told else "not_reported"
                if report == "accounts" and history.merged_during(year).get(code) in told - merged:
                    status = random.choice((status, "not_applicable"))
                _report(history, random, (code, year, report), status)


def _report(history: History, random: Random, key: tuple[str, int, str], status: str) -> None:
    told = status == "reported"
    row = dict(zip(("municipality_code", "fiscal_year", "report"), key, strict=True))
    row |= {"value_status": status, "vintage": 2 if told else None, "source_table": "table"}
    history.deliveries.append(row)
    for taakveld in TAAKVELDEN:
        expenses, revenue = (
            Decimal(random.randint(-(10**8), 10**10)).scaleb(-3) if told else None for _ in range(2)
        )
        amounts = {"expenses_keur": expenses, "revenue_keur": revenue, "revenue_status": status}
        row_key = {"taakveld_code": taakveld, "level": "taakveld"}
        history.amounts.append(row | row_key | amounts)


def _settle(history: History, random: Random, heard: float) -> None:
    """Count everyone on each first of January, but for now and then one municipality."""
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        there = history.on(date(year, 1, 1))
        history.people |= {(code, year): random.randint(900, 900_000) for code in there}
        if random.random() >= heard:
            history.people[random.choice(there), year] = None
