"""The bundled Parquet files as a whole: are they fit to build from?

`datapackage.json` says which files and columns there are and what they hold. Rows are counted from
1: a Parquet file has no header. Nothing is changed, loaded or built here.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from frictionless import Resource

from doelenboom.sources.accounts.package import (
    PackageSummary,
    TableSummary,
    read_schema,
    unknown_files,
)
from doelenboom.sources.accounts.problems import PackageProblem, refuse_any
from doelenboom.sources.accounts.rules import Periods
from doelenboom.sources.accounts.tables import read_table
from doelenboom.sources.bundled.cells import judge_cells

_TYPES: Mapping[str, Callable[[pa.DataType], bool]] = {
    "string": pa.types.is_string,
    "integer": pa.types.is_integer,
    "number": pa.types.is_decimal,
    "date": pa.types.is_date,
}


def check_bundled(folder: Path, schema: Path, known: Mapping[str, Periods]) -> PackageSummary:
    """Accept the Parquet files of `folder` as those that `schema` describes, or refuse them.

    `known` holds the periods in which each municipality existed: where a row has a fiscal year, its
    municipality must have existed in it. Cells are judged once every file can be read and has its
    columns. Raises `RefusedError` with the first fault, in the order of files, rows and columns,
    and the count of the others.
    """
    package = read_schema(schema)
    refuse_any(unknown_files(folder, package, "*.parquet"))
    paths = [folder / f"{resource.path}" for resource in package.resources]
    refuse_any(
        [
            problem
            for path, resource in zip(paths, package.resources, strict=True)
            for problem in _shape_problems(path, resource)
        ]
    )
    tables = []
    for path, resource in zip(paths, package.resources, strict=True):
        table = pq.read_table(path, partitioning=None)
        refuse_any(judge_cells(path, table, resource, known, _targets(schema, resource)))
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        tables.append(TableSummary(path.name, table.num_rows, sha256))
    return PackageSummary(tuple(tables))


def _shape_problems(path: Path, resource: Resource) -> Iterator[PackageProblem]:
    """Find what is wrong with a file before any of its rows is read."""
    if not path.is_file():
        yield PackageProblem(path, "no file", "a Parquet file")
        return
    try:
        found = pq.read_schema(path)
    except (OSError, pa.ArrowException):
        yield PackageProblem(path, "bytes that cannot be read", "a Parquet file")
        return
    names = resource.schema.field_names
    if found.names != names:
        yield PackageProblem(path, f"columns {', '.join(found.names)}", ", ".join(names))
        return
    for field in resource.schema.fields:
        kind = found.field(field.name).type
        if not _TYPES[field.type](kind):
            yield PackageProblem(path, f"the type {kind}", field.type, columns=(field.name,))


def _targets(schema: Path, resource: Resource) -> dict[str, frozenset[str]]:
    """Read what a column may refer to in a table of another package: its keys, by column."""
    return {
        column: _keys(schema.parent / reference["package"], reference["resource"], target)
        for column, target, reference in _references(resource)
    }


def _references(resource: Resource) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    for reference in resource.schema.foreign_keys:
        (column,), (target,) = reference["fields"], reference["reference"]["fields"]
        yield column, target, reference["reference"]


def _keys(schema: Path, name: str, column: str) -> frozenset[str]:
    target = read_schema(schema).get_resource(name)
    table = read_table(schema.parent / f"{target.path}", target.schema.field_names)
    refuse_any(table.problems)
    place = table.columns.index(column)
    return frozenset(row[place] for row in table.rows)
