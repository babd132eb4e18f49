"""Rows of a sheet on their way to the package: each cell read, what could not be told by column.

What follows from the other cells of a row is filled in here. Rules between rows live elsewhere.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from doelenboom.sources.accounts.extraction.words.vocabulary import (
    NETS,
    PART_ROW,
    TOTAL_ITEM,
    TOTAL_ROW,
)
from doelenboom.sources.accounts.rules import MUNICIPALITY_COLUMNS
from doelenboom.sources.inbox.tables.cells import CellFaultError, Votes, canonical, number_in
from doelenboom.sources.inbox.tables.grid import Row, Sheet
from doelenboom.sources.inbox.tables.head import Head, HeadColumn, is_example
from doelenboom.sources.inbox.tables.kinds import DERIVED, SOURCES_OF, Kind
from doelenboom.sources.inbox.tables.municipalities import Municipalities
from doelenboom.sources.inbox.tables.numbers import COMMA, POINT
from doelenboom.sources.inbox.tables.programmes import code_of_programme


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row: the rule of `words`, the column, and what was expected of it."""

    rule: str
    column: str = ""
    expected: str = ""
    name: str = ""


@dataclass
class Draft:
    """One row of the package: its cells as text, and what is wrong with it.

    A row of a wide sheet gives several, one for each flow.
    """

    sheet: Sheet
    head: Head
    row: Row
    cells: dict[str, str]
    columns: Mapping[str, HeadColumn]
    faults: list[Fault] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        """The table that it is a row of."""
        return self.head.kind


@dataclass(frozen=True)
class Read:
    """A sheet whose head is known."""

    sheet: Sheet
    head: Head

    @property
    def rows(self) -> Iterator[Row]:
        """The rows below the head, but for examples."""
        return (row for row in self.sheet.rows[self.head.body :] if not is_example(self.head, row))


def drafts_of(
    reads: Sequence[Read], municipalities: Municipalities, where_none_says: str = ""
) -> list[Draft]:
    """Read every row of the sheets of a file.

    `where_none_says` is how numbers are read of which no other number says how they are written.
    """
    columns = {id(read): _votes_by_column(read) for read in reads}
    found = set[str]().union(*(vote for votes in columns.values() for vote in votes.values()))
    found = found or ({where_none_says} if where_none_says else found)
    return [
        draft
        for read in reads
        for row in read.rows
        for draft in _drafts(read, row, columns[id(read)], found, municipalities)
    ]


def _votes_by_column(read: Read) -> Mapping[int, set[str]]:
    """Say for each column of numbers how its unambiguous ones are written."""
    votes: dict[int, set[str]] = defaultdict(set)
    places = [
        column.place
        for column in read.head.columns
        if read.head.kind.fields[column.name].type == "number"
    ]
    for row in read.rows:
        for place in places:
            if len(votes[place]) < len((COMMA, POINT)) and (number := number_in(row.cell(place))):
                votes[place] |= number.votes
    return votes


def _drafts(
    read: Read,
    row: Row,
    votes: Mapping[int, set[str]],
    of_file: set[str],
    municipalities: Municipalities,
) -> Iterator[Draft]:
    for flow, columns in _flows(read.head, row):
        draft = Draft(read.sheet, read.head, row, dict.fromkeys(read.head.kind.fields, ""), columns)
        draft.faults += _shape_faults(read, row)
        for column in columns.values():
            said = (votes.get(column.place, set()), of_file)
            _read_cell(draft, column, said)
        if flow:
            draft.cells["flow"] = flow
        for name, text in read.head.known.items():
            draft.cells[name] = draft.cells[name] if name in columns else text
        _name_municipalities(draft, municipalities)
        _derive(draft)
        yield draft


def _flows(head: Head, row: Row) -> Iterator[tuple[str, dict[str, HeadColumn]]]:
    """Give the columns of a row, those of a wide one for each flow that it has an amount of.

    A balance of a line is the difference of the others; the package has it of totals alone.
    """
    if not head.is_wide:
        yield "", {column.name: column for column in head.columns}
        return
    keys = {column.name: column for column in head.columns if not column.flow}
    flows = dict.fromkeys(column.flow for column in head.columns if column.flow)
    is_total = _is_total(row.cell(keys["line_item"].place).text) if "line_item" in keys else True
    for flow in flows:
        amounts = {column.name: column for column in head.columns if column.flow == flow}
        empty = not any(row.cell(column.place).text for column in amounts.values())
        if not empty and (is_total or flow not in NETS):
            yield flow, keys | amounts
    if all(not row.cell(c.place).text for c in head.columns if c.flow):
        yield next(iter(flows)), keys


def _shape_faults(read: Read, row: Row) -> Iterator[Fault]:
    """Notice cells that moved: a decimal comma between commas makes two cells of a number."""
    width, is_strict = _width(read), read.sheet.is_strict
    if any(is_strict or cell.text for cell in row.cells[width:]):
        yield Fault("too_many_cells")
    elif is_strict and len(row.cells) < width:
        yield Fault("too_few_cells")


def _width(read: Read) -> int:
    """Count the cells of the head."""
    upper = read.sheet.rows[: read.head.body]
    return max(len(row.cells) for row in upper if row.number >= read.head.number)


def _read_cell(draft: Draft, column: HeadColumn, votes: Votes) -> None:
    described = draft.kind.fields[column.name]
    cell = draft.row.cell(column.place)
    try:
        text = canonical(cell, described, draft.kind, column.unit, votes)
        if draft.head.is_wide and column.name == "programme_code":
            text = code_of_programme(text)
    except CellFaultError as fault:
        draft.faults.append(Fault(fault.rule, column.name))
    else:
        draft.cells[column.name] = text


def _name_municipalities(draft: Draft, municipalities: Municipalities) -> None:
    for name in MUNICIPALITY_COLUMNS:
        text = draft.cells.get(name)
        if text:
            code = municipalities.code(text, draft.cells["fiscal_year"])
            draft.cells[name] = code or text
            if not code:
                draft.faults.append(Fault("unknown_municipality", name))


def _is_total(text: str) -> bool:
    word = text.strip().lower()
    return text == TOTAL_ITEM or bool(TOTAL_ROW.fullmatch(word) and not PART_ROW.fullmatch(word))


def _derive(draft: Draft) -> None:
    """Fill in what follows from the other cells, where nothing stands."""
    cells, kind = draft.cells, draft.kind
    place = draft.sheet.place(draft.row)
    cells["source_line"] = place
    for name, of in SOURCES_OF.items():
        if name in cells and cells[of]:
            cells[name] = place
    if draft.head.is_wide:
        is_total = "line_item" not in draft.columns or _is_total(cells["line_item"])
        cells["line_item"] = TOTAL_ITEM if is_total else cells["line_item"]
    faulty = {fault.column for fault in draft.faults}
    for name in DERIVED.get(kind.name, ()):
        if not cells[name] and name not in faulty:
            cells[name] = _derived(draft, name, faulty)
            if not cells[name]:
                draft.faults.append(Fault("measure", name))


def _derived(draft: Draft, name: str, faulty: Collection[str]) -> str:
    cells, columns, kind = draft.cells, draft.columns, draft.kind
    if name == "value_status":
        has_figure = not kind.measures or any(
            cells[measure] or measure in faulty for measure in kind.measures
        )
        return "reported" if has_figure else "not_reported" if "score" in columns else ""
    return {
        "is_total": "true" if cells.get("line_item") == TOTAL_ITEM else "false",
        "target_status": "reported" if cells.get("target") else "not_reported",
        "margin_status": "printed" if cells.get("margin_of_error") else "not_printed",
        "measurement_basis": "unknown",
        "phase_basis": "stated",
        "direction_basis": "source",
    }[name]
