"""An extracted chapter beside the reviewed one, cell by cell.

Every column of every table is compared, but for words of ours. Where a person judges a column,
extraction may keep silent and never say otherwise. What differs all the same for a reason stands
in seeds/exceptions, cell by cell; the rest is a difference.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from doelenboom.sources.accounts.extraction.document.lines import Issue
from doelenboom.sources.accounts.extraction.package.assembling import Extraction
from doelenboom.sources.accounts.extraction.package.compared_tables import (
    TABLES,
    WHOLE_ROW,
    ComparedTable,
)
from doelenboom.sources.accounts.extraction.package.writing import cell_text


@dataclass(frozen=True)
class CellDifference:
    """One cell that is not the same, or a whole row (`*`) that one side lacks."""

    table: str
    row: str
    column: str
    reviewed: str
    extracted: str


@dataclass(frozen=True)
class CellScore:
    """How many cells were found right: of those reviewed (recall), of those extracted."""

    kind: str
    reviewed: int
    extracted: int
    right: int

    @property
    def recall(self) -> float:
        """The part of the reviewed cells that was found right."""
        return self.right / self.reviewed if self.reviewed else 1.0

    @property
    def precision(self) -> float:
        """The part of the extracted cells that is right."""
        return self.right / self.extracted if self.extracted else 1.0


@dataclass(frozen=True)
class ChapterComparison:
    """A chapter beside its reviewed rows.

    `named` are differences with a reason in seeds/exceptions; `stale` are reasons without one.
    """

    scores: tuple[CellScore, ...]
    differences: tuple[CellDifference, ...]
    named: tuple[CellDifference, ...]
    stale: tuple[CellDifference, ...]


Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class ReviewedChapter:
    """The reviewed rows of a chapter by table, and the differences that have a reason."""

    tables: Mapping[str, Rows]
    named: frozenset[CellDifference]


def reviewed_chapter(seeds: Path, sha256: str) -> ReviewedChapter | None:
    """Return the reviewed rows of the chapter whose file has this hash, None if there is none."""
    reviewed = seeds / "accounts"
    documents = _read(reviewed / "documents.csv")
    name = next((row["name"] for row in documents if row["sha256"] == sha256), None)
    if name is None:
        return None
    tables = {
        kind.table: [
            row for row in _read(reviewed / f"{kind.table}.csv") if row["source_document"] == name
        ]
        for kind in TABLES
    }
    named = frozenset(
        CellDifference(*(row[column] for column in _NAMED))
        for row in _read(seeds / "exceptions" / "extraction_differences.csv")
        if row["source_document"] == name
    )
    return ReviewedChapter(tables, named)


_NAMED = ("table_name", "row_key", "column_name", "reviewed", "extracted")


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def compare_with_reviewed(extraction: Extraction, reviewed: ReviewedChapter) -> ChapterComparison:
    """Compare a chapter with its reviewed rows, as `reviewed_chapter` returns them."""
    scores: list[CellScore] = []
    found: list[CellDifference] = []
    for kind in TABLES:
        left = _by_key(reviewed.tables[kind.table], kind)
        right = _by_key(extraction.tables[kind.table], kind)
        found += _differences(kind, left, right)
        for label, columns in (("money", kind.money), ("other", (*kind.key, *kind.printed))):
            if columns and kind.is_scored:
                scores.append(_score(f"{kind.table}, {label}", columns, left, right))
    return ChapterComparison(
        tuple(scores),
        tuple(each for each in found if each not in reviewed.named),
        tuple(each for each in found if each in reviewed.named),
        tuple(sorted(reviewed.named - set(found), key=lambda each: (each.table, each.row))),
    )


Keyed = Mapping[tuple[str, ...], Mapping[str, str]]


def _by_key(rows: Rows, kind: ComparedTable) -> dict[tuple[str, ...], dict[str, str]]:
    """Give the cells of each row as text, under its key; a key that comes back is numbered."""
    columns = dict.fromkeys((*kind.key, *kind.compared))
    seen: Counter[tuple[str, ...]] = Counter()
    keyed: dict[tuple[str, ...], dict[str, str]] = {}
    for row in filter(kind.takes, rows):
        texts = {column: cell_text(row.get(column)) for column in columns}
        key = tuple(texts[column] for column in kind.key)
        seen[key] += 1
        keyed[key if seen[key] == 1 else (*key, f"#{seen[key]}")] = texts
    return keyed


def _differences(kind: ComparedTable, left: Keyed, right: Keyed) -> Iterator[CellDifference]:
    for key in dict.fromkeys([*left, *right]):
        name = ", ".join(key)
        if key not in left or key not in right:
            sides = ("", "there") if key not in left else ("there", "")
            yield CellDifference(kind.table, name, WHOLE_ROW, *sides)
            continue
        for column in dict.fromkeys(kind.compared):
            reviewed, extracted = left[key][column], right[key][column]
            if extracted not in (reviewed, kind.judged.get(column, reviewed)):
                yield CellDifference(kind.table, name, column, reviewed, extracted)


def _score(name: str, columns: Sequence[str], left: Keyed, right: Keyed) -> CellScore:
    reviewed = sum(bool(row[column]) for row in left.values() for column in columns)
    extracted = sum(bool(row[column]) for row in right.values() for column in columns)
    same = sum(
        bool(row[column]) and right[key][column] == row[column]
        for key, row in left.items()
        if key in right
        for column in columns
    )
    return CellScore(name, reviewed, extracted, same)


def compared(extraction: Extraction, seeds: Path) -> tuple[Extraction, ChapterComparison | None]:
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
