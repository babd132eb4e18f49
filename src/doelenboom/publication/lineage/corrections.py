"""Figures that were published wrong: cells that changed between releases by a rule of ours.

Whoever changes a rule gives the reason in one file; what changed for no reason there is told, and
a table whose delivered sources changed as well cannot be judged. Formats nothing.
"""

import csv
import os
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import duckdb

from doelenboom.errors import RefusedError
from doelenboom.publication.lineage.causes import (
    AT_NIGHT,
    LANDED,
    causes_of,
    changed_inputs,
)
from doelenboom.publication.lineage.pairs import ReleasePair, open_pair
from doelenboom.publication.manifest import Release
from doelenboom.storage.files import refusing
from doelenboom.storage.resources import DuckDBResources

RULES = Path("exceptions", "correction_rules.csv")
"""Below `seeds/`: why figures changed, by table, column and key (patterns of SQL's `like`)."""

LIST = Path("exceptions", "corrections.csv")
"""Below `seeds/`: every figure that such a rule corrected."""


@dataclass(frozen=True)
class Correction:
    """A figure as the release `release_id` had it, and as it is; as text, empty where null."""

    release_id: str
    table_name: str
    row_key: str
    column_name: str
    old_value: str
    new_value: str
    correction_code: str


@dataclass(frozen=True)
class Unexplained:
    """How many cells of a column changed for no reason in the file, and one of them."""

    table_name: str
    column_name: str
    cells: int
    row_key: str


def find_corrections(
    old: Release, new: Release, seeds: Path, resources: DuckDBResources
) -> tuple[list[Correction], list[Unexplained]]:
    """Find the figures that a rule in `seeds` corrected, and those that changed for no reason.

    A row that is gone has the column `*` and was `rij`; new rows are no corrections. Raises
    RefusedError where a delivered source of a table changed too: its rule and its source cannot
    be told apart.
    """
    with refusing("The releases cannot be compared"), open_pair(old, new, resources) as both:
        both.connection.execute(
            "create table cells (table_name varchar, row_key varchar, column_name varchar,"
            " old_value varchar, new_value varchar)"
        )
        for name in _changed_tables(old, new, both):
            pair = both.table(name, new.key_of(name), sources=False)
            both.connection.execute(
                f"insert into cells select ?, row_key, coalesce(cell.name, '*'),"
                f" if(change = 'removed', 'rij', cell.old), cell.new"
                f" from ({pair.differing()}) where change != 'added'",
                [name],
            )
        _judge(both.connection, seeds / RULES)
        return (
            [Correction(old.release_id, *row) for row in _listed(both.connection)],
            [Unexplained(*row) for row in _unexplained(both.connection)],
        )


def write_corrections(found: Sequence[Correction], seeds: Path) -> Path:
    """Put the corrections of a release in the list, in place of those it had; give the file."""
    path = seeds / LIST
    with path.open(encoding="utf-8", newline="") as file:
        others = [
            Correction(**row)
            for row in csv.DictReader(file)
            if row["release_id"] not in {each.release_id for each in found}
        ]
    rows = sorted((*others, *found), key=astuple)
    written = path.with_suffix(".part")
    with written.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Correction))
        writer.writerows(astuple(row) for row in rows)
    written.replace(path)
    return path


def _changed_tables(old: Release, new: Release, both: ReleasePair) -> Iterator[str]:
    """Name the tables that both have in different content, but for results of checks."""
    inputs = changed_inputs(old, new)
    landed = {change.name for change in inputs if change.group == LANDED}
    before = {table.name: table for table in old.tables}
    for table in new.tables:
        if table == before.get(table.name) or table.name not in both.before:
            continue
        causes = causes_of(table.name, old, new, inputs)
        if AT_NIGHT in causes:
            continue
        delivered = sorted(landed.intersection(causes))
        if delivered:
            raise RefusedError(
                f"{table.name} was built from another {delivered[0]} in {old.release_id} than in"
                f" {new.release_id}: compare releases of the same deliveries"
            )
        yield table.name


def _judge(connection: duckdb.DuckDBPyConnection, rules: Path) -> None:
    """Give each cell the first rule that it meets, if any."""
    connection.execute(
        "create table rules as select row_number() over () as place, * from"
        " read_csv(?, all_varchar = true, header = true, delim = ',', quote = '\"',"
        " parallel = false)",
        [os.fspath(rules)],
    )
    connection.execute(
        """
        create table judged as
        select
            any_value(cells) as cell,
            arg_min(rules.correction_code, rules.place) as correction_code,
            arg_min(rules.is_listed, rules.place) = 'true' as is_listed
        from (select row_number() over () as cell_no, cells from cells) as numbered
        left join rules
            on
                numbered.cells.table_name = rules.table_name
                and numbered.cells.column_name like rules.column_like
                and numbered.cells.row_key like rules.key_like
        group by numbered.cell_no
        """
    )


def _listed(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, ...]]:
    return connection.execute(
        "select cell.table_name, cell.row_key, cell.column_name, coalesce(cell.old_value, ''),"
        " coalesce(cell.new_value, ''), correction_code"
        " from judged where is_listed order by all"
    ).fetchall()


def _unexplained(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int, str]]:
    return connection.execute(
        "select cell.table_name, cell.column_name, count(*), min(cell.row_key)"
        " from judged where correction_code is null group by all order by all"
    ).fetchall()
