"""Statements of reserves: balance on 1 January, what came in and went out, balance on 31 December.

A row counts where its closing balance follows from the others; other rows, and tables of which the
columns or the unit are not certain, are named with their lines. Provisions are no reserves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from doelenboom.codes import last_digits
from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.numbers.candidates import Reading
from doelenboom.sources.accounts.extraction.numbers.printed import SCALE, Cells, Printed
from doelenboom.sources.accounts.extraction.tables.heads import is_phase
from doelenboom.sources.accounts.extraction.tables.reserve_blocks import (
    reserve_blocks,
    unread_reserves,
)
from doelenboom.sources.accounts.extraction.tables.reserve_tables import Statement, statements
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.tables.units import CANDIDATES, Unit, unit_of
from doelenboom.sources.accounts.extraction.words.texts import A_YEAR, shortened, squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import RESERVES, SUM

_HEADS = "de kolommen zeggen niet zeker wat zij zijn."
_OF_A_YEAR = "De rij noemt een jaar of begroting, niet welke reserve; niet overgenomen."
_UNNAMED = "Reserve of voorziening, dat staat er niet bij; niet overgenomen."

_MOVED = ("interest", "added", "withdrawn")

TERMS = {"opening": 1, "interest": 1, "added": 1, "withdrawn": -1}
"""What makes a closing balance, and how each counts."""

_PRINTED = {**TERMS, "result": 1, "released": -1}
"""The same as a statement may have it: with the result of the year before, or what was let go."""

_BESIDE = {
    "result": "Het resultaat van het vorige jaar telt in deze reserve mee; niet overgenomen.",
    "released": "Een vrijval telt in deze reserve mee; niet overgenomen.",
}


@dataclass(frozen=True)
class Reserve:
    """A reserve and its movements in thousands of euro, by column; None where nothing is printed.

    The unit is not `printed` where it was guessed.
    """

    name: str
    line: int
    amounts: Mapping[str, Decimal | None]
    printed: bool


def read_reserves(lines: Sequence[Line], year: int) -> tuple[list[Reserve], list[Issue], set[int]]:
    """Read the statements of reserves of a year, what is not read, and the lines they take."""
    rows: dict[str, Reserve] = {}
    issues: list[Issue] = []
    taken: set[int] = set()
    for table in (*statements(lines, year), *reserve_blocks(lines, year)):
        taken.update(range(table.first_line, table.last_line + 1))
        for found in _read(table, lines, year):
            if isinstance(found, Issue):
                issues.append(found)
            elif rows.setdefault(found.name, found) is not found:
                problem = f"Zelfde naam als regel {rows[found.name].line}; die is overgenomen."
                issues.append(Issue(found.line, "same_name", shortened(found.name), problem))
    for first, last in unread_reserves(lines, taken):
        problem = (
            f"Staat van reserves (regels {first.number} t/m {last.number}) niet gelezen: {_HEADS}"
        )
        issues.append(Issue(first.number, "unread_table", shortened(first.text), problem))
    return list(rows.values()), issues, taken


def _read(table: Statement, lines: Sequence[Line], year: int) -> Iterator[Reserve | Issue]:
    cells = [cell for row in table.rows for each in row.readings[:1] for cell in each.cells]
    place = next(n for n, line in enumerate(lines) if line.number == table.first_line)
    after = next((n for n, line in enumerate(lines) if line.number > table.last_line), len(lines))
    unit = unit_of(lines, table.head, place, after, cells)
    doubt = unit.doubt or ("een kolom zegt niet wat zij is." if "" in table.moved else "")
    doubt = doubt or ("" if table.rows else "geen rij met bedragen gevonden.")
    if table.years - {year}:
        doubt = f"zij is van {min(table.years - {year})}."
    if doubt:
        problem = (
            f"Staat van reserves, regels {table.first_line} t/m {table.last_line}, niet gelezen: "
        )
        yield Issue(table.first_line, "unread_table", shortened(table.head_text), problem + doubt)
        return
    if unit.problem:
        text = shortened(table.head_text)
        yield Issue(table.first_line, "unknown_unit", text, unit.problem, CANDIDATES)
    sign = _sign_of_withdrawals([row.readings for row in table.rows], table.moved)
    for row in table.rows:
        yield from _settled(row, table, sign, unit)


def _settled(row: TableRow, table: Statement, sign: int, unit: Unit) -> Iterator[Reserve | Issue]:
    """Yield the reserve of a row, or what stops it; totals are left out."""
    proved = [each for each in row.readings if _holds(each.cells, table.moved, sign)]
    proved = [each for each in proved if not _may_be_dashes(each.cells, table.moved, sign)]
    if len(row.readings) > 1:
        proved = [each for each in proved if not _is_turned(each, table.moved, sign)]
        proved = [] if any(_may_be_a_note(each, table.moved) for each in proved) else proved
    label = row.readings[0].label if row.readings else row.text
    if not label.strip() or SUM.match(label):
        return
    if A_YEAR.fullmatch(label) or is_phase(label):
        yield Issue(row.line, "unproved_row", shortened(row.text), _OF_A_YEAR)
        return
    if len({each.cells for each in proved}) != 1:
        yield _unproved(row, bool(proved))
        return
    amounts = dict(zip(table.moved, proved[0].cells, strict=True))
    beside = [name for name in _BESIDE if (cell := amounts.pop(name, None)) and cell.value]
    if beside:
        yield Issue(row.line, "unproved_row", shortened(row.text), _BESIDE[beside[0]])
    elif table.named and not RESERVES.search(label):
        yield Issue(row.line, "unproved_row", shortened(row.text), _UNNAMED)
    else:
        factors = {column: sign if column == "withdrawn" else 1 for column in amounts}
        yield Reserve(
            squeezed(proved[0].label),
            row.line,
            {
                column: None
                if cell.value is None
                else Decimal(cell.value * factors[column]) / SCALE * unit.factor
                for column, cell in amounts.items()
            },
            unit.printed,
        )


def _is_turned(reading: Reading, columns: Sequence[str], sign: int) -> bool:
    """Say whether a movement is below zero, as where what was taken out is read as added."""
    signs = {"added": 1, "withdrawn": sign}
    moved = zip(columns, reading.cells, strict=True)
    return any((cell.value or 0) * signs[name] < 0 for name, cell in moved if name in signs)


def _may_be_a_note(reading: Reading, columns: Sequence[str]) -> bool:
    """Say whether a movement is so small that the row holds without it: it may be a footnote."""
    moved = (cell for name, cell in zip(columns, reading.cells, strict=True) if name in _MOVED)
    return any(0 < abs(cell.value or 0) <= _room(reading.cells) for cell in moved)


def _sign_of_withdrawals(rows: Iterable[Sequence[Reading]], columns: Sequence[str]) -> int:
    """Return −1 where withdrawals are printed below zero throughout."""
    place = columns.index("withdrawn")
    values = [found[0].cells[place].value for found in rows if len(found) == 1]
    known = [value for value in values if value]
    return -1 if known and max(known) < 0 else 1


def _may_be_dashes(cells: Cells, columns: Sequence[str], sign: int) -> bool:
    """Say whether a row holds as well where what may be a dash with a note is one."""
    nil = tuple(replace(cell, value=0) if cell.noted else cell for cell in cells)
    return nil != cells and abs(_off(nil, columns, sign)) <= abs(_off(cells, columns, sign))


def _holds(cells: Cells, columns: Sequence[str], sign: int) -> bool:
    """Say whether the closing balance is what the others come to."""
    closing = cells[columns.index("closing")]
    return closing.value is not None and abs(_off(cells, columns, sign)) <= _room(cells)


def _off(cells: Cells, columns: Sequence[str], sign: int) -> int:
    """Return by how much a closing balance is off the others; what is blank counts for none."""
    values = dict(zip(columns, cells, strict=True))
    terms = {name: values[name] for name in _PRINTED if name in values}
    made = sum(
        (cell.value or 0) * _PRINTED[name] * (sign if _PRINTED[name] < 0 else 1)
        for name, cell in terms.items()
    )
    return (values["closing"].value or 0) - made


def _room(cells: Sequence[Printed]) -> int:
    """Return what rounding may take from a row, in thousandths of the printed unit."""
    digit = SCALE // int(10 ** max(cell.decimals for cell in cells))
    return int(len(cells) * digit * last_digits(None))


def _unproved(row: TableRow, several: bool) -> Issue:
    if several:
        problem = "Op meer dan één manier te lezen; niet overgenomen."
        return Issue(row.line, "ambiguous_row", shortened(row.text), problem)
    problem = "De eindstand van deze reserve volgt niet uit de andere bedragen; niet overgenomen."
    return Issue(row.line, "unproved_row", shortened(row.text), problem)
