"""What a cost table is before its figures are settled, and what tells that lines are one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from doelenboom.sources.accounts.extraction.document.lines import LONGEST_ROW, Line
from doelenboom.sources.accounts.extraction.numbers.runs import number_run
from doelenboom.sources.accounts.extraction.tables.heads import flows_in
from doelenboom.sources.accounts.extraction.tables.layout import Layout
from doelenboom.sources.accounts.extraction.tables.table import Table, TableRow
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, anywhere, whole
from doelenboom.sources.accounts.extraction.words.rows import (
    SIDES,
    flow_of_all,
    is_known_row,
    kind_of,
)
from doelenboom.sources.accounts.extraction.words.texts import squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import (
    LONGEST_HEADING,
    PAGE_WORD,
    section_of,
)

LETTERS = anywhere(r"[A-Za-zÀ-ÿ]{2}")

_OF_RESERVES = anywhere(r"(?:^|\()(?:mutaties? )?reserv(?:es|eringen)\b", ANY_CASE)
"""A heading of reserves, as a whole or as what a table adds to another of its name."""

_UNIT = anywhere(r"edrag|[x*]\s*€")
_PAGE_NUMBER = whole(
    r"\s*(?:[-–|]\s?\d{1,3}(?:\s?[-–|])?|\d{1,3}(?:\s?\||\s+[-–]|\s+van\s+\d{1,3})?)\s*", ANY_CASE
)


@dataclass(frozen=True, kw_only=True)
class Grid(Table):
    """A cost table before its figures are settled: what its columns hold of the year."""

    layout: Layout
    balances: tuple[int, ...] = (1, -1)
    """The signs that balances may be printed with: as a cost, or as revenue less costs."""


def is_cost_table(rows: Sequence[TableRow], layout: Layout) -> bool:
    """Say whether rows are those of a cost table: two or more, and one that names a flow.

    One row is enough that is all of a flow, in several columns.
    """
    read = [row for row in rows if row.readings]
    known = any(column.flow for column in layout.columns) or any(
        is_known_row(reading.label) for row in read for reading in row.readings[:1]
    )
    known = known or any(row.heading and is_known_row(row.text) for row in rows)
    alone = len(layout.columns) > 1 and any(kind_of(row.label) in SIDES for row in read)
    return (len(read) > 1 or alone) and known and (layout.has_year or layout.beyond)


def headings_above(lines: Sequence[Line], place: int, layout: Layout) -> Iterator[TableRow]:
    """Yield what a table is headed by just above it: reserves where its columns name flows.

    Else the flow that all of it holds.
    """
    by_column = any(column.flow for column in layout.columns)
    near = [line for line in lines[max(0, place - 8) : place] if line.text.strip()][-3:]
    for line in reversed(near):
        text = squeezed(line.text)
        name = text if by_column and _OF_RESERVES.search(text) else ""
        name = name if by_column else flow_of_all(text)
        if is_heading(text) and name:
            yield TableRow(line.number, name, heading=True)
        if is_heading(text) and flows_in(text):
            return


def context_of(lines: Sequence[Line], place: int) -> str:
    """Return the short lines just above and around a head, which may say what a minus means."""
    near = [line.text for line in lines[max(0, place - 4) : place + 12]]
    return " ".join(text for text in near if len(text) <= LONGEST_ROW and _UNIT.search(text))


def is_heading(text: str) -> bool:
    """Say whether a line may be a heading within a table; it may end in one figure (`Wmo 2015`)."""
    return (
        len(text) <= LONGEST_HEADING
        and bool(LETTERS.search(text))
        and not text.endswith((".", ";", ","))
        and section_of(text) in ("", "costs")
        and len(number_run(text)[1].split()) <= 1
        and not PAGE_WORD.search(text)
    )


def is_page_number(text: str) -> bool:
    """Say whether a line has nothing but what may be the number of a page."""
    return bool(_PAGE_NUMBER.fullmatch(PAGE_WORD.sub("", text)))
