"""The candidate: the marts copied out of the warehouse, in the form in which they are published.

The warehouse is only read. The candidate is the file that is validated and then sealed; it
holds plain tables in key order, views with what they show in its own order, all their comments,
and nothing that was not a mart.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from doelenboom.errors import RefusedError
from doelenboom.publication.content import TableContent, content_of
from doelenboom.publication.manifest import Release
from doelenboom.publication.release.unchanged import unchanged_views
from doelenboom.storage.files import refusing, sha256_file
from doelenboom.storage.ordered import ordered_rows
from doelenboom.storage.resources import (
    BLOCK_SIZE,
    STORAGE_VERSION,
    DuckDBResources,
    attach_read_only,
    open_in_memory,
    sql_name,
    sql_text,
)
from doelenboom.storage.tables import (
    PLAIN_TYPE,
    SCHEMA,
    STORAGE_SUFFIX,
    STORAGE_TYPE,
    Table,
    create_statements,
    read_tables,
)


@dataclass(frozen=True)
class Candidate:
    """A candidate that was closed: what its tables hold, by name, and the SHA-256 of the file.

    Each step compares the file with that hash: what was hashed table by table when it was copied
    needs no second reading to be known as the same.
    """

    path: Path
    tables: tuple[TableContent, ...]
    sha256: str

    def refuse_another(self, sha256: str) -> None:
        """Raise `RefusedError` when these are not the bytes that were left."""
        if sha256 != self.sha256:
            raise RefusedError(
                f"The candidate {self.path} changed after it was built: its SHA-256 is"
                f" {sha256[:8]}, expected {self.sha256[:8]}"
            )


def build_candidate(
    warehouse: Path,
    path: Path,
    *,
    leave_out: frozenset[str],
    resources: DuckDBResources,
    earlier: Release | None = None,
) -> Candidate:
    """Copy the marts of the warehouse into a new candidate file, but for those in `leave_out`.

    A view that an `earlier` release has unchanged is not hashed again. An earlier candidate and its
    write-ahead log are removed first. Raises `RefusedError` when
    there is no mart, when one has no key, a column of another than a plain type or, being a view,
    more to it than what is published, and when a file cannot be read or written.
    """
    with refusing(f"The candidate {path} cannot be made"):
        path.parent.mkdir(parents=True, exist_ok=True)
        for stale in (path, _wal(path)):
            stale.unlink(missing_ok=True)
        with _both_attached(warehouse, path, resources) as connection:
            connection.execute(f"create schema {sql_name('candidate', SCHEMA)}")
            every = read_tables(connection, "warehouse")
            marts = [mart for mart in every if mart.name not in leave_out]
            if not marts:
                raise RefusedError(f"{warehouse} has no table in schema {SCHEMA} to publish")
            contents = _copy(connection, marts, earlier)
        return Candidate(path, tuple(contents), sha256_file(path))


def add_table(
    warehouse: Path, candidate: Candidate, table: str, resources: DuckDBResources
) -> Candidate:
    """Copy one more mart into an existing candidate, in place of an earlier copy of it.

    Raises `RefusedError` as `build_candidate` does, and when the warehouse has no such mart, or
    the candidate is not there or not what it was.
    """
    path = candidate.path
    if not path.is_file():
        raise RefusedError(f"There is no candidate {path} to add {SCHEMA}.{table} to")
    with refusing(f"{SCHEMA}.{table} cannot be added to the candidate {path}"):
        candidate.refuse_another(sha256_file(path))
        with _both_attached(warehouse, path, resources) as connection:
            marts = [mart for mart in read_tables(connection, "warehouse") if mart.name == table]
            if not marts:
                raise RefusedError(f"{warehouse} has no table {SCHEMA}.{table}")
            (added,) = _copy(connection, marts)
        others = (content for content in candidate.tables if content.name != table)
        tables = tuple(sorted([*others, added], key=lambda content: content.name))
        return Candidate(path, tables, sha256_file(path))


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
            f"attach {sql_text(candidate)} as candidate"
            f" (storage_version '{STORAGE_VERSION}', block_size {BLOCK_SIZE})"
        )
        yield connection
        connection.execute("checkpoint candidate")
        connection.execute("detach candidate")


def _copy(
    connection: duckdb.DuckDBPyConnection, marts: Sequence[Table], earlier: Release | None = None
) -> list[TableContent]:
    """Copy marts, then let go of the warehouse, so that views can read the copies alone; hash."""
    for mart in marts:
        _refuse_unpublishable(mart)
    storages = {mart.view.storage.name: mart.view.storage for mart in marts if mart.view}
    for mart in marts:
        if mart.view is None:
            _copy_table(connection, mart, ordered_rows("warehouse", mart))
    for storage in storages.values():
        as_stored = f"from {sql_name('warehouse', SCHEMA, storage.name)}"
        _copy_table(connection, storage, as_stored)
    connection.execute("detach warehouse")
    # A view that reads another comes after it.
    views = [mart for mart in marts if mart.view is not None]
    for mart in sorted(views, key=lambda view: view.name + STORAGE_SUFFIX not in storages):
        with refusing(f"The view {SCHEMA}.{mart.name} cannot read what is published alone"):
            _make(connection, mart)
    known = unchanged_views(connection, "candidate", marts, earlier)
    return [known.get(mart.name) or content_of(connection, "candidate", mart) for mart in marts]


def _refuse_unpublishable(mart: Table) -> None:
    if not mart.key:
        raise RefusedError(f"{SCHEMA}.{mart.name} has no key, so its rows have no order")
    for column in mart.columns:
        if not PLAIN_TYPE.fullmatch(column.type):
            raise RefusedError(
                f"{SCHEMA}.{mart.name} column {column.name} is {column.type}, expected VARCHAR,"
                " INTEGER, BIGINT, DOUBLE, DECIMAL, DATE or BOOLEAN"
            )
    if mart.view is not None:
        for column in mart.view.storage.columns:
            if not STORAGE_TYPE.fullmatch(column.type):
                raise RefusedError(
                    f"{SCHEMA}.{mart.view.storage.name} column {column.name} is {column.type},"
                    " expected a type of a table, another integer or ENUM"
                )


def _copy_table(connection: duckdb.DuckDBPyConnection, table: Table, rows: str) -> None:
    """Copy shape, comments and rows, in the order in which they come, in one transaction."""
    connection.execute("begin")
    _make(connection, table)
    connection.execute(f"insert into {sql_name('candidate', SCHEMA, table.name)} {rows}")
    connection.execute("commit")


def _make(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    for statement in create_statements(table, "candidate"):
        connection.execute(statement)


def _wal(database: Path) -> Path:
    return database.with_name(database.name + ".wal")
