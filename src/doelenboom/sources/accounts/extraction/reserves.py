"""Statements of reserves: balance on 1 January, what came in and went out, balance on 31 December.

A row counts where its closing balance follows from the others; other rows, and tables of which the
columns or the unit are not certain, are named with their lines. Provisions are no reserves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import takewhile, zip_longest

from doelenboom.codes import last_digits
from doelenboom.sources.accounts.extraction.lines import Issue, Line, shortened, squeezed
from doelenboom.sources.accounts.extraction.numbers import (
    SCALE,
    Cells,
    Printed,
    Reading,
    number_run,
    placements,
    read_cell,
    read_row,
)
from doelenboom.sources.accounts.extraction.patterns import ANY_CASE, anywhere, whole
from doelenboom.sources.accounts.extraction.units import Unit, unit_of
from doelenboom.sources.accounts.extraction.vocabulary import RESERVE_COLUMNS

_RESULT = "Het resultaat van het vorige jaar telt in deze reserve mee; niet overgenomen."
_UNNAMED = "Reserve of voorziening, dat staat er niet bij; niet overgenomen."

NEEDED = frozenset({"opening", "closing", "added", "withdrawn"})
TERMS = {"opening": 1, "interest": 1, "result": 1, "added": 1, "withdrawn": -1}
"""What makes a closing balance, and how each counts."""

_ABOVE = 4
"""Lines above a table among which one may say of what it is."""

_BELOW = 6
"""Lines below its head among which one may say so where none above does."""

_HEADS_MOST, _STACKED_HEADS, _MOST_ROWS = 4, 12, 2_000
_BROKEN = anywhere("(?<=[a-z])- ?(?=[a-z])")
_CODE = whole(r"[A-Z]{0,2}[.]?\d{1,6}(?:[.]\d{1,4})?(?:\s[A-Z]{0,2}[.]?\d{1,6})?", ANY_CASE)
_YEARS = anywhere(r"(?<!\d)20\d\d(?!\d)")
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
class _Row:
    """A printed row: its line and text, and the ways to read it."""

    line: int
    text: str
    readings: Sequence[Reading]


@dataclass(frozen=True)
class _Table:
    """A statement: what its columns of amounts hold, its head, its rows, and its last line.

    `year` is that of its balances, 0 where none is printed. Where it may hold provisions as well
    only rows that are `named` reserves count.
    """

    columns: Sequence[str]
    head: Line
    rows: Sequence[_Row]
    last: int
    year: int = 0
    named: bool = False


def read_reserves(lines: Sequence[Line], year: int) -> tuple[list[Reserve], list[Issue], set[int]]:
    """Read the statements of reserves of a year, what is not read, and the lines they take."""
    rows: dict[str, Reserve] = {}
    issues: list[Issue] = []
    taken: set[int] = set()
    for table in _tables(lines):
        taken.update(range(table.head.number, table.last + 1))
        for found in _read(table, lines, year):
            if isinstance(found, Issue):
                issues.append(found)
            elif rows.setdefault(found.name, found) is not found:
                problem = f"Zelfde naam als regel {rows[found.name].line}; die is overgenomen."
                issues.append(Issue(found.line, "same_name", shortened(found.name), problem))
    return list(rows.values()), issues, taken


def _tables(lines: Sequence[Line]) -> Iterator[_Table]:
    place = 0
    while place < len(lines):
        table = (_in_cells if lines[place].cells else _in_text)(lines, place)
        of = _subject(lines, place) if table else ""
        if table and of:
            yield replace(table, named=of == "both")
            while place < len(lines) and lines[place].number <= table.last:
                place += 1
        else:
            place += 1


def _in_cells(lines: Sequence[Line], place: int) -> _Table | None:
    """Read the statement whose heads begin on a row of cells."""
    start = place
    while start < len(lines) and start - place < _HEADS_MOST and _is_head(lines[start]):
        start += 1
    heads = lines[place:start]
    texts = [_BROKEN.sub("", " ".join(cell for cell in column if cell))
             for column in zip_longest(*(line.cells for line in heads), fillvalue="")]  # fmt: skip
    found = [_heads_in(text) for text in texts]
    columns = _with_opening([names[0] if len(names) == 1 else "" for names in found])
    if not set(columns) >= NEEDED or not any(map(_heads_in, heads[0].cells)):
        return None
    first = next(n for n, column in enumerate(columns) if column)
    end = _end(lines, start)
    body = [line for line in lines[start:end] if len(_amounts(line)) > 1]
    kept = [n for n in range(first, len(columns)) if columns[n] or _has_text(body, n)]
    rows = [_row_of_cells(line, first, kept) for line in body]
    head = Line(heads[0].number, " ".join(line.text for line in heads))
    last = lines[end - 1].number
    return _Table([columns[n] for n in kept], head, rows, last, _year_of(texts, columns))


def _is_head(line: Line) -> bool:
    return bool(line.cells) and len(_amounts(line)) <= 1


def _has_text(body: Sequence[Line], column: int) -> bool:
    return any(line.cells[column:] and line.cells[column] for line in body)


def _row_of_cells(line: Line, first: int, kept: Sequence[int]) -> _Row:
    cells = [*line.cells, *[""] * (max(kept) + 1)]
    read = [read_cell(cells[n]) for n in kept]
    known = tuple(cell for cell in read if cell)
    label = squeezed(" ".join(cell for cell in line.cells[:first] if cell))
    return _Row(line.number, line.text, [Reading(label, known)] if len(known) == len(kept) else [])


def _in_text(lines: Sequence[Line], place: int) -> _Table | None:
    """Read the statement whose heads stand on a line, or each on a line of its own."""
    columns = _with_opening(_heads_in(lines[place].text))
    if set(columns) >= NEEDED:
        end = _end(lines, place + 1)
        rows = [
            _Row(line.number, line.text, [*found.fitting, *found.others])
            for line in lines[place + 1 : end]
            if len(_amounts(line)) > 1
            for found in [read_row(line.text, len(columns), lambda _: True)]
        ]
        year = _year_of([lines[place].text], ["closing"])
        return _Table(columns, lines[place], rows, lines[end - 1].number, year)
    return _stacked(lines, place) if len(columns) == 1 else None


def _stacked(lines: Sequence[Line], place: int) -> _Table | None:
    """Read the statement of which each cell stands on a line of its own, from its first balance."""
    cells = [line for line in lines[place:] if line.text.strip()]
    heads = list(takewhile(lambda line: not _amount_of(line), cells[:_STACKED_HEADS]))
    found = [_heads_in(line.text) for line in heads]
    count = max((n for n, names in enumerate(found) if names), default=-1) + 1
    columns = _with_opening([names[0] if len(names) == 1 else "" for names in found[:count]])
    if not set(columns) >= NEEDED:
        return None
    head = Line(lines[place].number, " ".join(line.text for line in heads[:count]))
    if columns[0] != "opening":
        return _Table([""], head, [], heads[count - 1].number)
    rows: list[_Row] = []
    label, last, at = None, heads[count - 1].number, count
    while at < len(cells):
        run = list(takewhile(_amount_of, cells[at : at + len(columns) + 1]))
        if not run:
            if _PROVISIONS.search(cells[at].text) or cells[at].cells or at - count > _MOST_ROWS:
                break
            label, at = _labelled(label, cells[at]), at + 1
            continue
        if label is None or len(run) > len(columns):
            break
        printed = tuple(cell for line in run if (cell := read_cell(line.text)))
        text = " ".join([label.text, *(cell.text for cell in printed)])
        readings = [
            Reading(squeezed(label.text), each) for each in placements(printed, len(columns))
        ]
        rows.append(_Row(label.number, text, readings))
        label, last, at = None, run[-1].number, at + len(run)
    year = _year_of([line.text for line in heads[:count]], columns)
    return _Table(columns, head, rows, last, year) if rows else None


def _labelled(above: Line | None, line: Line) -> Line:
    """Join the number that stands on a line of its own above a name to it."""
    if above is None or not _CODE.fullmatch(above.text.strip()):
        return line
    return replace(above, text=f"{above.text} {line.text}")


def _amount_of(line: Line) -> bool:
    read = None if line.cells or _YEARS.fullmatch(line.text.strip()) else read_cell(line.text)
    return bool(read and read.value is not None)


def _with_opening(columns: list[str]) -> list[str]:
    """Call the first of two closing balances the opening one: that of the year before."""
    if columns.count("closing") == 2 and "opening" not in columns:  # noqa: PLR2004
        columns[columns.index("closing")] = "opening"
    return columns


def _year_of(texts: Sequence[str], columns: Sequence[str]) -> int:
    """Return the year whose end the closing balance is of, 0 where its head has none."""
    closing = [text for text, column in zip(texts, columns, strict=False) if column == "closing"]
    years = _YEARS.findall(" ".join(closing))
    return max(map(int, years), default=0)


def _heads_in(text: str) -> list[str]:
    return [
        next(
            RESERVE_COLUMNS[int(name[1:])][0] for name, value in match.groupdict().items() if value
        )
        for match in _HEADS.finditer(text)
    ]


def _subject(lines: Sequence[Line], place: int) -> str:
    """Return what the nearest line that names reserves or provisions names: `both`, or reserves."""
    near = [line.text for line in lines[max(place - _ABOVE, 0) : place + 1]]
    below = [line.text for line in lines[place + 1 : place + _BELOW + 1]]
    for text in (*reversed(near), *below):
        of_reserves, of_provisions = _RESERVES.search(text), _PROVISIONS.search(text)
        if of_reserves or of_provisions:
            return ("both" if of_provisions else "reserves") if of_reserves else ""
    return ""


def _end(lines: Sequence[Line], place: int) -> int:
    """Return the place behind the rows of a table: headings between them belong to it."""
    end = place
    for at in range(place, len(lines)):
        line = lines[at]
        if _PROVISIONS.search(line.text) or set(_heads_in(line.text)) >= NEEDED:
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


def _read(table: _Table, lines: Sequence[Line], year: int) -> Iterator[Reserve | Issue]:
    cells = [cell for row in table.rows for each in row.readings[:1] for cell in each.cells]
    place = next(n for n, line in enumerate(lines) if line.number == table.head.number)
    after = next((n for n, line in enumerate(lines) if line.number > table.last), len(lines))
    unit = unit_of(lines, [table.head], place, after, cells)
    doubt = unit.doubt or ("een kolom zegt niet wat zij is." if "" in table.columns else "")
    doubt = doubt or ("" if table.rows else "geen rij met bedragen gevonden.")
    if table.year not in (0, year):
        doubt = f"zij is van {table.year}."
    if doubt:
        problem = f"Staat van reserves, regels {table.head.number} t/m {table.last}, niet gelezen: "
        yield Issue(table.head.number, "unread_table", shortened(table.head.text), problem + doubt)
        return
    sign = _sign_of_withdrawals([row.readings for row in table.rows], table.columns)
    for row in table.rows:
        yield from _settled(row, table, sign, unit)


def _settled(row: _Row, table: _Table, sign: int, unit: Unit) -> Iterator[Reserve | Issue]:
    """Yield the reserve of a row, or what stops it; totals are left out."""
    proved = [each for each in row.readings if _holds(each.cells, table.columns, sign)]
    label = row.readings[0].label if row.readings else row.text
    if _is_total(label):
        return
    if len({each.cells for each in proved}) != 1:
        yield _unproved(row, bool(proved))
        return
    amounts = dict(zip(table.columns, proved[0].cells, strict=True))
    if (result := amounts.pop("result", None)) and result.value:
        yield Issue(row.line, "unproved_row", shortened(row.text), _RESULT)
    elif table.named and not _RESERVES.search(label):
        yield Issue(row.line, "unproved_row", shortened(row.text), _UNNAMED)
    else:
        factors = {column: sign if column == "withdrawn" else 1 for column in amounts}
        yield Reserve(
            proved[0].label,
            row.line,
            {
                column: None
                if cell.value is None
                else Decimal(cell.value * factors[column]) / SCALE * unit.factor
                for column, cell in amounts.items()
            },
            unit.printed,
        )


def _is_total(label: str) -> bool:
    words = label.lower().split()
    return not words or words[0] in ("totaal", "subtotaal", "totalen")


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


def _unproved(row: _Row, several: bool) -> Issue:
    if several:
        problem = "Op meer dan één manier te lezen; niet overgenomen."
        return Issue(row.line, "ambiguous_row", shortened(row.text), problem)
    problem = "De eindstand van deze reserve volgt niet uit de andere bedragen; niet overgenomen."
    return Issue(row.line, "unproved_row", shortened(row.text), problem)
