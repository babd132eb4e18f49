"""Tables of a release as one Excel workbook that says itself what it holds.

Writes sheets row by row, with memory flat; what they say in Dutch is in `workbook_words`. The
same release and tables give the same bytes: the workbook is dated by the run date.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from pathlib import Path

import duckdb
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from doelenboom.glossary import split_comment
from doelenboom.publication.export.cells import COUNT, LONG_TEXT, cell_formats, write_row
from doelenboom.publication.export.fitting import LeftOut
from doelenboom.publication.export.pages import lay_out
from doelenboom.publication.export.sheet_rows import define_functions
from doelenboom.publication.export.table_sheet import (
    NAME_SIZE,
    Book,
    SheetOf,
    write_heading,
    write_table,
)
from doelenboom.publication.export.units import unit_of
from doelenboom.publication.export.workbook_words import (
    COLUMNS,
    COLUMNS_HEADING,
    COUNTED,
    GUIDE,
    GUIDE_HEADING,
    KINDS,
    LEFT_OUT_HEADING,
    LICENCES,
    MANY_ORIGINS,
    NO_ORIGIN,
    ORIGINS,
    ORIGINS_HEADING,
    STATUSES_HEADING,
    TYPES,
    facts,
    where_it_is,
)
from doelenboom.publication.lineage.documents import Document
from doelenboom.publication.lineage.words import Words
from doelenboom.publication.manifest import Release

MAX_SHEET_NAME = 31
Row = Sequence[str | int | None]

OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}

COLUMNS_WIDTHS = (28, 36, 46, 18, 14, 9, 80)
ORIGINS_WIDTHS = (26, 18, 54, 26, 30, 32, 24, 9, 22)
GUIDE_WIDTHS = (34, 100, 12)

MOST_ORIGINS = 1_000
"""Sources of a table that are listed: more are a list that nobody reads, and minutes to write."""

GREY = "#E7E6E6"


def write_workbook(
    path: Path,
    release: Release,
    sheets: Sequence[SheetOf],
    *,
    documents: Mapping[str, Document],
    statuses: Words,
    about: Sequence[tuple[str, str]] = (),
    left_out: Sequence[LeftOut] = (),
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """Write a guide, the sheets of tables, and sheets with all their columns and sources.

    `connection` can read what the sheets are of; the guide says what the workbook is `about`, names
    what is `left_out` and what each of the `statuses` means. Raises `RefusedError` for a text that
    is longer than a cell of Excel can hold.
    """
    titles = {name: document.title for name, document in documents.items()}
    define_functions(connection)
    with Workbook(str(path), OPTIONS) as file:
        book = _book(file, release)
        _write_guide(book, [*about, *facts(release)], sheets, left_out, statuses)
        for sheet in sheets:
            write_table(book, sheet, titles, connection)
        _write_list(book, COLUMNS, COLUMNS_HEADING, COLUMNS_WIDTHS, _column_rows(sheets))
        sources = _origin_rows(sheets, documents)
        _write_list(book, ORIGINS, ORIGINS_HEADING, ORIGINS_WIDTHS, sources)


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
        release=f"doelenboom, uitgave {release.release_id}",
        title=file.add_format({"bold": True, "font_size": 16}),
        heading=file.add_format({**heading, "bold": True, "bg_color": GREY}),
        unit=file.add_format({**heading, "italic": True}),
        name=file.add_format({**heading, "font_size": NAME_SIZE, "bg_color": GREY}),
        link=file.get_default_url_format(),
        cells=cell_formats(file),
    )


def _write_guide(
    book: Book,
    told: Sequence[tuple[str, str]],
    sheets: Sequence[SheetOf],
    left_out: Sequence[LeftOut],
    statuses: Words,
) -> None:
    """Write the sheet that is read first; a row is a word and what stands for it."""
    guide = _page(book, GUIDE, GUIDE_WIDTHS)
    guide.write_string(0, 0, "doelenboom", book.title)
    text, count = book.cells[LONG_TEXT], book.cells[COUNT]
    row = _write_rows(guide, 2, told, (book.heading, text), GUIDE_WIDTHS)
    row = write_heading(book, guide, row + 1, GUIDE_HEADING, GUIDE_WIDTHS)
    for sheet in sheets:
        forms = (book.link, text, count)
        write_row(guide, row, (sheet.name, sheet.label, sheet.rows), forms, GUIDE_WIDTHS)
        guide.write_url(row, 0, f"internal:'{sheet.name}'!A1", book.link, sheet.name)
        row += 1
    if left_out:
        row = write_heading(book, guide, row + 1, LEFT_OUT_HEADING, GUIDE_WIDTHS)
        rows = [
            (each.table, where_it_is(each.table, each.command, fits=each.fits), each.rows)
            for each in left_out
        ]
        row = _write_rows(guide, row, rows, (text, text, count), GUIDE_WIDTHS)
    if statuses:
        row = write_heading(book, guide, row + 1, STATUSES_HEADING, GUIDE_WIDTHS)
        _write_rows(guide, row, list(statuses.items()), (text, text), GUIDE_WIDTHS)


def _write_list(
    book: Book,
    name: str,
    heading: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Row],
) -> None:
    """Write a sheet with one heading row that can be filtered."""
    page = _page(book, name, widths)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    forms = [book.cells[COUNT if word == COUNTED else LONG_TEXT] for word in heading]
    first = write_heading(book, page, 0, heading, widths)
    last = _write_rows(page, first, rows, forms, widths)
    page.autofilter(0, 0, last - 1, len(heading) - 1)


def _page(book: Book, name: str, widths: Sequence[int]) -> Worksheet:
    """Add a sheet of words, its columns on one page."""
    page = book.file.add_worksheet(name)
    lay_out(page, widths, name, book.release)
    page.fit_to_pages(1, 0)
    return page


def _write_rows(
    page: Worksheet,
    row: int,
    rows: Iterable[Row],
    forms: Sequence[Format],
    widths: Sequence[int],
) -> int:
    """Write rows of values from a row on, a format for each column, and return the row below."""
    for values in rows:
        write_row(page, row, values, forms, widths)
        row += 1
    return row


def _column_rows(sheets: Iterable[SheetOf]) -> Iterator[Row]:
    """Say what each table is, then each of its columns; what is in English comes last."""
    for sheet in sheets:
        names = [column.name for column in sheet.table.columns]
        label, english = split_comment(sheet.table.comment)
        yield (sheet.name, None, label, None, None, None, english)
        for column in sheet.table.columns:
            label, english = split_comment(column.comment)
            yield (
                sheet.name,
                column.name,
                label,
                unit_of(column.name, names),
                TYPES[column.type.partition("(")[0]],
                "ja" if column.name in sheet.table.key else None,
                english,
            )


def _origin_rows(sheets: Iterable[SheetOf], documents: Mapping[str, Document]) -> Iterator[Row]:
    """Name the sources of each sheet by their titles, a file by its name behind that."""
    for sheet in sheets:
        if not 0 < len(sheet.origins) <= MOST_ORIGINS:
            yield (sheet.name, None, MANY_ORIGINS if sheet.origins else NO_ORIGIN)
            continue
        for origin in sheet.origins:
            name = f"CBS {origin.name}" if origin.kind == "cbs" else origin.name
            document = documents.get(name, Document(name))
            yield (
                sheet.name,
                KINDS[origin.kind],
                document.title,
                document.publisher,
                document.address,
                origin.name if origin.name != document.title else None,
                origin.detail,
                origin.rows,
                LICENCES.get(origin.kind),
            )
