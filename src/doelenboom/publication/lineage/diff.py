"""What changed between two releases: rows by their key, and the cells of rows that both have.

Reads the two sealed databases and formats nothing; why something changed is for `causes`. Where a
figure came from (`source_table`, `inhabitants_source`, ...) changes with every delivery and is left
out unless it is asked for.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import duckdb

from doelenboom.errors import RefusedError
from doelenboom.publication.content import TableContent
from doelenboom.publication.lineage.causes import InputChange, causes_of, changed_inputs
from doelenboom.publication.manifest import Release
from doelenboom.storage.files import refusing
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
class TableChange:
    """How many rows of a table came, went and changed; `note` says what else differs.

    `largest` is the difference of the numeric cell that changed most, new less old, in the
    unit of its column `largest_in`; `causes` names the changed inputs that the table is built
    from, or says that there are none, or that none are recorded.
    """

    table: str
    added: int
    removed: int
    changed: int
    note: str = ""
    largest: Decimal | None = None
    largest_in: str | None = None
    causes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """One row that came or went, or one cell that changed: `column` and both values as text.

    `row_key` is the key as `column=value` pairs, as `trace` takes them; `difference` is new less
    old, exact, where both are numbers.
    """

    table: str
    row_key: str
    column: str | None
    change: str
    old: str | None
    new: str | None
    difference: Decimal | None = None


@dataclass(frozen=True)
class ReleaseComparison:
    """The inputs and tables that differ, and the first differences; `more` are not listed."""

    inputs: tuple[InputChange, ...]
    tables: tuple[TableChange, ...]
    differences: tuple[Difference, ...]
    more: int


def compare_releases(
    old: Release,
    new: Release,
    *,
    tables: Sequence[str] = (),
    sources: bool = False,
    limit: int,
    resources: DuckDBResources,
) -> ReleaseComparison:
    """Compare two releases, or some of their tables, and list at most `limit` differences.

    Differences stand by table, first the numbers that changed, the largest first, then all else
    in key order. `sources` compares also the columns that say where a figure came from. Tables
    with the same content hash are not read. Raises RefusedError for a table that neither has.
    """
    hashes = [{content.name: content for content in r.tables} for r in (old, new)]
    names = sorted({*hashes[0], *hashes[1]})
    for name in tables:
        if name not in names:
            raise RefusedError(f"neither {old.release_id} nor {new.release_id} has a table {name}")
    inputs = changed_inputs(old, new)
    changes: list[TableChange] = []
    differences: list[Difference] = []
    total = 0
    with refusing("The releases cannot be compared"), open_in_memory(resources) as connection:
        attach_read_only(connection, old.database, OLD)
        attach_read_only(connection, new.database, NEW)
        shapes = [{t.name: t for t in read_tables(connection, c)} for c in (OLD, NEW)]
        for name in [name for name in names if not tables or name in tables]:
            before, after = hashes[0].get(name), hashes[1].get(name)
            change = _whole_table(before, after)
            if change is None and before != after:
                pair = _Pair(
                    connection, shapes[0][name], shapes[1][name], new.key_of(name), sources
                )
                found, count = pair.differences(limit - len(differences))
                change = pair.change(found)
                differences += found[: max(limit - len(differences), 0)]
                total += count
            if change is not None:
                causes = causes_of(name, old, new, inputs)
                changes.append(replace(change, causes=causes))
    return ReleaseComparison(inputs, tuple(changes), tuple(differences), total - len(differences))


def _whole_table(before: TableContent | None, after: TableContent | None) -> TableChange | None:
    """Tell of a table that came, went or has another key; None for one to compare by rows."""
    if after is None and before is not None:
        return TableChange(before.name, 0, before.rows, 0, "the table is gone")
    if before is None and after is not None:
        return TableChange(after.name, after.rows, 0, 0, "the table is new")
    if before and after and before.key != after.key:
        note = f"the key was {', '.join(before.key)} and is {', '.join(after.key)}"
        return TableChange(after.name, after.rows, before.rows, 0, note)
    return None


class _Pair:
    """One table in both releases, joined on its key."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        before: Table,
        after: Table,
        key: Sequence[str],
        sources: bool,
    ) -> None:
        self._connection, self._name = connection, after.name
        names = [column.name for column in after.columns]
        earlier = {column.name for column in before.columns}
        numbers = [{c.name for c in t.columns if NUMBER.fullmatch(c.type)} for t in (before, after)]
        self._numbers = numbers[0] & numbers[1]
        self._note = _columns_note(sorted(set(names) - earlier), sorted(earlier - set(names)))
        self._bare_key = list(key)
        self._bare = [
            name
            for name in names
            if name in earlier and name not in key and (sources or not LINEAGE.fullmatch(name))
        ]
        self._key = [sql_name(name) for name in self._bare_key]
        self._compared = [sql_name(name) for name in self._bare]

    def change(self, first: Sequence[Difference]) -> TableChange:
        """Count rows that came, went and changed; `first` begins with the largest difference."""
        added, removed, changed = self._connection.execute(
            "select count(*) filter (change = 'added'), count(*) filter (change = 'removed'),"
            f" count(*) filter (change = 'changed') from (select {CHANGE} as change {self._rows()})"
        ).fetchall()[0]
        any_row = added or removed or changed
        note = self._note or ("" if any_row else "only where figures came from")
        counted = TableChange(self._name, added, removed, changed, note)
        if not first or first[0].difference is None:
            return counted
        return replace(counted, largest=first[0].difference, largest_in=first[0].column)

    def differences(self, limit: int) -> tuple[list[Difference], int]:
        """List the first differences, at least one, and say how many there are in all."""
        rows = self._connection.execute(
            f"""
            with changed as (
                select
                    row_number() over (order by {self._order()}) as place,
                    {self._row_key()} as row_key,
                    {CHANGE} as change,
                    {self._cells()} as cells
                {self._rows()}
            ),
            listed as (
                select place, row_key, change, null as cell
                from changed where change != 'changed'
                union all
                select place, row_key, change, unnest(cells) as cell
                from changed where change = 'changed'
            )
            select row_key, cell.name, change, cell.old, cell.new, count(*) over ()
            from listed
            order by abs(cell.size) desc nulls last, place, cell.name
            limit {max(limit, 1)}
            """
        ).fetchall()
        found = [
            Difference(
                self._name, key, column, change, old, new, self._difference(column, old, new)
            )
            for key, column, change, old, new, _ in rows
        ]
        return found, rows[0][5] if rows else 0

    def _difference(self, column: str | None, old: str | None, new: str | None) -> Decimal | None:
        """New less old, with every digit, where both are finite numbers."""
        if column not in self._numbers or old is None or new is None:
            return None
        difference = Decimal(new) - Decimal(old)
        return difference if difference.is_finite() else None

    def _rows(self) -> str:
        """From and where: rows that are in one release only, or differ."""
        same = " and ".join(f"o.{name} = n.{name}" for name in self._key)
        differs = [f"o.{name} is distinct from n.{name}" for name in self._compared]
        places = [sql_name(catalog, SCHEMA, self._name) for catalog in (OLD, NEW)]
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
        if bare not in self._numbers:
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
