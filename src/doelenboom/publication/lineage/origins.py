"""What the rows of a published table came from: documents, CBS tables and other named sources.

Reads the columns that say so, in the table itself, in `figure_provenance` and in the reference
tables that its codes point to; writes nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb

from doelenboom.storage.resources import sql_name, sql_text
from doelenboom.storage.tables import SCHEMA, Table

PROVENANCE = "figure_provenance"

REFERENCES = {
    "measure_code": ("dim_indicator", "indicator_code"),
    "peer_group_code": ("dim_peer_group", "peer_group_code"),
}
"""Code columns, and where `source` says what such a thing comes from: table and its column."""


@dataclass(frozen=True)
class Origin:
    """A source of a table's rows.

    `kind` is `document` (a file that was read), `cbs` or `text` (words); `detail` the SHA-256 of
    a document, or the delivery of a CBS table where one is known; `rows` counts what names it.
    """

    kind: str
    name: str
    detail: str | None
    rows: int


def origins_of(
    connection: duckdb.DuckDBPyConnection, catalog: str, table: Table, tables: Mapping[str, Table]
) -> list[Origin]:
    """List the sources of a table, sorted by kind and name; none where its rows name none.

    `tables` are all tables of the attached database `catalog`, by name.
    """
    queries = list(_queries(catalog, table, tables))
    if not queries:
        return []
    rows = connection.execute(
        "select kind, name, detail, sum(rows)::bigint"
        f" from ({' union all by name '.join(queries)}) where name is not null"
        " group by all order by all"
    ).fetchall()
    return [Origin(*row) for row in rows]


def _queries(catalog: str, table: Table, tables: Mapping[str, Table]) -> Iterator[str]:
    own = {column.name for column in table.columns}
    rows = sql_name(catalog, SCHEMA, table.name)
    provenance = sql_name(catalog, SCHEMA, PROVENANCE)
    if "source_document" in own:
        yield _documents(rows, provenance if PROVENANCE in tables else None)
    elif PROVENANCE in tables:
        yield (
            f"select {_kind('source_sha256')}, source_document as name, source_sha256 as detail,"
            f" count(distinct row_key) as rows from {provenance}"
            f" where table_name = {sql_text(table.name)} group by all"
        )
    if {"source_table", "source_delivery"} <= own:
        yield (
            "select 'cbs' as kind, source_table as name, source_delivery as detail,"
            f" count(*) as rows from {rows} group by all"
        )
    if "source" in own:
        yield _texts(f"select source from {rows}")
    for code, (reference, key) in REFERENCES.items():
        if code in own and reference in tables and reference != table.name:
            place = sql_name(catalog, SCHEMA, reference)
            sources = f"select {key} as {code}, any_value(source) as source from {place} group by 1"
            joined = f"{rows} left join ({sources}) as referred using ({code})"
            yield _texts(f"select referred.source from {joined}")


def _documents(rows: str, provenance: str | None) -> str:
    """Count the rows of each document, with the hash that its figures carry."""
    hashes = (
        "select source_document, string_agg(distinct source_sha256, ', ' order by source_sha256)"
        f" as sha256 from {provenance} group by all"
        if provenance
        else "select null::varchar as source_document, null::varchar as sha256 where false"
    )
    return (
        f"select {_kind('sha256')}, source_document as name, sha256 as detail,"
        f" count(*) as rows from {rows} left join ({hashes}) using (source_document) group by all"
    )


def _kind(sha256: str) -> str:
    """Tell a file that was read, which has a hash, from a source that is named in words."""
    return f"if({sha256} is null, 'text', 'document') as kind"


def _texts(sources: str) -> str:
    return (
        "select 'text' as kind, source as name, null::varchar as detail, count(*) as rows"
        f" from ({sources}) group by all"
    )
