"""What the cells of a package must hold: its table schemas, and the few rules they cannot say.

Types, constraints, keys and references are judged by Frictionless on the schemas of
`datapackage.json`. Added here: figures are written the ISO way and fit a DECIMAL(18,3), or have
as many decimals as their field's own `decimals` says; text has no white space around it, a
municipality exists in the fiscal year, and what is `reported` has a figure. Reads no file.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from frictionless import Field, Package, Resource, Row, Schema
from frictionless.errors import CellError, ForeignKeyError, PrimaryKeyError
from frictionless.resources import TableResource

from doelenboom.sources.accounts.problems import Problem, quote
from doelenboom.sources.accounts.tables import FIRST_ROW, Table

Periods = Sequence[tuple[date, date | None]]
"""First and last day of each period in which a municipality existed; None: still does."""

_DECIMALS = {3: "three", 6: "six"}
_SPELLINGS = {
    "integer": r"-?(0|[1-9][0-9]{0,8})",
    "number": r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,%d})?",
}
"""How figures are written; Frictionless also takes `1_000`, `1e3`, `NaN` and spaces."""


@dataclass(frozen=True)
class _Row:
    """One row of a table on its way to a verdict: its line and the text of its cells."""

    table: Table
    line: int
    cells: Mapping[str, str]

    def problem(self, found: str, expected: str, *columns: str) -> Problem:
        return Problem(self.table.path, found, expected, self.line, columns)

    def quote(self, columns: Iterable[str]) -> str:
        return quote(", ".join(self.cells[name] for name in columns))


def judge_tables(
    package: Package, tables: Sequence[Table], known: Mapping[str, Periods]
) -> list[Problem]:
    """Return every fault in the cells of `tables`, in the order of files, rows and columns.

    `package` describes them, its resources in the same order; `known` holds the periods of each
    municipality code.
    """
    filled = [
        TableResource(
            name=resource.name,
            data=[list(table.columns), *map(list, table.rows)],
            schema=resource.schema,
        )
        for resource, table in zip(package.resources, tables, strict=True)
    ]
    Package(resources=list[Resource](filled))  # resources find each other's keys through it
    measures = [resource.custom.get("measures", []) for resource in package.resources]
    return [
        problem
        for resource, table, names in zip(filled, tables, measures, strict=True)
        for problem in _judge_table(resource, table, names, known)
    ]


def _judge_table(
    resource: TableResource, table: Table, measures: Sequence[str], known: Mapping[str, Periods]
) -> list[Problem]:
    first_lines: dict[tuple[str, ...], int] = {}
    problems: list[Problem] = []
    for judged in resource.read_rows():
        cells = table.rows[judged.row_number - FIRST_ROW]
        row = _Row(table, judged.row_number, dict(zip(table.columns, cells, strict=True)))
        if not any(cells):
            problems.append(row.problem("only empty cells", "a row with values"))
            continue
        key = tuple(row.cells[name] for name in resource.schema.primary_key)
        first_line = first_lines.setdefault(key, row.line)
        problems += _schema_problems(row, judged, resource.schema, first_line)
        problems += _spelling_problems(row, resource.schema.fields)
        problems += _municipality_problems(row, known)
        problems += _measure_problems(row, measures)
    return sorted(dict.fromkeys(problems), key=_position(table))


def _position(table: Table) -> Callable[[Problem], tuple[int, int, int]]:
    """Order by row, then column; a key or reference comes after the faults of its columns."""

    def position(problem: Problem) -> tuple[int, int, int]:
        places = [table.columns.index(name) for name in problem.columns]
        return problem.row or 0, max(places, default=0), len(places)

    return position


def _schema_problems(row: _Row, judged: Row, schema: Schema, first_line: int) -> Iterator[Problem]:
    for error in judged.errors:
        if isinstance(error, CellError):
            yield _cell_problem(row, schema.get_field(error.field_name))
        elif isinstance(error, ForeignKeyError):
            names = tuple(error.field_names)
            found, target = row.quote(names), error.reference_name or row.table.path.stem
            yield row.problem(found, f"a row of {target}.csv", *names)
        elif isinstance(error, PrimaryKeyError) and first_line < row.line:
            names = tuple(schema.primary_key)
            found = f"{row.quote(names)} as in row {first_line}"
            yield row.problem(found, "each key once", *names)


def _spelling_problems(row: _Row, fields: Sequence[Field]) -> Iterator[Problem]:
    for field in fields:
        cell = row.cells[field.name]
        spelling = _spelling(field)
        if cell and spelling and not re.fullmatch(spelling, cell):
            yield _cell_problem(row, field)
        elif field.type == "string" and cell != cell.strip():
            yield row.problem(quote(cell), "no white space around it", field.name)


def _spelling(field: Field) -> str | None:
    spelling = _SPELLINGS.get(field.type)
    return spelling % _decimals(field) if spelling and field.type == "number" else spelling


def _decimals(field: Field) -> int:
    decimals: int = field.custom.get("decimals", 3)
    return decimals


def _cell_problem(row: _Row, field: Field) -> Problem:
    cell = row.cells[field.name]
    return row.problem(quote(cell) if cell else "an empty cell", _expectation(field), field.name)


def _expectation(field: Field) -> str:
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


def _municipality_problems(row: _Row, known: Mapping[str, Periods]) -> Iterator[Problem]:
    code, year = row.cells.get("municipality_code", ""), row.cells.get("fiscal_year", "")
    if not re.fullmatch("[0-9]{4}", year) or not code:
        return
    if not any(
        first.year <= int(year) and (last is None or last.year >= int(year))
        for first, last in known.get(code, ())
    ):
        expected = f"a municipality that existed in {year}"
        yield row.problem(quote(code), expected, "municipality_code")


def _measure_problems(row: _Row, measures: Sequence[str]) -> Iterator[Problem]:
    if not measures or any(row.cells[name] for name in measures):
        return
    if row.cells["value_status"] == "reported":
        found = "no figure while value_status is 'reported'"
        yield row.problem(found, "a figure or another status", *measures)
