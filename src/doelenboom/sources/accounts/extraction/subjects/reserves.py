"""Statements of reserves: balance on 1 January, what came in and went out, balance on 31 December.

A row counts where its closing balance follows from the others; other rows, and tables of which the
columns or the unit are not certain, are named with their lines. Provisions are no reserves.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from doelenboom.codes import last_digits
from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.numbers.printed import SCALE, Printed
from doelenboom.sources.accounts.extraction.tables.reserve_columns import BALANCES, COUNTED, Link
from doelenboom.sources.accounts.extraction.tables.reserve_sheets import Values, Way
from doelenboom.sources.accounts.extraction.tables.reserve_tables import (
    Statement,
    StatementRow,
    statements,
)
from doelenboom.sources.accounts.extraction.tables.reserve_unread import unread_reserves
from doelenboom.sources.accounts.extraction.tables.units import CANDIDATES, Unit, unit_of
from doelenboom.sources.accounts.extraction.words.texts import shortened, squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import PROVISIONS, RESERVES, SUM

_HEADS = "de kolommen zeggen niet zeker wat zij zijn."
_OF_A_YEAR = "De rij noemt een jaar of begroting, niet welke reserve; niet overgenomen."
_UNNAMED = "Reserve of voorziening, dat staat er niet bij; niet overgenomen."

TERMS = {"opening": 1, "interest": 1, "added": 1, "withdrawn": -1}
"""What makes a closing balance of a reserve that is taken over, and how each counts."""

_MOVED = ("interest", "added", "withdrawn")
_TAKEN = (*TERMS, "closing")

_BESIDE = {
    "result": "Het resultaat van het vorige jaar telt in deze reserve mee; niet overgenomen.",
    "result_withdrawn": "Het resultaat van het vorige jaar telt in deze reserve mee;"
    " niet overgenomen.",
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


@dataclass(frozen=True)
class Reserves:
    """The reserves of a chapter, what is not read of them, and the lines that their tables take."""

    rows: Sequence[Reserve]
    issues: Sequence[Issue]
    lines: frozenset[int]


def read_reserves(lines: Sequence[Line], year: int) -> Reserves:
    """Read the statements of reserves of a year."""
    rows: dict[str, Reserve] = {}
    issues: list[Issue] = []
    taken: set[int] = set()
    for table in statements(lines, year):
        taken.update(range(table.head.number, table.last + 1))
        for found in _read(table, lines):
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
    return Reserves(list(rows.values()), issues, frozenset(taken))


def _read(table: Statement, lines: Sequence[Line]) -> Iterator[Reserve | Issue]:
    cells = [
        cell
        for row in table.rows
        for way in row.ways[:1]
        for column in table.link.values()
        if (cell := way.values[column])
    ]
    unit = unit_of(lines, [table.head], table.place, table.after, cells)
    doubt = table.doubt or unit.doubt or ("" if table.rows else "geen rij met bedragen gevonden.")
    if doubt:
        problem = f"Staat van reserves, regels {table.head.number} t/m {table.last}, niet gelezen: "
        yield Issue(table.head.number, "unread_table", shortened(table.head.text), problem + doubt)
        return
    if unit.problem:
        text = shortened(table.head.text)
        yield Issue(table.head.number, "unknown_unit", text, unit.problem, CANDIDATES)
    sign = _sign_of_withdrawals(table)
    for row in table.rows:
        yield from _settled(row, table, sign, unit)


def _settled(
    row: StatementRow, table: Statement, sign: int, unit: Unit
) -> Iterator[Reserve | Issue]:
    """Yield the reserve of a row, or what stops it; totals and provisions are left out."""
    label = row.ways[0].label if row.ways else row.text
    if not label.strip() or SUM.match(label) or _is_provision(label, row.group):
        return
    if row.of_year:
        yield Issue(row.line, "unproved_row", shortened(row.text), _OF_A_YEAR)
        return
    proved = _proved(row.ways, table, sign)
    found = {tuple(way.values[column] for column in table.link.values()) for way in proved}
    if len(found) != 1:
        yield _unproved(row, bool(proved))
        return
    amounts = {
        what: cell for what, column in table.link.items() if (cell := proved[0].values[column])
    }
    beside = [name for name in _BESIDE if (cell := amounts.get(name)) and cell.value]
    if beside:
        yield Issue(row.line, "unproved_row", shortened(row.text), _BESIDE[beside[0]])
    elif (table.named or row.group == "both") and not (
        RESERVES.search(label) or row.group == "reserves"
    ):
        yield Issue(row.line, "unproved_row", shortened(row.text), _UNNAMED)
    else:
        yield Reserve(
            squeezed(proved[0].label),
            row.line,
            {
                what: None
                if cell.value is None
                else Decimal(cell.value * (sign if what == "withdrawn" else 1))
                / SCALE
                * unit.factor
                for what in _TAKEN
                if (cell := amounts.get(what))
            },
            unit.printed,
        )


def _is_provision(label: str, group: str) -> bool:
    of_reserves = RESERVES.search(label)
    return not of_reserves and (group == "provisions" or bool(PROVISIONS.match(label.strip())))


def _proved(ways: Sequence[Way], table: Statement, sign: int) -> list[Way]:
    """Return the ways to read a row in which its balances hold, where movements stand beside them.

    One that is not certain must hold in all its years.
    """
    link = table.link
    moved = any(what not in BALANCES for what in link)
    if not moved:
        whole = all(each is not None for way in ways for each in _of(way.values, link))
        has_balance = any(
            (cell := ways[0].values[link["closing"]]) and cell.value is not None for _ in ways[:1]
        )
        return list(ways) if whole and has_balance else []
    chain = table.chain if len(ways) > 1 else [link]
    proved = [way for way in ways if all(_holds(way.values, each, sign) for each in chain)]
    if len(ways) > 1:
        proved = [way for way in proved if not _is_turned(way.values, link, sign)]
        proved = [] if any(_may_be_a_note(way.values, link) for way in proved) else proved
    return proved


def _of(values: Values, link: Link) -> list[Printed | None]:
    return [values[column] for column in link.values()]


def _is_turned(values: Values, link: Link, sign: int) -> bool:
    """Say whether a movement is below zero, as where what was taken out is read as added."""
    signs = {"added": 1, "withdrawn": sign}
    moved = ((values[column], signs[what]) for what, column in link.items() if what in signs)
    return any(cell is not None and (cell.value or 0) * each < 0 for cell, each in moved)


def _may_be_a_note(values: Values, link: Link) -> bool:
    """Say whether a movement is so small that the row holds without it: it may be a footnote."""
    moved = (values[column] for what, column in link.items() if what in _MOVED)
    room = _room(_of(values, link))
    return any(cell is not None and 0 < abs(cell.value or 0) <= room for cell in moved)


def _sign_of_withdrawals(table: Statement) -> int:
    """Return −1 where withdrawals are printed below zero throughout."""
    place = table.link.get("withdrawn")
    if place is None:
        return 1
    cells = [row.ways[0].values[place] for row in table.rows if len(row.ways) == 1]
    known = [cell.value for cell in cells if cell and cell.value]
    return -1 if known and max(known) < 0 else 1


def _holds(values: Values, link: Link, sign: int) -> bool:
    """Say whether the closing balance is what the others come to; what is blank counts for none."""
    cells = {what: values[column] for what, column in link.items()}
    closing = cells["closing"]
    if closing is None or closing.value is None or any(cell is None for cell in cells.values()):
        return False
    made = sum(
        (cell.value or 0) * COUNTED[what] * (sign if COUNTED[what] < 0 else 1)
        for what, cell in cells.items()
        if what != "closing" and cell
    )
    return abs(closing.value - made) <= _room(_of(values, link))


def _room(cells: Sequence[Printed | None]) -> int:
    """Return what rounding may take from a row, in thousandths of the printed unit."""
    digit = SCALE // int(10 ** max(cell.decimals for cell in cells if cell))
    return int(len(cells) * digit * last_digits(None))


def _unproved(row: StatementRow, several: bool) -> Issue:
    if several:
        problem = "Op meer dan één manier te lezen; niet overgenomen."
        return Issue(row.line, "ambiguous_row", shortened(row.text), problem)
    problem = "De eindstand van deze reserve volgt niet uit de andere bedragen; niet overgenomen."
    return Issue(row.line, "unproved_row", shortened(row.text), problem)
