"""What there is to ask: tables, their columns, and the code that a word stands for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from doelenboom.glossary import split_comment
from doelenboom.publication.reading.names import found_by_name
from doelenboom.publication.reading.reader import CATALOG, opened
from doelenboom.storage.resources import DuckDBResources, sql_name
from doelenboom.storage.tables import SCHEMA, Table, absent_table, read_tables, with_declared_keys

ONE_ROW_EACH = {
    "municipality_code": ("dim_municipality_current", "municipality_code"),
    "taakveld_code": ("dim_taakveld_current", "taakveld_code"),
    "peer_group_code": ("dim_peer_group", "peer_group_code"),
    "measure_code": ("dim_indicator", "indicator_code"),
    "indicator_code": ("dim_indicator", "indicator_code"),
}
"""Codes, and the table that has one row for each, with what the code is called there."""

TABLES = """
    select 'table', table_name, comment from duckdb_tables() where schema_name = 'marts'
    union all
    select 'table', view_name, comment from duckdb_views() where schema_name = 'marts'
"""
COLUMNS = """
    select 'column', table_name || '.' || column_name, comment from duckdb_columns()
    where schema_name = 'marts' and not ends_with(table_name, '_storage')
"""


@dataclass(frozen=True)
class About:
    """What `marts.about` says of a table; nothing in a release that has none."""

    first_question: str = ""
    example: str = ""
    sums: str = ""


@dataclass(frozen=True)
class TableSummary:
    """A table: what it is, one row per what, how many rows of which years, what it answers."""

    name: str
    label: str
    description: str
    rows: int
    first_year: int | None
    last_year: int | None
    first_question: str = ""
    example: str = ""


@dataclass(frozen=True)
class TableDescription:
    """A table with its key, what it answers, how to join it to names, and a few of its rows."""

    table: Table
    about: About
    joins: list[str]
    rows: list[tuple[object, ...]]


def summaries(database: Path, *, resources: DuckDBResources) -> list[TableSummary]:
    """List the published tables, by name. Raises `RefusedError` when nothing can be read."""
    with opened(database, resources) as connection:
        tables = read_tables(connection, CATALOG)
        about = _about(connection, tables)
        return [_summary(connection, table, about.get(table.name, About())) for table in tables]


def description(
    database: Path, table: str, *, resources: DuckDBResources, rows: int = 3
) -> TableDescription:
    """Describe one table, with or without its schema. Raises `RefusedError` naming those near."""
    with opened(database, resources) as connection:
        tables = with_declared_keys(connection, read_tables(connection, CATALOG))
        name = table.lower().removeprefix(f"{SCHEMA}.")
        if name not in tables:
            raise absent_table(name, tables)
        place = sql_name(CATALOG, SCHEMA, name)
        shown = connection.execute(f"from {place} limit {rows}").fetchall()
        about = _about(connection, list(tables.values())).get(name, About())
        return TableDescription(tables[name], about, list(_joins(tables[name], tables)), shown)


def found(database: Path, word: str, *, resources: DuckDBResources) -> list[tuple[str, str, str]]:
    """Find what a word or a part of one stands for: kind, code and name, the nearest first.

    Accents and capitals count for nothing; a typing error is forgiven where nothing fits.
    """
    with opened(database, resources) as connection:
        everything = found_by_name(connection, word, {"table": TABLES, "column": COLUMNS})
        return [(each.kind, each.code, _label(each.kind, each.name)) for each in everything]


def _label(kind: str, name: str) -> str:
    return split_comment(name)[0] if kind in ("table", "column") else name


def _about(connection: duckdb.DuckDBPyConnection, tables: Sequence[Table]) -> dict[str, About]:
    if "about" not in {table.name for table in tables}:
        return {}
    found = connection.execute("select table_name, first_question, example, sums from about")
    return {name: About(*words) for name, *words in found.fetchall()}


def _summary(connection: duckdb.DuckDBPyConnection, table: Table, about: About) -> TableSummary:
    place = sql_name(CATALOG, SCHEMA, table.name)
    has_years = any(column.name == "fiscal_year" for column in table.columns)
    years = "min(fiscal_year), max(fiscal_year)" if has_years else "null, null"
    ((count, first, last),) = connection.execute(
        f"select count(*), {years} from {place}"
    ).fetchall()
    label, text = split_comment(table.comment)
    question, example = about.first_question, about.example
    return TableSummary(table.name, label, text, count, first, last, question, example)


def _joins(table: Table, tables: dict[str, Table]) -> Iterator[str]:
    """Write how each code of a table meets the one row that names it."""
    for column in table.columns:
        other, key = ONE_ROW_EACH.get(column.name, ("", ""))
        if other in tables and other != table.name:
            yield f"join {SCHEMA}.{other} on {table.name}.{column.name} = {other}.{key}"
