"""Which tables a workbook holds, and how to come by those that it does not.

Writes no file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from doelenboom.errors import RefusedError
from doelenboom.publication.export.table_sheet import HEADING_ROWS
from doelenboom.publication.manifest import Release, parquet_path
from doelenboom.storage.resources import sql_name, sql_text
from doelenboom.storage.tables import SCHEMA, Column, Table

MAX_ROWS = 1_048_576 - HEADING_ROWS
"""Rows of a table that a sheet of Excel holds."""

ROWS_UNASKED = 150_000
"""Rows of a table that a workbook holds when no table was named.

More than anybody reads in a sheet: such a table comes when it is named, or as a file. With all
that fit a sheet, the workbook of a whole release would be 46 million cells: more than a minute to
write, and more to open.
"""

EXAMPLE = "GM0153"
"""The municipality of our examples, where there is a choice."""


@dataclass(frozen=True)
class LeftOut:
    """A table that a workbook does not hold, its file, and the command for it or a part of it.

    `fits` tells whether it would fit a sheet.
    """

    table: str
    rows: int
    parquet: Path
    command: str
    fits: bool


def unasked(release: Release) -> list[str]:
    """Name the tables that a workbook holds when none was named: those that are not too long."""
    most = min(ROWS_UNASKED, MAX_ROWS)
    return [table.name for table in release.tables if table.rows <= most]


def left_out(
    release: Release, tables: Iterable[Table], connection: duckdb.DuckDBPyConnection, catalog: str
) -> list[LeftOut]:
    """Tell of tables that a workbook does not hold how to come by each."""
    rows = {table.name: table.rows for table in release.tables}
    return [
        LeftOut(
            table.name,
            rows[table.name],
            release.folder / parquet_path(table.name),
            f"doelenboom export {table.name}" if fits else part_of(table, connection, catalog),
            fits,
        )
        for table in tables
        for fits in [rows[table.name] <= MAX_ROWS]
    ]


def refuse_long_tables(
    release: Release, tables: Iterable[Table], connection: duckdb.DuckDBPyConnection, catalog: str
) -> None:
    """Raise `RefusedError` for the first table with more rows than a sheet of Excel can hold."""
    rows = {table.name: table.rows for table in release.tables}
    for table in tables:
        if rows[table.name] > MAX_ROWS:
            raise RefusedError(
                f"{SCHEMA}.{table.name} has {rows[table.name]:,} rows and a sheet of Excel holds"
                f" {MAX_ROWS:,}: export it as csv or parquet, or ask for a part of it with"
                f" `{part_of(table, connection, catalog)}`"
            )


def part_of(table: Table, connection: duckdb.DuckDBPyConnection, catalog: str) -> str:
    """Write the command for a part of a table that fits a sheet, by as few columns of its key."""
    place = sql_name(catalog, SCHEMA, table.name)
    columns = {column.name: column for column in table.columns}
    where = "true"
    for name in table.key:
        condition = _condition(columns[name], place, where, connection)
        where = condition if where == "true" else f"{where} and {condition}"
        ((rows,),) = connection.execute(f"select count(*) from {place} where {where}").fetchall()
        if rows <= MAX_ROWS:
            break
    return f'doelenboom query "from {SCHEMA}.{table.name} where {where}" --format csv'


def _condition(
    column: Column, place: str, where: str, connection: duckdb.DuckDBPyConnection
) -> str:
    """Write a condition on one value that a column has: that of our examples, or the first."""
    name = sql_name(column.name)
    ours = f"max({name}) filter (cast({name} as varchar) = {sql_text(EXAMPLE)})"
    ((value,),) = connection.execute(
        f"select coalesce({ours}, min({name})) from {place} where {where}"
    ).fetchall()
    return f"{column.name} = {value if isinstance(value, int) else sql_text(value)}"
