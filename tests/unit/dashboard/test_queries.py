"""The SQL of the site: it selects, filters and orders one mart, and computes nothing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.marts import SQL

QUERIES = sorted(SQL.glob("*.sql"))

ALLOWED = {
    "COLUMN_REF",
    "STAR",
    "VALUE_CONSTANT",
    "COMPARE_EQUAL",
    "COMPARE_NOTEQUAL",
    "COMPARE_IN",
    "COMPARE_GREATERTHANOREQUALTO",
    "COMPARE_LESSTHANOREQUALTO",
    "CONJUNCTION_AND",
    "CONJUNCTION_OR",
    "OPERATOR_NOT",
    "OPERATOR_IS_NULL",
    "OPERATOR_IS_NOT_NULL",
}
"""What an expression of a query may be: a column, a constant, a comparison. No function, no sum."""


def tree_of(sql: str) -> dict[str, Any]:
    (text,) = duckdb.execute("select json_serialize_sql(?::varchar)", [sql]).fetchone() or ("",)
    tree: dict[str, Any] = json.loads(text)
    assert not tree["error"], tree
    (statement,) = tree["statements"]
    node: dict[str, Any] = statement["node"]
    return node


def types_in(node: Any) -> Iterator[str]:
    """Name each kind of expression in a part of a statement; LIKE is the one function."""
    if isinstance(node, dict):
        if "class" in node:
            is_like = node["type"] == "FUNCTION" and node.get("function_name") == "~~"
            yield "COMPARE_EQUAL" if is_like else node["type"]
        for part in node.values():
            yield from types_in(part)
    elif isinstance(node, list):
        for part in node:
            yield from types_in(part)


def computed(sql: str) -> set[str]:
    return set(types_in(tree_of(sql))) - ALLOWED


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_query_selects_filters_and_orders_one_mart(path: Path) -> None:
    sql = path.read_text(encoding="utf-8")
    node = tree_of(sql)
    assert node["type"] == "SELECT_NODE"
    assert node["from_table"]["type"] in ("BASE_TABLE", "TABLE_FUNCTION")
    assert node["group_expressions"] == []
    assert any("orders" in modifier for modifier in node["modifiers"])
    assert computed(sql) - ({"FUNCTION"} if path.stem == "columns" else set()) == set()


@pytest.mark.parametrize(
    "sql",
    ["select sum(x) from marts.t", "select x + 1 from marts.t", "select x from t where abs(x) > 1"],
)
def test_a_query_that_computes_is_found(sql: str) -> None:
    assert computed(sql)
