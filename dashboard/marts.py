"""What the pages read: the queries in `sql/`, each asked once of the published file.

A query selects, filters and orders columns of one mart; what would have to be computed is a mart's.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from doelenboom.publication.reading.reader import Reading

if TYPE_CHECKING:
    import pyarrow as pa

SQL = Path(__file__).with_name("sql")

Row = Mapping[str, Any]


class Marts:
    """The tables of one release, as rows by the name of the query that selects them."""

    def __init__(self, published: Reading) -> None:
        self._published = published
        self._rows: dict[str, list[Row]] = {}
        self._groups: dict[tuple[str, tuple[str, ...]], dict[tuple[Any, ...], list[Row]]] = {}

    def rows(self, name: str) -> list[Row]:
        """Give the rows of a query in its order, read once. Raises as `Reading` does."""
        if name not in self._rows:
            answer = self._published.answer(query(name))
            every = chain.from_iterable(answer.batches)
            self._rows[name] = [dict(zip(answer.columns, row, strict=True)) for row in every]
        return self._rows[name]

    def table(self, name: str) -> "pa.Table":
        """Give the rows of a query as a table of Arrow, read anew: of what is too much for rows."""
        return self._published.record_batches(query(name)).read_all()

    def by(self, name: str, *columns: str) -> dict[tuple[Any, ...], list[Row]]:
        """Group the rows of a query by columns that it orders by first."""
        if (name, columns) not in self._groups:
            self._groups[name, columns] = grouped(self.rows(name), *columns)
        return self._groups[name, columns]


@cache
def query(name: str) -> str:
    """Read a query by its name."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def grouped(rows: Iterable[Row], *columns: str) -> dict[tuple[Any, ...], list[Row]]:
    """Group rows that are in the order of some columns by these, in that order."""
    of = itemgetter(*columns)
    groups = groupby(rows, key=of if len(columns) > 1 else lambda row: (of(row),))
    return {key: list(members) for key, members in groups}
