"""From files to a package in a folder: read, hold against what was reviewed, write."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from doelenboom.errors import RefusedError, nearest
from doelenboom.sources.accounts.extraction.document.lines import Issue
from doelenboom.sources.accounts.extraction.package.apart import Job, read_apart
from doelenboom.sources.accounts.extraction.package.assembling import Extraction
from doelenboom.sources.accounts.extraction.package.comparing import ChapterComparison
from doelenboom.sources.accounts.extraction.package.report import write_report
from doelenboom.sources.accounts.extraction.package.writing import write_package
from doelenboom.sources.accounts.package import read_known_municipalities


@dataclass(frozen=True)
class ChapterOutcome:
    """What a chapter came to: rows per table, sums per status, points to check.

    `differences` counts the cells that differ from the reviewed chapter; None where there is none.
    """

    name: str
    programme_code: str
    rows: Mapping[str, int]
    sums: Mapping[str, int]
    issues: tuple[Issue, ...]
    differences: int | None


def extract_files(
    files: Sequence[Path], municipality: str, year: int, out: Path, seeds: Path
) -> list[ChapterOutcome]:
    """Extract chapters of one municipality, by code or name, and year to a package in `out`.

    `seeds` holds the reviewed package (`accounts/`, with the description of its files) and the
    reference lists (`reference/`). Raises `RefusedError` on a file that is no chapter or that
    takes too much to read, a municipality that did not exist in the year, or a folder that cannot
    be written.
    """
    municipalities = seeds / "reference" / "municipalities.csv"
    known = read_known_municipalities(municipalities)
    code = municipality_code(municipality, year, municipalities)
    names = read_statutory_names(seeds / "reference" / "statutory_indicator_definitions.csv")
    results = [read_apart(Job(file, code, year, names, seeds)) for file in files]
    schema = seeds / "accounts" / "datapackage.json"
    write_package(
        [extraction for extraction, _ in results], out, schema, known, write_report(results)
    )
    return [_outcome(*result) for result in results]


def municipality_code(word: str, year: int, path: Path) -> str:
    """Give the code of a municipality of a year by its name or code.

    `path` is the list that `read_known_municipalities` reads. Raises `RefusedError` that names
    the nearest for what no municipality was called in that year.
    """
    with path.open(encoding="utf-8", newline="") as file:
        names = {
            row["municipality_name"]: row["municipality_code"]
            for row in csv.DictReader(file)
            if row["valid_from"] <= f"{year}-12-31" and f"{year}-01-01" <= (row["valid_to"] or "9")
        }
    for name, code in names.items():
        if word.strip().casefold() in (name.casefold(), code.casefold()):
            return code
    raise RefusedError(
        f"no municipality of {year} has the code or name {word!r}{nearest(word, names)}"
    )


def _outcome(extraction: Extraction, comparison: ChapterComparison | None) -> ChapterOutcome:
    return ChapterOutcome(
        extraction.chapter.name,
        extraction.programme_code,
        {table: len(rows) for table, rows in extraction.tables.items()},
        Counter(found.status for found in extraction.sums),
        extraction.issues,
        len(comparison.differences) if comparison else None,
    )


def read_statutory_names(path: Path) -> dict[str, str]:
    """Return the code of each statutory indicator by its name, from the reference list."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["indicator_name"]: row["indicator_code"] for row in csv.DictReader(file)}
