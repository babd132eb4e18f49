"""Layouts of real pages with figures altered: each cell as in the truth beside it, or said open."""

import csv
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from doelenboom.settings import PROJECT_DIR
from doelenboom.sources.accounts.extraction.package.assembling import Extraction
from tests.unit.sources.accounts.extraction.chapters import extracted

CASES = PROJECT_DIR.parent / "shared" / "cases" / "extract"
LEFT_OPEN = "left open with a word"
"""What the truth says of a cell that may be empty, where an issue names it."""

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CASES.is_dir(), reason="the layouts are outside the repository"),
]


def _rows(truth: Path) -> list[dict[str, str]]:
    with truth.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _cell(found: Extraction, row: Mapping[str, str]) -> Decimal | None:
    """Return what was read for a row of the truth."""
    if row["flow"] == "statutory":
        table, key = "statutory_indicators", {"indicator_code": row["line_item"]}
    else:
        table, key = "programme_finance", {"line_item": row["line_item"], "flow": row["flow"]}
    rows = (r for r in found.tables[table] if all(r[k] == v for k, v in key.items()))
    value: Decimal | None = next((r[row["column"]] for r in rows), None)
    return value


def faults_of(truth: Path) -> list[str]:
    """Return every cell of a layout that is neither right nor open as its truth allows."""
    source = next(truth.parent.glob(f"{truth.name.removesuffix('.truth.csv')}.[th]*[tl]"))
    found = extracted(source.read_text("utf-8"), source.name)
    faults = []
    for row in _rows(truth):
        value, right = _cell(found, row), Decimal(row["value"]) if row["value"] else None
        if value == right or (value is None and LEFT_OPEN in row["note"] and found.issues):
            continue
        faults.append(f"{row['line_item']}, {row['flow']}, {row['column']}: {value}, is {right}")
    return faults


@pytest.mark.parametrize("truth", sorted(CASES.glob("*.truth.csv")), ids=lambda path: path.name)
def test_a_layout_is_read_as_its_truth_says(truth: Path) -> None:
    assert faults_of(truth) == []
