"""What the columns of a cost table hold, read from its head: phase, flow, what a plus means.

Columns of other years, or of no phase, are known and set aside; what the former hold is kept with
them (`other_years`). No figure is read here.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from doelenboom.sources.accounts.extraction.numbers.printed import Cells, Printed, rounding_of
from doelenboom.sources.accounts.extraction.tables.columns import (
    ASIDE,
    Column,
    columns_of,
    moved_in,
)
from doelenboom.sources.accounts.extraction.tables.heads import heads_of_line, phases_in
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, Match, anywhere
from doelenboom.sources.accounts.extraction.words.vocabulary import OF_A_PART, TO_RESERVES

IGNORED = "ignored"


_BALANCES = {"net", "result", "net_cost"}
"""Heads of balances that may be those before reserves."""

_MINUS_IS = anywhere(r"[-−][\"”']?\s*=\s*(nadeel|voordeel|nadelig|voordelig)", ANY_CASE)


@dataclass(frozen=True)
class AmountColumn:
    """One column of amounts: its phase (or `ignored`) and its flow, where the row does not say."""

    phase: str
    flow: str = ""


@dataclass(frozen=True)
class Layout:
    """The columns of a table, and what a minus means.

    `minus_is` is `nadeel` or `voordeel` where the head says so. `unplaced` names columns that hold
    a budget which may be the one before or after changes, `unknown` those that say nothing known.
    It is `dated` where a head has a year. `heads` are the columns as their heads say them, those
    set aside as well; it is `ahead` in a budget, with years ahead or accounts two years old, and
    `beyond` where each column is a budget of a year ahead.
    """

    columns: tuple[AmountColumn, ...]
    minus_is: str = ""
    unplaced: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    dated: bool = False
    heads: tuple[Column, ...] = ()
    ahead: bool = False
    beyond: bool = False

    @property
    def balances_minus_is(self) -> str:
        """What a minus means in balances, where the head of one says so and not of a variance."""
        heads = (each.head for each in self.heads if each.phase not in ("", "variance", "saldo"))
        return next((_meaning(match) for head in heads if (match := _MINUS_IS.search(head))), "")

    @property
    def has_year(self) -> bool:
        """Whether a column is about the year of the document."""
        return any(column.phase != IGNORED for column in self.columns)

    @property
    def is_sound(self) -> bool:
        """Whether each column is another one, and each phase has the same flows or its balance."""
        named = [c for c in self.columns if c.phase != IGNORED]
        flows = {
            frozenset(c.flow for c in named if c.phase == phase)
            for phase in {c.phase for c in named} - {"variance"}
        }
        return len(set(named)) == len(named) and len(flows - {frozenset({"net_cost"})}) <= 1

    def sound_part(self, year: int) -> "Layout":
        """Set aside two columns that say the same; they are named as unknown.

        Where more do so, heads below them are lost, and nothing is set aside.
        """
        times = Counter(column for column in self.columns if column.phase != IGNORED)
        twice = [column for column, count in times.items() if count > 1]
        if len(twice) != 1 or times[twice[0]] > 2:  # noqa: PLR2004
            return self
        heads = (
            replace(head, phase="", flow="") if column in twice else head
            for head, column in zip(self.heads, self.columns, strict=True)
        )
        return layout_of(tuple(heads), year, self.minus_is)

    def fits(self, cells: Cells) -> bool:
        """Say whether the first cells of a row leave its own sums possible, whatever the signs.

        A variance is the difference of two other columns, a balance that of costs and revenue.
        """
        return all(
            _may_differ(*(cells[place] for place in places))
            for places in _row_sums(self.columns)
            if max(places) == len(cells) - 1
        )

    def proves(self, cells: Cells, places: Collection[int]) -> bool:
        """Say whether sums of a row's own hold, of which every figure is stated, and in which."""
        stated = [
            each
            for each in _row_sums(self.columns)
            if all(cells[place].value is not None for place in each)
        ]
        return {*places} <= {place for each in stated for place in each} and all(
            _may_differ(*(cells[place] for place in each)) for each in stated
        )


@lru_cache(maxsize=64)
def _row_sums(columns: tuple[AmountColumn, ...]) -> tuple[tuple[int, int, int], ...]:
    """Return places of which the first is the difference of the other two, in any row."""
    place = {column: n for n, column in enumerate(columns) if column.phase != IGNORED}
    sums = []
    for column, n in place.items():
        if column.phase == "variance":
            others = [AmountColumn(phase, column.flow) for phase in ("final_budget", "actual")]
        elif column.flow == "net_cost":
            others = [AmountColumn(column.phase, flow) for flow in ("expenses", "revenue")]
        elif column.flow == "net_reserve_movement":
            flows = ("transfer_to_reserves", "transfer_from_reserves")
            others = [AmountColumn(column.phase, flow) for flow in flows]
        else:
            continue
        if all(other in place for other in others):
            sums.append((n, place[others[0]], place[others[1]]))
    return tuple(sums)


def _may_differ(result: Printed, first: Printed, second: Printed) -> bool:
    """Say whether a figure is the sum or difference of two others, but for rounding and sign."""
    if result.value is None or first.value is None or second.value is None:
        return True
    allowed = rounding_of((result, first, second))
    sums = (abs(first.value - second.value), abs(first.value + second.value))
    return any(abs(abs(result.value) - value) <= allowed for value in sums)


def read_layout(heads: Sequence[str], year: int, context: str = "") -> Layout | None:
    """Read the layout from one text per column, or from one text for all; None when it is none.

    `context` is text around the head which may say what a minus means.
    """
    if {"opening", "closing"} <= {name for head in heads for name in moved_in(head)}:
        return None  # a statement of reserves
    if len(heads) > 1:
        columns = columns_of(heads, year)
        placed = _are_placed(columns)
    else:
        columns = tuple(
            Column(phase=phase, year=int(of or 0), flow=flow)
            for phase, of, flow in heads_of_line(heads[0] if heads else "", year) or ()
        )
        placed = bool(columns)
    minus = _MINUS_IS.search(" ".join([context, *heads]))
    return layout_of(columns, year, _meaning(minus) if minus else "") if placed else None


def _are_placed(columns: Sequence[Column]) -> bool:
    """Say whether columns are those of a cost table: phases, or the flows of one."""
    phases = {(each.phase, each.year) for each in columns if each.phase not in ("", "saldo")}
    balanced = any(each.phase == "saldo" for each in columns)
    flows = [each.flow for each in columns if each.phase]
    each_other = len(phases) == 1 and len({*flows}) == len(flows)
    sides = each_other and {"expenses", "revenue"} <= {*flows}
    return len(phases) > 1 or sides or (balanced and "actual" in dict(phases))


def layout_of(heads: tuple[Column, ...], year: int, minus_is: str) -> Layout:
    """Turn heads into columns: other years set aside, balances named, plain budgets placed."""
    phases = [_of_year(each, year) for each in heads]
    flows = [each.flow for each in heads]
    phases = [
        "variance" if phase == "saldo" and (flow or not any(flows)) else phase
        for phase, flow in zip(phases, flows, strict=True)
    ]
    elsewhere = {each.phase for each in heads if _of_year(each, year) == IGNORED}
    here = set(phases)
    if _compares_years(here, elsewhere):
        phases = [IGNORED if phase == "variance" else phase for phase in phases]
    ahead = "actual" not in here and any(map(partial(_is_of_a_budget, year), heads))
    another = any(
        (each.phase == "original_budget" and each.year > year)
        if each.phase
        else "budget" in phases_in(each.head) and not OF_A_PART.search(each.head)
        for each in heads
    )
    phases, unplaced = _place_budgets(phases, flows, ahead, another)
    columns = amount_columns(phases, flows)
    return Layout(
        columns,
        minus_is,
        unplaced,
        tuple(
            each.head
            for each, phase, column in zip(heads, phases, columns, strict=True)
            if each.head.strip() and each.holds not in ASIDE
            if _is_unknown(each, phase) or (not column.flow and _has_sides(phases, flows))
        ),
        any(each.year for each in heads),
        heads,
        ahead,
        all(each.phase == "budget" and each.year > year for each in heads),
    )


def _is_unknown(head: Column, phase: str) -> bool:
    return not head.phase or (head.phase == "saldo" and phase in ("saldo", IGNORED))


def amount_columns(phases: Sequence[str], flows: Sequence[str]) -> tuple[AmountColumn, ...]:
    """Say what columns hold; one without a flow beside costs or revenue holds nothing known."""
    sides = _has_sides(phases, flows)
    return tuple(
        AmountColumn(
            IGNORED if phase in ("", "saldo", "other") or (sides and not flow) else phase, flow
        )
        for phase, flow in zip(phases, net_names(phases, flows), strict=True)
    )


def _has_sides(phases: Sequence[str], flows: Sequence[str]) -> bool:
    """Say whether a phase has a column of costs or revenue of its own."""
    return any(
        phase and flow in ("expenses", "revenue") for phase, flow in zip(phases, flows, strict=True)
    )


def _meaning(match: Match) -> str:
    """Return `nadeel` or `voordeel`, whichever word a head uses for it."""
    return "nadeel" if match[1].lower().startswith("nad") else "voordeel"


def _compares_years(here: Collection[str], elsewhere: Collection[str]) -> bool:
    """Say whether a variance has no actual of the year, or its budget is of another year."""
    budgets = {"original_budget", "final_budget", "budget"}
    no_budget = not {"final_budget", "budget"} & set(here) and budgets & set(elsewhere)
    return bool(no_budget or "actual" not in here)


def _is_of_a_budget(year: int, head: Column) -> bool:
    """Say whether a column is one of a budget: a year ahead, or accounts two years old.

    A report during the year, which may have the budget after changes, has accounts of last year.
    """
    return head.year > year or (head.phase == "actual" and 0 < head.year < year - 1)


def _of_year(head: Column, year: int) -> str:
    return IGNORED if head.year not in (0, year) else head.phase


def _place_budgets(
    phases: list[str], flows: list[str], ahead: bool, another: bool
) -> tuple[list[str], tuple[str, ...]]:
    """Place a budget without an adjective where the other columns leave one place for it.

    Beside years `ahead` and without an actual it is the budget as it was adopted. Beside `another`
    budget, of which it is not known what it is, or adopted for a later year, it has no place.
    """
    plain = [n for n, phase in enumerate(phases) if phase == "budget"]
    if not plain:
        return phases, ()
    alone = not another and len({flows[n] for n in plain}) == len(
        plain
    )  # each another flow of one budget
    free = {"original_budget", "final_budget"} - set(phases)
    place = IGNORED
    if alone and len(free) == 1:
        place = free.pop()
    elif alone and "variance" in phases:
        place = "final_budget"  # the variance is measured against it
    elif alone and ahead:
        place = "original_budget"
    unplaced = () if place != IGNORED else ("begroting",)
    return [place if phase == "budget" else phase for phase in phases], unplaced


def net_names(phases: Sequence[str], flows: Sequence[str]) -> list[str]:
    """Name balances after the flows beside them: of costs, of reserves, or of both before them.

    Of two balances that say no more than that they are, the second is that after reserves.
    """
    named = []
    for n, flow in enumerate(flows):
        beside = [m for m, phase in enumerate(phases) if phase == phases[n]]
        of = [flows[m] for m in beside]
        before = [flows[m] for m in beside if m < n]
        moved = bool({"transfer_to_reserves", "net_reserve_movement"} & {*of})
        net = "net_cost"
        if "transfer_to_reserves" in of and "expenses" not in of:
            net = "net_reserve_movement"
        elif moved and {*before} & {*TO_RESERVES.values()}:
            alone = sum(other in _BALANCES for other in of) == 1
            net = "net_cost_after_reserves" if alone or _BALANCES & {*before} else net
        result = "net_cost_after_reserves" if moved else "net_cost"
        named.append({"net": net, "result": result}.get(flow, flow))
    return named
