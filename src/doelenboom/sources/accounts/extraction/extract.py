"""From files to a package in a folder: read, hold against what was reviewed, write."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from doelenboom.sources.accounts.extraction.assembling import Extraction, extract_chapter
from doelenboom.sources.accounts.extraction.comparing import (
    ChapterComparison,
    compare_with_reviewed,
    reviewed_chapter,
)
from doelenboom.sources.accounts.extraction.lines import Issue
from doelenboom.sources.accounts.extraction.reading import read_chapter
from doelenboom.sources.accounts.extraction.report import write_report
from doelenboom.sources.accounts.extraction.writing import write_package
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
    """Extract chapters of one municipality and year to a package in `out`.

    `seeds` holds the reviewed package (`accounts/`, with the description of its files) and the
    reference lists (`reference/`). Raises `RefusedError` on a file that is no chapter, a
    municipality that did not exist in the year, or a folder that cannot be written.
    """
    known = read_known_municipalities(seeds / "reference" / "municipalities.csv")
    names = read_statutory_names(seeds / "reference" / "statutory_indicator_definitions.csv")
    results = [
        _compared(extract_chapter(read_chapter(file), municipality, year, names), seeds)
        for file in files
    ]
    schema = seeds / "accounts" / "datapackage.json"
    write_package(
        [extraction for extraction, _ in results], out, schema, known, write_report(results)
    )
    return [_outcome(*result) for result in results]


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


def _compared(extraction: Extraction, seeds: Path) -> tuple[Extraction, ChapterComparison | None]:
    """Hold a chapter against its reviewed rows, if there are any; a difference is an issue."""
    reviewed = reviewed_chapter(seeds, extraction.chapter.sha256)
    if reviewed is None:
        return extraction, None
    comparison = compare_with_reviewed(extraction, reviewed)
    issues = [
        Issue(
            _line(found.row, extraction, found.table),
            "differs_from_reviewed",
            f"{found.table}: {found.row}, {found.column}",
            f"Nagekeken is {found.reviewed or 'leeg'}, ingelezen {found.extracted or 'leeg'}.",
            (found.reviewed, found.extracted),
        )
        for found in comparison.differences
    ]
    return replace(extraction, issues=(*extraction.issues, *issues)), comparison


def _line(row: str, extraction: Extraction, table: str) -> int:
    """Return the line of the row that a difference is about; the first, where it has none."""
    for found in extraction.tables[table]:
        if row in (found.get("action_code"), found.get("indicator_code")):
            return int(found["source_line"])
    return 1
