"""Where the way of a figure ends: a page of CBS in landing, a file and line, a document.

All of it is data of the release. Landing and its pages are only looked at to say whether what was
read is still there, and still the same.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from doelenboom import page_lines
from doelenboom.publication.lineage.derivations import Row
from doelenboom.publication.lineage.trace_node import TraceNode

CHUNK = 1 << 20
FILE = re.compile(r"seeds/[a-z0-9_/]{1,200}\.(?:csv|parquet)")

_PROVENANCE = """
    select
        input_model, input_column, input_value, seed_path, seed_line,
        source_document, source_lines, source_sha256
    from marts.figure_provenance
    where table_name = $table
        and column_name = $column
        and list_contains($row_keys, row_key)
    order by input_no
"""

_DOCUMENT = "select * from marts.documents where source_document = $document"
"""A release of before PDF has no `page_lines`."""

_PAGE = """
    select landing_path, sha256, url, fetched_at, modified, title
    from marts.source_pages
    where source_table = $source_table
        and source_delivery = $source_delivery
        and source_page = $source_page
"""


@dataclass(frozen=True)
class Sources:
    """Where to look: the published database, the data folder, hashes of the release's inputs."""

    connection: duckdb.DuckDBPyConnection
    data_dir: Path
    file_hashes: Mapping[str, str]


def provenance(sources: Sources, table: str, column: str, row: Row) -> tuple[TraceNode, ...]:
    """Give the recorded inputs of a figure of the accounts, down to document and line."""
    parameters = {"table": table, "column": column, "row_keys": row_keys(row)}
    inputs = sources.connection.execute(_PROVENANCE, parameters).fetchall()
    return tuple(_input_node(sources, values) for values in inputs)


def row_keys(row: Row) -> list[str]:
    """Write what a row may be called where its provenance is recorded: its key has some columns."""
    pairs = [f"{name}={_text(value)}" for name, value in row.items()]
    return [" ".join(pairs[:length]) for length in range(1, len(pairs) + 1)]


def names_its_source(row: Row) -> bool:
    """Tell whether a row says itself on which page, or in which file, it stands."""
    return row.get("source_page") is not None or row.get("source_path") is not None


def source_node(sources: Sources, row: Row) -> TraceNode:
    """Give the page, or file and line, that a row names."""
    if row.get("source_page") is None:
        document = TraceNode(row["source_document"], "") if row["source_document"] else None
        path = row["source_path"]
        detail = f"{_place(path)} {row['source_line']}, {_hash(sources, path)}"
        return TraceNode(path, detail, (document,) if document else ())
    names = ("source_table", "source_delivery", "source_page")
    pages = sources.connection.execute(_PAGE, {name: row[name] for name in names}).fetchall()
    if not pages:
        return TraceNode(row["source_page"], f"row {row['source_line']}, a page that is not listed")
    path, sha256, url, fetched_at, modified, title = pages[0]
    told = f"fetched {fetched_at}, table {row['source_table']} of {modified} ({title})"
    still = _verified(sources.data_dir / path, sha256)
    return TraceNode(
        path, f"row {row['source_line']}, sha256 {sha256}, {still}", (TraceNode(url, told),)
    )


def file_nodes(sources: Sources, text: str) -> tuple[TraceNode, ...]:
    """Give the files of the project that a text names, with their hashes."""
    return tuple(TraceNode(path, _hash(sources, path)) for path in FILE.findall(text))


def _verified(path: Path, sha256: str) -> str:
    """Say whether a page is still in landing, and still what was read."""
    if not path.is_file():
        return "page no longer here"
    found = hashlib.sha256()
    try:
        with pa.input_stream(str(path), compression="zstd") as stream:
            while chunk := stream.read(CHUNK):
                found.update(chunk)
    except (OSError, pa.ArrowException):
        return "page damaged"
    return "page verified" if found.hexdigest() == sha256 else "page differs"


def _input_node(sources: Sources, values: tuple[Any, ...]) -> TraceNode:
    model, input_column, value, path, line, document, document_lines, sha256 = values
    document_parts = (
        _printed(sources, document, document_lines) if document_lines else "",
        f"sha256 {sha256}" if sha256 else "",
    )
    document_node = TraceNode(document, ", ".join(part for part in document_parts if part))
    file_node = TraceNode(path, f"{_place(path)} {line}, {_hash(sources, path)}", (document_node,))
    return TraceNode(f"staging.{model}.{input_column}", value or "null", (file_node,))


def _printed(sources: Sources, document: str, lines: str) -> str:
    """Say where a figure is printed: a cell, lines, and the pages of a PDF that these are on."""
    if "!" in lines:
        return f"cell {lines}"
    told = f"{'line' if lines.isdecimal() else 'lines'} {lines}"
    found = sources.connection.execute(_DOCUMENT, {"document": document})
    names = [column[0] for column in found.description]
    told_of = dict(zip(names, found.fetchone() or (), strict=False))
    first_lines = page_lines.read(told_of.get("page_lines"))
    if not first_lines:
        return told
    places = (page_lines.page_and_line(int(n), first_lines) for n in re.findall(r"\d+", lines))
    return f"{told} ({'; '.join(f'page {page}, line {line}' for page, line in places)})"


def _place(path: str) -> str:
    """Say what a number in a file counts: rows of a Parquet file, lines of a text."""
    return "row" if path.endswith(".parquet") else "line"


def _hash(sources: Sources, path: str) -> str:
    return f"sha256 {sources.file_hashes.get(path, 'not recorded')}"


def _text(value: Any) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return str(value).lower()
        case _:
            return str(value)
