"""Rows of the accounts as seeds and deliveries have them, and which delivery fills a table.

What a delivery replaces is said by the description of each table: `replaces` names the columns of
which the rows with the same cells are one block, replaced whole; without it that is a programme.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from frictionless import Package, Resource

from doelenboom.landing.accepted import KeptDelivery, read_rows
from doelenboom.sources.accounts.package import DELIVERABLE, read_schema
from doelenboom.sources.accounts.problems import refuse_any
from doelenboom.sources.accounts.tables import FIRST_ROW, read_table

DOCUMENTS = "documents"
PARTS = "chapter_parts"

MADE_HERE = (DOCUMENTS, PARTS)
"""Tables that follow from a delivered file itself and are never taken from it."""

PROGRAMME = ("municipality_code", "fiscal_year", "programme_code")
"""What the rows of a programme have in common: a table of the accounts package has them all."""

Block = tuple[str, ...]
"""The cells that the rows of a block have in common: of a programme three."""


@dataclass(frozen=True)
class Shape:
    """A table that can be delivered: its folder, its columns, and those that name a block."""

    name: str
    folder: str
    columns: tuple[str, ...]
    replaces: tuple[str, ...]

    @property
    def is_of_programmes(self) -> bool:
        return self.replaces == PROGRAMME

    def block(self, cells: Sequence[str]) -> Block:
        return tuple(cells[self.columns.index(name)] for name in self.replaces)

    def block_of(self, row: Mapping[str, str]) -> Block:
        return tuple(row[name] for name in self.replaces)

    def place_of(self, block: Block) -> str:
        """Name a block of the table, as `completes` of a manifest does."""
        return "/".join((self.name, *block))


@dataclass(frozen=True)
class RowInForce:
    """A row of the accounts, and where it stands: file, line, and cell of a workbook."""

    cells: tuple[str, ...]
    path: str
    line: int
    cell: str = ""
    delivery: str = ""


@dataclass(frozen=True)
class Vintage:
    """The rows of one delivery by table, in the store or about to be kept."""

    delivery_id: str
    tables: Mapping[str, Sequence[RowInForce]]
    completes: Mapping[str, str]
    kept: KeptDelivery | None = None


Shapes = Mapping[str, Shape]
Winners = Mapping[tuple[str, Block], tuple[str, ...]]
"""Which deliveries fill a block of a table: one, or some of which each completes the last."""


def read_packages(seeds: Path) -> Package:
    """Read the descriptions of all tables that can be delivered, as those of one package."""
    described = [(name, read_schema(seeds / name / "datapackage.json")) for name in DELIVERABLE]
    resources = [
        {**resource.to_descriptor(), "path": f"{name}/{resource.path}"}
        for name, package in described
        for resource in package.resources
    ]
    return Package.from_descriptor({"resources": resources})


def shapes_of(package: Package) -> Shapes:
    """Say of each table of `read_packages` what its rows look like and what they replace."""
    return {f"{resource.name}": _shape(resource) for resource in package.resources}


def _shape(resource: Resource) -> Shape:
    return Shape(
        f"{resource.name}",
        f"{resource.path}".partition("/")[0],
        tuple(resource.schema.field_names),
        tuple(resource.custom.get("replaces", PROGRAMME)),
    )


def seed_rows(seeds: Path, shape: Shape) -> list[RowInForce]:
    """Read the rows that the project ships. Raises RefusedError for a file that is not as told."""
    told = f"seeds/{shape.folder}/{shape.name}.csv"
    table = read_table(seeds / shape.folder / f"{shape.name}.csv", shape.columns)
    refuse_any(table.problems)
    return [RowInForce(cells, told, line) for line, cells in enumerate(table.rows, FIRST_ROW)]


def vintage_of(kept: KeptDelivery, shapes: Shapes) -> Vintage:
    """Read the rows of a delivery from the store. Raises RefusedError for one that is damaged."""
    place = f"landing/{kept.folder.parent.name}/{kept.delivery_id}"
    tables = {
        name: [
            row_in_force(row, shape, f"{place}/{name}.csv", line, kept.delivery_id)
            for line, row in enumerate(read_rows(kept, name), FIRST_ROW)
        ]
        for name, shape in shapes.items()
    }
    return Vintage(kept.delivery_id, tables, kept.manifest.completes, kept)


def row_in_force(
    row: Mapping[str, str], shape: Shape, path: str, line: int, delivery: str
) -> RowInForce:
    """Take a delivered row; of a workbook the row of the sheet is its line, the cell is kept."""
    cells = tuple(
        number_of(row[name]) if name.endswith("source_line") else row[name]
        for name in shape.columns
    )
    place = row["source_line"]
    return RowInForce(cells, path, line, place if "!" in place else "", delivery)


def number_of(place: str) -> str:
    """Give the number of a line or, of a cell as `Blad1!A7`, that of its row."""
    return place.rpartition("!")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def winners_of(vintages: Iterable[Vintage], shapes: Shapes) -> Winners:
    """Decide which deliveries fill each block: the newest one, with those that it completes."""
    found: dict[tuple[str, Block], tuple[str, ...]] = {}
    for vintage in vintages:
        for name, shape in shapes.items():
            if name in MADE_HERE:
                continue
            for block in {shape.block(row.cells) for row in vintage.tables.get(name, ())}:
                before = found.get((name, block), ())
                completed = vintage.completes.get(shape.place_of(block))
                chain = before if before and before[-1] == completed else ()
                found[name, block] = (*chain, vintage.delivery_id)
    return found
