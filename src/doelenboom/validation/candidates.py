"""Opening a candidate to look at marts that it may not have: a small project has few."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb


@contextmanager
def with_marts(
    candidate: Path, marts: Collection[str]
) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """Open a candidate read-only; give None where it lacks one of the marts."""
    with duckdb.connect(str(candidate), read_only=True) as connection:
        found = connection.execute(
            "select count(*) from duckdb_tables()"
            " where schema_name = 'marts' and list_contains($1, table_name)",
            [list(marts)],
        ).fetchall()
        yield connection if found == [(len(marts),)] else None
