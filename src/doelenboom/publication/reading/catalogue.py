"""What there is to ask: tables, their columns, and the code that a word stands for."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from doelenboom.errors import RefusedError
from doelenboom.publication.reading.reader import CATALOG, opened
from doelenboom.storage.resources import DuckDBResources, sql_name
from doelenboom.storage.tables import SCHEMA, Table, read_tables, split_comment

ONE_ROW_EACH = {
    "municipality_code": ("dim_municipality_current", "municipality_code"),
    "taakveld_code": ("dim_taakveld_current", "taakveld_code"),
    "peer_group_code": ("dim_peer_group", "peer_group_code"),
    "measure_code": ("dim_indicator", "indicator_code"),
    "indicator_code": ("dim_indicator", "indicator_code"),
}
"""Codes, and the table that has one row for each, with what the code is called there."""

NAMED = {
    "dim_municipality_current": "'municipality', municipality_code, municipality_name",
    "dim_taakveld": "'cluster', cluster_code, cluster_name",
    "dim_taakveld_current": "'taakveld', taakveld_code, taakveld_name",
    "dim_indicator": "'measure', indicator_code, indicator_name",
    "dim_peer_group": "'peer group', peer_group_code, peer_group_name",
    "programme_results": "'programme', concat_ws(' ', municipality_code, fiscal_year,"
    " programme_code), concat_ws(', ', programme_name, municipality_name)",
}
"""Kind, code and name of all that has a name, by the table that has it."""

COMMENTS = """
    select 'table', table_name, comment from duckdb_tables() where schema_name = 'marts'
    union all
    select 'table', view_name, comment from duckdb_views() where schema_name = 'marts'
    union all
    select 'column', table_name || '.' || column_name, comment from duckdb_columns()
    where schema_name = 'marts' and not ends_with(table_name, '_storage')
"""
FOUND = """
    with named (kind, code, name) as ({named}),

    folded as (
        select distinct
            *,
            lower(strip_accents(name)) as plain,
            lower(code) as plain_code,
            lower(strip_accents(trim($word))) as word
        from named
        where name is not null and code is not null
    ),

    scored as (
        select
            *,
            case
                when plain = word or plain_code = word then 0
                when starts_with(plain, word) then 1
                when contains(plain, word) or contains(plain_code, word) then 2
                when
                    list_min(
                        list_transform(
                            string_split_regex(plain, '[^a-z0-9]+'),
                            lambda each: damerau_levenshtein(each, word)
                        )
                    ) <= if(length(word) < 5, 1, 2)
                    or damerau_levenshtein(plain, word) <= if(length(word) < 5, 1, 2)
                    then 3
            end as score
        from folded
    )

    select kind, code, name
    from scored
    where score < 3 or (score = 3 and (select min(score) from scored) = 3)
    order by score, array_position($kinds, kind), length(name), code
"""
KINDS = ("municipality", "cluster", "measure", "taakveld", "programme", "peer group", "table")


@dataclass(frozen=True)
class TableSummary:
    """A table: what it is for, one row per what, how many rows, and of which years."""

    name: str
    label: str
    description: str
    rows: int
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True)
class TableDescription:
    """A table with its key, how to join it to names, and a few of its rows."""

    table: Table
    joins: list[str]
    rows: list[tuple[object, ...]]


def summaries(database: Path, *, resources: DuckDBResources) -> list[TableSummary]:
    """List the published tables, by name. Raises `RefusedError` when nothing can be read."""
    with opened(database, resources) as connection:
        return [_summary(connection, table) for table in read_tables(connection, CATALOG)]


def description(
    database: Path, table: str, *, resources: DuckDBResources, rows: int = 3
) -> TableDescription:
    """Describe one table, with or without its schema. Raises `RefusedError` naming those near."""
    with opened(database, resources) as connection:
        tables = {each.name: each for each in read_tables(connection, CATALOG)}
        name = table.lower().removeprefix(f"{SCHEMA}.")
        if name not in tables:
            near = connection.execute(
                "select name from unnest($names) as tables (name)"
                " order by jaro_winkler_similarity(name, $name) desc limit 3",
                {"names": list(tables), "name": name},
            ).fetchall()
            raise RefusedError(
                f"there is no table {SCHEMA}.{name}; the nearest are"
                f" {', '.join(each for (each,) in near)}: `doelenboom tables` lists all"
            )
        place = sql_name(CATALOG, SCHEMA, name)
        shown = connection.execute(f"from {place} limit {rows}").fetchall()
        return TableDescription(tables[name], list(_joins(tables[name], tables)), shown)


def found(database: Path, word: str, *, resources: DuckDBResources) -> list[tuple[str, str, str]]:
    """Find what a word or a part of one stands for: kind, code and name, the nearest first.

    Accents and capitals count for nothing; a typing error is forgiven where nothing fits.
    """
    with opened(database, resources) as connection:
        there = {table.name for table in read_tables(connection, CATALOG)}
        named = [
            f"select {columns} from {sql_name(CATALOG, SCHEMA, table)}"
            for table, columns in NAMED.items()
            if table in there
        ]
        sql = FOUND.format(named=" union all ".join([*named, COMMENTS]))
        rows = connection.execute(sql, {"word": word, "kinds": [*KINDS, "column"]}).fetchall()
        return [(kind, code, _label(kind, name)) for kind, code, name in rows]


def _label(kind: str, name: str) -> str:
    return split_comment(name)[0] if kind in ("table", "column") else name


def _summary(connection: duckdb.DuckDBPyConnection, table: Table) -> TableSummary:
    place = sql_name(CATALOG, SCHEMA, table.name)
    has_years = any(column.name == "fiscal_year" for column in table.columns)
    years = "min(fiscal_year), max(fiscal_year)" if has_years else "null, null"
    counted = connection.execute(f"select count(*), {years} from {place}").fetchall()[0]
    return TableSummary(table.name, *split_comment(table.comment), *counted)


def _joins(table: Table, tables: dict[str, Table]) -> Iterator[str]:
    """Write how each code of a table meets the one row that names it."""
    for column in table.columns:
        other, key = ONE_ROW_EACH.get(column.name, ("", ""))
        if other in tables and other != table.name:
            yield f"join {SCHEMA}.{other} on {table.name}.{column.name} = {other}.{key}"
