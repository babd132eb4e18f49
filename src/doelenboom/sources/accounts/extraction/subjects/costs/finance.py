"""The cost tables of a chapter as rows of `programme_finance`, each figure proved or reported."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from doelenboom.sources.accounts.extraction.document.lines import Issue
from doelenboom.sources.accounts.extraction.numbers.printed import SCALE
from doelenboom.sources.accounts.extraction.proof.cost_tables import CostTable
from doelenboom.sources.accounts.extraction.proof.doubts import doubts_of, notes_of
from doelenboom.sources.accounts.extraction.proof.identities import PHASE_NAMES, holds, residual
from doelenboom.sources.accounts.extraction.proof.naming import RowName
from doelenboom.sources.accounts.extraction.tables.grid import Grid
from doelenboom.sources.accounts.extraction.tables.layout import IGNORED
from doelenboom.sources.accounts.extraction.words.texts import shortened
from doelenboom.sources.accounts.extraction.words.vocabulary import AMOUNT_PHASES, TOTAL_ITEM

PHASES = (*AMOUNT_PHASES, "variance")


@dataclass(frozen=True)
class FinanceRow:
    """One row of the package: amounts in thousands of euro by phase, None where not stated.

    `whole` is False where a figure that is printed could not be settled, or its unit was guessed.
    """

    line_item: str
    flow: str
    line: int
    amounts: Mapping[str, Decimal | None]
    whole: bool = True

    @property
    def is_total(self) -> bool:
        """Whether it is the programme as a whole."""
        return self.line_item == TOTAL_ITEM


@dataclass(frozen=True)
class Check:
    """One identity as it was judged: what, on which line, and by how much it is off."""

    name: str
    line: int
    difference: Decimal
    holds: bool


@dataclass(frozen=True)
class Decision:
    """A row that could be read in several ways, and the identities that left one."""

    line: int
    text: str
    readings: int
    identities: tuple[str, ...]


@dataclass(frozen=True)
class Finance:
    """What the cost tables of a chapter say; `lines` are all read, also where one says it again."""

    rows: tuple[FinanceRow, ...] = ()
    issues: tuple[Issue, ...] = ()
    checks: tuple[Check, ...] = ()
    decisions: tuple[Decision, ...] = ()
    notes: tuple[str, ...] = ()
    lines: frozenset[int] = frozenset()


def read_finance(settled: Sequence[CostTable], refused: Sequence[Grid]) -> Finance:
    """Read the cost tables of a chapter; a row that a later table repeats must be equal.

    Of tables with the same columns, each of another phase, the rows are taken together. Those that
    are `refused` are named.
    """
    tables = [table for table in settled if table.grid.layout.has_year]
    rows: dict[tuple[str, str], FinanceRow] = {}
    issues = [issue for table in tables for issue in doubts_of(table)]
    issues += map(_refused, refused)
    first: dict[tuple[str, str], CostTable] = {}
    joined: dict[str, None] = {}
    read: set[int] = set()
    for table in tables:
        for row in _rows_of(table):
            read.add(row.line)
            key = row.line_item, row.flow
            earlier, above = rows.setdefault(key, row), first.setdefault(key, table)
            if _is_of_another_phase(above, table) and not _both_stated(earlier, row):
                rows[key] = _with_phase(earlier, row)
                joined[_joined_in_words(above.grid, table.grid)] = None
            elif earlier.line != row.line and earlier.amounts != row.amounts:
                issues.append(_repeated(earlier, row))
    return Finance(
        tuple(rows.values()),
        tuple(issues),
        tuple(check for table in tables for check in _checks_of(table)),
        tuple(decision for table in tables for decision in _decisions_of(table)),
        (*(note for table in tables for note in notes_of(table)), *joined),
        frozenset(read),
    )


def _is_of_another_phase(first: CostTable, other: CostTable) -> bool:
    """Say whether two tables have the same columns, each all of a phase that the other has not."""
    layouts = first.grid.layout, other.grid.layout
    one, another = ({column.phase for column in layout.columns} for layout in layouts)
    flows, others = ([column.flow for column in layout.columns] for layout in layouts)
    return len(one) == len(another) == 1 and one != another and flows == others


def _both_stated(one: FinanceRow, other: FinanceRow) -> bool:
    pairs = zip(one.amounts.values(), other.amounts.values(), strict=True)
    return any(None not in pair for pair in pairs)


def _with_phase(row: FinanceRow, other: FinanceRow) -> FinanceRow:
    stated = {phase: amount for phase, amount in other.amounts.items() if amount is not None}
    return replace(row, amounts={**row.amounts, **stated}, whole=row.whole and other.whole)


def _joined_in_words(first: Grid, other: Grid) -> str:
    phase = PHASE_NAMES[other.layout.columns[0].phase]
    where = f"bij de regels van die op regel {first.first_line}"
    return f"Tabel op regel {other.first_line}: {phase}, {where}."


def _refused(grid: Grid) -> Issue:
    problem = f"Regels {grid.first_line} t/m {grid.last_line} niet gelezen: {grid.refusal}"
    return Issue(grid.first_line, "unread_table", shortened(grid.rows[0].text), problem)


def _repeated(earlier: FinanceRow, row: FinanceRow) -> Issue:
    problem = f"Wijkt af van dezelfde regel eerder (regel {earlier.line}); die is overgenomen."
    shown = tuple(f"{phase}: {value}" for phase, value in row.amounts.items() if value is not None)
    return Issue(row.line, "contradiction", f"{row.line_item}, {row.flow}", problem, shown)


def _rows_of(table: CostTable) -> Iterator[FinanceRow]:
    for n, name in table.names.items():
        for flow in dict.fromkeys(flow for flow in name.flows if flow and not name.part):
            yield _row(table, n, name, flow)


def _row(table: CostTable, n: int, name: RowName, flow: str) -> FinanceRow:
    amounts: dict[str, Decimal | None] = dict.fromkeys(PHASES)
    whole = table.grid.unit.printed
    for column, of in enumerate(name.flows):
        phase = table.grid.layout.columns[column].phase
        if of == flow and phase != IGNORED:
            value, settled = table.keur(n, column)
            whole = whole and settled
            amounts[phase] = amounts[phase] if value is None else value
    return FinanceRow(_item(table, n, name), flow, table.line(n), amounts, whole)


def _item(table: CostTable, n: int, name: RowName) -> str:
    """Return the line item; where it is the row's label, as the reading that was decided on."""
    row = table.grid.rows[n]
    known = {reading.label for reading in row.every}
    labels = {reading.label for reading in table.possible(n)}
    return labels.pop() if name.item in known and len(labels) == 1 else name.item


def _checks_of(table: CostTable) -> Iterator[Check]:
    for identity in table.best.identities:
        values = table.best.values_of(identity)
        left = residual(identity, values) if values else None
        if values and left is not None:
            line = table.grid.rows[identity.result[0]].line
            difference = Decimal(left) / SCALE * table.grid.unit.factor
            yield Check(identity.name, line, difference, holds(identity, values))


def _decisions_of(table: CostTable) -> Iterator[Decision]:
    """Name for each row with several readings the identities that left one of them."""
    for n, row in enumerate(table.grid.rows):
        count = len(row.every)
        if count < 2 or table.is_open(n) or len(table.possible(n)) != 1:  # noqa: PLR2004
            continue
        identities = [i for i in table.best.identities if n in i.rows]
        own = [i.name for i in identities if i.rows == {n}]
        others = [i.name for i in identities if i.rows != {n}]
        names = own if own and len(row.readings) == 1 else [*own, *others]
        yield Decision(row.line, shortened(row.text), count, tuple(names))
