"""What columns of a cost table hold whose heads do not say it, from the sums of their rows.

A balance may be the one before reserves or after them; a difference or a balance at the end may be
of any flow; a column without a flow beside costs and revenue may be the balance. Only what every
row bears out, and in one way, is taken.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from doelenboom.sources.accounts.extraction.numbers.printed import Cells, Printed, rounding_of
from doelenboom.sources.accounts.extraction.tables.columns import Column
from doelenboom.sources.accounts.extraction.tables.layout import IGNORED, Layout, layout_of
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.words.rows import kind_of

_SEVERAL = 2
"""Rows that must bear out a sum: one may do so by chance."""

_SIDES = ("expenses", "revenue")
_MOVEMENTS = (("net_reserve_movement",), ("transfer_to_reserves", "transfer_from_reserves"))


def by_sums(layout: Layout, rows: Sequence[TableRow], year: int) -> Layout:
    """Return a layout with the columns that the sums of its rows name."""
    cells = [row.sole for row in rows if row.sole]
    heads = [*layout.heads]
    for n in range(len(heads)):
        heads[n] = _balance(layout, cells, n)
    known = layout_of(tuple(heads), year, layout.minus_is) if heads else layout
    if not any(head.flow in _SIDES for head in heads):
        return layout
    for n, head in enumerate(heads):
        if head.phase and not head.flow:
            at_the_end = head.phase in ("variance", "saldo")
            found = [
                *(_at_the_end(known, cells, n, year) if at_the_end else _of_lines(rows, n, head))
            ]
            heads[n] = found[0] if len(found) == 1 else head
    named = layout_of(tuple(heads), year, layout.minus_is)
    return named if named.is_sound else layout


def _balance(layout: Layout, rows: Sequence[Cells], place: int) -> Column:
    """Say whether the one balance of a phase is before reserves or after, where its sums do."""
    head = layout.heads[place]
    group = {
        each.flow: n
        for n, each in enumerate(layout.heads)
        if (each.phase, each.year) == (head.phase, head.year)
    }
    moved = next((m for flows in _MOVEMENTS if (m := [group[f] for f in flows if f in group])), [])
    alone = len({"net", "result", "net_cost", "net_cost_after_reserves"} & {*group}) == 1
    if not (moved and alone and head.flow in ("net", "result") and {*_SIDES} <= {*group}):
        return head
    sides = [group[side] for side in _SIDES]
    moving = [row for row in rows if any(row[n].value for n in moved)]
    before, after = (bool(_signs(moving, place, terms)) for terms in (sides, [*sides, *moved]))
    if before == after:
        return head
    return replace(head, flow="net_cost" if before else "net_cost_after_reserves")


def _at_the_end(layout: Layout, rows: Sequence[Cells], place: int, year: int) -> Iterator[Column]:
    """Yield what a difference or balance without a flow is that follows from other columns."""
    head = layout.heads[place]
    if head.year not in (0, year):
        return
    at = {column: n for n, column in enumerate(layout.columns) if column.phase != IGNORED}
    by = {(column.phase, column.flow): n for column, n in at.items()}
    for (phase, flow), actual in by.items():
        budget = by.get(("final_budget", flow))
        if phase != "actual" or budget is None or ("variance", flow) in by:
            continue
        telling = [row for row in rows if row[budget].value != row[actual].value]
        if _signs(telling, place, (budget, actual)) & {(1, -1), (-1, 1)}:
            yield replace(head, phase="variance", flow=layout.heads[actual].flow)
    for (phase, flow), costs in by.items():
        revenue = by.get((phase, "revenue"))
        if flow != "expenses" or revenue is None or (phase, "net_cost") in by:
            continue
        if _signs(rows, place, (costs, revenue)):
            yield replace(head, phase=layout.heads[costs].phase, flow="net_cost")


def _of_lines(rows: Sequence[TableRow], place: int, head: Column) -> Iterator[Column]:
    """Yield a column as balances: of lines on both sides of nought that a balance adds up."""
    lines: list[Printed] = []
    for row in rows:
        kind = kind_of(row.label)
        if not row.sole or row.heading:
            continue
        if kind.flow == "net_cost" and not kind.item:
            values = [cell.value for cell in lines if cell.value]
            total = row.sole[place].value
            both = min(values, default=0) < 0 < max(values, default=0)
            allowed = rounding_of([*lines, row.sole[place]])
            if both and total is not None and abs(total - sum(values)) <= allowed:
                yield replace(head, flow="net_cost")
            return
        if kind.item and not (kind.flow or kind.total or kind.part):
            lines.append(row.sole[place])


def _signs(rows: Sequence[Cells], result: int, terms: Sequence[int]) -> set[tuple[int, ...]]:
    """Return the signs under which a column is the sum of others in each row that states it."""
    told = [
        row for row in rows if row[result].value is not None and any(row[n].value for n in terms)
    ]
    if len(told) < _SEVERAL:
        return set()
    return {
        signs
        for signs in product((1, -1), repeat=len(terms))
        if all(_adds_up(row, result, terms, signs) for row in told)
    }


def _adds_up(row: Cells, result: int, terms: Sequence[int], signs: Sequence[int]) -> bool:
    values = (sign * (row[n].value or 0) for n, sign in zip(terms, signs, strict=True))
    left = (row[result].value or 0) - sum(values)
    return abs(left) <= rounding_of([row[n] for n in (result, *terms)])
