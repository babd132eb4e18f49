"""A chapter held against itself: its tables, its goal tree and its prose must say the same.

The sums within a cost table come from `finance`; added here are those between the parts of a
chapter. A sum that does not hold is an issue; no figure is changed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from doelenboom.codes import labels_nl, last_digits
from doelenboom.sources.accounts.extraction.document.lines import Issue
from doelenboom.sources.accounts.extraction.subjects.costs.finance import Finance, FinanceRow
from doelenboom.sources.accounts.extraction.subjects.explanations.prose import Explanation
from doelenboom.sources.accounts.extraction.subjects.tree.goals import GoalNode

HOLDS, ROUNDING, BROKEN = "sluit", "sluit, afronding", "sluit niet"


@dataclass(frozen=True)
class Sum:
    """One sum that must hold: both sides in thousands of euro, and whether they agree."""

    name: str
    line: int
    left: Decimal | None
    right: Decimal | None
    difference: Decimal
    status: str


def prove(
    finance: Finance,
    nodes: Sequence[GoalNode],
    prose: Sequence[Explanation],
    variances: Mapping[str, Decimal | None],
) -> tuple[list[Sum], list[Issue]]:
    """Return every sum of a chapter as it was judged, and an issue for each that fails."""
    within = [
        Sum(each.name, each.line, None, None, each.difference, _status(each.difference, each.holds))
        for each in finance.checks
    ]
    between = [*_tree_sums(finance.rows, nodes), *_prose_sums(finance.rows, prose, variances)]
    issues = [
        Issue(
            found.line,
            "does_not_add_up",
            found.name,
            f"Links {_words(found.left)}, rechts {_words(found.right)}.",
            (_words(found.left), _words(found.right)),
        )
        for found in between
        if found.status == BROKEN
    ]
    return [*within, *between], issues


def _status(difference: Decimal, holds: bool) -> str:
    return HOLDS if not difference else ROUNDING if holds else BROKEN


def _sum(name: str, line: int, left: Decimal, right: Decimal, allowed: Decimal) -> Sum:
    difference = left - right
    return Sum(name, line, left, right, difference, _status(difference, abs(difference) <= allowed))


def _tree_sums(rows: Sequence[FinanceRow], nodes: Sequence[GoalNode]) -> Iterator[Sum]:
    """Yield products against their lines, and all products against the totals."""
    table = {(row.line_item, row.flow): row for row in rows}
    totals = {row.flow: row for row in rows if row.is_total}
    products = [node for node in nodes if node.kind == "product"]
    actual = labels_nl("phase")["actual"]
    for flow in ("expenses", "revenue"):
        name = labels_nl("flow")[flow]
        amounts = [(node, getattr(node, flow)) for node in products]
        known = [(node, amount) for node, amount in amounts if amount is not None]
        for node, amount in known:
            row = table.get((node.name, flow))
            printed = row.amounts["actual"] if row else None
            if printed is not None:
                title = f"doelenboom en kostentabel, {node.name}: {name}, {actual}"
                yield _sum(title, node.line, amount, printed, Decimal(0))
        total = totals[flow].amounts["actual"] if flow in totals else None
        if known and total is not None and _covers(products, table, flow):
            title = f"producten van de doelenboom en totaal {name}, {actual}"
            added = sum((amount for _, amount in known), Decimal(0))
            yield _sum(title, totals[flow].line, added, total, last_digits(None) * (len(known) + 1))


def _covers(
    products: Sequence[GoalNode], table: Mapping[tuple[str, str], FinanceRow], flow: str
) -> bool:
    """Say whether the tree names every line of the table, so that both must add up alike."""
    lines = {item for (item, of), row in table.items() if of == flow and not row.is_total}
    return lines <= {node.name for node in products}


def _prose_sums(
    rows: Sequence[FinanceRow],
    prose: Sequence[Explanation],
    variances: Mapping[str, Decimal | None],
) -> Iterator[Sum]:
    """Yield the headline, the components together, and each component against the table."""
    result = next(
        (r for r in rows if r.is_total and r.flow == "net_cost_after_reserves"), None
    ) or next((r for r in rows if r.is_total and r.flow == "net_cost"), None)
    variance = result.amounts["variance"] if result else None
    printed = Counter(
        r.line_item for r in rows if not r.is_total and r.amounts["variance"] is not None
    )
    stated = [row for row in prose if row.keur is not None]
    for row in stated:
        own = variances.get(row.line_item)
        table = variance if row.role == "headline" else own if row.role == "component" else None
        if table is not None and row.keur is not None:
            figures = 1 if row.role == "headline" else printed[row.line_item]
            title = f"toelichting {row.subject} ({row.text}) en kostentabel"
            yield _sum(title, row.line, row.keur, table, _room(row) + figures * last_digits(None))
    components = [row for row in stated if row.role == "component"]
    if components and variance is not None and result is not None:
        added = sum((row.keur for row in components if row.keur is not None), Decimal(0))
        allowed = sum((_room(row) for row in components), last_digits(None))
        title = f"{len(components)} toegelichte onderdelen samen en het resultaat"
        yield _sum(title, components[0].line, added, variance, allowed)


def _room(row: Explanation) -> Decimal:
    """Return how far rounding alone can put an amount off."""
    return row.rounded_to * last_digits(row.hedge)


def _words(value: Decimal | None) -> str:
    return "onbekend" if value is None else f"{value.normalize():f}".replace(".", ",")
