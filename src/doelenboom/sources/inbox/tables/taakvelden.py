"""Taakvelden by code, perhaps with their name behind it, in a year; a budget or accounts by them.

`0.1` is not `0.10`: a number in a workbook does not say which of them it is.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from doelenboom.codes import reference_rows
from doelenboom.sources.inbox.tables.blocks import refuse_together
from doelenboom.sources.inbox.tables.drafts import Draft, Fault

CODE = "taakveld_code"
STATEMENT = ("municipality_code", "fiscal_year", "report")

_CODE = re.compile(r"(?:taakveld )?(?P<code>[0-9][.][0-9]{1,2}[a-z]?)(?![\w.])", re.I)


@dataclass(frozen=True)
class Taakvelden:
    """The codes that there are, each with the years that it is valid in."""

    years: Mapping[str, tuple[range, ...]]

    def are_known(self, year: int) -> bool:
        """Say whether there were taakvelden in a year."""
        return any(year in years for periods in self.years.values() for years in periods)

    def is_valid(self, code: str, year: int) -> bool:
        """Say whether a code was that of a taakveld in a year."""
        return any(year in years for years in self.years.get(code, ()))


@cache
def read_taakvelden(reference: Path) -> Taakvelden:
    """Read the taakvelden of seeds/reference/, once per process."""
    found: dict[str, list[range]] = defaultdict(list)
    for row in reference_rows("taakvelden", reference):
        last = int(row["valid_to_year"] or 9999)
        found[row["taakveld_code"]].append(range(int(row["valid_from_year"]), last + 1))
    return Taakvelden({code: tuple(years) for code, years in found.items()})


def name_taakvelden(rows: Sequence[Draft], taakvelden: Taakvelden) -> None:
    """Give each row the code of its taakveld."""
    for row in rows:
        text, year = row.cells[CODE], row.cells["fiscal_year"]
        is_year = year.isascii() and year.isdigit() and taakvelden.are_known(int(year))
        if not text or not is_year:
            continue
        match = _CODE.match(text)
        code = match["code"] if match else ""
        row.cells[CODE] = code or text
        if not taakvelden.is_valid(code, int(year)):
            row.faults.append(Fault("unknown_taakveld", CODE))
        elif _is_number(row) and taakvelden.is_valid(f"{code}0", int(year)):
            row.faults.append(Fault("ambiguous_taakveld", CODE))


def _is_number(row: Draft) -> bool:
    column = row.columns.get(CODE)
    return column is not None and isinstance(row.row.cell(column.place).value, Decimal)


def judge_taakvelden(rows: Sequence[Draft]) -> None:
    """Refuse a budget or accounts of which a row is refused: without it, its total is another."""
    refuse_together(rows, STATEMENT)
