"""How cells of the workbooks for controllers are written: no text is a formula or a link."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from doelenboom.sources.inbox.tables.grid import Value
from doelenboom.sources.inbox.tables.workbook import EXACT_DIGITS

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MAX_TEXT = 32_767
"""Characters in a cell of Excel."""


class Styles(NamedTuple):
    """The looks of cells: of a title, a head, a value, an example, and what we say of a row."""

    title: Format
    heading: Format
    text: Format
    example: Format
    told: Format


def styles_of(book: Workbook) -> Styles:
    """Make the looks of a workbook. Days are written as the Dutch do."""
    plain = {"valign": "top", "text_wrap": True}
    return Styles(
        book.add_format({"bold": True, "font_size": 16}),
        book.add_format({**plain, "bold": True, "bg_color": "#E7E6E6"}),
        book.add_format({"valign": "top"}),
        book.add_format({"valign": "top", "italic": True, "bg_color": "#F2F2F2"}),
        book.add_format({**plain, "bg_color": "#FFF2CC"}),
    )


def write_row(
    page: Worksheet, row: int, cells: Sequence[Value], form: Format, column: int = 0
) -> None:
    """Write values from a column on; a number that Excel would shorten is text."""
    for place, value in enumerate(cells, start=column):
        match value:
            case None:
                continue
            case bool():
                page.write_boolean(row, place, value, form)
            case Decimal():
                if len(value.normalize().as_tuple().digits) > EXACT_DIGITS:
                    page.write_string(row, place, f"{value:f}", form)
                else:
                    page.write_number(row, place, float(value), form)
            case date():
                page.write_datetime(row, place, datetime.combine(value, time()), form)
            case _:
                page.write_string(row, place, value[:MAX_TEXT], form)
