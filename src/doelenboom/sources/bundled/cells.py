"""What the cells of a bundled Parquet file must hold: its table schema, and a few rules beside it.

Columns are judged whole: a value that stands in many rows is looked at once. Reads no file.
"""

import re
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from frictionless import Field, Resource

from doelenboom.sources.accounts.problems import PackageProblem, quote
from doelenboom.sources.accounts.rules import Periods, existed, expectation

Fault = tuple[int, str, str, tuple[str, ...]]
"""Row from 0, what was found, what was expected, in which columns."""


def judge_cells(
    path: Path,
    table: pa.Table,
    resource: Resource,
    known: Mapping[str, Periods],
    targets: Mapping[str, Set[str]],
) -> list[PackageProblem]:
    """Return every fault in the cells of `table`, in the order of rows and columns.

    `targets` holds the keys that a column may refer to.
    """
    faults = [
        fault
        for field in resource.schema.fields
        for fault in _field_faults(table[field.name], field, targets.get(field.name))
    ]
    if not faults:
        faults += _key_faults(table, tuple(resource.schema.primary_key))
        faults += _municipality_faults(table, known)
        faults += _measure_faults(table, resource.custom.get("measures", []))
    order = {name: place for place, name in enumerate(table.column_names)}
    faults.sort(key=lambda fault: (fault[0], *(order[name] for name in fault[3])))
    return [
        PackageProblem(path, found, expected, row + 1, columns)
        for row, found, expected, columns in faults
    ]


def _field_faults(
    column: pa.ChunkedArray, field: Field, target: Set[str] | None
) -> Iterator[Fault]:
    limits, name = field.constraints, (field.name,)
    if limits.get("required"):
        yield from (
            (row, "an empty cell", expectation(field), name) for row in _where(pc.is_null(column))
        )
    for value in _refused(column, limits):
        for row in _where(pc.equal(column, pa.scalar(value, column.type))):
            yield row, quote(str(value)), expectation(field), name
    if field.type == "string":
        texts = [text for text in column.unique().to_pylist() if text is not None]
        for text in texts:
            expected = _expected_of_text(text, target)
            if expected:
                for row in _where(pc.equal(column, text)):
                    yield row, quote(text), expected, name


def _expected_of_text(text: str, target: Set[str] | None) -> str | None:
    if text != text.strip() or not text:
        return "no white space around it" if text else "a text or nothing"
    return None if target is None or text in target else "a row of the table that it refers to"


def _refused(column: pa.ChunkedArray, limits: Mapping[str, Any]) -> Iterator[Any]:
    """Give the values of a column that its constraints do not take, each once."""
    judged = {"enum", "pattern", "minimum", "maximum"} & limits.keys()
    for value in column.unique().to_pylist() if judged else ():
        if value is not None and not _taken(value, limits):
            yield value


def _taken(value: Any, limits: Mapping[str, Any]) -> bool:
    if "enum" in limits and value not in limits["enum"]:
        return False
    if "pattern" in limits and not re.fullmatch(limits["pattern"], value):
        return False
    return bool(limits.get("minimum", value) <= value <= limits.get("maximum", value))


def _key_faults(table: pa.Table, key: tuple[str, ...]) -> Iterator[Fault]:
    numbered = table.select(key).append_column("row", pa.array(range(table.num_rows)))
    grouped = numbered.group_by(key).aggregate([("row", "min"), ("row", "count"), ("row", "list")])
    for found in grouped.filter(pc.greater(grouped["row_count"], 1)).to_pylist():
        values = quote(", ".join(str(found[name]) for name in key))
        for row in sorted(found["row_list"])[1:]:
            yield row, f"{values} as in row {found['row_min'] + 1}", "each key once", key


def _municipality_faults(table: pa.Table, known: Mapping[str, Periods]) -> Iterator[Fault]:
    """Find rows of a year in which their municipality did not exist."""
    names = ("municipality_code", "fiscal_year")
    if not {*names} <= {*table.column_names}:
        return
    pairs = table.select(names).group_by(names).aggregate([]).to_pylist()
    for code, year in sorted((pair[names[0]], pair[names[1]]) for pair in pairs):
        if not existed(known.get(code, ()), year):
            there = pc.and_(pc.equal(table[names[0]], code), pc.equal(table[names[1]], year))
            for row in _where(there):
                yield row, quote(code), f"a municipality that existed in {year}", names[:1]


def _measure_faults(table: pa.Table, measures: list[str]) -> Iterator[Fault]:
    """Find rows whose status says that there is a figure, or none, and that have it otherwise."""
    if not measures:
        return
    without = pc.starts_with(table["value_status"], "not_")
    for name in measures:
        empty = pc.is_null(table[name])
        for row in _where(pc.xor(without, empty)):
            found = "no figure" if empty[row].as_py() else "a figure"
            status = quote(table["value_status"][row].as_py())
            expected = "one exactly where it was reported"
            yield row, f"{found} while value_status is {status}", expected, (name,)


def _where(mask: pa.ChunkedArray) -> list[int]:
    """Give the places at which a mask is true."""
    places: list[int] = pc.indices_nonzero(pc.fill_null(mask, False)).to_pylist()
    return places
