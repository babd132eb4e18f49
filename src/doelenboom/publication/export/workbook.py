"""Tables of a release as one Excel workbook that says itself what it holds.

Writes sheets row by row, with memory flat; what they say in Dutch is in `workbook_words`. The
same release and tables give the same bytes: the workbook is dated by the run date.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

import duckdb
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from doelenboom.codes import labels_nl
from doelenboom.errors import RefusedError
from doelenboom.publication.export.cells import (
    COUNT,
    LONG_TEXT,
    CellLayout,
    cell_formats,
    layouts_of,
    write_row,
)
from doelenboom.publication.export.units import unit_of
from doelenboom.publication.export.workbook_words import (
    COLUMNS,
    COLUMNS_HEADING,
    COUNTED,
    GUIDE,
    GUIDE_HEADING,
    KINDS,
    LICENCES,
    NO_ORIGIN,
    ORIGINS,
    ORIGINS_HEADING,
    STATUSES_HEADING,
    TYPES,
    facts,
)
from doelenboom.publication.lineage.origins import Origin
from doelenboom.publication.manifest import Release
from doelenboom.storage.ordered import ordered_rows
from doelenboom.storage.tables import SCHEMA, Table, split_comment

HEADING_ROWS = 3
"""Label, unit and name stand above the rows of a table."""

MAX_ROWS = 1_048_576 - HEADING_ROWS
MAX_SHEET_NAME = 31
A4 = 9
"""Excel's number for this size of paper."""

FETCHED = 10_000
"""Rows that are in memory at once."""

Row = Sequence[object]

OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}

COLUMNS_WIDTHS = (28, 38, 60, 90, 18, 14, 9)
ORIGINS_WIDTHS = (28, 30, 70, 68, 10, 22)
GUIDE_WIDTHS = (30, 110, 12)

GREY = "#E7E6E6"
ALL_CELLS = "A1:XFD1048576"


@dataclass(frozen=True)
class Book:
    """A workbook being written, with the formats of its headings and of its cells."""

    file: Workbook
    title: Format
    heading: Format
    unit: Format
    link: Format
    cells: Mapping[str, Format]


@dataclass(frozen=True)
class SheetOf:
    """A table, the name of its sheet, its number of rows and what it came from."""

    name: str
    table: Table
    rows: int
    origins: Sequence[Origin]


def refuse_long_tables(release: Release, names: Iterable[str]) -> None:
    """Raise `RefusedError` for the first table with more rows than a sheet of Excel can hold."""
    rows = {table.name: table.rows for table in release.tables}
    for name in names:
        if rows[name] > MAX_ROWS:
            raise RefusedError(
                f"{SCHEMA}.{name} has {rows[name]:,} rows and a sheet of Excel holds {MAX_ROWS:,}:"
                " export it as csv or parquet, or ask for a part of it with"
                f' `doelenboom query "from {SCHEMA}.{name} where ..." --format csv`'
            )


def write_workbook(
    path: Path,
    release: Release,
    tables: Sequence[Table],
    *,
    origins: Mapping[str, Sequence[Origin]],
    connection: duckdb.DuckDBPyConnection,
    catalog: str,
) -> None:
    """Write a guide, a sheet for each table, and sheets with all columns and all sources.

    `connection` has the database of the release attached as `catalog`. Raises `RefusedError` for
    a text that is longer than a cell of Excel can hold.
    """
    counts = {table.name: table.rows for table in release.tables}
    names = sheet_names([table.name for table in tables])
    sheets = [
        SheetOf(name, table, counts[table.name], origins[table.name])
        for name, table in zip(names, tables, strict=True)
    ]
    with Workbook(str(path), OPTIONS) as file:
        book = _book(file, release)
        _write_guide(book, release, sheets)
        for sheet in sheets:
            layouts = layouts_of(connection, catalog, sheet.table)
            connection.execute(ordered_rows(catalog, sheet.table))
            _write_table(book, sheet, layouts, connection)
        _write_list(book, COLUMNS, COLUMNS_HEADING, COLUMNS_WIDTHS, _column_rows(sheets))
        _write_list(book, ORIGINS, ORIGINS_HEADING, ORIGINS_WIDTHS, _origin_rows(sheets))


def sheet_names(tables: Iterable[str]) -> list[str]:
    """Give each table a sheet name: at most 31 characters, and no two alike in any case."""
    taken = {name.lower() for name in (GUIDE, COLUMNS, ORIGINS)}
    names = []
    for table in tables:
        name, number = table[:MAX_SHEET_NAME], 1
        while name.lower() in taken:
            number += 1
            name = f"{table[: MAX_SHEET_NAME - 1 - len(str(number))]}~{number}"
        taken.add(name.lower())
        names.append(name)
    return names


def _book(file: Workbook, release: Release) -> Book:
    file.set_properties(
        {
            "title": f"doelenboom {release.release_id}",
            "author": "doelenboom",
            "created": datetime.combine(release.run_date, time()),
        }
    )
    heading = {"text_wrap": True, "align": "left", "valign": "top", "indent": 1}
    return Book(
        file,
        title=file.add_format({"bold": True, "font_size": 16}),
        heading=file.add_format({**heading, "bold": True, "bg_color": GREY, "bottom": 1}),
        unit=file.add_format({**heading, "italic": True}),
        link=file.get_default_url_format(),
        cells=cell_formats(file),
    )


def _write_guide(book: Book, release: Release, sheets: Sequence[SheetOf]) -> None:
    """Write the sheet that is read first; a row is a word and what stands for it."""
    guide = book.file.add_worksheet(GUIDE)
    _lay_out(guide, GUIDE_WIDTHS)
    guide.fit_to_pages(1, 0)
    guide.write_string(0, 0, "doelenboom", book.title)
    text = book.cells[LONG_TEXT]
    row = _write_rows(guide, 2, facts(release), (book.heading, text), GUIDE_WIDTHS)
    row = _write_heading(book, guide, row + 1, GUIDE_HEADING, GUIDE_WIDTHS)
    for sheet in sheets:
        label, _ = split_comment(sheet.table.comment)
        forms = (book.link, text, book.cells[COUNT])
        write_row(guide, row, (sheet.name, label, sheet.rows), forms, GUIDE_WIDTHS)
        guide.write_url(row, 0, f"internal:'{sheet.name}'!A1", book.link, sheet.name)
        row += 1
    row = _write_heading(book, guide, row + 1, STATUSES_HEADING, GUIDE_WIDTHS)
    _write_rows(guide, row, list(labels_nl("value_status").items()), (text, text), GUIDE_WIDTHS)


def _write_table(
    book: Book,
    sheet: SheetOf,
    layouts: Sequence[CellLayout],
    rows: duckdb.DuckDBPyConnection,
) -> None:
    """Write a heading of three rows and below it the rows of the last query of `rows`."""
    columns = sheet.table.columns
    names = [column.name for column in columns]
    page = book.file.add_worksheet(sheet.name)
    widths = [layout.width for layout in layouts]
    _lay_out(page, widths)
    page.freeze_panes(HEADING_ROWS, 0)
    page.repeat_rows(0, HEADING_ROWS - 1)
    labels = [split_comment(column.comment)[0] for column in columns]
    units = [unit_of(name, names) or None for name in names]
    _write_heading(book, page, 0, labels, widths)
    write_row(page, 1, units, [book.unit] * len(units), widths)
    row = _write_heading(book, page, 2, names, widths)
    forms = [book.cells[layout.number_format] for layout in layouts]
    wrapped = [layout.wraps_at for layout in layouts]
    while batch := rows.fetchmany(FETCHED):
        row = _write_rows(page, row, batch, forms, wrapped if min(wrapped) < math.inf else ())
    page.autofilter(HEADING_ROWS - 1, 0, row - 1, len(columns) - 1)


def _write_list(
    book: Book,
    name: str,
    heading: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Row],
) -> None:
    """Write a sheet with one heading row that can be filtered."""
    page = book.file.add_worksheet(name)
    _lay_out(page, widths)
    page.fit_to_pages(1, 0)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    forms = [book.cells[COUNT if word == COUNTED else LONG_TEXT] for word in heading]
    first = _write_heading(book, page, 0, heading, widths)
    last = _write_rows(page, first, rows, forms, widths)
    page.autofilter(0, 0, last - 1, len(heading) - 1)


def _lay_out(page: Worksheet, widths: Sequence[int]) -> None:
    """Set the widths of columns and how a page is printed; codes as text are no error."""
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    page.set_landscape()
    page.set_paper(A4)
    page.ignore_errors({"number_stored_as_text": ALL_CELLS})


def _write_heading(
    book: Book, page: Worksheet, row: int, words: Sequence[str], widths: Sequence[int]
) -> int:
    """Write a row of headings and return the row below it."""
    write_row(page, row, words, [book.heading] * len(words), widths)
    return row + 1


def _write_rows(
    page: Worksheet,
    row: int,
    rows: Iterable[Row],
    forms: Sequence[Format],
    wrapped: Sequence[float],
) -> int:
    """Write rows of values from a row on, a format for each column, and return the row below."""
    for values in rows:
        write_row(page, row, values, forms, wrapped)
        row += 1
    return row


def _column_rows(sheets: Iterable[SheetOf]) -> Iterator[Row]:
    """Say what each table is, then each of its columns."""
    for sheet in sheets:
        names = [column.name for column in sheet.table.columns]
        yield (sheet.name, None, *split_comment(sheet.table.comment))
        for column in sheet.table.columns:
            yield (
                sheet.name,
                column.name,
                *split_comment(column.comment),
                unit_of(column.name, names),
                TYPES[column.type.partition("(")[0]],
                "ja" if column.name in sheet.table.key else None,
            )


def _origin_rows(sheets: Iterable[SheetOf]) -> Iterator[Row]:
    for sheet in sheets:
        for origin in sheet.origins:
            kind, licence = KINDS[origin.kind], LICENCES.get(origin.kind)
            yield (sheet.name, kind, origin.name, origin.detail, origin.rows, licence)
        if not sheet.origins:
            yield (sheet.name, None, NO_ORIGIN)
