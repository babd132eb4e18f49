"""Two releases side by side: each table joined on its key, and the cells in which it differs."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from doelenboom.publication.manifest import Release
from doelenboom.storage.resources import (
    DuckDBResources,
    attach_read_only,
    open_in_memory,
    sql_name,
    sql_text,
)
from doelenboom.storage.tables import SCHEMA, Table, read_tables

OLD, NEW = "old_release", "new_release"
CHANGE = (
    "case when o.there is null then 'added' when n.there is null then 'removed' else 'changed' end"
)
NUMBER = re.compile(r"INTEGER|BIGINT|DOUBLE|DECIMAL\(\d+,\d+\)")
LINEAGE = re.compile(r"source_\w+|\w+_source|source|seed_\w+")


@dataclass(frozen=True)
class ReleasePair:
    """Both databases, attached to one connection, with the tables of each by name."""

    connection: duckdb.DuckDBPyConnection
    before: dict[str, Table]
    after: dict[str, Table]

    def table(self, name: str, key: Sequence[str], sources: bool) -> "TablePair":
        """Join a table that both have; `sources` compares also where figures came from."""
        return TablePair(self.connection, self.before[name], self.after[name], key, sources)


@contextmanager
def open_pair(old: Release, new: Release, resources: DuckDBResources) -> Iterator[ReleasePair]:
    """Attach the databases of two releases, read only."""
    with open_in_memory(resources) as connection:
        attach_read_only(connection, old.database, OLD)
        attach_read_only(connection, new.database, NEW)
        before, after = (
            {table.name: table for table in read_tables(connection, catalog)}
            for catalog in (OLD, NEW)
        )
        yield ReleasePair(connection, before, after)


class TablePair:
    """One table in both releases, joined on its key."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        before: Table,
        after: Table,
        key: Sequence[str],
        sources: bool,
    ) -> None:
        self.connection, self.name = connection, after.name
        names = [column.name for column in after.columns]
        earlier = {column.name for column in before.columns}
        numbers = [{c.name for c in t.columns if NUMBER.fullmatch(c.type)} for t in (before, after)]
        self.numbers = numbers[0] & numbers[1]
        self.note = _columns_note(sorted(set(names) - earlier), sorted(earlier - set(names)))
        self._bare_key = list(key)
        self._bare = [
            name
            for name in names
            if name in earlier and name not in key and (sources or not LINEAGE.fullmatch(name))
        ]
        self._key = [sql_name(name) for name in self._bare_key]
        self._compared = [sql_name(name) for name in self._bare]

    def counts(self) -> tuple[int, int, int]:
        """Count the rows that came, went and changed."""
        added, removed, changed = self.connection.execute(
            "select count(*) filter (change = 'added'), count(*) filter (change = 'removed'),"
            f" count(*) filter (change = 'changed') from (select {CHANGE} as change {self._rows()})"
        ).fetchall()[0]
        return added, removed, changed

    def differing(self) -> str:
        """Write the query for rows that came or went, and cells that changed.

        Columns `place` (in key order), `row_key`, `change` and `cell`: a struct of `name`, `old`
        and `new` as text, and `size`; null for a row that came or went.
        """
        return f"""
            with changed as (
                select
                    row_number() over (order by {self._order()}) as place,
                    {self._row_key()} as row_key,
                    {CHANGE} as change,
                    {self._cells()} as cells
                {self._rows()}
            )
            select place, row_key, change, null as cell
            from changed where change != 'changed'
            union all
            select place, row_key, change, unnest(cells) as cell
            from changed where change = 'changed'
        """

    def _rows(self) -> str:
        """From and where: rows that are in one release only, or differ."""
        same = " and ".join(f"o.{name} = n.{name}" for name in self._key)
        differs = [f"o.{name} is distinct from n.{name}" for name in self._compared]
        places = [sql_name(catalog, SCHEMA, self.name) for catalog in (OLD, NEW)]
        return (
            f"from (select true as there, * from {places[0]}) as o"
            f" full outer join (select true as there, * from {places[1]}) as n on {same}"
            f" where {' or '.join(['o.there is null', 'n.there is null', *differs])}"
        )

    def _cells(self) -> str:
        """The cells of a row that differ, as a list of structs; all of them have one type."""
        structs = [
            f"struct_pack(name := {sql_text(bare)}, old := cast(o.{name} as varchar),"
            f" new := cast(n.{name} as varchar), size := {self._size(bare)})"
            for bare, name in zip(self._bare, self._compared, strict=True)
        ]
        nothing = (
            "struct_pack(name := '', old := null::varchar, new := null::varchar,"
            " size := null::double)"
        )
        cells = ", ".join([*structs, nothing])
        return f"list_filter([{cells}], lambda c: c.old is distinct from c.new)"

    def _size(self, bare: str) -> str:
        """How much a number changed, to order by; null for what is no finite number."""
        if bare not in self.numbers:
            return "null::double"
        new, old = (f"cast({side}.{sql_name(bare)} as double)" for side in "no")
        return f"case when isfinite({new}) and isfinite({old}) then {new} - {old} end"

    def _order(self) -> str:
        return ", ".join(f"coalesce(n.{name}, o.{name})" for name in self._key)

    def _row_key(self) -> str:
        pairs = (
            f"concat({sql_text(bare + '=')}, coalesce(n.{name}, o.{name}))"
            for bare, name in zip(self._bare_key, self._key, strict=True)
        )
        return f"concat_ws(' ', {', '.join(pairs)})"


def _columns_note(came: Sequence[str], went: Sequence[str]) -> str:
    notes = [f"new columns: {', '.join(came)}"] if came else []
    notes += [f"columns gone: {', '.join(went)}"] if went else []
    return "; ".join(notes)
