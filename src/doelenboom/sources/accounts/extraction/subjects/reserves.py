"""Statements of reserves: balance on 1 January, what came in and went out, balance on 31 December.

A row counts where its closing balance follows from the others; other rows, and tables of which the
columns or the unit are not certain, are named with their lines. Provisions are no reserves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from doelenboom.codes import last_digits
from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.numbers.candidates import Reading, read_row
from doelenboom.sources.accounts.extraction.numbers.printed import SCALE, Cells, Printed, read_cell
from doelenboom.sources.accounts.extraction.numbers.runs import number_run
from doelenboom.sources.accounts.extraction.tables.units import unit_of
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, anywhere
from doelenboom.sources.accounts.extraction.words.texts import shortened
from doelenboom.sources.accounts.extraction.words.vocabulary import RESERVE_COLUMNS, TOTAL_ROW

NEEDED = frozenset({"opening", "closing", "added", "withdrawn"})
TERMS = {"opening": 1, "interest": 1, "added": 1, "withdrawn": -1}
"""What makes a closing balance, and how each counts."""

_ABOVE = 4
"""Lines above a table among which one may say of what it is."""

_RESERVES = anywhere(r"reserve", ANY_CASE)
_PROVISIONS = anywhere(r"voorziening", ANY_CASE)
_HEADS = anywhere(
    "|".join(f"(?P<c{n}>{form})" for n, (_, form) in enumerate(RESERVE_COLUMNS)), ANY_CASE
)


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
class _Table:
    """The columns of a statement in their order, its head and the lines below it."""

    columns: Sequence[str]
    head: Line
    place: int
    body: Sequence[Line]

    @property
    def last(self) -> int:
        return self.body[-1].number if self.body else self.head.number


def read_reserves(lines: Sequence[Line]) -> tuple[list[Reserve], list[Issue], set[int]]:
    """Read the statements of reserves of a chapter, what is not read, and the lines they take."""
    rows: dict[str, Reserve] = {}
    issues: list[Issue] = []
    taken: set[int] = set()
    for table in _tables(lines):
        taken.update(range(table.head.number, table.last + 1))
        for found in _read(table, lines):
            if isinstance(found, Issue):
                issues.append(found)
            elif rows.setdefault(found.name, found) is not found:
                problem = f"Zelfde naam als regel {rows[found.name].line}; die is overgenomen."
                issues.append(Issue(found.line, "same_name", shortened(found.name), problem))
    return list(rows.values()), issues, taken


def _tables(lines: Sequence[Line]) -> Iterator[_Table]:
    place = 0
    while place < len(lines):
        columns = _columns(lines[place])
        if set(columns) >= NEEDED and _is_of_reserves(lines, place):
            end = _end(lines, place + 1)
            yield _Table(columns, lines[place], place, lines[place + 1 : end])
            place = end
        else:
            place += 1


def _columns(head: Line) -> list[str]:
    """Return what each column of amounts holds, empty for one that the head does not tell."""
    if head.cells:
        found = [_heads_in(cell) for cell in head.cells[1:]]
        return [names[0] if len(names) == 1 else "" for names in found]
    return _heads_in(head.text)


def _heads_in(text: str) -> list[str]:
    return [
        next(
            RESERVE_COLUMNS[int(name[1:])][0] for name, value in match.groupdict().items() if value
        )
        for match in _HEADS.finditer(text)
    ]


def _is_of_reserves(lines: Sequence[Line], place: int) -> bool:
    """Say whether the nearest line that names reserves or provisions names reserves."""
    near = [line.text for line in lines[max(place - _ABOVE, 0) : place + 1]]
    below = [line.text for line in lines[place + 1 : place + 2]]
    for text in (*reversed(near), *below):
        if _PROVISIONS.search(text) or _RESERVES.search(text):
            return not _PROVISIONS.search(text)
    return False


def _end(lines: Sequence[Line], place: int) -> int:
    """Return the place behind the rows of a table: headings between them belong to it."""
    end = place
    for at in range(place, len(lines)):
        line = lines[at]
        if _PROVISIONS.search(line.text) or set(_columns(line)) >= NEEDED:
            break
        if len(_amounts(line)) > 1:
            end = at + 1
        elif line.text.strip() and at - end > 1:
            break
    return end


def _amounts(line: Line) -> list[str]:
    if line.cells:
        return [cell for cell in line.cells[1:] if (read := read_cell(cell)) and read.text]
    return number_run(line.text)[1].split()


def _read(table: _Table, lines: Sequence[Line]) -> Iterator[Reserve | Issue]:
    rows = [line for line in table.body if len(_amounts(line)) > 1]
    readings = {line.number: _readings(line, table.columns) for line in rows}
    cells = [cell for found in readings.values() for each in found[:1] for cell in each.cells]
    after = table.place + 1 + len(table.body)
    unit = unit_of(lines, [table.head], table.place, after, cells)
    doubt = unit.doubt or ("" if rows else "geen rij met bedragen gevonden.")
    if doubt or "" in table.columns:
        why = doubt or "een kolom zegt niet wat zij is."
        problem = f"Staat van reserves, regels {table.head.number} t/m {table.last}, niet gelezen: "
        yield Issue(table.head.number, "unread_table", shortened(table.head.text), problem + why)
        return
    sign = _sign_of_withdrawals(readings.values(), table.columns)
    for line in rows:
        proved = [each for each in readings[line.number] if _holds(each.cells, table.columns, sign)]
        if len({each.cells for each in proved}) != 1:
            if not TOTAL_ROW.match(line.text.strip().lower()):
                yield _unproved(line, bool(proved))
        elif not _is_total(proved[0].label):
            amounts = dict(zip(table.columns, proved[0].cells, strict=True))
            yield Reserve(
                proved[0].label,
                line.number,
                {
                    column: None
                    if cell.value is None
                    else Decimal(cell.value * (sign if column == "withdrawn" else 1))
                    / SCALE
                    * unit.factor
                    for column, cell in amounts.items()
                },
                unit.printed,
            )


def _is_total(label: str) -> bool:
    words = label.lower().split()
    return not words or words[0] in ("totaal", "subtotaal", "totalen")


def _readings(line: Line, columns: Sequence[str]) -> list[Reading]:
    if not line.cells:
        found = read_row(line.text, len(columns), lambda _: True)
        return [*found.fitting, *found.others]
    texts = [*line.cells[1:], *[""] * len(columns)][: len(columns)]
    cells = [read_cell(text) for text in texts]
    known = tuple(cell for cell in cells if cell)
    return [Reading(line.cells[0].strip(), known)] if len(known) == len(columns) else []


def _sign_of_withdrawals(rows: Iterable[Sequence[Reading]], columns: Sequence[str]) -> int:
    """Return −1 where withdrawals are printed below zero throughout."""
    place = columns.index("withdrawn")
    values = [found[0].cells[place].value for found in rows if len(found) == 1]
    known = [value for value in values if value]
    return -1 if known and max(known) < 0 else 1


def _holds(cells: Cells, columns: Sequence[str], sign: int) -> bool:
    """Say whether the closing balance is what the others come to; what is blank counts for none."""
    values = dict(zip(columns, cells, strict=True))
    closing = values["closing"].value
    if closing is None:
        return False
    terms = {name: values[name] for name in TERMS if name in values}
    made = sum(
        (cell.value or 0) * TERMS[name] * (sign if name == "withdrawn" else 1)
        for name, cell in terms.items()
    )
    return abs(closing - made) <= _room(cells)


def _room(cells: Sequence[Printed]) -> int:
    """Return what rounding may take from a row, in thousandths of the printed unit."""
    digit = SCALE // int(10 ** max(cell.decimals for cell in cells))
    return int(len(cells) * digit * last_digits(None))


def _unproved(line: Line, several: bool) -> Issue:
    if several:
        problem = "Op meer dan één manier te lezen; niet overgenomen."
        return Issue(line.number, "ambiguous_row", shortened(line.text), problem)
    problem = "De eindstand van deze reserve volgt niet uit de andere bedragen; niet overgenomen."
    return Issue(line.number, "unproved_row", shortened(line.text), problem)
