"""Writes what checks found as Parquet, for `marts.data_quality`; dbt's results and ours alike.

What an outcome means for publication lives in `outcomes`, the HTML pages in `data_docs`.
"""

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq

from doelenboom.validation.outcomes import CheckOutcome, Severity, Status, blocking_sentence

__all__ = ["CheckRow", "blocking_sentence", "expectation_rows", "write_check_results"]

_TEXT_COLUMNS = (
    "check_name",
    "subject",
    "kind",
    "severity",
    "status",
    "observed",
    "expected",
    "owner",
)
_SCHEMA = pa.schema([*((name, pa.string()) for name in _TEXT_COLUMNS), ("since", pa.date32())])


@dataclass(frozen=True)
class CheckRow:
    """One row of `check_results.parquet`: a check of dbt or an expectation, and who minds it."""

    check_name: str
    subject: str
    kind: Literal["dbt", "expectation"]
    severity: Severity
    status: Status
    observed: str
    expected: str
    owner: str
    since: date


def expectation_rows(
    outcomes: Sequence[CheckOutcome], owner: str, run_date: date
) -> list[CheckRow]:
    """Give the outcomes of a validation as rows of kind `expectation`, dated `run_date`."""
    return [
        CheckRow(**asdict(outcome), kind="expectation", owner=owner, since=run_date)
        for outcome in outcomes
    ]


def write_check_results(path: Path, rows: Sequence[CheckRow]) -> None:
    """Write the rows in key order (check_name, subject) as Parquet, replacing the file whole.

    Raises `ValueError` where two rows have the same key.
    """
    ordered = sorted(rows, key=lambda row: (row.check_name, row.subject))
    keys = [(row.check_name, row.subject) for row in ordered]
    for key, following in pairwise(keys):
        if key == following:
            raise ValueError(f"check '{key[0]}' on {key[1]} has two results, expected one")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    pq.write_table(pa.Table.from_pylist([asdict(row) for row in ordered], schema=_SCHEMA), draft)
    os.replace(draft, path)
