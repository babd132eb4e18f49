"""What the cells of a package must hold: its table schemas, and the few rules they cannot say.

Types and constraints are judged by Frictionless on the schemas of `datapackage.json`, keys and
references here: its tables copy their schemas at every opening, a third of a second for a package
of a few rows. Added to them: figures are written the ISO way and fit a DECIMAL(18,3), or have
as many decimals as their field's own `decimals` says; text has no white space around it, a
municipality exists in the fiscal year, and what is `reported` has a figure. Reads no file.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from frictionless import Field, Package, Resource, Schema

from doelenboom.sources.accounts.problems import PackageProblem, quote
from doelenboom.sources.accounts.tables import FIRST_ROW, PackageTable

MUNICIPALITY_COLUMNS = ("municipality_code", "member_code")
"""The columns of a row that hold a municipality."""

Periods = Sequence[tuple[date, date | None]]
"""First and last day of each period in which a municipality existed; None: still does."""

_DECIMALS = {3: "three", 6: "six"}
_SPELLINGS = {
    "integer": r"-?(0|[1-9][0-9]{0,8})",
    "number": r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,%d})?",
}
"""How figures are written; Frictionless also takes `1_000`, `1e3`, `NaN` and spaces."""


Key = tuple[object, ...]
Keys = Mapping[tuple[str, tuple[str, ...]], Container[Key]]
"""The keys that there are, by table and columns."""


@dataclass(frozen=True)
class _Row:
    """One row of a table on its way to a verdict: its line, its cells as text and as values.

    A cell that is empty or no value of its field's type has the value None.
    """

    table: PackageTable
    line: int
    cells: Mapping[str, str]
    values: Mapping[str, object]
    refused: Sequence[str]
    """Columns whose cell is not what the type and constraints of the field take."""

    def key(self, columns: Iterable[str]) -> Key:
        return tuple(self.values[name] for name in columns)

    def problem(self, rule: str, found: str, expected: str, *columns: str) -> PackageProblem:
        return PackageProblem(self.table.path, found, expected, self.line, columns, rule)

    def quote(self, columns: Iterable[str]) -> str:
        return quote(", ".join(self.cells[name] for name in columns))


def judge_tables(
    package: Package, tables: Sequence[PackageTable], known: Mapping[str, Periods]
) -> list[PackageProblem]:
    """Return every fault in the cells of `tables`, in the order of files, rows and columns.

    `package` describes them, its resources in the same order; `known` holds the periods of each
    municipality code.
    """
    schemas = [resource.schema for resource in package.resources]
    rows = [_read_rows(table, schema) for table, schema in zip(tables, schemas, strict=True)]
    keys = _keys(package, rows)
    return [
        problem
        for resource, read in zip(package.resources, rows, strict=True)
        for problem in _judge_table(resource, read, known, keys)
    ]


def _read_rows(table: PackageTable, schema: Schema) -> list[_Row]:
    """Read every cell as its field says: what Frictionless does, without its files and copies."""
    readers = [(field.name, field.create_cell_reader()) for field in schema.fields]
    rows = []
    for line, cells in enumerate(table.rows, start=FIRST_ROW):
        read = [(name, *reader(cell)) for (name, reader), cell in zip(readers, cells, strict=True)]
        values = {name: value for name, value, _ in read}
        refused = [name for name, _, notes in read if notes]
        rows.append(
            _Row(table, line, dict(zip(table.columns, cells, strict=True)), values, refused)
        )
    return rows


def _keys(package: Package, rows: Sequence[Sequence[_Row]]) -> Keys:
    """Collect the keys that the tables of a package refer to."""
    named = dict(zip((resource.name for resource in package.resources), rows, strict=True))
    targets = {
        _target(resource.name, reference)
        for resource in package.resources
        for reference in resource.schema.foreign_keys
    }
    return {(name, columns): {row.key(columns) for row in named[name]} for name, columns in targets}


def _target(name: str, reference: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Say which table and columns a reference of a table leads to; no name is the table itself."""
    target = reference["reference"]
    return target["resource"] or name, tuple(target["fields"])


def _judge_table(
    resource: Resource, rows: Sequence[_Row], known: Mapping[str, Periods], keys: Keys
) -> list[PackageProblem]:
    schema, measures = resource.schema, resource.custom.get("measures", [])
    first_lines: dict[tuple[str, ...], int] = {}
    problems: list[PackageProblem] = []
    for row in rows:
        if not any(row.cells.values()):
            problems.append(row.problem("empty_row", "only empty cells", "a row with values"))
            continue
        key = tuple(row.cells[name] for name in schema.primary_key)
        first_line = first_lines.setdefault(key, row.line)
        problems += _schema_problems(row, resource, first_line, keys)
        problems += _spelling_problems(row, schema.fields)
        problems += _municipality_problems(row, known)
        problems += _measure_problems(row, measures)
    return sorted(dict.fromkeys(problems), key=_position(rows[0].table)) if problems else []


def _position(table: PackageTable) -> Callable[[PackageProblem], tuple[int, int, int]]:
    """Order by row, then column; a key or reference comes after the faults of its columns."""

    def position(problem: PackageProblem) -> tuple[int, int, int]:
        places = [table.columns.index(name) for name in problem.columns]
        return problem.row or 0, max(places, default=0), len(places)

    return position


def _schema_problems(
    row: _Row, resource: Resource, first_line: int, keys: Keys
) -> Iterator[PackageProblem]:
    schema = resource.schema
    for name in row.refused:
        yield _cell_problem(row, schema.get_field(name))
    if schema.primary_key and first_line < row.line:
        names = tuple(schema.primary_key)
        yield row.problem(
            "key", f"{row.quote(names)} as in row {first_line}", "each key once", *names
        )
    for reference in schema.foreign_keys:
        names = tuple(reference["fields"])
        key, target = row.key(names), _target(resource.name, reference)
        if set(key) != {None} and key not in keys[target]:
            yield row.problem("reference", row.quote(names), f"a row of {target[0]}.csv", *names)


def _spelling_problems(row: _Row, fields: Sequence[Field]) -> Iterator[PackageProblem]:
    for field in fields:
        cell = row.cells[field.name]
        spelling = _spelling(field)
        if cell and spelling and not re.fullmatch(spelling, cell):
            yield _cell_problem(row, field)
        elif field.type == "string" and cell != cell.strip():
            yield row.problem("white_space", quote(cell), "no white space around it", field.name)


def _spelling(field: Field) -> str | None:
    spelling = _SPELLINGS.get(field.type)
    return spelling % _decimals(field) if spelling and field.type == "number" else spelling


def _decimals(field: Field) -> int:
    decimals: int = field.custom.get("decimals", 3)
    return decimals


def _cell_problem(row: _Row, field: Field) -> PackageProblem:
    cell = row.cells[field.name]
    found = quote(cell) if cell else "an empty cell"
    return row.problem("type", found, expectation(field), field.name)


def expectation(field: Field) -> str:
    """Say in words what a field takes, from its type and constraints."""
    limits = field.constraints
    if "enum" in limits:
        return f"one of {', '.join(limits['enum'])}"
    if "pattern" in limits:
        return f"text of the form {limits['pattern']}"
    if field.type == "integer":
        bounds = [f"{word} {limits[word]}" for word in ("minimum", "maximum") if word in limits]
        return ", ".join(["a whole number", *bounds])
    if field.type == "number":
        most = _DECIMALS[_decimals(field)]
        return f"a number such as 12345.6, with a decimal point and at most {most} decimals"
    return "true or false" if field.type == "boolean" else "a value"


def existed(periods: Periods, year: int) -> bool:
    """Say whether a municipality with these periods existed on some day of a year."""
    return any(
        first.year <= year and (last is None or last.year >= year) for first, last in periods
    )


def _municipality_problems(row: _Row, known: Mapping[str, Periods]) -> Iterator[PackageProblem]:
    year = row.cells.get("fiscal_year", "")
    if not re.fullmatch("[0-9]{4}", year):
        return
    for name in MUNICIPALITY_COLUMNS:
        code = row.cells.get(name, "")
        if code and not existed(known.get(code, ()), int(year)):
            yield row.problem(
                "municipality", quote(code), f"a municipality that existed in {year}", name
            )


def _measure_problems(row: _Row, measures: Sequence[str]) -> Iterator[PackageProblem]:
    if not measures or any(row.cells[name] for name in measures):
        return
    if row.cells["value_status"] == "reported":
        found = "no figure while value_status is 'reported'"
        yield row.problem("measure", found, "a figure or another status", *measures)
