"""Rows that must add up: the cost table of a programme is accepted whole, or not at all.

What must add up to what, and how far rounding may put it off, is known to the extraction of
chapters; delivered tables are held to the same.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from doelenboom.sources.accounts.extraction.numbers.printed import SCALE
from doelenboom.sources.accounts.extraction.proof.identities import Identity, Values, residual
from doelenboom.sources.accounts.extraction.subjects.costs.finance import PHASES
from doelenboom.sources.accounts.extraction.subjects.costs.sums import amounts_of, broken_identities
from doelenboom.sources.inbox.tables.drafts import Draft, Fault
from doelenboom.sources.inbox.tables.kinds import KEUR
from doelenboom.sources.inbox.tables.numbers import iso

REVENUE = "revenue"
BLOCK = ("municipality_code", "fiscal_year", "programme_code")
"""What the rows of a cost table have in common."""


def judge_blocks(rows: Sequence[Draft]) -> None:
    """Refuse every row of a cost table that does not add up, or of which a row is refused."""
    _judge_signs(rows)
    for block in _blocks(rows, BLOCK):
        if not any(row.faults for row in block):
            _judge_sums(block)
    refuse_together(rows, BLOCK)


def refuse_together(rows: Sequence[Draft], columns: Sequence[str]) -> None:
    """Refuse every row of a block of which one is refused, or may be one that is.

    `columns` are those that the rows of a block have in common.
    """
    strays = [row for row in rows if {fault.column for fault in row.faults} & set(columns)]
    for block in _blocks(rows, columns):
        first = block[0]
        if any(r.faults for r in block) or any(_may_belong(r, first, columns) for r in strays):
            for row in block:
                row.faults = row.faults or [Fault("block")]


def _blocks(rows: Sequence[Draft], columns: Sequence[str]) -> list[list[Draft]]:
    blocks: dict[tuple[str, ...], list[Draft]] = defaultdict(list)
    for row in rows:
        blocks[tuple(row.cells[name] for name in columns)].append(row)
    return list(blocks.values())


def _judge_signs(rows: Sequence[Draft]) -> None:
    """Refuse revenue that is negative throughout a file: a ledger writes it so, accounts do not."""
    revenue = [row for row in rows if row.cells["flow"] == REVENUE and not row.faults]
    amounts = [value for row in revenue for value in amounts_of(row.cells)[:-1] if value]
    if len(amounts) > 1 and max(amounts) < 0:
        for row in revenue:
            row.faults.append(Fault("revenue_sign"))


def _may_belong(stray: Draft, member: Draft, columns: Sequence[str]) -> bool:
    """Say whether a row of which it is not known which block it is of may be one of a block."""
    faulty = {fault.column for fault in stray.faults}
    return all(stray.cells[name] == member.cells[name] for name in columns if name not in faulty)


def _judge_sums(block: Sequence[Draft]) -> None:
    for identity, values in broken_identities([row.cells for row in block]):
        _refuse(block, identity, values)


def _refuse(block: Sequence[Draft], identity: Identity, values: Mapping[int, Values]) -> None:
    """Tell each row of a sum that it does not add up; its result is what was expected otherwise."""
    number, column = identity.result
    phase = f"{PHASES[column]}{KEUR}"
    off = residual(identity, values)
    result = values[number][column]
    if off is None or result is None:
        return
    unit = block[number].columns[phase].unit or Decimal(1)
    expected = iso(Decimal(result - off) / SCALE / unit)
    for n in sorted(identity.rows):
        told = expected if n == number else ""
        block[n].faults.append(Fault("sum", phase, told, identity.name))
