"""A file of tables that somebody dropped: which rows are accepted, which refused and why.

Nothing is loaded here. What a refusal says is Dutch: a controller reads it.
"""

import hashlib
import os
import stat
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from doelenboom.apart import SECONDS, read_apart
from doelenboom.errors import RefusedError, in_one_line
from doelenboom.sources.inbox.chapters import PLACE
from doelenboom.sources.inbox.tables import words
from doelenboom.sources.inbox.tables.drafts import Draft, Fault, Read
from doelenboom.sources.inbox.tables.grid import Cell, Row, Value, column_letters
from doelenboom.sources.inbox.tables.head import HeadFault
from doelenboom.sources.inbox.tables.kinds import Kind, plain
from doelenboom.sources.inbox.tables.limits import LARGEST_FILE, MOST_REFUSED
from doelenboom.sources.inbox.tables.reading import Judged, read_file

_LONGEST_VALUE = 200
_SHA256 = 64


@dataclass(frozen=True)
class DeliveredTable:
    """A table of the accounts package that was found in a file: its accepted rows.

    `table` and the columns of `header` are those of the package, cells are text as it has them:
    ISO numbers, nothing for null. `source_document` is the name of the file, `source_line` the
    line of the row from 1, or `Sheet!A7` in a workbook.
    """

    table: str
    header: tuple[str, ...]
    rows: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class RefusedRow:
    """A row that is refused, or with row 0 a file or sheet: where, what was found and expected."""

    sheet: str
    row: int
    column: str
    value: str
    rule: str
    expected: str


Line = tuple[int, tuple[Value, ...]]
"""The number of a row and its cells as they were."""


@dataclass(frozen=True)
class DeliveredSheet:
    """The rows of a sheet as they were, and those above them, the head from place `head` on."""

    name: str
    above: tuple[Line, ...]
    head: int
    rows: tuple[Line, ...]


@dataclass(frozen=True)
class Delivery:
    """What came of a file. `notes` say what was not read and refuses nothing.

    A workbook of failures is made of `sheets`. A file that was made from one names in
    `corrects` the SHA-256 of the delivery that its rows belong to.
    """

    name: str
    sha256: str
    tables: tuple[DeliveredTable, ...]
    refused: tuple[RefusedRow, ...]
    notes: tuple[str, ...] = ()
    sheets: tuple[DeliveredSheet, ...] = ()
    corrects: str = ""

    @property
    def is_no_table(self) -> bool:
        """Whether nothing in it looks like a table of the package: it may be a chapter."""
        return any(each.rule == words.FILES["no_table"][0] for each in self.refused)


def read_delivery(path: Path, seeds: Path) -> Delivery:
    """Read a CSV file or workbook with tables of the accounts package, in a process of its own.

    `seeds` holds the package (`accounts/`) and the reference lists (`reference/`). Rows that do
    not say whose they are and of which year are those of its folder, `GM0153/2018`. What is in the
    file is accepted or refused row by row; a file that cannot be read, or takes too much to
    read, is refused whole. Raises OSError when it cannot be opened, and `RuntimeError` where
    reading breaks down.
    """
    data = _bytes(path)
    try:
        return read_apart(
            delivery_of,
            data,
            path.name,
            seeds,
            _known_by_place(path),
            name=path.name,
            expected="a table",
            seconds=SECONDS,
        )
    except RefusedError as error:
        refused = replace(_of_file("limits"), value=in_one_line(str(error)))
        return Delivery(path.name, hashlib.sha256(data).hexdigest(), (), (refused,))


def delivery_of(
    data: bytes, name: str, seeds: Path, known: Mapping[str, str] | None = None
) -> Delivery:
    """Read the bytes of a file, as `read_delivery` does in another process.

    `known` are cells that all rows have where there is no column of them.
    """
    judged = read_file(data, name, seeds, known or {})
    refused = tuple(_refused(judged))
    more = [words.MORE_REFUSED.format(len(refused))] if len(refused) > MOST_REFUSED else []
    return Delivery(
        name,
        hashlib.sha256(data).hexdigest(),
        tuple(_accepted(judged)),
        refused[:MOST_REFUSED],
        tuple(map(in_one_line, (*judged.notes, *more))),
        tuple(_as_delivered(judged)),
        _corrects(judged),
    )


def _known_by_place(path: Path) -> dict[str, str]:
    """Say of a file in the place of a chapter whose its rows are, and of which year."""
    match = PLACE.fullmatch("/".join(path.absolute().parts[-3:]))
    return {"municipality_code": match[1], "fiscal_year": match[2]} if match else {}


def _bytes(path: Path) -> bytes:
    """Read one byte more than a file may have, of what is a file and no link to one."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise RefusedError(f"{path.name}: found no file, expected a CSV file or a workbook.")
        return file.read(LARGEST_FILE + 1)


def _accepted(judged: Judged) -> Iterator[DeliveredTable]:
    kinds = {draft.kind.name: draft.kind for draft in judged.drafts}
    for name, kind in kinds.items():
        rows = tuple(d.cells for d in judged.drafts if d.kind.name == name and not d.faults)
        if rows:
            yield DeliveredTable(name, tuple(kind.fields), rows)


def _refused(judged: Judged) -> Iterator[RefusedRow]:
    for error in judged.unread:
        told = _of_file(error.rule)
        yield replace(told, sheet=error.sheet, row=error.row, value=_shown(error.found))
    for read in judged.reads:
        yield from (_refused_head(read, fault) for fault in dict.fromkeys(read.head.faults))
    for draft in judged.drafts:
        for fault in dict.fromkeys(draft.faults):
            yield _refused_row(draft, fault)


def _of_file(rule: str) -> RefusedRow:
    name, expected = words.FILES[rule]
    return RefusedRow("", 0, "", "", name, expected)


def _refused_head(read: Read, fault: HeadFault) -> RefusedRow:
    rule, expected = words.HEADS[fault.rule]
    label = read.head.kind.label(fault.expected) if fault.expected else ""
    return RefusedRow(
        in_one_line(read.sheet.name),
        read.head.number,
        in_one_line(fault.column or label),
        "",
        rule,
        expected.format(expected=f"‘{label}’ of {fault.expected}", place=_place(read, fault)),
    )


def _place(read: Read, fault: HeadFault) -> str:
    """Say where a head stands: a cell of a workbook, or the line and column of a text file."""
    number = read.head.number
    if fault.place is None:
        return f"regel {number}"
    if read.sheet.name:
        return f"cel {column_letters(fault.place)}{number}"
    return f"regel {number}, kolom {fault.place + 1}"


def _refused_row(draft: Draft, fault: Fault) -> RefusedRow:
    rule, expected = words.ROWS[fault.rule]
    column = draft.columns.get(fault.column)
    value = draft.row.cell(column.place).text if column else ""
    head = column.text if column else draft.kind.label(fault.column) if fault.column else ""
    return RefusedRow(
        in_one_line(draft.sheet.name),
        draft.row.number,
        in_one_line(head),
        _shown(value),
        in_one_line(rule.format(name=fault.name)),
        in_one_line(expected.format(expected=_expected(draft.kind, fault))),
    )


def _expected(kind: Kind, fault: Fault) -> str:
    match fault.rule:
        case "type":
            return words.expected_of(kind.fields[fault.column], kind.choices(fault.column))
        case "key":
            key = " + ".join(kind.label(name) for name in fault.expected.split(", "))
            return f"combinatie van {key} (staat ook op {fault.name})"
        case "sum":
            return fault.expected or words.OTHERWISE
        case _:
            return fault.expected


def _shown(value: str) -> str:
    return in_one_line(value, _LONGEST_VALUE)


def _as_delivered(judged: Judged) -> Iterator[DeliveredSheet]:
    """Give the rows of each sheet; a number that could be read as a number, for any other file."""
    drafts: dict[tuple[int, int], list[Draft]] = defaultdict(list)
    for draft in judged.drafts:
        drafts[id(draft.sheet), draft.row.number].append(draft)
    for read in judged.reads:
        above = read.sheet.rows[: read.head.body]
        yield DeliveredSheet(
            in_one_line(read.sheet.name),
            tuple((row.number, tuple(map(_value, row.cells))) for row in above),
            [row.number for row in above].index(read.head.number),
            tuple(
                (row.number, _as_it_was(row, drafts[id(read.sheet), row.number]))
                for row in read.rows
            ),
        )


def _as_it_was(row: Row, drafts: Sequence[Draft]) -> tuple[Value, ...]:
    values = list(map(_value, row.cells))
    for draft in drafts:
        for name, column in draft.columns.items():
            written, cell = draft.cells[name], row.cell(column.place)
            kind = draft.kind.fields[name].type
            if kind == "number" and written and not cell.text.endswith("%"):
                values[column.place] = Decimal(written) / (column.unit or 1)
            elif kind == "string" and isinstance(cell.value, Decimal):
                values[column.place] = cell.text
    return tuple(values)


def _value(cell: Cell) -> Value:
    return cell.text or None if cell.value is None or cell.is_percentage else cell.value


def _corrects(judged: Judged) -> str:
    """Give the delivery that the rows of a workbook of failures belong to, if they name one."""
    places = [
        (read, read.head.marks[plain(words.CORRECTS)])
        for read in judged.reads
        if plain(words.CORRECTS) in read.head.marks
    ]
    named = {row.cell(place).text for read, place in places for row in read.rows}
    found = {text for text in named if len(text) == _SHA256 and text.isalnum()}
    return found.pop() if len(found) == 1 else ""
