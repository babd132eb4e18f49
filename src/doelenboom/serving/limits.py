"""What one request, one query and all of them together may use. Numbers only."""

from dataclasses import dataclass

DEFAULT_ROWS = 1_000
"""Rows of a page when no `limit` is asked."""

MOST_ROWS = 100_000
"""Rows that one answer may hold."""

MOST_BYTES = 32 << 20
"""Bytes that one answer may hold, before it is on its way; a whole table as Parquet may be more."""

MOST_BODY_BYTES = 64 << 10
"""Bytes that the body of a request may hold."""

MOST_SQL = 20_000
"""Characters that a statement may hold."""

QUERIES = 4
"""Queries that run at the same time; each has its share of the memory."""

WAITING = 64
"""Requests that wait for their turn; the next one is told to come back."""

SPILL_LIMIT = "1GB"
"""What one query may put on disk when it does not fit in memory."""

INTERPRETER_BYTES = 512 << 20
"""Memory that the process of a query may use beside DuckDB's share."""


@dataclass(frozen=True)
class WorkerLimits:
    """What the process of a query is told at its start: bytes, threads, seconds, a folder."""

    memory_bytes: int
    threads: int
    seconds: float
    spill_dir: str
