"""Reading what is published: one read-only query at a time.

Never opens the warehouse or a candidate, and formats nothing. Each query attaches the file to
a database of its own: DuckDB shares one instance per path in a process, which would refuse a
second configuration and keep showing a file that has been replaced.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from doelenboom.errors import RefusedError
from doelenboom.storage.files import first_line, refusing
from doelenboom.storage.resources import (
    DuckDBResources,
    attach_read_only,
    open_in_memory,
    sql_name,
)

CATALOG = "doelenboom"
"""The name that the published database has in a query, as when it is opened by itself."""

READING = (
    duckdb.StatementType.SELECT,
    duckdb.StatementType.EXPLAIN,
    duckdb.StatementType.MULTI,  # a PIVOT, which DuckDB takes apart into several statements
)

INTERRUPT_SECONDS = 0.1
"""How long a query has to stop before it is told so again: it may not have begun yet."""

T = TypeVar("T")


@dataclass(frozen=True)
class QueryResult:
    """Column names, their DuckDB types, and the rows in the order of the query."""

    columns: list[str]
    types: list[str]
    rows: list[tuple[Any, ...]]


def run_query(database: Path, sql: str, *, resources: DuckDBResources) -> QueryResult:
    """Run one reading statement on the published database, without access to other files.

    Raises `RefusedError` when nothing is published, for anything but one statement that
    reads, when it needs more memory than `resources` allow, and with the first line of
    DuckDB's message when it fails otherwise. Ctrl-C ends it at once (`KeyboardInterrupt`).
    """
    if not database.is_file():
        raise RefusedError("nothing is published yet: run `doelenboom run` first")
    with (
        refusing(f"{database} cannot be queried"),
        _within(resources),
        open_published(database, resources) as connection,
    ):
        return _interruptible(connection, lambda: _run(connection, sql))


@contextmanager
def open_published(
    database: Path, resources: DuckDBResources
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a published database so that a statement can reach no file, setting or variable.

    Raises `duckdb.Error` when the file cannot be opened.
    """
    with open_in_memory(resources) as connection:
        attach_read_only(connection, database, CATALOG)
        connection.execute(f"use {sql_name(CATALOG)}")
        connection.execute("set python_enable_replacements = false")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        yield connection


def start_reading(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """Start one reading statement, whose rows the connection then gives; return names and types.

    Raises `RefusedError` for any other statement and when it fails, `OutOfMemoryException` when
    it needs too much.
    """
    with _failing():
        _refuse_all_but_reading(connection.extract_statements(sql))
        connection.execute(sql, list(parameters))
    return [(d[0], str(d[1])) for d in connection.description or []]


def next_rows(connection: duckdb.DuckDBPyConnection, count: int) -> list[tuple[Any, ...]]:
    """Fetch up to so many rows of what was started, none at its end; raises the same errors."""
    with _failing():
        return connection.fetchmany(count)


@contextmanager
def _within(resources: DuckDBResources) -> Iterator[None]:
    """Say which limit a query ran into: neither the file nor the statement is at fault."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise RefusedError(
            f"The query needs more memory than the {resources.memory_limit} it may use, which"
            f" DOELENBOOM_MEMORY_LIMIT sets: {first_line(error)}"
        ) from error


def _interruptible(connection: duckdb.DuckDBPyConnection, work: Callable[[], T]) -> T:
    """Do work on a connection in a thread of its own, stopped when Ctrl-C reaches this one.

    DuckDB does not look at signals while a statement runs; only another thread can stop it.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(bool).result()  # the thread is there before there is work to stop
        try:
            return pool.submit(work).result()
        except KeyboardInterrupt:
            behind_it = pool.submit(bool)
            while not behind_it.done():
                connection.interrupt()
                wait([behind_it], timeout=INTERRUPT_SECONDS)
            raise


def _run(connection: duckdb.DuckDBPyConnection, sql: str) -> QueryResult:
    described = start_reading(connection, sql)
    with _failing():
        rows = connection.fetchall()
    return QueryResult([name for name, _ in described], [kind for _, kind in described], rows)


@contextmanager
def _failing() -> Iterator[None]:
    """Say why a statement failed; what it lacks in memory is for the caller to say."""
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        raise RefusedError(f"The query failed: {first_line(error)}") from error


def _refuse_all_but_reading(statements: Sequence[duckdb.Statement]) -> None:
    if len(statements) != 1:
        raise RefusedError(f"The query holds {len(statements)} statements, expected one")
    if statements[0].type not in READING:
        raise RefusedError(
            f"The query is a statement of kind {statements[0].type.name}, and only reading is"
            " possible"
        )
