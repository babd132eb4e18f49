"""An extracted chapter beside the reviewed one, cell by cell.

Compared is what is printed: names, codes, amounts, scores, lines. Left out is what a person
judged or put in own words; `NOT_COMPARED` says which columns and why.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from doelenboom.sources.accounts.extraction.assembling import Extraction
from doelenboom.sources.accounts.extraction.writing import cell_text


@dataclass(frozen=True)
class ComparedTable:
    """A table that is compared: the columns that tell its rows apart, and those compared."""

    table: str
    key: tuple[str, ...]
    money: tuple[str, ...]
    other: tuple[str, ...]


KINDS = (
    ComparedTable(
        "programme_finance",
        ("line_item", "flow"),
        ("original_budget_keur", "final_budget_keur", "actual_keur", "variance_keur"),
        ("is_total", "source_line"),
    ),
    ComparedTable(
        "goal_tree",
        ("node_type", "node_name"),
        ("expenses_actual_keur", "revenue_actual_keur"),
        ("node_code", "parent_node_code", "sort_order", "source_line", "revenue_source_line"),
    ),
    ComparedTable(
        "indicators",
        ("indicator_code",),
        (),
        (
            *("indicator_name", "objective_code_printed", "theme_code", "unit", "score"),
            *("previous_score", "target", "margin_of_error", "confidence_level"),
            *("margin_status", "verdict_stated", "continued", "source_line"),
            "verdict_source_line",
        ),
    ),
    ComparedTable(
        "statutory_indicators",
        ("indicator_code",),
        (),
        (
            *("policy_field", "indicator_name", "unit", "score_year", "score", "score_source"),
            "source_line",
        ),
    ),
    ComparedTable(
        "action_points",
        ("action_code",),
        ("savings_target_keur",),
        ("theme_code", "objective_code", "source_line", "explanation_source_line"),
    ),
    ComparedTable(
        "variance_explanations",
        ("source_line", "amount_text"),
        ("amount_keur", "rounded_to_keur"),
        ("role", "parent_explanation_no", "hedge", "nature", "line_item"),
    ),
)

NOT_COMPARED: Mapping[str, str] = {
    "value_status, status_reason, target_status": "why a cell is empty is judged on the source",
    "indicators: direction, target_type, measurement_basis": "judged by a person",
    "indicators: measurement_period": "judged by a person",
    "indicators: target_condition, score_year, target_year": "judged by a person",
    "action_points: title, explanation": "in own words where the source has a whole sentence",
    "action_points: partner, deadline, status_from_text": "judged by a person",
    "action_points: carried_over, savings_realised": "judged by a person",
    "variance_explanations: subject, reason": "in own words where the source names no subject",
    "chapter_parts": "counts of the rows of the other tables",
    "forecasts, chapter_facts": "implied figures and titles in own words",
}
"""Columns that are not compared, and why."""


@dataclass(frozen=True)
class CellDifference:
    """One cell that is not the same: empty text is an empty cell or no row."""

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
    """A chapter beside its reviewed rows."""

    scores: tuple[CellScore, ...]
    differences: tuple[CellDifference, ...]


Rows = Sequence[Mapping[str, Any]]


def reviewed_chapter(reviewed: Path, sha256: str) -> dict[str, Rows] | None:
    """Return the reviewed rows of the chapter whose file has this hash, None if there is none."""
    documents = _read(reviewed / "documents.csv")
    name = next((row["name"] for row in documents if row["sha256"] == sha256), None)
    if name is None:
        return None
    return {
        kind.table: [
            row for row in _read(reviewed / f"{kind.table}.csv") if row["source_document"] == name
        ]
        for kind in KINDS
    }


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def compare_with_reviewed(
    extraction: Extraction, reviewed: Mapping[str, Rows]
) -> ChapterComparison:
    """Compare a chapter with its reviewed rows, as `reviewed_chapter` returns them."""
    scores: list[CellScore] = []
    differences: list[CellDifference] = []
    for kind in KINDS:
        left = _by_key(reviewed[kind.table], kind)
        right = _by_key(extraction.tables[kind.table], kind)
        found = list(_differences(kind, left, right))
        differences += found
        for label, columns in (("money", kind.money), ("other", (*kind.key, *kind.other))):
            if columns:
                scores.append(_score(f"{kind.table}, {label}", columns, left, right))
    return ChapterComparison(tuple(scores), tuple(differences))


Keyed = Mapping[tuple[str, ...], Mapping[str, str]]


def _by_key(rows: Rows, kind: ComparedTable) -> dict[tuple[str, ...], dict[str, str]]:
    columns = dict.fromkeys((*kind.key, *kind.money, *kind.other))
    texts = [{column: cell_text(row.get(column)) for column in columns} for row in rows]
    return {tuple(row[column] for column in kind.key): row for row in texts}


def _differences(kind: ComparedTable, left: Keyed, right: Keyed) -> Iterator[CellDifference]:
    nothing: Mapping[str, str] = {}
    for key in dict.fromkeys([*left, *right]):
        reviewed, extracted = left.get(key, nothing), right.get(key, nothing)
        for column in dict.fromkeys((*kind.key, *kind.money, *kind.other)):
            pair = (reviewed.get(column, ""), extracted.get(column, ""))
            if pair[0] != pair[1]:
                yield CellDifference(kind.table, ", ".join(key), column, *pair)


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
