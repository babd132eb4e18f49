"""Code lists, their words, and the rules of a cost table, as seeds/reference/ has them.

The one home of what dbt reads too. A file is read once per process; nothing is judged here.
"""

import csv
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

REFERENCE = Path(__file__).resolve().parents[2] / "seeds" / "reference"


class Part(NamedTuple):
    """A flow that a net row is made of, and its sign there: 1 or -1."""

    flow: str
    sign: int


def codes(code_list: str) -> tuple[str, ...]:
    """Give the codes of a list, in its order. Raises `KeyError` for a list that there is not."""
    return tuple(labels_nl(code_list))


def labels_nl(code_list: str) -> Mapping[str, str]:
    """Give the Dutch label of each code of a list, in its order.

    A list within a wider one has the labels of that. Raises `KeyError` for a list that there
    is not.
    """
    return _labels(REFERENCE)[code_list]


def last_digits(hedge: str | None) -> Decimal:
    """Say how many of its last digits rounding can put a printed figure off.

    Raises `KeyError` for a hedge that there is not.
    """
    return _last_digits(REFERENCE)[hedge or ""]


def net_row_parts(identity: str) -> tuple[Part, ...]:
    """Give the flows of a way to compose a net row. Raises `KeyError` for one there is not."""
    return _net_row_parts(REFERENCE)[identity]


@cache
def _labels(reference: Path) -> Mapping[str, Mapping[str, str]]:
    lists: dict[str, dict[str, str]] = {}
    for row in reference_rows("codes", reference):
        wider = lists.get(row["within"], {})
        label = row["label_nl"] or wider.get(row["code"], "")
        lists.setdefault(row["code_list"], {})[row["code"]] = label
    return lists


@cache
def _last_digits(reference: Path) -> Mapping[str, Decimal]:
    return {
        row["hedge"]: Decimal(row["last_digits"]) for row in reference_rows("rounding", reference)
    }


@cache
def _net_row_parts(reference: Path) -> Mapping[str, tuple[Part, ...]]:
    parts: dict[str, tuple[Part, ...]] = {}
    for row in reference_rows("net_row_parts", reference):
        part = Part(row["part_flow"], int(row["sign"]))
        parts[row["identity"]] = (*parts.get(row["identity"], ()), part)
    return parts


def reference_rows(name: str, reference: Path = REFERENCE) -> Iterator[dict[str, str]]:
    """Read the rows of a file of seeds/reference/, as text."""
    with (reference / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
