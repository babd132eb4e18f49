"""The accounts package as a whole: is it fit to build from?

`datapackage.json` beside the CSV files is the one truth of which files and columns there are
and what they hold. Nothing is changed, loaded or built here.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from frictionless import FrictionlessException, Package

from doelenboom.codes import codes
from doelenboom.errors import RefusedError
from doelenboom.sources.accounts.problems import PackageProblem, label, quote, refuse_any
from doelenboom.sources.accounts.rules import Periods, judge_tables
from doelenboom.sources.accounts.tables import FIRST_ROW, read_table

DELIVERABLE = ("accounts", "own")
"""The folders of seeds/ with packages of which rows can be delivered."""

_MUNICIPALITY_COLUMNS = (
    "municipality_code",
    "municipality_name",
    "province_code",
    "valid_from",
    "valid_to",
    "source",
)


@dataclass(frozen=True)
class TableSummary:
    """One accepted file: its name, its rows below the header and the SHA-256 of its bytes."""

    file: str
    rows: int
    sha256: str


@dataclass(frozen=True)
class PackageSummary:
    """An accepted package: its files in the order of `datapackage.json`."""

    tables: tuple[TableSummary, ...]


def check_package(
    folder: Path, known_municipalities: Mapping[str, Periods], schema: Path | None = None
) -> PackageSummary:
    """Accept the CSV files of `folder` as the package that its schema describes, or refuse them.

    `schema` is the data package that describes them, by default `datapackage.json` in `folder`.
    `known_municipalities` is what `read_known_municipalities` returns: where a row has a fiscal
    year, its municipality must have existed in it. Cells are judged once every file can be read
    and has its columns. Raises `RefusedError` with the first fault, in the order of files, rows
    and columns, and the count of the others.
    """
    package = read_schema(schema or folder / "datapackage.json")
    refuse_any(unknown_files(folder, package, "*.csv"))
    tables = [
        read_table(folder / f"{resource.path}", resource.schema.field_names)
        for resource in package.resources
    ]
    refuse_any([problem for table in tables for problem in table.problems])
    refuse_any(judge_tables(package, tables, known_municipalities))
    return PackageSummary(
        tuple(TableSummary(table.path.name, len(table.rows), table.sha256) for table in tables)
    )


def read_known_municipalities(path: Path) -> dict[str, list[tuple[date, date | None]]]:
    """Read from a reference list in which periods each municipality code existed.

    The list is a CSV file with `municipality_code, municipality_name, province_code, valid_from,
    valid_to, source`; both dates are ISO dates and belong to the period, an empty `valid_to` says
    that the municipality still exists. Raises `RefusedError` on a list it cannot read.
    """
    table = read_table(path, _MUNICIPALITY_COLUMNS)
    refuse_any(table.problems)
    known: dict[str, list[tuple[date, date | None]]] = {}
    problems: list[PackageProblem] = []
    for line, cells in enumerate(table.rows, start=FIRST_ROW):
        row = dict(zip(table.columns, cells, strict=True))
        problems += _date_problems(path, line, row)
        if not problems:
            last = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
            period = (date.fromisoformat(row["valid_from"]), last)
            known.setdefault(row["municipality_code"], []).append(period)
    refuse_any(problems)
    return known


def unknown_files(folder: Path, package: Package, pattern: str) -> list[PackageProblem]:
    """Find files beside those of the package: they would be ignored without a word."""
    known = {folder / f"{resource.path}" for resource in package.resources}
    return [
        PackageProblem(path, "a file that the package does not know", "only the files it describes")
        for place in sorted({path.parent for path in known})
        for path in sorted(place.glob(pattern))
        if path not in known
    ]


def _date_problems(path: Path, line: int, row: Mapping[str, str]) -> Iterator[PackageProblem]:
    for column in ("valid_from", "valid_to"):
        if column == "valid_to" and not row[column]:
            continue
        try:
            date.fromisoformat(row[column])
        except ValueError:
            expected = "a date such as 2018-01-01"
            yield PackageProblem(path, quote(row[column]), expected, line, (column,))


def read_descriptor(path: Path) -> dict[str, Any]:
    """Read a description whose constraints may name a code list, `"codes": "flow"`, and list them.

    What is returned is a plain data package. Raises `ValueError` when it is no JSON or names a
    list that there is not.
    """
    return _described(path.read_text(encoding="utf-8"))


def _described(text: str) -> dict[str, Any]:
    def listed(found: dict[str, Any]) -> dict[str, Any]:
        if isinstance(name := found.get("codes"), str):
            try:
                return {key: value for key, value in found.items() if key != "codes"} | {
                    "enum": list(codes(name))
                }
            except KeyError as error:
                raise ValueError(f"no code list {name}") from error
        return found

    described: dict[str, Any] = json.loads(text, object_hook=listed)
    return described


@lru_cache(maxsize=16)
def _package(text: str) -> Package:
    """Frictionless takes tenths of a second to judge one, and a night asks for each many times."""
    return Package.from_descriptor(_described(text))


def read_schema(path: Path) -> Package:
    """Read the description of a package, to be read only: who reads the same text shares it.

    Raises `RefusedError` when it is none.
    """
    if not path.is_file():
        refuse_any([PackageProblem(path, "no file", "the description of the package")])
    try:
        return _package(path.read_text(encoding="utf-8"))
    except (ValueError, FrictionlessException) as error:
        reason = str(error).splitlines()[0]
        raise RefusedError(f"{label(path)}: not a data package ({reason}).") from error
