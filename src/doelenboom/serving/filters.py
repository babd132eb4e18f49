"""How the address of a page of a table becomes SQL: filters, columns, order.

A small part of PostgREST's style: `column=operator.value`, `select=`, `order=`. Values are bound,
never written into the statement; what is unknown is refused.
"""

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite

from doelenboom.errors import RefusedError, nearest
from doelenboom.publication.reading.reader import CATALOG
from doelenboom.storage.resources import sql_name
from doelenboom.storage.tables import SCHEMA, Column, Table

COMPARISONS = {"eq": "=", "neq": "<>", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
NULLS = {"null": "is null", "not_null": "is not null"}
OPERATORS = (*COMPARISONS, "in", "is")
OPERATOR = re.compile(r"([a-z]+)\.(.*)", re.DOTALL)
LIST = re.compile(r"\((.*)\)", re.DOTALL)
MOST_VALUES = 1_000

Filter = tuple[str, str]
"""The name of a column and what the address says of it."""


@dataclass(frozen=True)
class Selection:
    """A statement, the texts that are bound in it, and the columns that it gives."""

    sql: str
    values: tuple[str, ...]
    columns: tuple[str, ...]


def _is_date(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)) and bool(date.fromisoformat(text))


KINDS: Mapping[str, tuple[str, str, Callable[[str], object]]] = {
    "INTEGER": ("bigint", "a whole number", re.compile(r"[+-]?\d{1,18}").fullmatch),
    "BIGINT": ("bigint", "a whole number", re.compile(r"[+-]?\d{1,18}").fullmatch),
    "DECIMAL": (
        "decimal(38, 12)",
        "a number such as 12345.678",
        re.compile(r"[+-]?\d{1,18}(\.\d{1,12})?").fullmatch,
    ),
    "DOUBLE": ("double", "a number such as 0.5", lambda text: isfinite(float(text))),
    "DATE": ("date", "a date such as 2018-12-31", _is_date),
    "BOOLEAN": ("boolean", "true or false", re.compile("true|false").fullmatch),
    "VARCHAR": ("varchar", "text", lambda text: "\0" not in text),
}
"""Per type of a column: what a value is cast to, in words, and whether a text is one."""


def page(
    table: Table,
    filters: Sequence[Filter],
    select: str | None,
    order: str | None,
    *,
    limit: int,
    offset: int = 0,
) -> Selection:
    """Write the SELECT of a page of a table's rows; its order leaves no two rows open.

    Raises `RefusedError` for a column, operator or value that there is not.
    """
    columns = {column.name: column for column in table.columns}
    chosen = _names(select, columns, table) if select else list(columns)
    conditions, values = [], []
    for name, expression in filters:
        condition, bound = _condition(_column(name, columns, table), expression)
        conditions.append(condition)
        values.extend(bound)
    place = sql_name(CATALOG, SCHEMA, table.name)
    wanted, ordered = _listed(chosen), ", ".join(_order(order, columns, table))
    if table.view and table.key and not order:
        sql = _page_of_view(place, table.key, conditions, wanted, limit=limit, offset=offset)
        return Selection(sql, (*values, *values), tuple(chosen))
    sql = (
        f"select {wanted} from {place}{_where(conditions)} order by {ordered}"
        f" limit {limit} offset {offset}"
    )
    return Selection(sql, tuple(values), tuple(chosen))


def _page_of_view(
    place: str,
    key: Sequence[str],
    conditions: Sequence[str],
    wanted: str,
    *,
    limit: int,
    offset: int,
) -> str:
    """Write the SELECT of a page of a view in the order of its key, for the largest tables.

    DuckDB sorts all rows of a view whole to find a page, which takes more memory than there is.
    In this order the page lies in few values of the first column; how many rows each has is known
    at once, so that only their rows are sorted. The values of `conditions` are bound twice.
    """
    first = sql_name(key[0])
    within = _where([*conditions, f"{first} in (select part from here)"])
    return (
        f"with parts as (select {first} as part, count(*) as n from {place}{_where(conditions)}"
        f" group by all), counted as (select part, n, sum(n) over (order by part) - n as before"
        f" from parts), here as (select part, before from counted"
        f" where before < {offset + limit} and before + n > {offset})"
        f" select {wanted} from {place}{within} order by {_listed(key)}"
        f" limit {limit} offset {offset} - (select coalesce(min(before), 0) from here)"
    )


def _where(conditions: Sequence[str]) -> str:
    return f" where {' and '.join(conditions)}" if conditions else ""


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(sql_name, names))


def _column(name: str, columns: Mapping[str, Column], table: Table) -> Column:
    if name not in columns:
        raise RefusedError(
            f"Table {table.name} has no column {name[:100]!r}, /tables/{table.name} lists them"
            f"{nearest(name, columns)}"
        )
    return columns[name]


def _names(text: str, columns: Mapping[str, Column], table: Table) -> list[str]:
    names = [_column(name, columns, table).name for name in text.split(",")]
    if len(set(names)) < len(names):
        raise RefusedError(f"select={text} names a column twice")
    return names


def _order(order: str | None, columns: Mapping[str, Column], table: Table) -> list[str]:
    """Write the order that was asked, then that of the key."""
    terms = []
    for word in order.split(",") if order else []:
        name, _, direction = word.partition(".")
        if direction not in ("", "asc", "desc"):
            raise RefusedError(f"order={word} has no direction {direction!r}, only asc and desc")
        column = sql_name(_column(name, columns, table).name)
        terms.append(f"{column} {direction or 'asc'} nulls last")
    return [*terms, *(sql_name(name) for name in table.key or columns)]


def _condition(column: Column, expression: str) -> tuple[str, list[str]]:
    """Write one filter: its SQL, and the texts bound in it."""
    operator, value = _operator(column, expression)
    place = sql_name(column.name)
    if operator == "is":
        if value not in NULLS:
            raise RefusedError(f"{column.name}=is.{value}: expected is.null or is.not_null")
        return f"{place} {NULLS[value]}", []
    if operator == "in":
        values = _list(column, value)
        return f"{place} in ({', '.join(_bound(column, each) for each in values)})", values
    return f"{place} {COMPARISONS[operator]} {_bound(column, value)}", [value]


def _operator(column: Column, expression: str) -> tuple[str, str]:
    """Split `operator.value`; a value that does not begin like an operator is to be equal."""
    match = OPERATOR.match(expression)
    if match is None:
        return "eq", expression
    if match[1] not in OPERATORS:
        raise RefusedError(
            f"{column.name}={expression} has no operator {match[1]!r}, only {', '.join(OPERATORS)}"
            f" (a text that begins so is written eq.{expression})"
        )
    return match[1], match[2]


def _list(column: Column, text: str) -> list[str]:
    """Read `(a,b,"c,d")`."""
    match = LIST.fullmatch(text)
    try:
        values = next(csv.reader([match[1]], strict=True), [""]) if match else []
    except csv.Error:  # a quote that is not closed
        values = []
    if not 0 < len(values) <= MOST_VALUES:
        raise RefusedError(
            f"{column.name}=in.{text}: expected 1 to {MOST_VALUES} values as in.(a,b)"
        )
    return values


def _bound(column: Column, value: str) -> str:
    """Write the place of a bound value. Raises `RefusedError` when it is not of its type."""
    kind, words, is_one = KINDS[column.type.partition("(")[0]]
    try:
        fits = is_one(value)
    except (ValueError, OverflowError):
        fits = False
    if not fits:
        raise RefusedError(f"{column.name} is compared with {value!r}, expected {words}")
    return f"cast(? as {kind})"
