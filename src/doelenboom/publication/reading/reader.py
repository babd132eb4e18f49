"""Reading what is published: one read-only query at a time.

Never opens the warehouse or a candidate, and formats nothing. Each query attaches the file to
a database of its own: DuckDB shares one instance per path in a process, which would refuse a
second configuration and keep showing a file that has been replaced.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb

from doelenboom.errors import RefusedError
from doelenboom.storage.files import first_line, refusing
from doelenboom.storage.resources import (
    DuckDBResources,
    attach_read_only,
    lock_down,
    open_in_memory,
    sql_name,
)
from doelenboom.storage.tables import SCHEMA

if TYPE_CHECKING:
    import pyarrow as pa

CATALOG = "doelenboom"
"""The name that the published database has in a query, as when it is opened by itself."""

READING = (
    duckdb.StatementType.SELECT,
    duckdb.StatementType.EXPLAIN,
    duckdb.StatementType.MULTI,  # a PIVOT, which DuckDB takes apart into several statements
)

INTERRUPT_SECONDS = 0.1
"""How long a query has to stop before it is told so again: it may not have begun yet."""

ROWS_AT_ONCE = 2_048
"""Rows that are fetched at a time: DuckDB's own measure of a chunk."""

EXCERPT = re.compile(r"\n\s{0,9}LINE \d{1,9}: .*", re.DOTALL)
"""Where DuckDB's message shows the statement, after what is wrong with it."""

MOST_CANDIDATES = 300
"""Characters that the names which DuckDB offers instead may take; a list of signatures has more."""

T = TypeVar("T")


@dataclass(frozen=True)
class QueryResult:
    """Column names, their DuckDB types, and the rows in the order of the query."""

    columns: list[str]
    types: list[str]
    rows: list[tuple[Any, ...]]


@dataclass(frozen=True)
class Answer:
    """Column names, their DuckDB types, and the rows in batches, computed as they are taken."""

    columns: list[str]
    types: list[str]
    batches: Iterator[list[tuple[Any, ...]]]


class Reading:
    """The published database, opened for one reading statement after another.

    Each method raises `RefusedError` for anything but one statement that reads, when it needs
    more memory than there may be, and with what DuckDB says (`sentence_of`) when it fails
    otherwise. Ctrl-C ends it at once (`KeyboardInterrupt`).
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def answer(
        self, sql: str, parameters: Mapping[str, object] | None = None, batch: int = ROWS_AT_ONCE
    ) -> Answer:
        """Start a statement. Its rows are taken before another statement is put."""
        start = partial(start_reading, self._connection, sql, parameters or [])
        described = _interruptible(self._connection, start)

        def batches() -> Iterator[list[tuple[Any, ...]]]:
            fetch = partial(next_rows, self._connection, batch)
            while rows := _interruptible(self._connection, fetch):
                yield rows

        columns, types = [name for name, _ in described], [kind for _, kind in described]
        return Answer(columns, types, batches())

    def count(self, sql: str, parameters: Mapping[str, object] | None = None) -> int:
        """Count the rows that a SELECT would give."""
        counting = f"select count(*) from {_within_brackets(sql)}"
        ((count,),) = next(self.answer(counting, parameters).batches)
        return int(count)

    def record_batches(
        self, sql: str, parameters: Mapping[str, object] | None = None, most: int | None = None
    ) -> "pa.RecordBatchReader":
        """Start a SELECT whose rows, at most so many, are taken as Arrow's record batches."""
        with _failing():
            _refuse_all_but_reading(self._connection.extract_statements(sql))
            relation = self._connection.sql(f"from {_within_brackets(sql)}", params=parameters)
            taken = relation if most is None else relation.limit(most)
            return taken.to_arrow_reader(ROWS_AT_ONCE)


@contextmanager
def reading(database: Path, resources: DuckDBResources) -> Iterator[Reading]:
    """Open what is published, for statements. Raises as `opened` and `Reading` do."""
    with opened(database, resources) as connection:
        yield Reading(connection)


@contextmanager
def opened(database: Path, resources: DuckDBResources) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open what is published, without access to other files.

    Raises `RefusedError` when nothing is published, and for every error of DuckDB within.
    """
    if not database.is_file():
        raise RefusedError("nothing is published yet: run `doelenboom run` first")
    with (
        refusing(f"{database} cannot be queried"),
        _within(resources),
        open_published(database, resources) as connection,
    ):
        yield connection


def run_query(database: Path, sql: str, *, resources: DuckDBResources) -> QueryResult:
    """Run one reading statement on the published database and give all its rows.

    Raises `RefusedError` as `reading` does.
    """
    with reading(database, resources) as published:
        answer = published.answer(sql)
        return QueryResult(answer.columns, answer.types, list(chain.from_iterable(answer.batches)))


@contextmanager
def open_published(
    database: Path, resources: DuckDBResources
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a published database so that a statement can reach no file, setting or variable.

    Raises `duckdb.Error` when the file cannot be opened.
    """
    with open_in_memory(resources) as connection:
        attach_read_only(connection, database, CATALOG)
        connection.execute(f"use {sql_name(CATALOG, SCHEMA)}")
        lock_down(connection)
        yield connection


def start_reading(
    connection: duckdb.DuckDBPyConnection,
    sql: str,
    parameters: Sequence[str] | Mapping[str, object] = (),
) -> list[tuple[str, str]]:
    """Start one reading statement, whose rows the connection then gives; return names and types.

    Raises `RefusedError` for any other statement and when it fails, `OutOfMemoryException` when
    it needs too much.
    """
    with _failing():
        _refuse_all_but_reading(connection.extract_statements(sql))
        connection.execute(sql, parameters)
    return [(d[0], str(d[1])) for d in connection.description or []]


def next_rows(connection: duckdb.DuckDBPyConnection, count: int) -> list[tuple[Any, ...]]:
    """Fetch up to so many rows of what was started, none at its end; raises the same errors."""
    with _failing():
        return connection.fetchmany(count)


def read_batches(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[str], size: int
) -> "tuple[list[str], pa.RecordBatchReader]":
    """Start one reading statement; return its names and its rows in batches, as they are asked.

    Raises as `start_reading` does.
    """
    with _failing():
        _refuse_all_but_reading(connection.extract_statements(sql))
        connection.abort()  # what was started before and not read to its end
        relation = connection.sql(sql, params=list(parameters))
        return relation.columns, relation.to_arrow_reader(size)


def sentence_of(error: duckdb.Error) -> str:
    """Put what DuckDB says of a statement in one line, with the names that it offers instead."""
    said, _, offered = EXCERPT.sub("", str(error).strip()).partition("\n")
    offered = " ".join(offered.split())
    fits = 0 < len(offered) <= MOST_CANDIDATES
    return f"{said} {offered}" if fits else first_line(error)


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


@contextmanager
def _failing() -> Iterator[None]:
    """Say why a statement failed; what it lacks in memory is for the caller to say."""
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        raise RefusedError(f"The query failed: {sentence_of(error)}") from error


def _within_brackets(sql: str) -> str:
    """Make a part of another statement of a SELECT; a comment at its end hides no bracket."""
    return f"(\n{sql.strip().rstrip(';')}\n)"


def _refuse_all_but_reading(statements: Sequence[duckdb.Statement]) -> None:
    if len(statements) != 1:
        raise RefusedError(f"The query holds {len(statements)} statements, expected one")
    if statements[0].type not in READING:
        raise RefusedError(
            f"The query is a statement of kind {statements[0].type.name}, and only reading is"
            " possible"
        )
