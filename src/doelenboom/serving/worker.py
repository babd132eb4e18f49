"""The process that runs queries, one at a time: a line of JSON in, a line and a body out.

An empty line asks whether it is ready. It has little memory and no way back: whoever asks kills it
when a query takes too long or nobody waits for it any more, and it ends when the line is closed.
Knows nothing of HTTP, tokens or releases.
"""

import logging
import os
import resource
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any

import duckdb
import orjson

from doelenboom.errors import RefusedError
from doelenboom.publication.reading.reader import (
    next_rows,
    open_published,
    read_batches,
    start_reading,
)
from doelenboom.row_text import csv_line, json_record, unique_names
from doelenboom.serving.limits import (
    INTERPRETER_BYTES,
    MOST_BYTES,
    SPILL_BYTES,
    WorkerLimits,
)
from doelenboom.serving.statements import refuse_the_machine
from doelenboom.storage.files import State, state_of
from doelenboom.storage.resources import DuckDBResources

ASKED = b"\n"
READY = b"ready\n"
"""What it says when it is asked whether it can be asked."""

ENOUGH = b"enough\n"
"""Tells it that nobody waits for the query under way; it answers that it was broken off."""

BATCH = 500
"""Rows between two looks at how much has come."""

LESS = "ask for fewer rows or columns, or take the tables as Parquet"
"""What helps against every limit."""

LONGEST_SENTENCE = 1_000

NICENESS = 5
"""Who answers goes before who computes."""

GRACE_SECONDS = 5


logger = logging.getLogger(__name__)


class TooMuchError(Exception):
    """The answer, or the way to it, is larger than allowed."""


@dataclass(frozen=True)
class Job:
    """One query: the file, the statement, its bound texts, the form and most rows of the answer.

    `free` says that a client wrote the statement.
    """

    database: str
    sql: str
    parameters: list[str]
    style: str
    most: int
    free: bool


@dataclass(frozen=True)
class Answer:
    """How a query ended: `done` with a body, `refused` or `too_much` with a sentence, `broken_off`.

    `more` says that there were more rows than asked for.
    """

    outcome: str
    sentence: str = ""
    more: bool = False
    body: bytes = b""


class Published:
    """The database that was asked last, kept open for the next question to it."""

    def __init__(self, resources: DuckDBResources) -> None:
        self._resources = resources
        self._opened: tuple[str, State] | None = None
        self._open = ExitStack()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self.interrupted = False

    def connection(self, path: str) -> duckdb.DuckDBPyConnection:
        """Return a connection to a database. Raises `duckdb.Error` when it cannot be opened."""
        wanted = (path, state_of(Path(path)))
        if self._connection is None or wanted != self._opened:
            self._open.close()
            self._connection = None
            opened = self._open.enter_context(open_published(Path(path), self._resources))
            self._connection, self._opened = opened, wanted
        return self._connection

    def interrupt(self) -> None:
        """Have the query under way end, if there is one; called beside it."""
        self.interrupted = True
        if self._connection is not None:
            self._connection.interrupt()


def main() -> None:
    """Answer until the one who asks closes the line; limits are the first argument, as JSON."""
    limits = WorkerLimits(**orjson.loads(sys.argv[1]))
    os.nice(NICENESS)
    data = limits.memory_bytes + INTERPRETER_BYTES
    resource.setrlimit(resource.RLIMIT_DATA, (data, data))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    memory = f"{limits.memory_bytes}B"
    published = Published(
        DuckDBResources(memory, limits.threads, Path(limits.spill_dir), f"{SPILL_BYTES}B")
    )
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # what a library prints is no answer
        lines = _lines_until_closed(limits.spill_dir, published.interrupt)
        while True:
            line = lines.get()
            if line == ASKED:
                answers.write(READY)
                answers.flush()
                continue
            signal.alarm(int(limits.seconds) + GRACE_SECONDS)  # ends it when nobody else does
            _write(answers, answer(published, Job(**orjson.loads(line))))
            signal.alarm(0)


def _lines_until_closed(spill_dir: str, interrupt: Callable[[], None]) -> SimpleQueue[bytes]:
    """Read what is asked, beside a query that runs; end with whoever asks, also if that is killed.

    The system closes the line when the other end dies.
    """
    lines: SimpleQueue[bytes] = SimpleQueue()

    def read() -> None:
        for line in sys.stdin.buffer:
            if line == ENOUGH:
                interrupt()
            else:
                lines.put(line)
        shutil.rmtree(spill_dir, ignore_errors=True)
        os._exit(0)  # DuckDB's binding has a page to say about references that it kept

    threading.Thread(target=read, daemon=True).start()
    return lines


def _write(answers: IO[bytes], given: Answer) -> None:
    head = {
        "outcome": given.outcome,
        "sentence": given.sentence[:LONGEST_SENTENCE],
        "more": given.more,
        "bytes": len(given.body),
    }
    answers.write(orjson.dumps(head) + b"\n")
    answers.write(given.body)
    answers.flush()


def answer(published: Published, job: Job) -> Answer:
    """Run one query and write its rows in the form that was asked, unless it is broken off."""
    published.interrupted = False
    given = _answer(published, job)
    return Answer("broken_off") if published.interrupted and given.outcome != "done" else given


def _answer(published: Published, job: Job) -> Answer:
    try:
        connection = published.connection(job.database)
        if job.free:
            refuse_the_machine(connection, job.sql)
        body, more = _STYLES[job.style](connection, job)
    except (duckdb.OutOfMemoryException, MemoryError):
        return Answer(
            "too_much", f"The query needs more memory or disk space than one may use: {LESS}"
        )
    except TooMuchError as error:
        return Answer("too_much", str(error))
    except RefusedError as error:
        return Answer("refused", str(error))
    except Exception:  # the message may name a file of this machine: it is for the log alone
        if not published.interrupted:
            logger.exception("A query cannot be answered")
        return Answer("refused", "The query cannot be answered")
    return Answer("done", more=more, body=body)


def _json(connection: duckdb.DuckDBPyConnection, job: Job) -> tuple[bytes, bool]:
    names = unique_names([name for name, _ in start_reading(connection, job.sql, job.parameters)])
    body, more = _lines(connection, job, lambda row: f"{json_record(names, row)},\n")
    return b"[\n" + body.removesuffix(b",\n") + b"\n]\n" if body else b"[]\n", more


def _csv(connection: duckdb.DuckDBPyConnection, job: Job) -> tuple[bytes, bool]:
    head = csv_line([name for name, _ in start_reading(connection, job.sql, job.parameters)])
    body, more = _lines(connection, job, csv_line)
    return head.encode() + body, more


def _lines(
    connection: duckdb.DuckDBPyConnection, job: Job, write: Callable[[tuple[Any, ...]], str]
) -> tuple[bytes, bool]:
    """Write the rows that were asked; tell whether there are more."""
    written = bytearray()
    left = job.most
    while left and (rows := next_rows(connection, min(BATCH, left))):
        left -= len(rows)
        for row in rows:
            written += write(row).encode("utf-8", "replace")
            _refuse_too_many_bytes(len(written))
    return bytes(written), not left and bool(next_rows(connection, 1))


def _parquet(connection: duckdb.DuckDBPyConnection, job: Job) -> tuple[bytes, bool]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    names, reader = read_batches(connection, job.sql, job.parameters, BATCH)
    batches, rows, size = [], 0, 0
    for batch in reader:
        batches.append(batch)
        rows, size = rows + batch.num_rows, size + batch.nbytes
        _refuse_too_many_bytes(size)
        if rows > job.most:
            break
    table = pa.Table.from_batches(batches, reader.schema).slice(0, job.most)
    sink = pa.BufferOutputStream()
    pq.write_table(table.rename_columns(unique_names(names)), sink, compression="zstd")
    return sink.getvalue().to_pybytes(), rows > job.most


def _refuse_too_many_bytes(size: int) -> None:
    if size > MOST_BYTES:
        raise TooMuchError(f"The answer is larger than {MOST_BYTES >> 20} MB: {LESS}")


_STYLES: dict[str, Callable[[duckdb.DuckDBPyConnection, Job], tuple[bytes, bool]]] = {
    "json": _json,
    "csv": _csv,
    "parquet": _parquet,
}

if __name__ == "__main__":
    main()
