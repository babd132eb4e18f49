"""The rows of a delivery that were refused, as a workbook to correct and drop again.

Each sheet looks as the delivered one did, with what was found and expected behind each row; those
columns are left out when it is read. The last sheet lists every refusal.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.worksheet import Worksheet

from doelenboom.sources.inbox.delivered import DeliveredSheet, Delivery, Line, RefusedRow
from doelenboom.sources.inbox.sheets import OPTIONS, Styles, styles_of, write_row
from doelenboom.sources.inbox.tables.grid import Value
from doelenboom.sources.inbox.tables.words import (
    CORRECTS,
    DATA_SHEET,
    EXPECTED,
    FOUND,
    REFUSALS_HEADING,
    REFUSALS_SHEET,
    RULE,
)

Told = dict[tuple[str, int], list[RefusedRow]]
"""What is told of each row, by its sheet and number."""

_WIDTHS = (30, 20, 8, 30, 30, 34, 60)
_WIDE = 24


def write_failures(delivery: Delivery, path: Path) -> None:
    """Write a workbook of what was refused of a delivery.

    Raises OSError when the file cannot be written.
    """
    told: Told = defaultdict(list)
    for refused in delivery.refused:
        told[refused.sheet, refused.row].append(refused)
    with Workbook(str(path), OPTIONS) as book:
        styles = styles_of(book)
        for sheet in delivery.sheets:
            rows = _refused_rows(sheet, told)
            if rows:
                page = _page(book, sheet.name or DATA_SHEET)
                _write_sheet(page, replace(sheet, rows=rows), told, delivery, styles)
        _write_list(_page(book, REFUSALS_SHEET), delivery, styles)


def _refused_rows(sheet: DeliveredSheet, told: Told) -> tuple[Line, ...]:
    """Give the rows that were refused; all of them where the head was."""
    head, _ = sheet.above[sheet.head]
    if (sheet.name, head) in told:
        return sheet.rows
    return tuple(line for line in sheet.rows if (sheet.name, line[0]) in told)


def _page(book: Workbook, name: str) -> Worksheet:
    """Add a sheet; under another name where Excel takes no such name, or has it already."""
    try:
        return book.add_worksheet(name)
    except XlsxWriterException:
        return book.add_worksheet(f"{DATA_SHEET} {len(book.worksheets()) + 1}")


def _write_sheet(
    page: Worksheet,
    sheet: DeliveredSheet,
    told: Told,
    delivery: Delivery,
    styles: Styles,
) -> None:
    behind = max(len(cells) for _, cells in (*sheet.above, *sheet.rows))
    for place, (_, cells) in enumerate(sheet.above):
        write_row(page, place, cells, styles.heading if place >= sheet.head else styles.text)
    write_row(page, sheet.head, (FOUND, RULE, EXPECTED, CORRECTS), styles.told, behind)
    for place, (number, cells) in enumerate(sheet.rows, start=len(sheet.above)):
        write_row(page, place, cells, styles.text)
        why = told.get((sheet.name, number), [])
        write_row(page, place, (*_reasons(why), delivery.sha256), styles.told, behind)
    page.set_column(0, behind + 3, _WIDE)
    for place, width in enumerate(_WIDTHS[-3:], start=behind):  # found, why, expected
        page.set_column(place, place, width)
    page.freeze_panes(len(sheet.above), 0)


def _reasons(refused: Sequence[RefusedRow]) -> tuple[str, str, str]:
    """Say of a row what was found, by which rules and what was expected, a line for each."""
    found = [f"{each.column}: {each.value}" if each.column else each.value for each in refused]
    return (
        "\n".join(found),
        "\n".join(each.rule for each in refused),
        "\n".join(each.expected for each in refused),
    )


def _write_list(page: Worksheet, delivery: Delivery, styles: Styles) -> None:
    rows: list[tuple[Value, ...]] = [
        (delivery.name, each.sheet, str(each.row or ""), each.column, each.value, each.rule,
         each.expected)
        for each in delivery.refused
    ]  # fmt: skip
    write_row(page, 0, REFUSALS_HEADING, styles.heading)
    for place, cells in enumerate(rows, start=1):
        write_row(page, place, cells, styles.text)
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    page.freeze_panes(1, 0)
