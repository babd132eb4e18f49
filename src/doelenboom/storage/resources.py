"""How DuckDB is opened: what it may use, and names and texts quoted for SQL.

No query over a table lives here.
"""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from doelenboom.storage.files import refusing

STORAGE_VERSION = "v1.2.0"
"""Storage format of what is published, so that drivers from DuckDB 1.2 on can read it."""

BLOCK_SIZE = 65_536
"""Bytes per block of what is published: a column of 122,880 rows seldom fills DuckDB's 262,144.

The comparison of made-up Iv3 takes a tenth less room so; with 16,384 it takes half as much again.
"""


@dataclass(frozen=True)
class DuckDBResources:
    """What DuckDB may use: memory as DuckDB writes it (`2GB`), threads, folder to spill to.

    `spill_limit`, written like memory, is how much may be spilled; empty is all that is free.
    """

    memory_limit: str
    threads: int
    spill_dir: Path
    spill_limit: str = ""

    def config(self) -> dict[str, str]:
        """Say the same as DuckDB connection options; makes the spill folder.

        Raises `RefusedError` when it cannot be made.
        """
        with refusing(f"the spill folder {self.spill_dir} cannot be made"):
            self.spill_dir.mkdir(parents=True, exist_ok=True)
        limits = {"max_temp_directory_size": self.spill_limit} if self.spill_limit else {}
        return {
            "memory_limit": self.memory_limit,
            "threads": str(self.threads),
            "temp_directory": str(self.spill_dir),
            **limits,
        }


def open_in_memory(resources: DuckDBResources) -> duckdb.DuckDBPyConnection:
    """Open an empty database that files are attached to; the caller closes it.

    It draws no progress bar of its own, which would stand between the lines of an answer.
    """
    connection = duckdb.connect(":memory:", config=dict(resources.config()))
    with suppress(duckdb.InvalidInputException):  # a notebook without widgets, where none is drawn
        connection.execute("set enable_progress_bar = false")
    return connection


def attach_read_only(connection: duckdb.DuckDBPyConnection, database: Path, catalog: str) -> None:
    """Attach a database file under the name `catalog`, never to be written.

    Raises `duckdb.Error` when the file is missing, locked or no database.
    """
    connection.execute(f"attach {sql_text(database)} as {sql_name(catalog)} (read_only)")


def lock_down(connection: duckdb.DuckDBPyConnection) -> None:
    """Let no statement that follows reach a file, a setting or a variable of Python."""
    connection.execute("set python_enable_replacements = false")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def sql_text(value: object) -> str:
    """Quote a text, or a path, as an SQL literal."""
    return "'" + str(value).replace("'", "''") + "'"


def sql_name(*parts: str) -> str:
    """Quote an identifier, its parts joined by dots."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)
