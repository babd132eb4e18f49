"""A cost table under the signs that its amounts may have, and what follows from each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from doelenboom.sources.accounts.extraction.numbers.candidates import Reading
from doelenboom.sources.accounts.extraction.numbers.printed import SCALE, Printed, rounding_of
from doelenboom.sources.accounts.extraction.proof.identities import (
    Identity,
    Values,
    build_identities,
    residual,
)
from doelenboom.sources.accounts.extraction.proof.naming import RowName, places_of
from doelenboom.sources.accounts.extraction.proof.signs import ADVANTAGE, Signs, possible_signs
from doelenboom.sources.accounts.extraction.proof.solving import Solution, solve
from doelenboom.sources.accounts.extraction.tables.grid import Grid
from doelenboom.sources.accounts.extraction.tables.layout import IGNORED
from doelenboom.sources.accounts.extraction.words.vocabulary import AMOUNT_PHASES


@dataclass(frozen=True)
class Variant:
    """A table under some signs: what its rows may be, and what follows."""

    signs: Signs
    domains: Sequence[Sequence[Values]]
    identities: Sequence[Identity]
    solution: Solution

    @property
    def contradictions(self) -> int:
        """How much of the table these signs cannot be true for."""
        found = self.solution
        return len(found.broken) + len(found.failed) + len(found.unproved)

    @property
    def borne_out(self) -> int:
        """How many identities hold, a missing figure being nothing where they do."""
        known = ((i, self.values_of(i)) for i in self.identities)
        return sum(residual(i, values) is not None for i, values in known if values)

    def value(self, row: int, column: int) -> int | None:
        """Return the figure at a place where all possible readings agree on it."""
        found = {self.domains[row][n][column] for n in self.solution.possible[row]}
        return found.pop() if len(found) == 1 else None

    def values_of(self, identity: Identity) -> dict[int, Values] | None:
        """Return the rows of an identity where each has one possible reading."""
        possible = self.solution.possible
        if any(len(possible[row]) != 1 for row in identity.rows):
            return None
        return {row: self.domains[row][possible[row][0]] for row in identity.rows}


def variants_of(grid: Grid, names: Mapping[int, RowName]) -> list[Variant]:
    """Return the table under the signs that contradict it least.

    Where several do, a figure is settled only if all of them agree on it.
    """
    identities = build_identities(places_of(grid, names), _unit(grid))
    flows = {flow for name in names.values() for flow in name.flows}
    printed = _sole_amounts(grid, names)
    usual = possible_signs(grid, flows, printed)
    solved = [_under(grid, names, identities, signs) for signs in usual]
    if all(variant.contradictions for variant in solved):
        tried = {variant.signs for variant in solved}
        wider = [
            *_with_differences(grid, names, tried),
            *possible_signs(grid, flows, printed, sure=False),
        ]
        solved += [_under(grid, names, identities, signs) for signs in wider if signs not in tried]
    least = min(variant.contradictions for variant in solved)
    best = _as_told(grid, [variant for variant in solved if variant.contradictions == least])
    if least == 0:
        most = max(variant.borne_out for variant in best)
        return [variant for variant in best if variant.borne_out == most]
    return [_under(grid, names, identities, variant.signs, doubting=True) for variant in best]


def _with_differences(
    grid: Grid, names: Mapping[int, RowName], tried: Iterable[Signs]
) -> Iterator[Signs]:
    """Yield signs under which the variances of each flow have one of their own.

    It is that of all rows of the flow, of which there are several; the sums decide on those of a
    single row. There are none where a head says what a minus means, rows of a flow disagree, or no
    head says that the budget is the one after changes.
    """
    found: dict[str, list[int]] = defaultdict(list)
    for n, name in names.items():
        at = {
            (column.phase, flow): cell
            for column, flow, cell in zip(
                grid.layout.columns, name.flows, grid.rows[n].sole, strict=False
            )
        }
        for phase, flow in at:
            if phase == "variance" and flow and not name.part:
                cells = [at.get((other, flow)) for other in (phase, "final_budget", "actual")]
                found[flow] += _direction(*cells)
    agreed = all({*each} in ({1}, {-1}, set()) for each in found.values())
    several = [len(each) > 1 for each in found.values()]
    layout = grid.layout
    stated = all(
        head.phase != "budget"
        for head, column in zip(layout.heads, layout.columns, strict=True)
        if column.phase == "final_budget"
    )
    if layout.minus_is or not (stated and agreed and any(several)):
        return
    ways = [each[:1] if len(each) > 1 else (1, -1) for each in found.values()]
    for signs in {replace(signs, variance=ADVANTAGE) for signs in tried}:
        for way in product(*ways):
            yield replace(signs, differences=tuple(zip(found, way, strict=True)))


def _direction(
    variance: Printed | None, budget: Printed | None, actual: Printed | None
) -> list[int]:
    """Return 1 for a variance that is budget less actual, -1 for the reverse; else nothing."""
    if not (variance and budget and actual) or variance.side:
        return []
    if variance.value is None or budget.value is None or actual.value is None:
        return []
    rounding = rounding_of((variance, budget, actual))
    less = budget.value - actual.value
    if abs(less) <= rounding:
        return []
    return [sign for sign in (1, -1) if abs(variance.value - sign * less) <= rounding] or [0]


def _as_told(grid: Grid, variants: list[Variant]) -> list[Variant]:
    """Keep the signs of balances that the head of one tells, where the sums leave both."""
    told = {"nadeel": -1, "voordeel": 1}.get(grid.layout.balances_minus_is, 0)
    return [variant for variant in variants if variant.signs.balances == told] or variants


def _sole_amounts(grid: Grid, names: Mapping[int, RowName]) -> list[tuple[Printed, str]]:
    """Return the amounts that can be read in one way only, each with its flow."""
    return [
        (cell, flow)
        for n, name in names.items()
        for cell, flow, column in zip(
            grid.rows[n].sole, name.flows, grid.layout.columns, strict=False
        )
        if column.phase in AMOUNT_PHASES
    ]


def _under(
    grid: Grid,
    names: Mapping[int, RowName],
    identities: Sequence[Identity],
    signs: Signs,
    doubting: bool = False,
) -> Variant:
    """Solve a table under some signs; with every reading where it is found to contradict itself."""
    first = [_domain(grid, row.readings, names.get(n), signs) for n, row in enumerate(grid.rows)]
    if not doubting:
        return Variant(signs, first, identities, solve(first, identities))
    domains = [
        [*known, *_domain(grid, row.others, names.get(n), signs)]
        for (n, row), known in zip(enumerate(grid.rows), first, strict=True)
    ]
    unlisted = [n for n, row in enumerate(grid.rows) if not row.complete]
    solution = solve(domains, identities, [len(known) for known in first], unlisted)
    return Variant(signs, domains, identities, solution)


def _domain(
    grid: Grid, readings: Sequence[Reading], name: RowName | None, signs: Signs
) -> list[Values]:
    if name is None:
        return []
    return [
        tuple(
            signs.published(cell, flow, column.phase)
            for cell, flow, column in zip(
                reading.cells, name.flows, grid.layout.columns, strict=True
            )
        )
        for reading in readings
    ]


def _unit(grid: Grid) -> int:
    """Return the last printed digit of a table in thousandths: the finest of its sole readings."""
    decimals = [
        cell.decimals
        for row in grid.rows
        for cell, column in zip(row.sole, grid.layout.columns, strict=False)
        if column.phase != IGNORED
    ]
    return SCALE // int(10 ** max(decimals, default=0))
