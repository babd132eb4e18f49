"""Amounts of years and reserves that must add up, held to the identities of cost tables.

The amounts of one programme, year and phase stand for a cost table with one column; a reserve is a
sum of its own. What belongs to no programme is held against the programmes when it is published.
"""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from doelenboom.codes import last_digits
from doelenboom.sources.accounts.extraction.numbers.printed import SCALE
from doelenboom.sources.accounts.extraction.proof.identities import residual
from doelenboom.sources.accounts.extraction.subjects.costs.finance import PHASES
from doelenboom.sources.accounts.extraction.subjects.costs.sums import Row, broken_identities
from doelenboom.sources.accounts.extraction.subjects.reserves import TERMS
from doelenboom.sources.inbox.tables.blocks import BLOCK, refuse_together
from doelenboom.sources.inbox.tables.drafts import Draft, Fault
from doelenboom.sources.inbox.tables.numbers import iso

AMOUNT, CLOSING = "amount_keur", "closing_keur"
OF_ONE_SUM = (*BLOCK, "amount_year", "phase")
WHOLE_DOCUMENT = "document"
"""What stands in place of a programme for a document as a whole."""

_ONE_PHASE = PHASES[0]


def judge_years(rows: Sequence[Draft]) -> None:
    """Refuse the amounts of a programme of which those of a year do not add up, or one is wrong."""
    sums: dict[tuple[str, ...], list[Draft]] = defaultdict(list)
    for row in rows:
        sums[tuple(row.cells[name] for name in OF_ONE_SUM)].append(row)
    for found in sums.values():
        if found[0].cells["programme_code"] != WHOLE_DOCUMENT and not any(r.faults for r in found):
            _judge_sum(found)
    refuse_together(rows, BLOCK)


def _judge_sum(rows: Sequence[Draft]) -> None:
    for identity, values in broken_identities([_as_cost(row) for row in rows]):
        number, column = identity.result
        off, result = residual(identity, values), values[number][column]
        if off is None or result is None:
            continue
        unit = rows[number].columns[AMOUNT].unit or Decimal(1)
        expected = iso(Decimal(result - off) / SCALE / unit)
        for n in sorted(identity.rows):
            told = expected if n == number else ""
            rows[n].faults.append(Fault("sum", AMOUNT, told, identity.name))


def _as_cost(row: Draft) -> Row:
    """Give an amount as a row of a cost table with one phase."""
    empty = dict.fromkeys((f"{phase}_keur" for phase in PHASES), "")
    return {**row.cells, **empty, f"{_ONE_PHASE}_keur": row.cells[AMOUNT]}


def judge_reserves(rows: Sequence[Draft]) -> None:
    """Refuse reserves whose closing balance does not follow; what is empty counts for none."""
    for row in rows:
        if row.faults or not row.cells[CLOSING]:
            continue
        made = sum(sign * Decimal(row.cells[f"{name}_keur"] or 0) for name, sign in TERMS.items())
        room = (len(TERMS) + 1) * last_digits(None)
        if abs(Decimal(row.cells[CLOSING]) - made) > room:
            unit = row.columns[CLOSING].unit or Decimal(1)
            name = f"{row.cells['reserve_name']}: eindstand"
            row.faults.append(Fault("sum", CLOSING, iso(Decimal(made) / unit), name))
