"""The sums that must hold in a cost table, written over the places where its figures stand.

What rounding can take from each printed figure, and what net rows are made of, stands in
seeds/reference/ (docs/adr/0002). What the figures are is none of this module's business.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from doelenboom.codes import codes, labels_nl, last_digits, net_row_parts
from doelenboom.sources.accounts.extraction.words.vocabulary import (
    COSTLIKE,
    FLOWS,
    NETS,
    TOTAL_ITEM,
)

Place = tuple[int, int]
"""A row and a column of a grid, both from 0."""

Key = tuple[str, str, str]
"""Line item, flow or balance, and phase."""

Values = Sequence[int | None]

FLOW_NAMES = labels_nl("flow")
PHASE_NAMES = {phase: labels_nl("phase")[phase] for phase in codes("phase_of_amount")}


@dataclass(frozen=True)
class Identity:
    """A result and the terms that make it: each a place with its sign; and what rounding allows."""

    name: str
    result: Place
    terms: tuple[tuple[Place, int], ...]
    tolerance: int

    @cached_property
    def rows(self) -> frozenset[int]:
        """The rows that take part in it."""
        return frozenset([self.result[0], *(place[0] for place, _ in self.terms)])


def residual(identity: Identity, values: Mapping[int, Values]) -> int | None:
    """Return result less terms; None where a missing figure leaves nothing to say.

    A missing term counts as nothing as long as the identity then holds.
    """
    result = values[identity.result[0]][identity.result[1]]
    left = None if result is None else result - summed(identity, values)
    missing = any(values[row][column] is None for (row, column), _ in identity.terms)
    return None if missing and left is not None and abs(left) > identity.tolerance else left


def summed(identity: Identity, values: Mapping[int, Values]) -> int:
    """Return the sum of the terms that are there."""
    return sum(sign * (values[row][column] or 0) for (row, column), sign in identity.terms)


def holds(identity: Identity, values: Mapping[int, Values]) -> bool:
    """Say whether nothing contradicts an identity."""
    left = residual(identity, values)
    return left is None or abs(left) <= identity.tolerance


def build_identities(places: Mapping[Key, Sequence[Place]], unit: int) -> list[Identity]:
    """Return every identity between the figures of a table; `unit` is its last printed digit."""
    return [
        Identity(name, result, terms, int((len(terms) + 1) * unit * last_digits(None)))
        for name, result, terms in [
            *_variances(places),
            *_balances(places),
            *_totals(places),
            *_results(places),
        ]
    ]


Terms = tuple[tuple[Place, int], ...]
Found = Iterator[tuple[str, Place, Terms]]


def _variances(places: Mapping[Key, Sequence[Place]]) -> Found:
    for (item, flow, phase), found in places.items():
        if phase != "variance":
            continue
        for place in found:
            budget = _same_row(places.get((item, flow, "final_budget"), ()), place)
            actual = _same_row(places.get((item, flow, "actual"), ()), place)
            if budget and actual:
                sign = 1 if flow in COSTLIKE else -1
                whole, part = ("final_budget", "actual") if sign > 0 else ("actual", "final_budget")
                words = f"{PHASE_NAMES[whole]} − {PHASE_NAMES[part]}"
                terms = ((budget, sign), (actual, -sign))
                yield f"{item}, {FLOW_NAMES[flow]}: verschil = {words}", place, terms


def _same_row(found: Sequence[Place], place: Place) -> Place | None:
    return next((other for other in found if other[0] == place[0]), None)


def _balances(places: Mapping[Key, Sequence[Place]]) -> Found:
    """Yield balance = first flow less second, where a line item has both."""
    for net in ("net_cost", "net_reserve_movement"):
        (plus, _), (minus, _) = net_row_parts(net)
        for item, phase in [(item, phase) for item, flow, phase in places if flow == net]:
            terms = _difference(places, item, phase, plus, minus) or _alone(
                places, item, phase, plus, minus
            )
            name = f"{item}: {FLOW_NAMES[net]}, {PHASE_NAMES[phase]}"
            yield from _each(name, places[item, net, phase], terms)


def _difference(
    places: Mapping[Key, Sequence[Place]], item: str, phase: str, plus: str, minus: str
) -> Terms:
    """Return two flows as terms, none where one is missing; two variances add up.

    Those of all lines are none where a line has a balance alone.
    """
    whole = (item, plus, phase) in places and (item, minus, phase) in places
    if item == TOTAL_ITEM and not whole and _have_balances_alone(places, phase, plus, minus):
        return ()
    first = _flow(places, item, plus, phase, 1)
    second = _flow(places, item, minus, phase, 1 if phase == "variance" else -1)
    return (*first, *second) if first and second else ()


def _have_balances_alone(
    places: Mapping[Key, Sequence[Place]], phase: str, plus: str, minus: str
) -> bool:
    """Say whether a line has a balance of costs and revenue, and neither of them."""
    with_flows = {item for item, flow, of in places if of == phase and flow in (plus, minus)}
    balanced = {item for item, flow, of in places if of == phase and flow == "net_cost"}
    return plus == "expenses" and bool(balanced - with_flows - {TOTAL_ITEM})


def _alone(
    places: Mapping[Key, Sequence[Place]], item: str, phase: str, plus: str, minus: str
) -> Terms:
    """Return the one flow of a balance as its term, where the table has no row of the other."""
    printed = {flow for other, flow, _ in places if other == item}
    if plus in printed and minus not in printed:
        return _flow(places, item, plus, phase, 1)
    if minus in printed and plus not in printed:
        return _flow(places, item, minus, phase, 1 if phase == "variance" else -1)
    return ()


def _totals(places: Mapping[Key, Sequence[Place]]) -> Found:
    for flow in (*FLOWS, *NETS):
        for phase, words in PHASE_NAMES.items():
            found = places.get((TOTAL_ITEM, flow, phase), ())
            terms = _items(places, flow, phase, 1)
            yield from _each(f"totaal {FLOW_NAMES[flow]}, {words}", found, terms)


def _results(places: Mapping[Key, Sequence[Place]]) -> Found:
    """Yield result = balance of costs and revenue plus balance of reserves, if there is one."""
    flows = {flow for item, flow, _ in places if item == TOTAL_ITEM or flow in FLOWS}
    reserves = flows & {"transfer_to_reserves", "transfer_from_reserves", "net_reserve_movement"}
    for (item, flow, phase), found in places.items():
        if flow != "net_cost_after_reserves":
            continue
        costs = _flow(places, item, "net_cost", phase, 1) or _difference(
            places, item, phase, "expenses", "revenue"
        )
        moved = _flow(places, item, "net_reserve_movement", phase, 1) or (
            *_flow(places, item, "transfer_to_reserves", phase, 1),
            *_flow(places, item, "transfer_from_reserves", phase, 1 if phase == "variance" else -1),
        )
        if costs and (moved or not reserves):
            name = f"{item}: {FLOW_NAMES[flow]}, {PHASE_NAMES[phase]}"
            yield from _each(name, found, (*costs, *moved))


def _flow(
    places: Mapping[Key, Sequence[Place]], item: str, flow: str, phase: str, sign: int
) -> Terms:
    """Return the place of a figure as a term; of a total that is not printed, its items."""
    found = places.get((item, flow, phase))
    if found:
        return ((found[0], sign),)
    return _items(places, flow, phase, sign) if item == TOTAL_ITEM else ()


def _items(places: Mapping[Key, Sequence[Place]], flow: str, phase: str, sign: int) -> Terms:
    return tuple(
        (place, sign)
        for (item, other, of), found in places.items()
        if other == flow and of == phase and item != TOTAL_ITEM
        for place in found
    )


def _each(name: str, found: Sequence[Place], terms: Terms) -> Found:
    if terms:
        for place in found:
            yield name, place, terms
