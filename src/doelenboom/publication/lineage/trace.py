"""The way one published figure came, as a tree: what it is made of, down to page, file or line.

Generic: `marts.figure_derivations` says how each column is derived and `marts.figure_provenance`
where figures of the accounts stand; nothing here knows what a figure means.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from doelenboom.errors import NoRowError, RefusedError, nearest
from doelenboom.publication.lineage.derivations import (
    Derivation,
    FoundInput,
    InputQuery,
    Row,
    derivation_of,
    find_inputs,
    literal_sql,
    recompute,
)
from doelenboom.publication.lineage.trace_node import TraceNode
from doelenboom.publication.lineage.trace_sources import (
    Sources,
    file_nodes,
    names_its_source,
    provenance,
    source_node,
)
from doelenboom.storage.files import refusing
from doelenboom.storage.resources import (
    DuckDBResources,
    attach_read_only,
    lock_down,
    open_in_memory,
    sql_name,
)
from doelenboom.storage.tables import Table, absent_table, read_tables, with_declared_keys

CATALOG = "doelenboom"

FEW = 3
"""So many inputs are each followed to their end; of more, the list is shown and its own sources."""

SHOWN = 10
"""So many of a longer list are shown."""

DEEPEST = 12

PRESENT = ("reported", "provisional", "estimated")


@dataclass(frozen=True)
class Extent:
    """How much to show: levels to follow everything (None: lists are not followed), all inputs."""

    depth: int | None = None
    all_inputs: bool = False


@dataclass(frozen=True)
class Tracing:
    """What a tree is made with: the sources, the extent, and the columns of each table by type."""

    sources: Sources
    extent: Extent
    types: Mapping[str, Mapping[str, str]]

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        return self.sources.connection


def trace_figure(
    database: Path,
    table: str,
    column: str,
    key: Mapping[str, str],
    *,
    file_hashes: Mapping[str, str],
    data_dir: Path,
    resources: DuckDBResources,
    extent: Extent | None = None,
) -> TraceNode:
    """Follow a figure back to what it is made of and where that was read.

    `key` gives column and value pairs that single out one row of `marts.<table>`;
    `file_hashes` the SHA-256 of each input file of the release, by its path; `data_dir` holds
    `landing/`, where pages are verified.
    Raises `RefusedError` naming the table, column or key that is not there, that does not
    single out a row, or that has no recorded source.
    """
    if not database.is_file():
        raise RefusedError("nothing is published yet: run `doelenboom run` first")
    with refusing(f"{database} cannot be read"), open_in_memory(resources) as connection:
        attach_read_only(connection, database, CATALOG)
        connection.execute(f"use {sql_name(CATALOG)}")
        lock_down(connection)  # the file that is traced says itself what to run
        shapes = with_declared_keys(connection, read_tables(connection, CATALOG))
        types = {
            name: {column.name: column.type for column in shape.columns}
            for name, shape in shapes.items()
        }
        tracing = Tracing(Sources(connection, data_dir, file_hashes), extent or Extent(), types)
        if table not in types:
            raise absent_table(table, types)
        for name in (column, *key):
            if name not in types[table]:
                near = nearest(name, types[table])
                raise RefusedError(f"marts.{table} has no column {name}{near}")
        if not key:
            needed = ", ".join(shapes[table].key)
            raise RefusedError(f"which row of marts.{table}? Give its key: {needed}")
        row = _one_row(tracing, shapes[table], key)
        return _root(tracing, table, column, row)


def _root(tracing: Tracing, table: str, column: str, row: Row) -> TraceNode:
    """The figure itself, computed anew from its inputs where that can be done."""
    derivation = derivation_of(tracing.connection, table, column, row)
    children = _children(tracing, table, column, row, 1)
    if derivation is None and not children and row[column] is not None:
        raise RefusedError(f"marts.{table}.{column} is no figure with a recorded source")
    detail = _figure(row, column)
    if derivation is not None:
        detail += f"  {derivation.operation}: {derivation.description}"
    if derivation is not None and derivation.formula is not None:
        again = recompute(tracing.connection, derivation, row, tracing.types[table][column])
        same = "equal" if again == row[column] else f"differs, {again}"
        detail += f" (computed again from its inputs: {same})"
    return TraceNode(f"marts.{table}.{column}", detail, children)


def _children(
    tracing: Tracing, table: str, column: str, row: Row, level: int
) -> tuple[TraceNode, ...]:
    derivation = derivation_of(tracing.connection, table, column, row)
    if derivation is None:
        return provenance(tracing.sources, table, column, row)
    if derivation.operation.startswith("read from") and names_its_source(row):
        return (source_node(tracing.sources, row),)
    if not derivation.inputs:
        return file_nodes(tracing.sources, derivation.description)
    return _inputs(tracing, derivation, row, level)


def _inputs(
    tracing: Tracing, derivation: Derivation, row: Row, level: int
) -> tuple[TraceNode, ...]:
    nodes: list[TraceNode] = []
    for query in derivation.inputs:
        found = find_inputs(tracing.connection, query, row)
        if len(found) > FEW:
            nodes.append(_list(tracing, query, found, row, level))
        else:
            nodes += [_input(tracing, one, row, level) for one in found]
    return tuple(nodes)


def _input(tracing: Tracing, one: FoundInput, row: Row, level: int) -> TraceNode:
    """An input that is followed: another figure of the same row, or of the row that it names."""
    own = one.key or None
    target = row if own is None else _found_row(tracing, one)
    key = "" if own is None else f"{_pairs(one.key)}  "
    label = f"marts.{one.table}.{one.column}"
    detail = key + (_value(one.value) if target is None else _figure(target, one.column))
    if target is None or level >= (tracing.extent.depth or DEEPEST):
        return TraceNode(label, detail)
    if names_its_source(target):
        return TraceNode(label, detail, (source_node(tracing.sources, target),))
    followed = _children(tracing, one.table, one.column, target, level + 1)
    return TraceNode(label, detail, followed)


def _list(
    tracing: Tracing, query: InputQuery, found: Sequence[FoundInput], row: Row, level: int
) -> TraceNode:
    """A longer list of inputs: the first few, each with its own source, and how to see the rest.

    Each is told by what is not the same in all and in the row that they are inputs of.
    """
    shown = found if tracing.extent.all_inputs else found[:SHOWN]
    apart = {name for one in found for name, value in one.key.items() if row.get(name) != value}
    children = [_member(tracing, one, apart, level) for one in shown]
    if len(shown) < len(found):
        more = f"... and {len(found) - len(shown)} more"
        children.append(TraceNode(more, f"--all lists them, or: {literal_sql(query.query, row)}"))
    return TraceNode(
        f"marts.{query.table}.{query.column}", f"{len(found)} figures", tuple(children)
    )


def _member(tracing: Tracing, one: FoundInput, apart: Container[str], level: int) -> TraceNode:
    key = {name: value for name, value in one.key.items() if name in apart}
    node = TraceNode(_pairs(key), _value(one.value))
    target = _found_row(tracing, one)
    if target is None:
        return node
    if names_its_source(target):
        return TraceNode(node.label, node.detail, (source_node(tracing.sources, target),))
    derivation = derivation_of(tracing.connection, one.table, one.column, target)
    if derivation is None:
        documents = provenance(tracing.sources, one.table, one.column, target)
        return TraceNode(node.label, node.detail, documents)
    if tracing.extent.depth is None or level >= tracing.extent.depth:
        return node
    followed = _children(tracing, one.table, one.column, target, level + 1)
    return TraceNode(node.label, node.detail, followed)


def _figure(row: Row, column: str) -> str:
    """Write the value of a figure; of a missing one what its row says of that."""
    if row[column] is not None:
        return _value(row[column])
    status = "revenue_status" if column.startswith("revenue_") else "value_status"
    reasons = [row.get(status), row.get("status_reason"), row.get("comparability_reasons")]
    if reasons[0] in PRESENT:
        reasons = []
    return ": ".join(["null", *(reason for reason in reasons if reason)])


def _value(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case _:
            return str(value)


def _pairs(key: Mapping[str, Any]) -> str:
    return " ".join(f"{name}={_value(value)}" for name, value in key.items())


def _one_row(tracing: Tracing, shape: Table, key: Mapping[str, str]) -> Row:
    """The one row that the key singles out."""
    rows = _rows(tracing, shape.name, key)
    if not rows:
        raise NoRowError(f"marts.{shape.name}: no row has {_pairs(key)}, expected exactly one")
    if len(rows) > 1:
        lacking = ", ".join(name for name in shape.key if name not in key)
        way_on = f": give {lacking} too" if lacking else ""
        raise RefusedError(f"marts.{shape.name}: more than one row has {_pairs(key)}{way_on}")
    return rows[0]


def _found_row(tracing: Tracing, one: FoundInput) -> Row | None:
    """The row of an input; None where the query names a part that has none."""
    if None in one.key.values():
        return None
    rows = _rows(tracing, one.table, one.key)
    return rows[0] if rows else None


def _rows(tracing: Tracing, table: str, key: Mapping[str, Any]) -> list[Row]:
    """The first two rows that have a key: enough to see that it singles out one."""
    types = tracing.types[table]
    conditions = " and ".join(f"{sql_name(name)} = try_cast(? as {types[name]})" for name in key)
    rows = tracing.connection.execute(
        f"select * from marts.{sql_name(table)} where {conditions}", list(key.values())
    ).fetchmany(2)
    return [dict(zip(types, row, strict=True)) for row in rows]
