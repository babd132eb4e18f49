"""The way one published figure came: mart, staging, file of reviewed facts, document and line.

Reads `marts.figure_provenance` of the published database, which holds the way as data, and
formats nothing. Figures of CBS are too many for that table: their rows say themselves where they
came from, and `trace_cbs` follows them into raw and landing.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from doelenboom.errors import RefusedError
from doelenboom.publication.files import refusing
from doelenboom.publication.resources import (
    DuckDBResources,
    attach_read_only,
    open_in_memory,
    sql_name,
)
from doelenboom.publication.trace_cbs import CBS_TABLES, Place, cbs_inputs
from doelenboom.publication.trace_node import TraceNode

CATALOG = "doelenboom"

INPUTS = """
    select
        input_model, input_column, input_value, seed_path, seed_line,
        source_document, source_lines, source_sha256
    from marts.figure_provenance
    where table_name = $table
        and column_name = $column
        and list_contains($row_keys, row_key)
    order by input_no
"""


def trace_figure(
    database: Path,
    table: str,
    column: str,
    key: Mapping[str, str],
    *,
    file_hashes: Mapping[str, str],
    data_dir: Path,
    resources: DuckDBResources,
) -> TraceNode:
    """Follow a figure back to the documents it was read from.

    `key` gives column and value pairs that single out one row of `marts.<table>`;
    `file_hashes` the SHA-256 of each input file of the release, by its path; `data_dir` holds
    `landing/` and `raw/`.
    Raises `RefusedError` naming the table, column or key that is not there, that does not
    single out a row, or that has no recorded provenance.
    """
    if not database.is_file():
        raise RefusedError("nothing is published yet: run `doelenboom run` first")
    with refusing(f"{database} cannot be read"), open_in_memory(resources) as connection:
        attach_read_only(connection, database, CATALOG)
        connection.execute(f"use {sql_name(CATALOG)}")
        columns = _columns(connection, table)
        for name in (column, *key):
            if name not in columns:
                raise RefusedError(f"marts.{table} has no column {name}")
        row = _row(connection, table, columns, key)
        if table in CBS_TABLES:
            place = Place(connection, data_dir, file_hashes)
            inputs_of_cbs = cbs_inputs(place, table, column, row)
            return TraceNode(
                f"marts.{table}.{column}", row[column] or _why_null(row), inputs_of_cbs
            )
        parameters = {"table": table, "column": column, "row_keys": _leading_keys(row)}
        inputs = connection.execute(INPUTS, parameters).fetchall()
    if not inputs and row[column] is not None:
        raise RefusedError(f"marts.{table}.{column} is no figure with a recorded source")
    return TraceNode(
        f"marts.{table}.{column}",
        row[column] or _why_null(row),
        tuple(_input_node(values, file_hashes) for values in inputs),
    )


def _why_null(row: Mapping[str, str | None]) -> str:
    """Say what the row says of a missing figure."""
    reasons = (row.get("value_status"), row.get("status_reason"))
    return ": ".join(["null", *(reason for reason in reasons if reason)])


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """Names of the columns in their order. Raises RefusedError when there is no such mart."""
    rows = connection.execute(
        "select column_name from duckdb_columns()"
        " where database_name = $1 and schema_name = 'marts' and table_name = $2"
        " order by column_index",
        [CATALOG, table],
    ).fetchall()
    if not rows:
        raise RefusedError(f"there is no table marts.{table}")
    return [name for (name,) in rows]


def _row(
    connection: duckdb.DuckDBPyConnection, table: str, columns: list[str], key: Mapping[str, str]
) -> dict[str, str | None]:
    """The one row that the key singles out, each value as text."""
    selected = ", ".join(f"cast({sql_name(name)} as varchar)" for name in columns)
    conditions = " and ".join(f"cast({sql_name(name)} as varchar) = ?" for name in key)
    rows = connection.execute(
        f"select {selected} from marts.{sql_name(table)} where {conditions}", list(key.values())
    ).fetchall()
    if len(rows) != 1:
        given = " ".join(f"{name}={value}" for name, value in key.items())
        found = f"{len(rows)} rows have" if rows else "no row has"
        raise RefusedError(f"marts.{table}: {found} {given}, expected exactly one")
    return dict(zip(columns, rows[0], strict=True))


def _leading_keys(row: Mapping[str, str | None]) -> list[str]:
    """Every run of leading columns as a row key: the key columns stand first in each mart."""
    pairs = [f"{name}={value}" for name, value in row.items()]
    return [" ".join(pairs[:length]) for length in range(1, len(pairs) + 1)]


def _input_node(values: tuple[Any, ...], file_hashes: Mapping[str, str]) -> TraceNode:
    model, input_column, value, path, line, document, document_lines, sha256 = values
    word = "lines" if document_lines and not document_lines.isdecimal() else "line"
    document_node = TraceNode(
        document,
        ", ".join(
            part
            for part in (
                f"{word} {document_lines}" if document_lines else "",
                f"sha256 {sha256}" if sha256 else "",
            )
            if part
        ),
    )
    file_node = TraceNode(
        path, f"line {line}, sha256 {file_hashes.get(path, 'not recorded')}", (document_node,)
    )
    return TraceNode(f"staging.{model}.{input_column}", value or "null", (file_node,))
