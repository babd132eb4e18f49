"""How a value of a table looks in a cell of Excel: format, width, and no digit or sign lost.

Knows no release and no words.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from doelenboom.errors import RefusedError
from doelenboom.storage.resources import sql_name
from doelenboom.storage.tables import SCHEMA, Column, Table

TEXT, LONG_TEXT, DAY, PLAIN, COUNT = "@", "@ wrapped", "yyyy-mm-dd", "0", "#,##0"

MOST_DECIMALS = 18
MAX_TEXT = 32_767
"""Characters in a cell of Excel."""

EXACT_DIGITS = 15
"""Significant digits that a cell of Excel keeps: a number there is binary floating point."""

FIRST_DAY = date(1900, 3, 1)
"""Excel counts a 29 February 1900, so it dates what came before wrongly."""

NARROWEST, WIDEST = 20, 60

LINE, HIGHEST = 15.0, 400.0
"""The height of a line in points, and the most that a row may have (Excel stops at 409)."""

FILLED = 0.95
"""The part of its width that a line of wrapped text fills."""

YEARS = ("year", "vintage")
"""Whole numbers without a mark for thousands end in one of these."""


@dataclass(frozen=True)
class CellLayout:
    """How a column looks: its number format, and its width in characters."""

    number_format: str
    width: int

    @property
    def wraps_at(self) -> float:
        """The width at which its texts wrap."""
        return self.width if self.number_format == LONG_TEXT else math.inf


def cell_formats(book: Workbook) -> Mapping[str, Format]:
    """Make a format for every number format that a column can have."""
    numbers = (PLAIN, DAY, *(_thousands(digits) for digits in range(MOST_DECIMALS + 1)))
    formats = {name: book.add_format({"num_format": name, "valign": "top"}) for name in numbers}
    text = {
        "num_format": TEXT,
        "align": "left",
        "valign": "top",
        "indent": 1,
    }  # off the number at its left
    formats[TEXT] = book.add_format(text)
    formats[LONG_TEXT] = book.add_format({**text, "text_wrap": True})
    return formats


def layouts_of(
    connection: duckdb.DuckDBPyConnection, catalog: str, table: Table
) -> list[CellLayout]:
    """Measure the columns of a table: as many decimals and as much width as its values take."""
    measures = ", ".join(_measures(column) for column in table.columns)
    place = sql_name(catalog, SCHEMA, table.name)
    (measured,) = connection.execute(f"select {measures} from {place}").fetchall()
    pairs = zip(measured[::2], measured[1::2], strict=True)
    return [_layout(column, *pair) for column, pair in zip(table.columns, pairs, strict=True)]


def _measures(column: Column) -> str:
    """The longest value as text, and the most decimals that are not zero."""
    text = f"cast({sql_name(column.name)} as varchar)"
    decimals = f"rtrim(split_part({text}, '.', 2), '0')" if _kind(column) == "DECIMAL" else "''"
    return f"coalesce(max(length({text})), 0), coalesce(max(length({decimals})), 0)"


def _layout(column: Column, longest: int, decimals: int) -> CellLayout:
    width = min(max(longest + 2, NARROWEST), WIDEST)
    match _kind(column):
        case "INTEGER" | "BIGINT" if column.name.endswith(YEARS):
            return CellLayout(PLAIN, width)
        case "INTEGER" | "BIGINT" | "DECIMAL":
            return CellLayout(_thousands(decimals), width)
        case "DATE":
            return CellLayout(DAY, width)
        case "VARCHAR":
            return CellLayout(LONG_TEXT if longest > WIDEST else TEXT, width)
        case _:
            return CellLayout(PLAIN if _kind(column) == "BOOLEAN" else _thousands(0), width)


def _kind(column: Column) -> str:
    return column.type.partition("(")[0]


def _thousands(decimals: int) -> str:
    return COUNT + ("." + "0" * decimals if decimals else "")


def write_row(
    sheet: Worksheet,
    row: int,
    values: Sequence[object],
    forms: Sequence[Format],
    wrapped: Sequence[float],
) -> None:
    """Write a row of values, high enough for the texts that wrap.

    `wrapped` has the width of each column where text wraps, infinity where it does not; nothing
    when none does. Raises `RefusedError` as `write_cell` does.
    """
    height = _height(values, wrapped)
    if height > LINE:
        sheet.set_row(row, height)
    for column, (value, form) in enumerate(zip(values, forms, strict=False)):
        write_cell(sheet, row, column, value, form)


def _height(values: Iterable[object], wrapped: Iterable[float]) -> float:
    """Say how high a row is, in points."""
    lines = (
        math.ceil(len(value) / (width * FILLED))
        for value, width in zip(values, wrapped, strict=False)
        if isinstance(value, str)
    )
    return min(LINE * max(lines, default=1), HIGHEST)


def write_cell(sheet: Worksheet, row: int, column: int, value: object, form: Format) -> None:
    """Write a value: null as nothing, codes as text, a number as a number where it stays exact.

    Raises `RefusedError` for a text that is longer than a cell holds.
    """
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(row, column, value, form)
        case int() | float() | Decimal() if stays_exact(value):
            sheet.write_number(row, column, value, form)
        case date() if value >= FIRST_DAY:
            sheet.write_datetime(row, column, value, form)
        case _:
            _write_text(sheet, row, column, str(value), form)


def stays_exact(value: float | Decimal) -> bool:
    """Tell whether a number survives in Excel, which shows fifteen significant digits."""
    if not math.isfinite(value):
        return False
    kept = f"{value:.{EXACT_DIGITS}g}"
    return Decimal(kept) == Decimal(str(value))


def _write_text(sheet: Worksheet, row: int, column: int, text: str, form: Format) -> None:
    if len(text) > MAX_TEXT:
        raise RefusedError(
            f"Row {row + 1}, column {column + 1} of sheet {sheet.get_name()} is a text of"
            f" {len(text):,} characters and a cell of Excel holds {MAX_TEXT:,}: export it as csv"
            " or parquet"
        )
    sheet.write_string(row, column, text, form)
