"""How a published column is derived: what `marts.figure_derivations` says, run for one row.

The table holds the queries; here they are bound to the columns of a row and asked. What a figure
means, and which tables there are, is known there and not here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from doelenboom.storage.resources import sql_text

Row = Mapping[str, Any]
"""A published row: each column with its value."""

_PARAMETER = re.compile(r"\$([a-z_][a-z_0-9]*)")

_READ = """
    select
        derivation_no, applies_when, operation, formula, description,
        input_no, input_table, input_column, input_query
    from marts.figure_derivations
    where table_name = $table and column_name = $column
    order by derivation_no, input_no
"""


@dataclass(frozen=True)
class InputQuery:
    """One input of a derivation: its published table and column, and the query that finds it."""

    table: str
    column: str
    query: str


@dataclass(frozen=True)
class Derivation:
    """One way in which a column is derived; null `applies_when` is always, null `formula` none."""

    applies_when: str | None
    operation: str
    formula: str | None
    description: str
    inputs: tuple[InputQuery, ...]


@dataclass(frozen=True)
class FoundInput:
    """A figure that an input query found: the key of its row (empty: the row itself), its value."""

    table: str
    column: str
    key: Mapping[str, Any]
    value: Any


def read_derivations(
    connection: duckdb.DuckDBPyConnection, table: str, column: str
) -> list[Derivation]:
    """Read the ways in which a column is derived, in order; none where it has no derivation."""
    rows = connection.execute(_READ, {"table": table, "column": column}).fetchall()
    grouped: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        grouped.setdefault(row[0], []).append(row)
    return [_derivation(lines) for lines in grouped.values()]


def _derivation(lines: Sequence[tuple[Any, ...]]) -> Derivation:
    _, applies_when, operation, formula, description, *_ = lines[0]
    inputs = tuple(InputQuery(*line[6:]) for line in lines if line[5])
    return Derivation(applies_when, operation, formula, description, inputs)


def derivation_of(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, row: Row
) -> Derivation | None:
    """Return the first derivation of the column that applies to the row, or None."""
    for derivation in read_derivations(connection, table, column):
        if derivation.applies_when is None:
            return derivation
        ((applies,),) = _ask(connection, f"select {derivation.applies_when}", row)
        if applies:
            return derivation
    return None


def find_inputs(
    connection: duckdb.DuckDBPyConnection, query: InputQuery, row: Row
) -> list[FoundInput]:
    """Ask for an input: the columns before `value` are the key of its row."""
    found = connection.execute(query.query, _parameters(query.query, row))
    names = [column[0] for column in found.description]
    place = names.index("value")
    return [
        FoundInput(
            query.table, query.column, dict(zip(names[:place], values, strict=False)), values[place]
        )
        for values in found.fetchall()
    ]


def recompute(
    connection: duckdb.DuckDBPyConnection, derivation: Derivation, row: Row, data_type: str
) -> Any:
    """Compute a figure anew from its inputs, as the SQL type of its column.

    Raises `duckdb.Error` for a formula that gives more than one value.
    """
    sql = formula_sql(derivation, data_type)
    rows = _ask(connection, sql, row)
    return rows[0][0] if rows else None


def formula_sql(derivation: Derivation, data_type: str) -> str:
    """Write the formula and its inputs as one query with parameters."""
    inputs = ", ".join(
        f"input_{number} as ({query.query})" for number, query in enumerate(derivation.inputs, 1)
    )
    computed = f"select cast(({derivation.formula}) as {data_type})"
    return f"with {inputs} {computed}" if inputs else computed


def literal_sql(sql: str, row: Row) -> str:
    """Write a query on one line, with the values of the row for its parameters, to run by hand."""
    return _PARAMETER.sub(lambda found: _literal(row[found.group(1)]), " ".join(sql.split()))


def _ask(connection: duckdb.DuckDBPyConnection, sql: str, row: Row) -> Sequence[tuple[Any, ...]]:
    return connection.execute(sql, _parameters(sql, row)).fetchall()


def _parameters(sql: str, row: Row) -> dict[str, Any]:
    return {name: row[name] for name in set(_PARAMETER.findall(sql))}


def _literal(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case _:
            return sql_text(value)
