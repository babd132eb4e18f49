"""Which rows of a file are accepted: the rules of the package, keys, and rows that add up.

Each rule lives where the package has it (`sources/accounts/rules`, `extraction/identities`); here
it is only asked, and its verdict put beside the row.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from doelenboom.sources.accounts.rules import judge_tables
from doelenboom.sources.accounts.tables import FIRST_ROW, PackageTable
from doelenboom.sources.inbox.tables.blocks import judge_blocks
from doelenboom.sources.inbox.tables.drafts import Draft, Fault
from doelenboom.sources.inbox.tables.groups import judge_groups, name_groups
from doelenboom.sources.inbox.tables.heads import FINANCE
from doelenboom.sources.inbox.tables.kinds import MADE_COLUMNS, Kind
from doelenboom.sources.inbox.tables.municipalities import Municipalities
from doelenboom.sources.inbox.tables.taakvelden import (
    Taakvelden,
    judge_taakvelden,
    name_taakvelden,
)
from doelenboom.sources.inbox.tables.years import judge_reserves, judge_years

GROUPS, TAAKVELDEN = "peer_groups", "taakveld_amounts"

TOGETHER: Mapping[str, Callable[[Sequence[Draft]], None]] = {
    FINANCE: judge_blocks,
    "budget_years": judge_years,
    "reserves": judge_reserves,
    GROUPS: judge_groups,
    TAAKVELDEN: judge_taakvelden,
}
"""How rows that belong together are judged together."""


class Known(NamedTuple):
    """The reference lists that rows are held against."""

    municipalities: Municipalities
    taakvelden: Taakvelden


def judge(drafts: Sequence[Draft], name: str, known: Known) -> None:
    """Put beside each row of a file what is wrong with it; `name` is that of the file."""
    for draft in drafts:
        draft.cells["source_document"] = name
    for kind, rows in _by_kind(drafts).values():
        if kind.name == GROUPS:
            name_groups(rows)
        if kind.name == TAAKVELDEN:
            name_taakvelden(rows, known.taakvelden)
        _judge_keys(kind, rows)
        _judge_cells(kind, rows, known.municipalities)
        if kind.name in TOGETHER:
            TOGETHER[kind.name](rows)


def _by_kind(drafts: Sequence[Draft]) -> Mapping[str, tuple[Kind, list[Draft]]]:
    kinds: dict[str, tuple[Kind, list[Draft]]] = {}
    for draft in drafts:
        kinds.setdefault(draft.kind.name, (draft.kind, []))[1].append(draft)
    return kinds


def _judge_keys(kind: Kind, rows: Sequence[Draft]) -> None:
    """Refuse every row whose key another has: which of them is right is not for us to say."""
    names = tuple(kind.resource.schema.primary_key)
    keyed: dict[tuple[str, ...], list[Draft]] = defaultdict(list)
    for row in rows:
        if not {fault.column for fault in row.faults} & set(names):
            keyed[tuple(row.cells[name] for name in names)].append(row)
    for alike in keyed.values():
        for row in alike if len(alike) > 1 else ():
            others = ", ".join(other.sheet.place(other.row) for other in alike if other is not row)
            row.faults.append(Fault("key", names[-1], ", ".join(names), others))


def _judge_cells(kind: Kind, rows: Sequence[Draft], municipalities: Municipalities) -> None:
    """Ask the rules of the package; of a cell that could not be read nothing more is told."""
    table = PackageTable(
        Path(f"{kind.resource.path}"),
        tuple(kind.fields),
        tuple(tuple(row.cells.values()) for row in rows),
    )
    for problem in judge_tables(kind.package, [table], municipalities.periods):
        row = rows[(problem.row or FIRST_ROW) - FIRST_ROW]
        if row.faults and set(problem.columns) <= set(MADE_COLUMNS):
            continue  # it follows from a cell that is wrong itself
        if not {fault.column for fault in row.faults} & set(problem.columns):
            column = problem.columns[0] if problem.columns else ""
            row.faults.append(Fault(problem.rule, column))
