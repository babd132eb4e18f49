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

MOST_SQL_IN_ADDRESS = 5_000
"""The same in an address, where one may take 12 bytes: no address over 64 kB is read."""

QUERIES = 4
"""Queries that run at the same time; each has its share of the memory."""

STATEMENTS = QUERIES - 1
"""How many of them may be statements of clients, so that pages of tables go on."""

LONG_STATEMENTS = STATEMENTS - 1
"""How many of these may be long, so that short ones go on."""

LONG_SECONDS = 1
"""How long a statement runs before it is a long one."""

A_MOMENT = 0.1
"""How long it runs at first while others wait for their first turn."""

WAITING = 64
"""Requests that wait for their turn; the next one is told to come back."""

SPILL_BYTES = 1_000_000_000
"""What one query may put on disk when it does not fit in memory."""

PIECE_BYTES = 64 << 10
"""What is held in memory of an answer on its way to a client; the rest is on disk."""

MOST_UNDER_WAY = 512 << 20
"""Bytes of all answers on their way; beyond it, those that are longest on their way are cut off."""

MOST_CONNECTIONS = 2_000
"""Clients that are listened to; the next one is told to come back."""

ASK_SECONDS = 30
"""How long a client may take to ask, from its first byte to its last, or between two requests."""

TAKE_SECONDS = 20
"""How long a client may take nothing of what is sent."""

SEND_SECONDS = 600
"""How long an answer may be on its way."""

INTERPRETER_BYTES = 512 << 20
"""Memory that the process of a query may use beside DuckDB's share."""


@dataclass(frozen=True)
class WorkerLimits:
    """What the process of a query is told at its start: bytes, threads, seconds, a folder."""

    memory_bytes: int
    threads: int
    seconds: float
    spill_dir: str
