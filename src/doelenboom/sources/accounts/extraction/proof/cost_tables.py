"""A cost table with its figures settled, as far as its identities go.

Every reading of every row is held against every identity, under all the signs it may have.
What all solutions agree on is settled. What is left open is said in `doubts`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.candidates import Reading
from doelenboom.sources.accounts.extraction.numbers.printed import SCALE, Printed
from doelenboom.sources.accounts.extraction.numbers.runs import number_run
from doelenboom.sources.accounts.extraction.proof.identities import Place, residual
from doelenboom.sources.accounts.extraction.proof.naming import RowName, name_rows
from doelenboom.sources.accounts.extraction.proof.solving import proven_places
from doelenboom.sources.accounts.extraction.proof.variants import Variant, variants_of
from doelenboom.sources.accounts.extraction.tables.grid import Grid
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.words.texts import occurrences, squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import AMOUNT_PHASES, FLOWS, NETS

_MORE_FIGURE = tuple("0123456789.,+-")
"""What goes on with a figure."""


@dataclass(frozen=True)
class CostTable:
    """A cost table: its rows by name, and the signs that its identities bear out equally.

    `unnamed` are rows whose label ends in figures that may as well be an amount.
    """

    grid: Grid
    names: Mapping[int, RowName]
    variants: Sequence[Variant]
    unnamed: frozenset[int] = frozenset()

    @property
    def best(self) -> Variant:
        """The table under the signs that are most usual."""
        return self.variants[0]

    def possible(self, row: int) -> list[Reading]:
        """Return the readings of a row that may be true."""
        return [self.grid.rows[row].every[n] for n in self.best.solution.possible[row]]

    def cells(self, row: int, column: int) -> list[Printed]:
        """Return what may be printed at a place."""
        return [reading.cells[column] for reading in self.possible(row)]

    def is_open(self, row: int) -> bool:
        """Whether nothing in a row can be relied on."""
        return bool(
            not self.grid.rows[row].readings
            or self.grid.unit.doubt
            or row in self.best.solution.unproved
            or row in self.unnamed
            or len({reading.label for reading in self.possible(row)}) > 1
        )

    def may_be_moved(self, row: int) -> bool:
        """Whether a row lacks a cell, and no sum proves that its figures stand where they do."""
        stated = {
            (row, column)
            for reading in self.grid.rows[row].readings
            for column, cell in enumerate(reading.cells)
            if cell.value is not None
        }
        return self.grid.rows[row].short and not stated <= self._proven

    def proves(self, row: int, column: int) -> bool:
        """Whether a sum holds in which the figure at a place takes part."""
        return (row, column) in self._proven

    def keur(self, row: int, column: int) -> tuple[Decimal | None, bool]:
        """Return a figure in thousands of euro, None where none is sure, and if it is settled."""
        value, settled = self.figure(row, column)
        unit = self.grid.unit.factor
        return None if value is None else Decimal(value) / SCALE * unit, settled

    def line(self, row: int) -> int:
        """Return the line of a row: of a stacked one that of its line item."""
        name, printed = self.names[row], self.grid.rows[row]
        return name.line if name.line and printed.stacked else printed.line

    def figure(self, row: int, column: int) -> tuple[int | None, bool]:
        """Return a figure and whether it is settled.

        A sum must prove that a dash is nil, what the readings of its row place differently, the
        sign of a balance that falls on the other side than all that are proved, what is put into or
        taken from reserves below zero, and costs or revenue that `N` or `V` puts there. What may be
        a dash with a note must fit its sums better than nil.
        """
        if self.is_open(row):
            return None, False
        cells = self.cells(row, column)
        values = {variant.value(row, column) for variant in self.variants}
        value = values.pop() if len(values) == 1 else None
        if value is None:
            return None, all(cell.value is None for cell in cells)
        proven = self.proves(row, column)
        doubtful = self._is_noted(row, column) and not self._fits_better_than_nil(row, column)
        if doubtful or (not proven and self._needs_proof(row, column, value)):
            return None, False
        return value, True

    def _needs_proof(self, row: int, column: int, value: int) -> bool:
        """Say whether a figure is nil by a dash, may stand elsewhere, or on a side not expected."""
        cells = self.cells(row, column)
        if all(cell.nil for cell in cells) or self._places_differ(row):
            return True
        flow, sided = self._amount_of(row, column), any(cell.side for cell in cells)
        if value < 0 and (flow.startswith("transfer") or (sided and flow in FLOWS)):
            return True
        proven = [] if sided or flow not in NETS else self._proven_balances
        return bool(proven) and all(value * other < 0 for other in proven)

    def _places_differ(self, row: int) -> bool:
        """Say whether a row lacks amounts, and its readings do not say alike where."""
        found = self.possible(row)
        missing = {tuple(cell.value is None for cell in reading.cells) for reading in found}
        return len(missing) > 1

    def _fits_better_than_nil(self, row: int, column: int) -> bool:
        """Whether sums hold more nearly with a figure than with nil in its place, and none less.

        Figures of its row that may be nil as it may are so with it.
        """
        gains = []
        for identity in self.best.identities:
            places = [identity.result, *(place for place, _ in identity.terms)]
            values = self.best.values_of(identity) if (row, column) in places else None
            left = residual(identity, values) if values else None
            if values and left is not None:
                nil = [0 if self._is_noted(row, n) else each for n, each in enumerate(values[row])]
                gains.append(abs(residual(identity, {**values, row: nil}) or 0) - abs(left))
        return max(gains, default=0) > 0 <= min(gains)

    def _is_noted(self, row: int, column: int) -> bool:
        return any(cell.noted for cell in self.cells(row, column))

    def _amount_of(self, row: int, column: int) -> str:
        """Return the flow of which an amount stands at a place; empty where it is a variance."""
        amount = self.grid.layout.columns[column].phase in AMOUNT_PHASES
        return self.names[row].flows[column] if amount else ""

    @cached_property
    def _proven_balances(self) -> list[int]:
        """The balances that a sum proves, as they are published."""
        places = [
            (row, column)
            for row, column in self._proven
            if row in self.names and self._amount_of(row, column) in NETS
        ]
        return [value for place in places if (value := self.best.value(*place))]

    @cached_property
    def _proven(self) -> set[Place]:
        best = self.best
        values = {
            row: best.domains[row][found[0]]
            for row, found in enumerate(best.solution.possible)
            if len(found) == 1
        }
        return proven_places(best.identities, values)


def settle(grid: Grid, programme: str, lines: Sequence[Line]) -> CostTable:
    """Settle the figures of a table; `lines` are the chapter, in which names may occur again."""
    tables = [
        CostTable(grid, names, variants_of(grid, names)) for names in name_rows(grid, programme)
    ]
    table = _doubt_unproved(_better(tables))
    unnamed = frozenset(
        n for n in table.names if _takes_figures(grid.rows[n], table.possible(n), lines)
    )
    return CostTable(grid, table.names, table.variants, unnamed)


def _better(tables: Sequence[CostTable]) -> CostTable:
    """Return the table under the names that leave less unnamed and contradict less.

    Where two ways to name it fit alike, or one contradicts less and no sum more bears it out, it
    keeps what they agree on.
    """
    usual, *others = tables
    for other in others:
        ours, theirs = _unsolved(usual), _unsolved(other)
        differing = {n for n, name in usual.names.items() if other.names[n] != name}
        if ours == theirs:
            return _without(usual, differing)
        if all(their <= our for our, their in zip(ours, theirs, strict=True)):
            told = theirs[0] < ours[0] or _bears_out(other, differing)
            usual = other if told else _without(usual, differing)
    return usual


def _bears_out(table: CostTable, rows: Collection[int]) -> bool:
    """Say whether a sum over several rows holds in which one of these takes part."""
    best = table.best
    over = [each for each in best.identities if len(each.rows) > 1 and each.rows & {*rows}]
    known = ((each, best.values_of(each)) for each in over if each not in best.solution.broken)
    return any(values and residual(each, values) is not None for each, values in known)


def _unsolved(table: CostTable) -> tuple[int, int]:
    """Return how many rows of a table have no flow, and how much of it contradicts itself."""
    nameless = sum(not any(name.flows) and not name.part for name in table.names.values())
    return nameless, table.best.contradictions


def _doubt_unproved(table: CostTable) -> CostTable:
    """Take the flow from rows that only their total gave one, where it holds in no phase."""
    broken = set(table.best.solution.broken)
    for total in {i.result[0] for i in table.best.identities if table.names[i.result[0]].is_total}:
        sums = [
            identity
            for identity in table.best.identities
            if identity.result[0] == total
            and any(table.names[row].inferred for row in identity.rows)
        ]
        if len(sums) > 1 and broken.issuperset(sums):
            rows = {row for identity in sums for row in identity.rows if table.names[row].inferred}
            return _doubt_unproved(_without(table, rows))
    return table


def _without(table: CostTable, rows: Collection[int]) -> CostTable:
    """Return a table of which some rows have no flow."""
    nothing = ("",) * len(table.grid.layout.columns)
    names = {
        n: replace(name, flows=nothing, inferred=False) if n in rows else name
        for n, name in table.names.items()
    }
    return CostTable(table.grid, names, variants_of(table.grid, names))


def _takes_figures(row: TableRow, possible: Sequence[Reading], lines: Sequence[Line]) -> bool:
    """Say whether a label takes figures of a fused row that no other line shows to be its own."""
    labels = {reading.label for reading in possible} if row.readings else set()
    if len(row.every) < 2 or len(labels) != 1:  # noqa: PLR2004
        return False
    label = labels.pop()
    if label == squeezed(number_run(row.text)[0]):
        return False
    return not any(_stands_alone(label, line.text) for line in lines if line.number != row.line)


def _stands_alone(label: str, text: str) -> bool:
    ends = (at + len(label) for at in occurrences(label, text))
    return any(text[end : end + 1] not in _MORE_FIGURE for end in ends)
