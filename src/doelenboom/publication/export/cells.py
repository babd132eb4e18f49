"""How a column of a table looks in Excel: its format and width, and how high a row has to be.

Knows no release and no words.
"""

import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from doelenboom.errors import RefusedError

TEXT, LONG_TEXT, DAY, PLAIN, COUNT = "@", "@ wrapped", "dd-mm-yyyy", "0", "#,##0"

MOST_DECIMALS = 18
MAX_TEXT = 32_767
"""Characters in a cell of Excel."""

NARROWEST, WIDEST = 10, 44

WIDEST_WORD = 16
"""Characters of a word of a label that are not broken."""

ROOM = 3
"""Characters that the space before a text, and the button of a filter, take."""

LINE, HIGHEST = 15.0, 400.0
"""The height of a line in points, and the most that a row may have (Excel stops at 409)."""

FILLED = 0.95
"""The part of its width that a line of wrapped text fills."""

YEARS = ("year", "vintage")
"""Whole numbers without a mark for thousands end in one of these."""


@dataclass(frozen=True)
class ShownColumn:
    """A column of a sheet: what stands above it, and the SQL of what stands in it.

    `type` is the DuckDB type of `value`; `is_key` tells that it is printed on each page.
    """

    name: str
    label: str
    unit: str
    type: str
    value: str
    is_key: bool = False

    @property
    def kind(self) -> str:
        """The type without its digits."""
        return self.type.partition("(")[0]


@dataclass(frozen=True)
class CellLayout:
    """How a column looks: its number format, and its width in characters."""

    number_format: str
    width: int


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
    connection: duckdb.DuckDBPyConnection, rows: str, columns: Sequence[ShownColumn], sheet: str
) -> list[CellLayout]:
    """Measure columns: as many decimals and as much width as their values and headings take.

    `rows` is what to select them from. Raises `RefusedError`, naming the sheet, for a text that is
    longer than a cell of Excel can hold.
    """
    measures = ", ".join(_measures(column) for column in columns)
    (measured,) = connection.execute(f"select {measures} from {rows}").fetchall()
    pairs = list(zip(measured[::2], measured[1::2], strict=True))
    for column, (longest, _) in zip(columns, pairs, strict=True):
        if longest > MAX_TEXT:
            raise RefusedError(
                f"Column {column.name} of sheet {sheet} has a text of {longest:,} characters and a"
                f" cell of Excel holds {MAX_TEXT:,}: export it as csv or parquet"
            )
    return [_layout(column, *pair) for column, pair in zip(columns, pairs, strict=True)]


def _measures(column: ShownColumn) -> str:
    """The longest value as text, and the most decimals that are not zero."""
    text = f"cast({column.value} as varchar)"
    decimals = f"rtrim(split_part({text}, '.', 2), '0')" if column.kind == "DECIMAL" else "''"
    return f"coalesce(max(length({text})), 0), coalesce(max(length({decimals})), 0)"


def _layout(column: ShownColumn, longest: int, decimals: int) -> CellLayout:
    word = max(map(len, column.label.split()), default=0)
    width = min(max(longest, min(word, WIDEST_WORD), NARROWEST) + ROOM, WIDEST)
    match column.kind:
        case "INTEGER" | "BIGINT" if column.name.endswith(YEARS):
            return CellLayout(PLAIN, width)
        case "INTEGER" | "BIGINT" | "DECIMAL":
            return CellLayout(_thousands(decimals), width)
        case "DATE":
            return CellLayout(DAY, width)
        case "VARCHAR":
            return CellLayout(LONG_TEXT if longest > WIDEST else TEXT, width)
        case _:
            return CellLayout(TEXT if column.kind == "BOOLEAN" else _thousands(0), width)


def _thousands(decimals: int) -> str:
    return COUNT + ("." + "0" * decimals if decimals else "")


def write_row(
    sheet: Worksheet,
    row: int,
    values: Sequence[str | int | None],
    forms: Sequence[Format],
    widths: Sequence[int],
) -> None:
    """Write a row of words and counts, high enough for the words to be read whole.

    None is an empty cell; text stays text, whatever it begins with.
    """
    height = _height(values, widths)
    if height > LINE:
        sheet.set_row(row, height)
    for column, (value, form) in enumerate(zip(values, forms, strict=False)):
        match value:
            case None:
                sheet.write_blank(row, column, None, form)
            case str():
                sheet.write_string(row, column, value, form)
            case _:
                sheet.write_number(row, column, value, form)


def _height(values: Iterable[str | int | None], widths: Iterable[int]) -> float:
    """Say how high a row is, in points, where words are not broken unless they must."""
    lines = (
        sum(
            max(len(textwrap.wrap(line, max(math.floor(width * FILLED) - 1, 1))), 1)
            for line in value.splitlines()
        )
        for value, width in zip(values, widths, strict=False)
        if isinstance(value, str)
    )
    return min(LINE * max(lines, default=1), HIGHEST)
