"""What a statement of a client may ask: tables that are published, never the machine.

DuckDB itself keeps a statement from files, settings and writing (`publication.reader`). What is
left would tell where the files are; it is found in the tree that DuckDB parses the statement to.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import duckdb

from doelenboom.errors import RefusedError
from doelenboom.storage.tables import SCHEMA

TABLE_FUNCTIONS = frozenset(
    {
        *("range", "generate_series", "unnest", "repeat", "json_each", "json_tree"),
        *("duckdb_tables", "duckdb_views", "duckdb_columns"),
    }
)
SCHEMAS = frozenset({SCHEMA, "information_schema"})
INTERNAL_TABLE = re.compile("(duckdb|pragma|pg|sqlite)_", re.IGNORECASE)
SECRETIVE_FUNCTIONS = frozenset({"current_setting"})
EXPLAIN = re.compile(r"\s*explain(\s+analyze)?(\s*\(\s*format\s+\w+\s*\))?\s", re.IGNORECASE)


def refuse_the_machine(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Raise `RefusedError` when a statement asks for more than what is published.

    Anything but one SELECT, or EXPLAIN before one, is refused as well.
    """
    explain = EXPLAIN.match(sql)
    selected = sql[explain.end() :] if explain else sql
    row = connection.execute("select json_serialize_sql(?::varchar)", [selected]).fetchone()
    try:
        tree = json.loads(row[0]) if row else {}
    except RecursionError as error:
        raise RefusedError("The query is nested too deeply") from error
    if tree["error"]:
        raise RefusedError(_why(tree))
    if len(tree["statements"]) != 1:
        raise RefusedError(f"The query holds {len(tree['statements'])} statements, expected one")
    for node in _nodes(tree["statements"]):
        _refuse(node)


def _why(tree: dict[str, Any]) -> str:
    """Put DuckDB's refusal to parse, or to take for a SELECT, in one sentence."""
    if tree["error_type"] == "not implemented":
        return (
            "The query is not one statement that reads: expected SELECT, FROM, VALUES, DESCRIBE,"
            " SUMMARIZE, or EXPLAIN before one (PIVOT only with its values named: ON x IN (…))"
        )
    at = int(tree.get("position") or 0) + 1
    return f"The query failed: {tree['error_message'].partition(chr(10))[0]}, at character {at}"


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Walk all objects of a tree, without recursion: a statement may be nested deeply."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _refuse(node: dict[str, Any]) -> None:
    match node:
        case {"type": "TABLE_FUNCTION", "function": {"qualified_name": {"path": path}}}:
            if path[-1].lower() not in TABLE_FUNCTIONS:
                raise RefusedError(
                    f"The table function {path[-1]} is not available here, only those of"
                    f" {', '.join(sorted(TABLE_FUNCTIONS))}"
                )
        case {"type": "BASE_TABLE", "qualified_name": {"path": path}}:
            if not _is_published(path):
                raise RefusedError(
                    f"The table {'.'.join(path)} is not published, only those of schema {SCHEMA}"
                )
        case {"type": "SHOW_REF", "show_type": "SHOW", "query": None}:
            raise RefusedError(f"The setting {node.get('table_name')} is not shown here")
        case {"class": "FUNCTION", "qualified_name": {"path": path}}:
            if path[-1].lower() in SECRETIVE_FUNCTIONS:
                raise RefusedError(f"The function {path[-1]} is not available here")
        case {"type": "TABLE_FUNCTION" | "BASE_TABLE"} | {"class": "FUNCTION"}:
            raise RefusedError("The query cannot be read: its tables and functions have no names")


def _is_published(path: list[str]) -> bool:
    """Tell whether a name may be asked: of a published schema, or of the statement itself."""
    *qualifiers, name = path
    if qualifiers:
        return qualifiers[-1].lower() in SCHEMAS
    return INTERNAL_TABLE.match(name) is None
