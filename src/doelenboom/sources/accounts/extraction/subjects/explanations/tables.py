"""Tables that explain differences: a subject, an amount, and on which side it falls.

The side is a column of `V` and `N`, or the column that the amount stands in. A table without
either, or without a unit, is reported and not read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.numbers.alike import is_side
from doelenboom.sources.accounts.extraction.numbers.printed import SCALE, read_cell
from doelenboom.sources.accounts.extraction.subjects.explanations.directions import nature_in
from doelenboom.sources.accounts.extraction.tables.columns import Column, below, columns_of
from doelenboom.sources.accounts.extraction.tables.units import units_in
from doelenboom.sources.accounts.extraction.words.patterns import whole
from doelenboom.sources.accounts.extraction.words.texts import shortened
from doelenboom.sources.accounts.extraction.words.vocabulary import TOTAL_ROW

_FIGURE = whole(r"-?\d{1,3}(?:\.\d{3})*")
_SUBJECTS = ("description", "subject", "field")
_AMOUNTS = {"amount": 0, "difference": 0, "balance": 0, "good": 1, "bad": -1}
"""Columns of amounts, and the sign of those that have one side."""


@dataclass(frozen=True)
class ExplainedRow:
    """A row of a table: its subject and its amount in thousands of euro, signed, as printed."""

    line: int
    subject: str
    keur: Decimal
    text: str
    rounded_to: Decimal
    nature: str


def read_table_rows(
    section: Sequence[Line], above: Sequence[Line]
) -> tuple[list[ExplainedRow], list[Issue], set[int]]:
    """Return the rows of tables of explanations, what is not read, and the lines that they take.

    `above` are lines in which the unit may stand where the section does not print it.
    """
    factor = _factor(section) or _factor(above)
    columns: tuple[Column, ...] = ()
    rows: list[ExplainedRow] = []
    issues: list[Issue] = []
    taken: set[int] = set()
    for line in section:
        if not line.cells:
            continue
        head = columns_of(line.cells)
        holds = {column.holds for column in head}
        if holds & {*_SUBJECTS} and holds & {*_AMOUNTS}:
            columns = head
            taken.add(line.number)
        elif columns:
            taken.add(line.number)
            row = _row(line, columns, factor)
            if isinstance(row, Issue):
                issues.append(row)
            elif row:
                rows.append(row)
    issues += _without_head([line for line in section if line.number not in taken])
    return rows, issues, taken


def _without_head(lines: Sequence[Line]) -> Iterator[Issue]:
    """Yield amounts that stand in a table without heads, or above a line that is only a side."""
    printed = [line for line in lines if line.text.strip()]
    below = [line.text.strip().lower() for line in printed[1:]]
    for line, near in zip(printed, [*below, ""], strict=False):
        stacked = near in ("v", "n") and _FIGURE.fullmatch(line.text.strip())
        if stacked or any(_FIGURE.fullmatch(cell.strip()) for cell in line.cells):
            problem = "Een bedrag in een tabel van toelichtingen zonder koppen; niet overgenomen."
            yield Issue(line.number, "direction", shortened(line.text), problem)


def _sign_of(cell: str) -> int:
    """Return the sign that a cell of `V` or `N` gives its amount; 0 where it is none."""
    text = cell.strip("( .")
    return (1 if text[:1].lower() == "v" else -1) if is_side(text) else 0


def _factor(lines: Sequence[Line]) -> Decimal | None:
    return next((units[0] for line in lines if (units := units_in(line.text))), None)


def _row(
    line: Line, columns: Sequence[Column], factor: Decimal | None
) -> ExplainedRow | Issue | None:
    subject = below(columns, line, *_SUBJECTS)
    if TOTAL_ROW.fullmatch(subject.lower()):
        return None
    printed = [
        (_AMOUNTS[column.holds], cell.strip(), value)
        for column, cell in zip(columns, line.cells, strict=False)
        if column.holds in _AMOUNTS and (found := read_cell(cell)) and (value := found.value)
    ]
    if not printed:
        return None
    side, text, value = printed[0]
    sign = side or _sign_of(below(columns, line, "side"))
    if len(printed) > 1 or not sign or not subject or factor is None:
        problem = "Onderwerp, eenheid, of voordeel of nadeel blijkt niet; niet overgenomen."
        values = tuple(cell for _, cell, _ in printed)
        return Issue(line.number, "direction", shortened(line.text), problem, values)
    nature = nature_in(below(columns, line, "nature"))
    keur = sign * abs(Decimal(value)) / SCALE * factor
    return ExplainedRow(line.number, subject, keur, text, factor, nature)
