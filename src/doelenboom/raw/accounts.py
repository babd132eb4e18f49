"""The accounts in force: what the project ships, with what was accepted since in its place.

The one place that decides which row wins: per table and block (of the accounts: municipality, year
and programme) the newest delivery that has rows there, whole, else the seeds.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from frictionless import Package

from doelenboom.landing.accepted import KeptDelivery
from doelenboom.raw.vintages import (
    DOCUMENTS,
    PARTS,
    Block,
    RowInForce,
    Shape,
    Vintage,
    Winners,
    read_packages,
    seed_rows,
    shapes_of,
    vintage_of,
    winners_of,
)
from doelenboom.sources.accounts.extraction.package.parts import table_of_part
from doelenboom.sources.accounts.problems import PackageProblem
from doelenboom.sources.accounts.rules import Periods, judge_tables
from doelenboom.sources.accounts.tables import FIRST_ROW, PackageTable

_STATED, _SHIPPED, _FILLING = range(3)
"""Whose word counts of a part: who only has a row of it, the seeds, who fills its table."""


@dataclass(frozen=True)
class TableInForce:
    """A table that can be delivered with the rows that count, the seeds first."""

    shape: Shape
    rows: tuple[RowInForce, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return self.shape.columns

    def as_dicts(self, block: Block) -> list[dict[str, str]]:
        """Give the rows of a block by column."""
        return [
            dict(zip(self.columns, row.cells, strict=True))
            for row in self.rows
            if self.shape.block(row.cells) == block
        ]


@dataclass(frozen=True)
class AccountsInForce:
    """The tables that a night builds from."""

    package: Package
    tables: Mapping[str, TableInForce]
    deliveries: tuple[KeptDelivery, ...]
    """Those of which rows count, oldest first."""

    def problems(self, known: Mapping[str, Periods]) -> list[tuple[RowInForce, PackageProblem]]:
        """Judge the package as the seeds are judged: each fault, with the row where it is."""
        tables = [
            PackageTable(
                Path(f"{resource.path}"), table.columns, tuple(row.cells for row in table.rows)
            )
            for resource in self.package.resources
            for table in [self.tables[f"{resource.name}"]]
        ]
        found = judge_tables(self.package, tables, known)
        return [
            (self.tables[problem.path.stem].rows[(problem.row or FIRST_ROW) - FIRST_ROW], problem)
            for problem in found
        ]


def accounts_in_force(
    seeds: Path, deliveries: Sequence[KeptDelivery], candidate: Vintage | None = None
) -> AccountsInForce:
    """Decide which rows count; `candidate` is a delivery that would be the newest.

    `seeds` holds `accounts/` and `own/`. Raises RefusedError for a seed that cannot be read, and
    for a delivery that is not as it was kept.
    """
    package = read_packages(seeds)
    shapes = shapes_of(package)
    vintages = [vintage_of(kept, shapes) for kept in deliveries]
    vintages += [candidate] if candidate else []
    winners = winners_of(vintages, shapes)
    tables = {
        name: TableInForce(
            shape, tuple(_rows_in_force(shape, seed_rows(seeds, shape), vintages, winners))
        )
        for name, shape in shapes.items()
    }
    counted = {vintage for chain in winners.values() for vintage in chain}
    kept = tuple(v.kept for v in vintages if v.delivery_id in counted and v.kept is not None)
    return AccountsInForce(package, tables, kept)


def _rows_in_force(
    shape: Shape, shipped: Sequence[RowInForce], vintages: Sequence[Vintage], winners: Winners
) -> Iterator[RowInForce]:
    if shape.name == PARTS:
        yield from _parts_in_force(shape, shipped, vintages, winners)
        return
    if shape.name == DOCUMENTS:
        yield from _documents_in_force(shape, shipped, vintages, winners)
        return
    yield from (row for row in shipped if (shape.name, shape.block(row.cells)) not in winners)
    for vintage in vintages:
        for row in vintage.tables.get(shape.name, ()):
            if vintage.delivery_id in winners[shape.name, shape.block(row.cells)]:
                yield row


def _documents_in_force(
    shape: Shape, shipped: Sequence[RowInForce], vintages: Sequence[Vintage], winners: Winners
) -> Iterator[RowInForce]:
    """Yield the shipped documents, and those that fill a table of their programme, each once."""
    filling: defaultdict[Block, set[str]] = defaultdict(set)
    for (_, block), chain in winners.items():
        filling[block].update(chain)
    name = shape.columns.index("name")
    found = {(shape.block(row.cells), row.cells[name]): row for row in shipped}
    for vintage in vintages:
        for row in vintage.tables.get(DOCUMENTS, ()):
            programme = shape.block(row.cells)
            if vintage.delivery_id in filling[programme]:
                found[programme, row.cells[name]] = row
    yield from found.values()


def _parts_in_force(
    shape: Shape, shipped: Sequence[RowInForce], vintages: Sequence[Vintage], winners: Winners
) -> Iterator[RowInForce]:
    """Yield the row of each part: that of whoever fills its table, else of whoever has one.

    Where deliveries fill it together, it counts the rows of all of them.
    """
    place, counted = (shape.columns.index(name) for name in ("part", "rows_n"))
    found: dict[tuple[Block, str], tuple[int, RowInForce]] = {
        (shape.block(row.cells), row.cells[place]): (_SHIPPED, row) for row in shipped
    }
    for vintage in vintages:
        for row in vintage.tables.get(PARTS, ()):
            key = (shape.block(row.cells), row.cells[place])
            chain = winners.get((table_of_part(key[1]), key[0]), ())
            rank = _FILLING if vintage.delivery_id in chain else _STATED
            before = found.get(key, (_STATED, row))
            if rank >= before[0]:
                joined = before[1] if rank == before[0] == _FILLING else None
                found[key] = (rank, _with_rows_of(row, joined, counted))
    yield from (row for _, row in found.values())


def _with_rows_of(row: RowInForce, other: RowInForce | None, counted: int) -> RowInForce:
    """Add the number of rows that another row of the same part counts."""
    if other is None:
        return row
    rows = int(row.cells[counted]) + int(other.cells[counted])
    return replace(row, cells=(*row.cells[:counted], str(rows), *row.cells[counted + 1 :]))
