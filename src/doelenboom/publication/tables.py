"""The shape of tables in a database file: columns, comments, keys, as its catalog has them.

Reads catalogs and writes statements as text; never touches a row.
"""

import re
from dataclasses import dataclass
from itertools import takewhile

import duckdb

from doelenboom.publication.resources import sql_name, sql_text

SCHEMA = "marts"
"""The one schema that is published, under the same name in warehouse, candidate and release."""

PLAIN_TYPE = re.compile(r"VARCHAR|INTEGER|BIGINT|DOUBLE|DECIMAL\(\d+,\d+\)|DATE|BOOLEAN")
"""The types that readers of the published file may count on (contract, schema `marts`)."""


@dataclass(frozen=True)
class Column:
    """A column as DuckDB describes it; `comment` is null where there is none."""

    name: str
    type: str
    not_null: bool
    comment: str | None


@dataclass(frozen=True)
class Table:
    """A table of schema `marts`.

    `key` is its PRIMARY KEY in order or, for a table too large to index, the NOT NULL columns that
    it begins with; empty where it has neither.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    comment: str | None


def read_tables(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[Table]:
    """Describe the tables of schema `marts` in an attached database, sorted by name."""
    tables = connection.execute(
        "select table_name, comment from duckdb_tables()"
        " where database_name = ? and schema_name = ? order by table_name",
        [catalog, SCHEMA],
    ).fetchall()
    return [_describe(connection, catalog, name, comment) for name, comment in tables]


def read_views(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[str]:
    """Name the views of schema `marts`, sorted."""
    rows = connection.execute(
        "select view_name from duckdb_views()"
        " where database_name = ? and schema_name = ? order by view_name",
        [catalog, SCHEMA],
    ).fetchall()
    return [name for (name,) in rows]


def _describe(
    connection: duckdb.DuckDBPyConnection, catalog: str, name: str, comment: str | None
) -> Table:
    place = [catalog, SCHEMA, name]
    where = "where database_name = ? and schema_name = ? and table_name = ?"
    columns = connection.execute(
        "select column_name, data_type, not is_nullable, comment"
        f" from duckdb_columns() {where} order by column_index",
        place,
    ).fetchall()
    keys = connection.execute(
        f"select constraint_column_names from duckdb_constraints() {where}"
        " and constraint_type = 'PRIMARY KEY'",
        place,
    ).fetchall()
    described = tuple(Column(*column) for column in columns)
    leading = takewhile(lambda column: column.not_null, described)
    key = tuple(keys[0][0]) if keys else tuple(column.name for column in leading)
    return Table(name, described, key, comment)


def create_statements(table: Table, catalog: str) -> list[str]:
    """Write the SQL that makes a table of this shape, comments included, without its key."""
    place = sql_name(catalog, SCHEMA, table.name)
    columns = ", ".join(
        f"{sql_name(column.name)} {column.type}{' not null' if column.not_null else ''}"
        for column in table.columns
    )
    comments = [
        f"comment on column {place}.{sql_name(column.name)} is {sql_text(column.comment)}"
        for column in table.columns
        if column.comment is not None
    ]
    if table.comment is not None:
        comments.insert(0, f"comment on table {place} is {sql_text(table.comment)}")
    return [f"create or replace table {place} ({columns})", *comments]


def split_comment(comment: str | None) -> tuple[str, str]:
    """Split `<Dutch label>. <English description>` at the first full stop before a capital.

    A comment without one is all label; no comment is two empty texts.
    """
    text = comment or ""
    for match in re.finditer(r"\. ", text):
        if text[match.end() : match.end() + 1].isupper():
            return text[: match.start()], text[match.end() :]
    return text, ""
