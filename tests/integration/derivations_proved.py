"""Every published figure held against what the release says of how it is derived."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from doelenboom.publication.lineage.derivations import (
    Derivation,
    Row,
    find_inputs,
    read_derivations,
    recompute,
)
from doelenboom.publication.lineage.trace_sources import row_keys
from doelenboom.storage.tables import read_tables

NAMES_AND_LINEAGE = re.compile(
    r"(^|_)source($|_)|(^|_)sha256$|_name$|_label$|^name$|^title$|_text$|status_reason$"
)
"""No figures: names, labels, the words of a source, and where a row was read."""

NO_FIGURES: Mapping[tuple[str, str], str] = {
    ("chapter_facts", "reconciles_with"): "names the identities that check the fact",
    ("dim_indicator", "definition"): "words of ours about a measure",
    ("dim_indicator", "denominator"): "part of what a measure is, as its code says",
    ("dim_indicator", "direction_basis"): "whose direction it is, in a reviewed file",
    ("dim_indicator", "indicator_kind"): "part of what a measure is, as its code says",
    ("dim_municipality_current", "also_called"): "name in use, from a reviewed list",
    ("dim_indicator", "other_units"): "units that documents print beside ours",
    ("dim_indicator", "price_basis"): "part of what a measure is, as its code says",
    ("dim_indicator", "side"): "part of what a measure is, as its code says",
    ("dim_indicator", "subject_code"): "part of what a measure is, as its code says",
    ("dim_indicator", "subject_kind"): "part of what a measure is, as its code says",
    ("dim_indicator", "valid_from"): "period of the taakveld, in dim_taakveld",
    ("dim_indicator", "valid_to"): "period of the taakveld, in dim_taakveld",
    ("dim_peer_group", "definition"): "words of ours about a group",
    ("dim_peer_group", "of_municipality_code"): "part of what a group is, as its code says",
    ("dim_peer_group", "peer_group_kind"): "part of what a group is, as its code says",
    ("fund_allocation", "comparability_reasons"): "words of ours about a circular or expenses",
    ("goal_tree", "depth"): "place in the tree, as node_id says",
    ("goal_tree", "fiscal_year"): "part of node_id",
    ("goal_tree", "municipality_code"): "part of node_id",
    ("goal_tree", "node_type"): "place in the tree",
    ("goal_tree", "parent_node_id"): "place in the tree, as node_id says",
    ("goal_tree", "programme_code"): "part of node_id",
    ("goal_tree", "sort_order"): "place in the tree, as printed",
    ("indicator_results", "indicator_kind"): "part of what an indicator is, as its code says",
    ("iv3_cells", "flow"): "part of what a category is, as its code says",
    ("municipality_changes", "note"): "words of ours about a change",
    ("municipality_comparison", "denominator"): "copy of dim_indicator",
    ("municipality_comparison", "direction"): "copy of dim_indicator",
    ("municipality_comparison", "price_basis"): "copy of dim_indicator",
    ("municipality_comparison", "side"): "copy of dim_indicator",
    ("municipality_comparison", "unit"): "copy of dim_indicator",
    ("national_events", "effect"): "words of ours about an event",
    ("nearest_neighbours", "neighbour_code"): "the neighbour: its distance is the figure",
    ("neighbour_features", "theme"): "part of what a feature is, in a reviewed file",
    **{
        ("programme_lineage", column): "part of what a programme is, in a reviewed file"
        for column in (
            "predecessor_code",
            "predecessor_last_year",
            "successor_code",
            "successor_last_year",
        )
    },
    ("programme_steps", "step_code"): "part of what a step is, as its place says",
    ("programme_steps", "step_kind"): "part of what a step is, as its place says",
    ("programme_taakveld_bridge", "explanation"): "words of ours about a weight",
    ("reconciliation", "explanation"): "words of ours about a difference",
    ("reconciliation", "municipality_response"): "words of the municipality",
    ("reconciliation", "relation"): "part of what an identity is",
    ("reconciliation", "unit"): "part of what an identity is",
    ("taakveld_spending_current", "parts"): "where the amounts come from, in words",
    **{
        (table, column): told
        for table in ("taakveld_spending", "taakveld_spending_current")
        for column, told in {
            "known_within": "part of what a row is: a part of that sum",
            "level": "part of what a row is: a taakveld or a sum of them",
            "main_taakveld_code": "copy of dim_taakveld",
            "series_break": "words of ours about a year",
        }.items()
    },
    ("cluster_spending", "series_break"): "words of ours about a year",
    ("peer_outliers", "unit"): "copy of dim_indicator",
}

WITHOUT_FIGURES: Mapping[str, str] = {
    "about": "says what the tables are",
    "code_lists": "says what codes mean",
    "corrections": "lists what other tables had wrong",
    "coverage": "says what is in, not how much",
    "documents": "lists what figures were read in",
    "figure_derivations": "says how figures are derived",
    "figure_provenance": "says where figures of the accounts were read",
    "measure_breaks": "words of ours about the years of a measure",
    "peer_group_members": "a list of members, no column but its key",
    "programme_questions": "asks about figures of other tables, which it names",
    "source_pages": "what the manifests of landing say of each page",
}
"""Tables none of whose columns is a figure; of the two below only what is listed is."""

OF_THE_SOURCE = {
    "data_quality": ("status", "observed"),
    "source_facts": ("value", "value_status"),
}


@dataclass(frozen=True)
class Published:
    """A database of marts: the columns of each table with their types, and how many are its key."""

    connection: duckdb.DuckDBPyConnection
    tables: Mapping[str, Mapping[str, str]]
    keys: Mapping[str, int]

    def figures(self) -> Iterator[tuple[str, str]]:
        """Name every table and column that is a figure."""
        for table, columns in self.tables.items():
            if table in WITHOUT_FIGURES:
                continue
            for column in list(columns)[self.keys[table] :]:
                listed = OF_THE_SOURCE.get(table)
                if column in listed if listed else _is_figure(table, column):
                    yield table, column

    def key_of(self, table: str, row: Row) -> str:
        """Write the key of a row."""
        names = list(row)[: self.keys[table]]
        return f"{table} " + " ".join(f"{name}={row[name]}" for name in names)

    def rows(self, table: str, condition: str, limit: int) -> list[Row]:
        """Pick rows that meet a condition, the same ones each time."""
        key = ", ".join(list(self.tables[table])[: self.keys[table]])
        found = self.connection.execute(
            f"select * from marts.{table} where {condition} order by hash({key}) limit {limit}"
        ).fetchall()
        return [dict(zip(self.tables[table], row, strict=True)) for row in found]


def _is_figure(table: str, column: str) -> bool:
    return not NAMES_AND_LINEAGE.search(column) and (table, column) not in NO_FIGURES


def published(
    connection: duckdb.DuckDBPyConnection, keys: Mapping[str, int] | None = None
) -> Published:
    """Describe a database of marts; keys have as many columns as given, or as its shapes say."""
    ((catalog,),) = connection.execute("select current_database()").fetchall()
    marts = read_tables(connection, catalog)
    types = {table.name: {column.name: column.type for column in table.columns} for table in marts}
    own = {table.name: len(table.key) for table in marts}
    return Published(connection, types, {**own, **(keys or {})})


def without_a_way(marts: Published) -> list[str]:
    """Name figures, by table, column and row, that have neither derivation nor provenance.

    Of figures that are derived only on a condition, and of those of the accounts, every row counts.
    """
    recorded = _recorded(marts)
    lost = []
    for table, column in marts.figures():
        ways = read_derivations(marts.connection, table, column)
        none_applies = " and ".join(f"({_condition(way)}) is not true" for way in ways) or "true"
        rows = marts.rows(table, f"{column} is not null and {none_applies}", 1_000)
        lost += [
            f"{marts.key_of(table, row)}: {column}"
            for row in rows
            if recorded[table, column].isdisjoint(row_keys(row))
        ]
    return lost


def _recorded(marts: Published) -> Mapping[tuple[str, str], set[str]]:
    """Give the rows whose provenance is recorded, by table and column."""
    found = marts.connection.execute(
        "select table_name, column_name, row_key from marts.figure_provenance"
    ).fetchall()
    recorded = defaultdict[tuple[str, str], set[str]](set)
    for table, column, row_key in found:
        recorded[table, column].add(row_key)
    return recorded


def not_reproduced(marts: Published, rows_per_way: int) -> list[str]:
    """Compute figures anew, some of each way in which a column is derived, nulls too.

    Returns those that differ from what is published, with both values.
    """
    wrong = []
    for table, column, way in _ways(marts):
        for known in ("not null", "null"):
            condition = f"{column} is {known} and ({_condition(way)})"
            for row in marts.rows(table, condition, rows_per_way):
                again = _again(marts, way, row, marts.tables[table][column], row[column])
                if again != row[column]:
                    told = f"{row[column]} is published, {again} computed"
                    wrong.append(f"{marts.key_of(table, row)}: {column} {told}")
    return wrong


def _ways(marts: Published) -> Iterator[tuple[str, str, Derivation]]:
    named = marts.connection.execute(
        "select distinct table_name, column_name from marts.figure_derivations order by all"
    ).fetchall()
    for table, column in named:
        if table in marts.tables:
            for way in read_derivations(marts.connection, table, column):
                yield table, column, way


def _again(marts: Published, way: Derivation, row: Row, data_type: str, value: Any) -> Any:
    """The figure anew; of what no formula gives, its inputs are asked for at least."""
    if way.formula is not None:
        return recompute(marts.connection, way, row, data_type)
    for query in way.inputs:
        find_inputs(marts.connection, query, row)
    return value


def _condition(way: Derivation) -> str:
    return (way.applies_when or "true").replace("$", "")
