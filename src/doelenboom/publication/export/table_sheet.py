"""The sheet of a table: three rows of heading, and below them its rows in the order of its key.

Writes into a workbook that is being made; decides nothing about which tables there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from doelenboom.glossary import split_comment
from doelenboom.publication.export.cells import layouts_of, write_row
from doelenboom.publication.export.pages import fit_pages, lay_out
from doelenboom.publication.export.sheet_rows import add_rows, xml_rows
from doelenboom.publication.export.shown import key_columns, shown_columns
from doelenboom.publication.lineage.origins import Origin
from doelenboom.publication.lineage.words import Words
from doelenboom.storage.ordered import ordered_rows
from doelenboom.storage.resources import sql_name
from doelenboom.storage.tables import SCHEMA, Table

HEADING_ROWS = 3
"""Label, unit and name stand above the rows of a table."""

NAME_SIZE, SMALLER = 8, 1.3
"""Points of the names in the database, and how many more of their characters fit a width."""


@dataclass(frozen=True)
class Book:
    """A workbook being written: its release, and the formats of its headings and of its cells."""

    file: Workbook
    release: str
    title: Format
    heading: Format
    unit: Format
    name: Format
    link: Format
    cells: Mapping[str, Format]


@dataclass(frozen=True)
class SheetOf:
    """A table of an attached database, as a sheet of this name.

    With its number of rows, what it came from, and the words of its coded columns.
    """

    name: str
    catalog: str
    table: Table
    rows: int
    origins: Sequence[Origin]
    words: Mapping[str, Words]

    @property
    def label(self) -> str:
        """What its rows are, in Dutch."""
        return split_comment(self.table.comment)[0]


def write_table(
    book: Book,
    sheet: SheetOf,
    titles: Mapping[str, str],
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """Write the sheet of a table.

    `connection` has `define_functions`, `titles` are those of documents. Raises `RefusedError` for
    a text that is longer than a cell of Excel can hold.
    """
    columns = shown_columns(sheet.table, titles, sheet.words)
    place = sql_name(sheet.catalog, SCHEMA, sheet.table.name)
    layouts = layouts_of(connection, place, columns, sheet.name)
    widths = [layout.width for layout in layouts]
    page = book.file.add_worksheet(sheet.name)
    lay_out(page, widths, sheet.label, book.release)
    fit_pages(page, widths, key_columns(columns))
    page.freeze_panes(HEADING_ROWS, 0)
    page.repeat_rows(0, HEADING_ROWS - 1)
    write_heading(book, page, 0, [column.label for column in columns], widths)
    units = [column.unit or None for column in columns]
    write_row(page, 1, units, [book.unit] * len(columns), widths)
    names = [column.name for column in columns]
    smaller = [int(width * SMALLER) for width in widths]
    write_row(page, HEADING_ROWS - 1, names, [book.name] * len(columns), smaller)
    forms = [book.cells[layout.number_format] for layout in layouts]
    ordered = ordered_rows(sheet.catalog, sheet.table)
    rows = xml_rows(connection, ordered, columns, layouts, forms, above=HEADING_ROWS)
    add_rows(page, rows, sheet.rows, len(columns))
    page.autofilter(HEADING_ROWS - 1, 0, HEADING_ROWS + sheet.rows - 1, len(columns) - 1)


def write_heading(
    book: Book, page: Worksheet, row: int, words: Sequence[str], widths: Sequence[int]
) -> int:
    """Write a row of headings and return the row below it."""
    write_row(page, row, words, [book.heading] * len(words), widths)
    return row + 1
