"""What dbt found, in rows: how many it examined, which offends first, what broke a constraint.

Reads the warehouse of a run; decides nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from doelenboom.storage.resources import DuckDBResources
from doelenboom.validation.wording import shortened

MOST_COLUMNS = 5
"""Columns of an offending row that are named."""


class WarehouseRows:
    """The rows of a warehouse, asked for over one connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def counts(self, relations: Mapping[str, str]) -> dict[str, int]:
        """Count the rows of each relation that is there, under the name that it was given."""
        found = {}
        for name, relation in relations.items():
            try:
                [(found[name],)] = self._rows(f"select count(*) from {relation}")
            except duckdb.CatalogException:
                continue  # it was not built: what it reads failed
        return found

    def first(self, query: str) -> str:
        """Name the first row that a query gives by its first columns; nothing without a row."""
        try:
            cursor = self._connection.execute(query)
        except duckdb.Error:
            return ""  # a disk or memory too full to ask again
        names = [column[0] for column in cursor.description or []]
        rows = cursor.fetchmany(1)
        return shortened(_named(names, rows[0])) if rows else ""

    def broken_constraints(
        self, query: str, key: Sequence[str], filled: Sequence[str]
    ) -> str | None:
        """Say what a query's rows break: columns that must be filled, keys that must stand once.

        Returns one sentence without its full stop: column or key, the number of offenders, of all
        rows, and the first; None where the rows break nothing.
        """
        try:
            self._connection.execute(f"create or replace temp table offered as {query}")
        except duckdb.Error:
            return None  # a disk or memory too full to ask again
        counts = [f"count(*) - count({column})" for column in filled]
        [(total, *empty)] = self._rows(f"select {', '.join(['count(*)', *counts])} from offered")
        told = [
            f"column {column} is empty in {number} of {total} rows, such as "
            + self.first(f"select * from offered where {column} is null")
            for column, number in zip(filled, empty, strict=True)
            if number
        ]
        told += self._repeated(key, total) if key else []
        return "; ".join(told) or None

    def _repeated(self, key: Sequence[str], total: int) -> list[str]:
        columns = ", ".join(key)
        repeated = f"select {columns} from offered group by all having count(*) > 1 order by all"
        [(keys,)] = self._rows(f"select count(*) from ({repeated})")
        if not keys:
            return []
        what = f"{keys} key stands" if keys == 1 else f"{keys} keys stand"
        example = self.first(repeated)
        return [f"{what} in more than one of {total} rows, such as {example}"]

    def _rows(self, query: str) -> list[Any]:
        return self._connection.execute(query).fetchall()


@contextmanager
def warehouse_rows(warehouse: Path, resources: DuckDBResources) -> Iterator[WarehouseRows]:
    """Open a warehouse read-only; its views read files by their path from the working folder."""
    limits = resources.config()
    with duckdb.connect(str(warehouse), read_only=True, config={**limits}) as connection:
        yield WarehouseRows(connection)


def _named(names: Sequence[str], row: Sequence[object]) -> str:
    shown = list(zip(names, row, strict=True))[:MOST_COLUMNS]
    return ", ".join(f"{name}={'' if value is None else value}" for name, value in shown)
