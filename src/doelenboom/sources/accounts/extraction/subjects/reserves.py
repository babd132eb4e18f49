"""Statements of reserves: balance on 1 January, what came in and went out, balance on 31 December.

A row counts where its closing balance follows from the others; other rows, and tables of which the
columns or the unit are not certain, are named with their lines. Provisions are no reserves.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.numbers.candidates import Reading
from doelenboom.sources.accounts.extraction.numbers.printed import SCALE, Printed, rounding_of
from doelenboom.sources.accounts.extraction.proof.doubts import not_added_up
from doelenboom.sources.accounts.extraction.proof.subtotals import subtotals
from doelenboom.sources.accounts.extraction.tables.reserve_columns import BALANCES, COUNTED, Link
from doelenboom.sources.accounts.extraction.tables.reserve_sheets import is_garbled
from doelenboom.sources.accounts.extraction.tables.reserve_tables import (
    Statement,
    StatementRow,
    statements,
)
from doelenboom.sources.accounts.extraction.tables.reserve_unread import unread_reserves
from doelenboom.sources.accounts.extraction.tables.units import CANDIDATES, Unit, unit_of
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, whole
from doelenboom.sources.accounts.extraction.words.texts import shortened, squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import PROVISIONS, RESERVES, SUM

_HEADS = "de kolommen zeggen niet zeker wat zij zijn."
_GROUP = "Telt reserves eronder of erboven op; niet overgenomen."
_MAY_GROUP = "Kan reserves eronder optellen, maar geen som bewijst het; niet overgenomen."
_ALONE = "standen zonder mutaties, naast een staat met mutaties."
_UNSUMMED = "Geen totaal telt de standen van deze reserve op; niet overgenomen."
_CODED = "Alleen een code, en niet zeker welke naam, staat bij deze bedragen; niet overgenomen."
_UNNAMED = "Reserve of voorziening, dat staat er niet bij; niet overgenomen."

TERMS = {"opening": 1, "interest": 1, "added": 1, "withdrawn": -1}
"""What makes a closing balance of a reserve that is taken over, and how each counts."""

_KIND = whole(r"(?:[A-Z]\.? )?(?:[a-z]{1,20}e ){0,2}[a-z]{0,20}reserves", ANY_CASE)
"""The name of a kind of reserves, as a group of them may have."""

_CODE = whole(r"[A-Z]{1,3}[ .-]?\d{1,6}|\d{1,12}")
"""The code of a reserve, which is no name."""

_MOVED = ("interest", "added", "withdrawn")
_TAKEN = (*TERMS, "closing")

_BESIDE = {
    "result": "Het resultaat van het vorige jaar telt in deze reserve mee; niet overgenomen.",
    "result_withdrawn": "Het resultaat van het vorige jaar telt in deze reserve mee;"
    " niet overgenomen.",
    "released": "Een vrijval of afschrijving telt in deze reserve mee; niet overgenomen.",
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
    for table in _fullest(list(statements(lines, year))):
        taken.update(range(table.first_line, table.last_line + 1))
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


def _fullest(tables: Sequence[Statement]) -> Sequence[Statement]:
    """Refuse balances alone where a statement of the year has its movements as well."""
    alone = [_are_balances(table) for table in tables]
    if all(alone):
        return tables
    return [
        replace(table, refusal=table.refusal or _ALONE) if only else table
        for table, only in zip(tables, alone, strict=True)
    ]


def _read(table: Statement, lines: Sequence[Line]) -> Iterator[Reserve | Issue]:
    cells = [row.readings[0].cells[n] for row in table.rows for n in _places(row, table)]
    unit = unit_of(lines, table.head, table.place, table.after, cells)
    doubt = table.refusal or unit.doubt
    doubt = doubt or ("" if table.rows else "geen rij met bedragen gevonden.")
    text = shortened(table.head_text)
    if doubt:
        problem = (
            f"Staat van reserves, regels {table.first_line} t/m {table.last_line}, niet gelezen: "
        )
        yield Issue(table.first_line, "unread_table", text, problem + doubt)
        return
    if unit.problem:
        yield Issue(table.first_line, "unknown_unit", text, unit.problem, CANDIDATES)
    sign = _sign_of_withdrawals(table)
    summed = _summed(table)
    named = [
        n for n, row in enumerate(table.rows) if row.label.strip() and not SUM.match(row.label)
    ]
    groups = subtotals(table.rows, named)
    sums = [n for n, row in enumerate(table.rows) if SUM.match(row.label)]
    taken = [
        replace(row, readings=_proved(row.readings, table, sign) or row.readings)
        for row in table.rows
    ]
    for n, missed in subtotals(taken, sums, {*named} - {*groups}, nearly=True).items():
        if missed:
            yield not_added_up(table.rows[n], missed)
    for n, row in enumerate(table.rows):
        if n in groups:
            yield Issue(row.line, "part_row", shortened(row.text), _GROUP)
            if groups[n]:
                yield not_added_up(row, groups[n])
        elif row.line not in summed and _may_be_a_group(table.rows[n : n + 2]):
            yield Issue(row.line, "part_row", shortened(row.text), _MAY_GROUP)
        elif row.line in summed or not _are_balances(table):
            yield from _settled(row, table, sign, unit)
        elif row.label.strip() and not SUM.match(row.label):
            yield Issue(row.line, "unproved_row", shortened(row.text), _UNSUMMED)


def _may_be_a_group(rows: Sequence[StatementRow]) -> bool:
    """Say whether the first of two rows names a kind of reserves, and the second a reserve."""
    kinds = [bool(_KIND.fullmatch(row.label)) for row in rows]
    below = rows[-1]
    of_reserves = not (SUM.match(below.label) or _is_provision(below.label, below.group))
    return kinds == [True, False] and of_reserves


def _are_balances(table: Statement) -> bool:
    return set(table.link) <= set(BALANCES)


def _summed(table: Statement) -> set[int]:
    """Return the lines of rows whose balances a total below them adds up, in each column."""
    found: set[int] = set()
    every: list[StatementRow] = []
    block: list[StatementRow] = []
    for row in table.rows:
        if row.label.strip() and not SUM.match(row.label):
            every.append(row)
            block.append(row)
        elif any(_adds_up(row, rows, table.link) for rows in (block, every)):
            found |= {each.line for each in block}
            block = []
    return found


def _adds_up(total: StatementRow, rows: Sequence[StatementRow], link: Link) -> bool:
    if not all(row.sole for row in (total, *rows)):
        return False
    for column in link.values():
        cells = [row.sole[column] for row in (total, *rows)]
        off = (cells[0].value or 0) - sum(cell.value or 0 for cell in cells[1:])
        if abs(off) > rounding_of(cells):
            return False
    return len(rows) > 1


def _places(row: StatementRow, table: Statement) -> Collection[int]:
    return table.link.values() if row.readings else ()


def _settled(
    row: StatementRow, table: Statement, sign: int, unit: Unit
) -> Iterator[Reserve | Issue]:
    """Yield the reserve of a row, or what stops it; totals and provisions are left out."""
    label = row.label
    if not label.strip() or SUM.match(label) or _is_provision(label, row.group):
        return
    proved = _proved(row.readings, table, sign)
    if len({tuple(_amounts(each, table.link).values()) for each in proved}) != 1:
        yield _unproved(row, bool(proved))
        return
    amounts = _amounts(proved[0], table.link)
    beside = [name for name in _BESIDE if name in amounts and amounts[name].value]
    reserves = RESERVES.search(label) or row.group == "reserves"
    if beside:
        yield Issue(row.line, "unproved_row", shortened(row.text), _BESIDE[beside[0]])
    elif (table.named or row.group == "both") and not reserves:
        yield Issue(row.line, "unproved_row", shortened(row.text), _UNNAMED)
    elif _CODE.fullmatch(label):
        yield Issue(row.line, "unproved_row", shortened(row.text), _CODED)
    else:
        signs, certain = {"withdrawn": sign}, len(row.readings) == 1
        yield Reserve(
            squeezed(proved[0].label),
            row.line,
            {
                what: None
                if cell.value is None or (cell.nil and not certain)
                else Decimal(cell.value * signs.get(what, 1)) / SCALE * unit.factor
                for what, cell in amounts.items()
                if what in _TAKEN
            },
            unit.printed,
        )


def _is_provision(label: str, group: str) -> bool:
    of_reserves = RESERVES.search(label)
    return not of_reserves and (group == "provisions" or bool(PROVISIONS.match(label.strip())))


def _amounts(reading: Reading, link: Link) -> dict[str, Printed]:
    """Return the balances and movements of a year in a row."""
    return {what: reading.cells[column] for what, column in link.items()}


def _proved(readings: Sequence[Reading], table: Statement, sign: int) -> list[Reading]:
    """Return the ways to read a row in which its balances hold, where movements stand beside them.

    One that is not certain must hold in all its years.
    """
    if all(what in BALANCES for what in table.link):
        whole = all(
            not is_garbled(cell) and not cell.noted
            for each in readings
            for cell in _amounts(each, table.link).values()
        )
        closing = table.link.get("closing", 0)
        return [each for each in readings if whole and each.cells[closing].value is not None]
    chain = table.chain if len(readings) > 1 else [table.link]
    proved = [
        each for each in readings if all(_holds(_amounts(each, link), sign) for link in chain)
    ]
    if len(readings) > 1:
        found = [_amounts(each, table.link) for each in proved]
        proved = [
            each
            for each, amounts in zip(proved, found, strict=True)
            if not _is_turned(amounts, sign)
        ]
        found = [_amounts(each, table.link) for each in proved]
        doubtful = any(_may_be_a_note(each) or _begins_with_nothing(each) for each in found)
        proved = [] if doubtful else proved
    return proved


def _is_turned(amounts: Mapping[str, Printed], sign: int) -> bool:
    """Say whether a movement is below zero, as where what was taken out is read as added."""
    signs = {"added": 1, "withdrawn": sign}
    return any((cell.value or 0) * signs.get(what, 0) < 0 for what, cell in amounts.items())


def _begins_with_nothing(amounts: Mapping[str, Printed]) -> bool:
    """Say whether a reserve was taken from without an opening balance: its cells may be others."""
    empty = {what for what, cell in amounts.items() if cell.value is None}
    return "opening" in empty and "withdrawn" in amounts.keys() - empty


def _may_be_a_note(amounts: Mapping[str, Printed]) -> bool:
    """Say whether a movement is so small that the row holds without it: it may be a footnote."""
    moved = (cell for what, cell in amounts.items() if what in _MOVED)
    return any(0 < abs(cell.value or 0) <= rounding_of(amounts.values()) for cell in moved)


def _sign_of_withdrawals(table: Statement) -> int:
    """Return −1 where withdrawals are printed below zero throughout."""
    place = table.link.get("withdrawn")
    if place is None:
        return 1
    known = [value for row in table.rows if row.sole and (value := row.sole[place].value)]
    return -1 if known and max(known) < 0 else 1


def _holds(amounts: Mapping[str, Printed], sign: int) -> bool:
    """Say whether the closing balance is what the others come to.

    It must not hold as well where what may be a dash with a note is one.
    """
    if amounts["closing"].value is None or any(map(is_garbled, amounts.values())):
        return False
    nil = {what: replace(cell, value=0) if cell.noted else cell for what, cell in amounts.items()}
    off = abs(_off(amounts, sign))
    dashes = nil != amounts and abs(_off(nil, sign)) <= off
    return off <= rounding_of(amounts.values()) and not dashes


def _off(amounts: Mapping[str, Printed], sign: int) -> int:
    """Return by how much a closing balance is off the others; what is blank counts for none."""
    made = sum(
        (cell.value or 0) * COUNTED[what] * (sign if COUNTED[what] < 0 else 1)
        for what, cell in amounts.items()
        if what != "closing"
    )
    return (amounts["closing"].value or 0) - made


def _unproved(row: StatementRow, several: bool) -> Issue:
    if several:
        problem = "Op meer dan één manier te lezen; niet overgenomen."
        return Issue(row.line, "ambiguous_row", shortened(row.text), problem)
    problem = (
        "De eindstand van deze reserve volgt niet uit de andere bedragen; niet overgenomen."
        if row.readings
        else row.problem
    )
    return Issue(row.line, "unproved_row", shortened(row.text), problem)
