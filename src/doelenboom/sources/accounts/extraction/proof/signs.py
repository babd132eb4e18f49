"""What the signs of a table mean: costs printed below zero, balances as result, variances.

Signs turn a printed figure into the one that is published: costs and revenue above zero,
balances as a cost, variances above zero where they are an advantage. Which signs a table has is
decided by its identities (`finance`).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from doelenboom.sources.accounts.extraction.numbers.printed import Printed
from doelenboom.sources.accounts.extraction.tables.grid import Grid
from doelenboom.sources.accounts.extraction.words.vocabulary import COSTLIKE, FLOWS, NETS

ADVANTAGE, DISADVANTAGE, BUDGET_LESS_ACTUAL, ACTUAL_LESS_BUDGET = (
    "advantage",
    "disadvantage",
    "budget less actual",
    "actual less budget",
)


@dataclass(frozen=True)
class Signs:
    """The sign of printed costs, revenue and balances, and what a plus in a variance says.

    What is put into reserves, taken from them and left of both have signs of their own.
    """

    costs: int = 1
    revenue: int = 1
    balances: int = 1
    variance: str = ADVANTAGE
    added: int = 1
    withdrawn: int = 1
    moved: int = 1
    differences: tuple[tuple[str, int], ...] = ()
    """Of flows whose variances each have a sign of their own: budget less actual is 1."""

    def published(self, cell: Printed, flow: str, phase: str) -> int | None:
        """Return the value of a cell as it is published."""
        if cell.value is None:
            return None
        if cell.side:
            good = abs(cell.value) if cell.side == "V" else -abs(cell.value)
            return good if phase == "variance" or flow not in COSTLIKE else -good
        return cell.value * self._sign(flow, phase)

    @cached_property
    def _of_flows(self) -> dict[str, int]:
        return {
            **dict.fromkeys(NETS, self.balances),
            "net_reserve_movement": self.moved,
            "revenue": self.revenue,
            "transfer_to_reserves": self.added,
            "transfer_from_reserves": self.withdrawn,
        }

    def _sign(self, flow: str, phase: str) -> int:
        sign = self._of_flows.get(flow, self.costs)
        if phase != "variance":
            return sign
        towards = sign if flow in COSTLIKE else -sign
        if flow in dict(self.differences):
            return towards * dict(self.differences)[flow]
        return {
            ADVANTAGE: 1,
            DISADVANTAGE: -1,
            BUDGET_LESS_ACTUAL: towards,
            ACTUAL_LESS_BUDGET: -towards,
        }[self.variance]

    def in_words(self) -> str:
        """Say in Dutch what is not as usual, empty where costs are above zero and plus is good."""
        words = []
        if self.costs < 0:
            words.append("lasten staan negatief in de bron")
        if self.revenue < 0:
            words.append("baten staan negatief in de bron")
        if self.balances < 0:
            words.append("een saldo is in de bron baten min lasten")
        if self.differences:
            words.append("het verschil is in de bron niet voor elke stroom dezelfde kant op")
        elif self.variance != ADVANTAGE:
            meaning = {
                DISADVANTAGE: "plus is nadeel",
                BUDGET_LESS_ACTUAL: "begroting min realisatie",
                ACTUAL_LESS_BUDGET: "realisatie min begroting",
            }[self.variance]
            words.append(f"het verschil is in de bron {meaning}")
        return "; ".join(words)


def possible_signs(
    grid: Grid,
    flows: Collection[str],
    printed: Iterable[tuple[Printed, str]],
    sure: bool = True,
) -> list[Signs]:
    """Return the signs that a table of some flows may have, the usual one first.

    `printed` are amounts that can be read in one way only, each with its flow. Amounts that are all
    below zero are `sure` to be printed so, and those of reserves as costs, revenue and balances
    are, unless that contradicts the table.
    """
    known = [(cell.value, flow) for cell, flow in printed if cell.value and not cell.side]
    costs = _signs([value for value, flow in known if flow in COSTLIKE - set(NETS)], sure)
    income = [value for value, flow in known if flow in FLOWS and flow not in COSTLIKE]
    revenue = _signs(income, sure)
    variances = {"nadeel": [ADVANTAGE], "voordeel": [DISADVANTAGE]}.get(
        grid.layout.minus_is, [ADVANTAGE, BUDGET_LESS_ACTUAL, ACTUAL_LESS_BUDGET]
    )
    if not any(column.phase == "variance" for column in grid.layout.columns):
        variances = [ADVANTAGE]
    kept = [
        (1,) if sure or flow not in flows else (1, -1)
        for flow in ("transfer_to_reserves", "transfer_from_reserves", "net_reserve_movement")
    ]
    return [
        Signs(cost, earned, balance, variance, cost * added, earned * withdrawn, balance * moved)
        for cost, earned, balance, variance in product(costs, revenue, grid.balances, variances)
        for added, withdrawn, moved in product(*kept)
    ]


def _signs(amounts: Sequence[int], sure: bool) -> tuple[int, ...]:
    """Return the signs that amounts may be printed with, from those that can be read in one way.

    Different amounts that are all below zero are printed so, but for one in ten; where only most
    are, or there is but one, the identities decide.
    """
    below = sum(value < 0 for value in amounts)
    if 10 * below >= 9 * len(amounts) and len(set(amounts)) > 1:
        return (-1,) if sure else (-1, 1)
    if 2 * below > len(amounts):
        return (-1, 1) if len(set(amounts)) > 1 else (1, -1)
    return (1,)
