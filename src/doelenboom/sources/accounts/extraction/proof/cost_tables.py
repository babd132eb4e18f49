"""A cost table with its figures settled, as far as its identities go.

Every reading of every row is held against every identity, under all the signs it may have.
What all solutions agree on is settled. What is left open is said in `doubts`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.candidates import Reading
from doelenboom.sources.accounts.extraction.numbers.printed import SCALE, Printed
from doelenboom.sources.accounts.extraction.proof.identities import (
    Identity,
    Place,
    Values,
    build_identities,
    residual,
)
from doelenboom.sources.accounts.extraction.proof.labels import takes_figures
from doelenboom.sources.accounts.extraction.proof.naming import RowName, name_rows, places_of
from doelenboom.sources.accounts.extraction.proof.signs import Signs, possible_signs
from doelenboom.sources.accounts.extraction.proof.solving import Solution, proven_places, solve
from doelenboom.sources.accounts.extraction.tables.grid import Grid
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.words.vocabulary import AMOUNT_PHASES, NETS


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
        return [reading_at(self.grid.rows[row], n) for n in self.best.solution.possible[row]]

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

    def figure(self, row: int, column: int) -> tuple[int | None, bool]:
        """Return a figure and whether it is settled; a dash must be proved to be nil.

        So must be the sign of a balance that falls on the other side than all that are proved, and
        what may be a dash with a note fit its sums better than nil.
        """
        if self.is_open(row):
            return None, False
        cells = self.cells(row, column)
        values = {variant.value(row, column) for variant in self.variants}
        value = values.pop() if len(values) == 1 else None
        if value is None:
            return None, all(cell.value is None for cell in cells)
        if all(cell.nil for cell in cells) and (row, column) not in self._proven:
            return None, False
        if self._is_noted(row, column) and not self._fits_better_than_nil(row, column):
            return None, False
        sided = any(cell.side for cell in cells)
        loose = not sided and (row, column) not in self._proven and self._is_balance(row, column)
        if loose and self._proven_balances and all(value * x < 0 for x in self._proven_balances):
            return None, False
        return value, True

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

    def _is_balance(self, row: int, column: int) -> bool:
        amount = self.grid.layout.columns[column].phase in AMOUNT_PHASES
        return amount and self.names[row].flows[column] in NETS

    @cached_property
    def _proven_balances(self) -> list[int]:
        """The balances that a sum proves, as they are published."""
        places = [
            (row, column)
            for row, column in self._proven
            if row in self.names and self._is_balance(row, column)
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


def reading_at(row: TableRow, n: int) -> Reading:
    """Return a reading of a row by its place in the row's domain."""
    return row.readings[n] if n < len(row.readings) else row.others[n - len(row.readings)]


def settle(grid: Grid, programme: str, lines: Sequence[Line]) -> CostTable:
    """Settle the figures of a table; `lines` are the chapter, in which names may occur again."""
    tables = [
        CostTable(grid, names, _variants(grid, names)) for names in name_rows(grid, programme)
    ]
    table = _doubt_unproved(_better(tables))
    unnamed = frozenset(
        n for n in table.names if takes_figures(grid.rows[n], table.possible(n), lines)
    )
    return CostTable(grid, table.names, table.variants, unnamed)


def _better(tables: Sequence[CostTable]) -> CostTable:
    """Return the table under the names that leave less unnamed and contradict less.

    Where two ways to name it fit alike, it keeps what they agree on.
    """
    usual, *others = tables
    for other in others:
        ours, theirs = _unsolved(usual), _unsolved(other)
        if ours == theirs:
            differing = {n for n, name in usual.names.items() if other.names[n] != name}
            return _without(usual, differing)
        if all(their <= our for our, their in zip(ours, theirs, strict=True)):
            usual = other
    return usual


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
    return CostTable(table.grid, names, _variants(table.grid, names))


def _variants(grid: Grid, names: Mapping[int, RowName]) -> list[Variant]:
    """Return the table under the signs that contradict it least.

    Where several do, a figure is settled only if all of them agree on it.
    """
    identities = build_identities(places_of(grid, names), _unit(grid))
    printed = _sole_amounts(grid, names)
    solved = [
        _under(grid, names, identities, signs) for signs in possible_signs(grid.layout, printed)
    ]
    if all(variant.contradictions for variant in solved):
        tried = {variant.signs for variant in solved}
        wider = possible_signs(grid.layout, printed, sure=False)
        solved += [_under(grid, names, identities, signs) for signs in wider if signs not in tried]
    least = min(variant.contradictions for variant in solved)
    best = [variant for variant in solved if variant.contradictions == least]
    if least == 0:
        most = max(variant.borne_out for variant in best)
        return [variant for variant in best if variant.borne_out == most]
    return [_under(grid, names, identities, variant.signs, doubting=True) for variant in best]


def _sole_amounts(grid: Grid, names: Mapping[int, RowName]) -> list[tuple[Printed, str]]:
    """Return the amounts that can be read in one way only, each with its flow."""
    return [
        (cell, flow)
        for n, name in names.items()
        if len(grid.rows[n].readings) == 1
        for cell, flow, column in zip(
            grid.rows[n].readings[0].cells, name.flows, grid.layout.columns, strict=True
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
        if len(row.readings) == 1
        for cell in row.readings[0].cells
    ]
    return SCALE // int(10 ** max(decimals, default=0))
