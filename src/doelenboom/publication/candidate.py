"""The candidate: the marts copied out of the warehouse, in the form in which they are published.

The warehouse is only read. The candidate is the file that is validated and then sealed; it
holds plain tables in key order with their comments, and nothing that was not a mart.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from doelenboom.errors import RefusedError
from doelenboom.publication.content import TableContent, content_of, ordered_rows
from doelenboom.publication.files import refusing
from doelenboom.publication.resources import (
    STORAGE_VERSION,
    DuckDBResources,
    attach_read_only,
    open_in_memory,
    sql_name,
    sql_text,
)
from doelenboom.publication.tables import (
    PLAIN_TYPE,
    SCHEMA,
    Table,
    create_statements,
    read_tables,
    read_views,
)


def build_candidate(
    warehouse: Path,
    candidate: Path,
    *,
    leave_out: frozenset[str],
    resources: DuckDBResources,
) -> list[TableContent]:
    """Copy the marts of the warehouse into a new candidate file, but for those in `leave_out`.

    Returns what each copied table holds, sorted by name. An earlier candidate and its
    write-ahead log are removed first. Raises `RefusedError` when there is no mart, when one is
    a view, has no key or a column of another than a plain type, and when a file
    cannot be read or written.
    """
    with refusing(f"The candidate {candidate} cannot be made"):
        candidate.parent.mkdir(parents=True, exist_ok=True)
        for stale in (candidate, _wal(candidate)):
            stale.unlink(missing_ok=True)
        with _both_attached(warehouse, candidate, resources) as connection:
            connection.execute(f"create schema {sql_name('candidate', SCHEMA)}")
            marts = _publishable_marts(connection, warehouse, leave_out)
            return [_copy_table(connection, mart, resources) for mart in marts]


def add_table(
    warehouse: Path, candidate: Path, table: str, resources: DuckDBResources
) -> TableContent:
    """Copy one more mart into an existing candidate, in place of an earlier copy of it.

    Returns what it holds. Raises `RefusedError` as `build_candidate` does, and when the
    warehouse has no such mart or there is no candidate.
    """
    if not candidate.is_file():
        raise RefusedError(f"There is no candidate {candidate} to add {SCHEMA}.{table} to")
    with (
        refusing(f"{SCHEMA}.{table} cannot be added to the candidate {candidate}"),
        _both_attached(warehouse, candidate, resources) as connection,
    ):
        marts = [mart for mart in read_tables(connection, "warehouse") if mart.name == table]
        if not marts:
            raise RefusedError(f"{warehouse} has no table {SCHEMA}.{table}")
        _refuse_unpublishable(marts[0])
        return _copy_table(connection, marts[0], resources)


@contextmanager
def _both_attached(
    warehouse: Path, candidate: Path, resources: DuckDBResources
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Attach both files; when all went well, leave a candidate without a write-ahead log."""
    if not warehouse.is_file():
        raise RefusedError(f"There is no warehouse {warehouse}")
    with open_in_memory(resources) as connection:
        attach_read_only(connection, warehouse, "warehouse")
        connection.execute(
            f"attach {sql_text(candidate)} as candidate (storage_version '{STORAGE_VERSION}')"
        )
        yield connection
        connection.execute("checkpoint candidate")
        connection.execute("detach candidate")


def _publishable_marts(
    connection: duckdb.DuckDBPyConnection, warehouse: Path, leave_out: frozenset[str]
) -> list[Table]:
    """List the marts to copy, each of a shape that may be published."""
    views = [view for view in read_views(connection, "warehouse") if view not in leave_out]
    if views:
        raise RefusedError(f"{SCHEMA}.{views[0]} is a view, and only tables are published")
    marts = [mart for mart in read_tables(connection, "warehouse") if mart.name not in leave_out]
    if not marts:
        raise RefusedError(f"{warehouse} has no table in schema {SCHEMA} to publish")
    for mart in marts:
        _refuse_unpublishable(mart)
    return marts


def _refuse_unpublishable(mart: Table) -> None:
    if not mart.key:
        raise RefusedError(f"{SCHEMA}.{mart.name} has no key, so its rows have no order")
    for column in mart.columns:
        if not PLAIN_TYPE.fullmatch(column.type):
            raise RefusedError(
                f"{SCHEMA}.{mart.name} column {column.name} is {column.type}, expected VARCHAR,"
                " INTEGER, BIGINT, DOUBLE, DECIMAL, DATE or BOOLEAN"
            )


def _copy_table(
    connection: duckdb.DuckDBPyConnection, mart: Table, resources: DuckDBResources
) -> TableContent:
    """Copy shape, comments and rows in one transaction, and hash the copy."""
    connection.execute("begin")
    for statement in create_statements(mart, "candidate"):
        connection.execute(statement)
    connection.execute(
        f"insert into {sql_name('candidate', SCHEMA, mart.name)}"
        f" {ordered_rows('warehouse', mart.name, mart.key)}"
    )
    connection.execute("commit")
    return content_of(connection, "candidate", mart.name, mart.key, resources.spill_dir)


def _wal(database: Path) -> Path:
    return database.with_name(database.name + ".wal")
