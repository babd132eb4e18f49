"""The shape of tables in a database file: columns, comments, keys, as its catalog has them.

A view is a table to whoever reads it. What it shows is stored in one table beside it, named
`<view>_storage`, which is no mart: in the order and with the types that are stored smallest. A view
may read the storage of another, or that other view.
Reads catalogs and writes statements as text; never touches a row.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile

import duckdb

from doelenboom.errors import RefusedError, nearest
from doelenboom.storage.resources import sql_name, sql_text

SCHEMA = "marts"
"""The one schema that is published, under the same name in warehouse, candidate and release."""

PLAIN_TYPE = re.compile(r"VARCHAR|INTEGER|BIGINT|DOUBLE|DECIMAL\(\d+,\d+\)|DATE|BOOLEAN")
"""The types that readers of the published file may count on (contract, schema `marts`)."""

STORAGE_TYPE = re.compile(rf"{PLAIN_TYPE.pattern}|U?(TINYINT|SMALLINT|INTEGER|BIGINT)|ENUM\(.+\)")
"""The types that only a storage may have besides."""

STORAGE_SUFFIX = "_storage"

_READ = re.compile(rf'\b{SCHEMA}\."?(\w+)')
"""What the definition of a view names, as DuckDB writes it: itself first, then what it reads."""


@dataclass(frozen=True)
class Column:
    """A column as DuckDB describes it; `comment` is null where there is none."""

    name: str
    type: str
    not_null: bool
    comment: str | None


@dataclass(frozen=True)
class View:
    """What a view is made of: the statement that makes it, and the table that holds its rows."""

    definition: str
    storage: "Table"


@dataclass(frozen=True)
class Table:
    """A table of schema `marts`, or a view of it.

    `key` is its PRIMARY KEY in order or, for a table too large to index, the NOT NULL columns that
    it begins with; empty where it has neither. The key of a view is what its storage begins with.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    comment: str | None
    view: View | None = None


def read_tables(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[Table]:
    """Describe the tables and views of schema `marts` in an attached database, sorted by name.

    A storage is none of them: it is found at its views. Raises `RefusedError` for a view without
    storage, a storage without view, and a view that does not begin with the key of its storage.
    """
    shape = _Shape.of(connection, catalog)
    tables = {
        name: shape.table(name, comment)
        for name, comment in _catalogued(connection, catalog, "table", "comment")
    }
    views = [
        _as_view(shape.table(name, comment), definition, tables)
        for name, comment, definition in _catalogued(connection, catalog, "view", "comment, sql")
    ]
    shown = {view.name for view in views}
    for name in tables:
        if name.endswith(STORAGE_SUFFIX) and name.removesuffix(STORAGE_SUFFIX) not in shown:
            raise RefusedError(
                f"{SCHEMA}.{name} is a storage by its name, and there is no view"
                f" {SCHEMA}.{name.removesuffix(STORAGE_SUFFIX)} of it"
            )
    marts = [table for name, table in tables.items() if not name.endswith(STORAGE_SUFFIX)]
    return sorted([*marts, *views], key=lambda table: table.name)


def with_declared_keys(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[Table]
) -> dict[str, Table]:
    """Give tables by name, with the keys that `marts.about` declares.

    A sealed file has no constraints, so that keys are otherwise only what is filled at the left.
    The database is the one that is in use; an earlier release has no such mart.
    """
    found = {table.name: table for table in tables}
    about = found.get("about")
    if about is None or "key_columns" not in {column.name for column in about.columns}:
        return found
    declared = connection.execute(
        f"select table_name, key_columns from {SCHEMA}.about where key_columns is not null"
    ).fetchall()
    for name, columns in declared:
        if name in found:
            found[name] = replace(found[name], key=tuple(columns.split(", ")))
    return found


def _catalogued(
    connection: duckdb.DuckDBPyConnection, catalog: str, kind: str, facts: str
) -> list[tuple[str, ...]]:
    return connection.execute(
        f"select {kind}_name, {facts} from duckdb_{kind}s()"
        " where database_name = ? and schema_name = ? order by 1",
        [catalog, SCHEMA],
    ).fetchall()


def _as_view(described: Table, definition: str, tables: Mapping[str, Table]) -> Table:
    """Give a view the key of its storage; the columns of the key are not null there."""
    _, *named = _READ.findall(definition)
    read = {name.removesuffix(STORAGE_SUFFIX) for name in named}
    storage = tables.get(read.pop() + STORAGE_SUFFIX) if len(read) == 1 else None
    if storage is None:
        raise RefusedError(
            f"{SCHEMA}.{described.name} is a view, and there is no table"
            f" {SCHEMA}.{described.name}{STORAGE_SUFFIX} that holds its rows, nor one other"
        )
    key, columns = _leading_not_null(storage.columns), described.columns
    if tuple(column.name for column in columns[: len(key)]) != key:
        raise RefusedError(
            f"{SCHEMA}.{described.name} does not begin with {', '.join(key)}, the NOT NULL"
            f" columns that its storage {SCHEMA}.{storage.name} begins with"
        )
    own = [replace(column, not_null=True) for column in columns[: len(key)]]
    return replace(
        described,
        columns=(*own, *columns[len(key) :]),
        key=key,
        view=View(definition, storage),
    )


@dataclass(frozen=True)
class _Shape:
    """The columns and primary keys of all tables of the schema, asked for at once."""

    columns: Mapping[str, tuple[Column, ...]]
    keys: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, connection: duckdb.DuckDBPyConnection, catalog: str) -> "_Shape":
        where = "where database_name = ? and schema_name = ?"
        columns: dict[str, tuple[Column, ...]] = {}
        for name, *column in connection.execute(
            "select table_name, column_name, data_type, not is_nullable, comment"
            f" from duckdb_columns() {where} order by table_name, column_index",
            [catalog, SCHEMA],
        ).fetchall():
            columns[name] = (*columns.get(name, ()), Column(*column))
        keys = connection.execute(
            f"select table_name, constraint_column_names from duckdb_constraints() {where}"
            " and constraint_type = 'PRIMARY KEY'",
            [catalog, SCHEMA],
        ).fetchall()
        return cls(columns, {name: tuple(key) for name, key in keys})

    def table(self, name: str, comment: str | None) -> Table:
        columns = self.columns[name]
        return Table(name, columns, self.keys.get(name) or _leading_not_null(columns), comment)


def _leading_not_null(columns: Iterable[Column]) -> tuple[str, ...]:
    return tuple(column.name for column in takewhile(lambda column: column.not_null, columns))


def create_statements(table: Table, catalog: str) -> list[str]:
    """Write the SQL that makes a table of this shape, comments included, without its key.

    A view is made where its storage is, in place of an earlier one: its definition names tables by
    schema alone, so the database is the current one while it is read, and any file that holds
    both will do, under any name.
    """
    place = sql_name(catalog, SCHEMA, table.name)
    comments = list(_comments(table, place))
    if table.view is not None:
        return [
            f"drop view if exists {place}",
            f"use {sql_name(catalog)}",
            table.view.definition,
            "use memory",
            *comments,
        ]
    columns = ", ".join(
        f"{sql_name(column.name)} {column.type}{' not null' if column.not_null else ''}"
        for column in table.columns
    )
    return [f"create or replace table {place} ({columns})", *comments]


def _comments(table: Table, place: str) -> Iterator[str]:
    if table.comment is not None:
        kind = "table" if table.view is None else "view"
        yield f"comment on {kind} {place} is {sql_text(table.comment)}"
    for column in table.columns:
        if column.comment is not None:
            yield f"comment on column {place}.{sql_name(column.name)} is {sql_text(column.comment)}"


def absent_table(name: str, tables: Collection[str]) -> RefusedError:
    """Say that there is no published table of a name, and which are spelled most like it."""
    return RefusedError(
        f"there is no table {SCHEMA}.{name}{nearest(name, tables)}: `doelenboom tables` lists all"
    )
