"""The accounts in force: what the project ships, with what was accepted since in its place.

The one place that decides which row wins: per municipality, year, programme and table the newest
delivery that has rows there, whole, else the seeds. `write_in_force` makes a copy of the seeds of
the accounts in which that is so, with two lists beside it: where each row comes from that does not
stand on the same line of the same seed, and who accepted which document. Without deliveries the
copy is the seeds, byte for byte.
"""

import csv
import io
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from frictionless import Package

from doelenboom import page_lines
from doelenboom.landing.accepted import KeptDelivery, read_rows
from doelenboom.sources.accounts.extraction.package.parts import table_of_part
from doelenboom.sources.accounts.package import read_schema
from doelenboom.sources.accounts.problems import PackageProblem, refuse_any
from doelenboom.sources.accounts.rules import Periods, judge_tables
from doelenboom.sources.accounts.tables import FIRST_ROW, PackageTable, read_table
from doelenboom.storage.files import replace_text

ACCOUNTS = "accounts"
DOCUMENTS = "documents"
PARTS = "chapter_parts"
ORIGINS = "accounts_origins.csv"
ACCEPTANCES = "accounts_acceptances.csv"

_ORIGIN_COLUMNS = ("file_name", "file_line", "seed_path", "seed_line", "source_cell", "delivery")
_ACCEPTANCE_COLUMNS = (
    *("municipality_code", "fiscal_year", "programme_code", "name"),
    *("review_status", "accepted_by", "accepted_on", "contradictions", "page_lines"),
)
_STATUS = {"chapter": "accepted", "tables": "delivered"}

_STATED, _SHIPPED, _FILLING = range(3)
"""Whose word counts of a part: who only has a row of it, the seeds, who fills its table."""

Programme = tuple[str, str, str]
"""Municipality, fiscal year and programme, as text."""

KEY = ("municipality_code", "fiscal_year", "programme_code")


@dataclass(frozen=True)
class RowInForce:
    """A row of the accounts, and where it stands: file, line, and cell of a workbook."""

    cells: tuple[str, ...]
    path: str
    line: int
    cell: str = ""
    delivery: str = ""

    def programme(self, columns: Sequence[str]) -> Programme:
        a, b, c = (self.cells[columns.index(name)] for name in KEY)
        return a, b, c


@dataclass(frozen=True)
class TableInForce:
    """A table of the accounts package with the rows that count, the seeds first."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[RowInForce, ...]

    def as_dicts(self, programme: Programme) -> list[dict[str, str]]:
        """Give the rows of a programme by column."""
        return [
            dict(zip(self.columns, row.cells, strict=True))
            for row in self.rows
            if row.programme(self.columns) == programme
        ]


@dataclass(frozen=True)
class AccountsInForce:
    """The package that a night builds from."""

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


@dataclass(frozen=True)
class Vintage:
    """The rows of one delivery by table, in the store or about to be kept."""

    delivery_id: str
    tables: Mapping[str, Sequence[RowInForce]]
    completes: Mapping[str, str]
    kept: KeptDelivery | None = None


def place_of(table: str, programme: Programme) -> str:
    """Name a table of a programme, as `completes` of a manifest does."""
    return "/".join((table, *programme))


def accounts_in_force(
    seeds: Path, deliveries: Sequence[KeptDelivery], candidate: Vintage | None = None
) -> AccountsInForce:
    """Decide which rows count; `candidate` is a delivery that would be the newest.

    `seeds` holds `accounts/`. Raises RefusedError for a seed that cannot be read, and for a
    delivery that is not as it was kept.
    """
    package = read_schema(seeds / ACCOUNTS / "datapackage.json")
    columns = {f"{each.name}": tuple(each.schema.field_names) for each in package.resources}
    shipped = {name: _seed_rows(seeds, name, names) for name, names in columns.items()}
    vintages = [vintage_of(kept, columns) for kept in deliveries]
    vintages += [candidate] if candidate else []
    winners = _winners(vintages, columns)
    tables = {
        name: TableInForce(
            name, names, tuple(_rows_in_force(name, names, shipped[name], vintages, winners))
        )
        for name, names in columns.items()
    }
    counted = {vintage for chain in winners.values() for vintage in chain}
    kept = tuple(v.kept for v in vintages if v.delivery_id in counted and v.kept is not None)
    return AccountsInForce(package, tables, kept)


def _seed_rows(seeds: Path, name: str, columns: tuple[str, ...]) -> list[RowInForce]:
    path = seeds / ACCOUNTS / f"{name}.csv"
    table = read_table(path, columns)
    refuse_any(table.problems)
    told = f"seeds/{ACCOUNTS}/{name}.csv"
    return [RowInForce(cells, told, line) for line, cells in enumerate(table.rows, FIRST_ROW)]


def vintage_of(kept: KeptDelivery, columns: Mapping[str, Sequence[str]]) -> Vintage:
    """Read the rows of a delivery from the store. Raises RefusedError for one that is damaged."""
    place = f"landing/{kept.folder.parent.name}/{kept.delivery_id}"
    tables = {
        name: [
            row_in_force(row, names, f"{place}/{name}.csv", line, kept.delivery_id)
            for line, row in enumerate(read_rows(kept, name), FIRST_ROW)
        ]
        for name, names in columns.items()
    }
    return Vintage(kept.delivery_id, tables, kept.manifest.completes, kept)


def row_in_force(
    row: Mapping[str, str], columns: Sequence[str], path: str, line: int, delivery: str
) -> RowInForce:
    """Take a delivered row; of a workbook the row of the sheet is its line, the cell is kept."""
    cells = tuple(
        number_of(row[name]) if name.endswith("source_line") else row[name] for name in columns
    )
    place = row["source_line"]
    return RowInForce(cells, path, line, place if "!" in place else "", delivery)


def number_of(place: str) -> str:
    """Give the number of a line or, of a cell as `Blad1!A7`, that of its row."""
    return place.rpartition("!")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


Winners = Mapping[tuple[str, Programme], tuple[str, ...]]
"""Which deliveries fill a table of a programme: one, or some of which each completes the last."""


def _winners(vintages: Iterable[Vintage], columns: Mapping[str, Sequence[str]]) -> Winners:
    found: dict[tuple[str, Programme], tuple[str, ...]] = {}
    for vintage in vintages:
        for name, names in columns.items():
            if name in (DOCUMENTS, PARTS):
                continue
            for programme in {row.programme(names) for row in vintage.tables.get(name, ())}:
                before = found.get((name, programme), ())
                completed = vintage.completes.get(place_of(name, programme))
                chain = before if before and before[-1] == completed else ()
                found[name, programme] = (*chain, vintage.delivery_id)
    return found


def _rows_in_force(
    name: str,
    columns: Sequence[str],
    shipped: Sequence[RowInForce],
    vintages: Sequence[Vintage],
    winners: Winners,
) -> Iterator[RowInForce]:
    if name == PARTS:
        yield from _parts_in_force(columns, shipped, vintages, winners)
        return
    if name == DOCUMENTS:
        yield from _documents_in_force(columns, shipped, vintages, winners)
        return
    yield from (row for row in shipped if (name, row.programme(columns)) not in winners)
    for vintage in vintages:
        for row in vintage.tables.get(name, ()):
            if vintage.delivery_id in winners[name, row.programme(columns)]:
                yield row


def _documents_in_force(
    columns: Sequence[str],
    shipped: Sequence[RowInForce],
    vintages: Sequence[Vintage],
    winners: Winners,
) -> Iterator[RowInForce]:
    """Yield the shipped documents, and those that fill a table of their programme, each once."""
    filling: defaultdict[Programme, set[str]] = defaultdict(set)
    for (_, programme), chain in winners.items():
        filling[programme].update(chain)
    name = list(columns).index("name")
    found = {(row.programme(columns), row.cells[name]): row for row in shipped}
    for vintage in vintages:
        for row in vintage.tables.get(DOCUMENTS, ()):
            programme = row.programme(columns)
            if vintage.delivery_id in filling[programme]:
                found[programme, row.cells[name]] = row
    yield from found.values()


def _parts_in_force(
    columns: Sequence[str],
    shipped: Sequence[RowInForce],
    vintages: Sequence[Vintage],
    winners: Winners,
) -> Iterator[RowInForce]:
    """Yield the row of each part: that of whoever fills its table, else of whoever has one.

    Where deliveries fill it together, it counts the rows of all of them.
    """
    place, counted = (list(columns).index(name) for name in ("part", "rows_n"))
    found: dict[tuple[Programme, str], tuple[int, RowInForce]] = {
        (row.programme(columns), row.cells[place]): (_SHIPPED, row) for row in shipped
    }
    for vintage in vintages:
        for row in vintage.tables.get(PARTS, ()):
            key = (row.programme(columns), row.cells[place])
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


def write_in_force(accounts: AccountsInForce, seeds: Path, folder: Path) -> None:
    """Write the accounts in force below a folder, as they lie in `seeds`. Raises OSError."""
    for table in accounts.tables.values():
        target = folder / ACCOUNTS / f"{table.name}.csv"
        if any(row.delivery for row in table.rows):
            replace_text(target, _csv(table.columns, (row.cells for row in table.rows)))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(seeds / ACCOUNTS / target.name, target)
    reference = folder / "reference"
    replace_text(reference / ORIGINS, _csv(_ORIGIN_COLUMNS, _origins(accounts)))
    replace_text(reference / ACCEPTANCES, _csv(_ACCEPTANCE_COLUMNS, _acceptances(accounts)))


def _origins(accounts: AccountsInForce) -> Iterator[tuple[str, ...]]:
    for table in accounts.tables.values():
        for line, row in enumerate(table.rows, FIRST_ROW):
            if row.delivery or row.line != line:
                place = (row.path, str(row.line), row.cell, row.delivery)
                yield table.name, str(line), *place


def _acceptances(accounts: AccountsInForce) -> Iterator[tuple[str, ...]]:
    by_id = {kept.delivery_id: kept.manifest for kept in accounts.deliveries}
    documents = accounts.tables[DOCUMENTS]
    for row in documents.rows:
        manifest = by_id.get(row.delivery)
        if manifest is not None:
            name = row.cells[documents.columns.index("name")]
            accepted = manifest.acceptance
            yield (
                *row.programme(documents.columns),
                name,
                _STATUS[manifest.kind],
                accepted.by,
                accepted.on,
                "; ".join(accepted.named),
                page_lines.written(manifest.pages),
            )


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()
