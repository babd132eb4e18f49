"""What readers were promised at the last release, and whom a change to it breaks.

    python -m contracts.promise MANIFEST            hold the marts against the promise
    python -m contracts.promise MANIFEST --release  make the contracts of today the promise

A column may go, or change its type, once a release has told readers when: its yml says
`meta: {deprecated_on: 2027-06-30}`, that is released, and the day has come. Adding is free.
"""

import argparse
import csv
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from doelenboom.settings import PROJECT_DIR
from orchestration.dbt import read_manifest

PROMISED = PROJECT_DIR / "contracts" / "marts.csv"
READERS = ("docs/**/*.md", "README.md", "seeds/reference/deriv*.csv", "src/**/*.py")
"""Files that name columns of marts; models and exposures are found through dbt's lineage."""


@dataclass(frozen=True)
class Column:
    """A column of a mart as readers know it; `deprecated_on` is an ISO date or nothing."""

    table: str
    column: str
    type: str
    deprecated_on: str = ""

    @property
    def name(self) -> str:
        """The column with its table."""
        return f"{self.table}.{self.column}"


def contracts(manifest: Mapping[str, Any]) -> list[Column]:
    """List the columns of all public models, by table and in the order of each table."""
    models = [node for node in manifest["nodes"].values() if node.get("access") == "public"]
    return [
        Column(
            model["name"],
            column["name"],
            column["data_type"].replace(" ", ""),
            str(column["meta"].get("deprecated_on", "")),
        )
        for model in sorted(models, key=lambda model: str(model["name"]))
        for column in model["columns"].values()
    ]


def broken_promises(
    promised: Iterable[Column], manifest: Mapping[str, Any], today: date
) -> Iterator[str]:
    """Say of each column that is gone or has another type what it was and who reads it."""
    present = {column.name: column for column in contracts(manifest)}
    known = list(promised)
    names = {column.name for column in known}
    for column in known:
        now = present.get(column.name)
        announced = column.deprecated_on and date.fromisoformat(column.deprecated_on) <= today
        if announced or (now and now.type == column.type):
            continue
        new = [
            each.column
            for each in present.values()
            if each.table == column.table and each.name not in names
        ]
        change = f"is {now.type}, was {column.type}" if now else "is gone"
        renamed = f" (new in its table: {', '.join(new)})" if new and not now else ""
        readers = ", ".join(_readers(column, manifest)) or "nothing of ours, only its readers"
        yield f"{column.name} {change}{renamed}. It breaks: {readers}."


def _readers(column: Column, manifest: Mapping[str, Any]) -> Iterator[str]:
    """Name the models, exposures and files that read a column."""
    word = re.compile(rf"\b{re.escape(column.column)}\b")
    for child in manifest["child_map"].get(f"model.doelenboom.{column.table}", ()):
        kind, name = child.split(".")[0], child.split(".")[2]
        if kind == "exposure":
            yield f"exposure {name}"
        elif kind == "model" and word.search(manifest["nodes"][child]["raw_code"]):
            yield f"model {name}"
    table = re.compile(rf"\b{re.escape(column.table)}\b")
    for pattern in READERS:
        for path in sorted(PROJECT_DIR.glob(pattern)):
            text = path.read_text(encoding="utf-8")
            if word.search(text) and table.search(text):
                yield str(path.relative_to(PROJECT_DIR))


def read_promised(path: Path) -> list[Column]:
    """Read the columns of the last release."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Column(**row) for row in csv.DictReader(file)]


def write_promised(path: Path, columns: Iterable[Column]) -> None:
    """Write the columns of a release, one row each."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in fields(Column)])
        writer.writerows(map(astuple, columns))


def main() -> None:
    """Compare, or release."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("manifest", type=Path, help="manifest.json of dbt")
    parser.add_argument("--release", action="store_true", help="promise what there is today")
    options = parser.parse_args()
    manifest = read_manifest(options.manifest)
    if options.release:
        write_promised(PROMISED, contracts(manifest))
        return
    broken = list(broken_promises(read_promised(PROMISED), manifest, datetime.now(UTC).date()))
    if broken:
        sys.exit("\n".join(broken))


if __name__ == "__main__":
    main()
