"""Layouts of public budgets and accounts with figures of our own, and how well they are read."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from doelenboom.errors import RefusedError
from doelenboom.settings import PROJECT_DIR
from doelenboom.sources.accounts.extraction.document.lines import Issue
from doelenboom.sources.accounts.extraction.document.reading import read_chapter
from doelenboom.sources.accounts.extraction.package.assembling import Extraction, extract_chapter
from tests.unit.sources.accounts.extraction.chapters import STATUTORY

FOLDER = PROJECT_DIR / "tests" / "fixtures" / "chapters" / "layouts"
LAYOUTS = sorted(
    (path.stem for path in FOLDER.glob("*.html")), key=lambda stem: int(stem.partition("_")[0])
)

Cell = tuple[str, str, str, str]
"""A figure: its table, line item (or indicator), flow, and column or year and phase."""

SAYS_NOTHING = ("not_found", "programme_code", "fiscal_year", "script")
"""Kinds of issues that put no figure in doubt."""

_AMOUNTS = ("original_budget_keur", "final_budget_keur", "actual_keur", "variance_keur")
_MOVEMENTS = ("opening_keur", "interest_keur", "added_keur", "withdrawn_keur", "closing_keur")


def truth_of(layout: str) -> dict[Cell, Decimal]:
    """Return the figures that a layout holds."""
    return {key: Decimal(row["value"]) for key, row in _truth(layout).items() if row["value"]}


def places_of(layout: str) -> dict[Cell, str]:
    """Return where each figure stands: `table.row.cell`, each counted from 1."""
    return {key: row["place"] for key, row in _truth(layout).items()}


def _truth(layout: str) -> dict[Cell, dict[str, str]]:
    with (FOLDER / f"{layout}.truth.csv").open(encoding="utf-8", newline="") as file:
        return {
            _unbroken((row["table"], row["line_item"], row["flow"], row["column"])): row
            for row in csv.DictReader(file)
        }


def read(data: bytes, name: str, folder: Path) -> Extraction:
    """Read a saved page as a chapter of 2018."""
    path = folder / name
    path.write_bytes(data)
    return extract_chapter(read_chapter(path), "GM0153", 2018, STATUTORY)


def figures_of(found: Extraction) -> dict[Cell, tuple[Decimal, int]]:
    """Return every figure of the tables that layouts hold, with its line."""
    figures: dict[Cell, tuple[Decimal | None, int]] = {}
    for row in found.tables["programme_finance"]:
        for column in _AMOUNTS:
            key = ("programme_finance", row["line_item"], row["flow"], column)
            figures[key] = row[column], row["source_line"]
    for row in found.tables["budget_years"]:
        when = f"{row['amount_year']} {row['phase']}"
        key = ("budget_years", row["line_item"], row["flow"], when)
        figures[key] = row["amount_keur"], row["source_line"]
    for row in found.tables["reserves"]:
        for column in _MOVEMENTS:
            key = ("reserves", row["reserve_name"], "", column)
            figures[key] = row.get(column), row["source_line"]
    for row in found.tables["statutory_indicators"]:
        key = ("statutory_indicators", row["indicator_code"], "", "score")
        figures[key] = row["score"], row["source_line"]
    return {
        _unbroken(key): (value, line) for key, (value, line) in figures.items() if value is not None
    }


def _unbroken(key: Cell) -> Cell:
    """Join the words of a name that its source breaks: paper does not tell such a hyphen."""
    table, name, flow, column = key
    return table, re.sub(r"(?<=[a-z])- (?=[a-z])", "", name), flow, column


@dataclass
class Score:
    """How many figures are right, left open and wrong; `silent` lists what no issue names."""

    right: int = 0
    left: int = 0
    wrong: int = 0
    silent: list[str] = field(default_factory=list)


def score(truth: Mapping[Cell, Decimal], data: bytes, name: str, folder: Path) -> Score:
    """Hold what is read against what the layout holds."""
    try:
        found = read(data, name, folder)
    except RefusedError:
        return Score(left=len(truth))
    doubts = [issue for issue in found.issues if issue.kind not in SAYS_NOTHING]
    figures = figures_of(found)
    result = Score(right=sum(figures.get(key, (None,))[0] == right for key, right in truth.items()))
    result.left = sum(key not in figures for key in truth)
    for key, (value, line) in figures.items():
        if value != truth.get(key):
            result.wrong += 1
            if not _named(doubts, line):
                result.silent.append(f"{key}: {value}, is {truth.get(key)}")
    if result.left and not doubts:
        result.silent.append(f"{result.left} figures left open")
    return result


def _named(doubts: list[Issue], line: int) -> bool:
    """Say whether an issue stands at a line, or at the head of the table around it."""
    return any(issue.line == line or issue.kind in _OF_A_TABLE for issue in doubts)


_OF_A_TABLE = ("unknown_unit", "contradiction")
