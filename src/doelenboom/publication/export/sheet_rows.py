"""Rows of a table as the XML of a sheet of Excel, made by DuckDB: millions of cells in seconds.

Cell by cell in Python the same rows take thirty times as long. No digit or sign is lost: a number
that Excel cannot hold exactly is text, and text is never a formula. Knows no release, no words.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

import duckdb
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from doelenboom.publication.export.cells import (
    FILLED,
    HIGHEST,
    LINE,
    LONG_TEXT,
    CellLayout,
    ShownColumn,
)
from doelenboom.storage.resources import sql_text

EXACT_DIGITS = 15
"""Significant digits that a cell of Excel keeps: a number there is binary floating point."""

FIRST_DAY = "date '1900-03-01'"
"""Excel counts a 29 February 1900, so it dates what came before wrongly."""

DAY_ZERO = "date '1899-12-30'"

FETCHED = 10_000
"""Rows that are in memory at once."""

NUMBER = '"sheet row"'
"""The number of a row in its sheet; no column of a table has a name with a space."""

UNKNOWN_TO_XML = [*(code for code in range(32) if chr(code) not in "\t\n"), 0xFFFE, 0xFFFF]
"""Characters that XML does not have, and the carriage return, of which it makes a line feed."""


def add_rows(page: Worksheet, pieces: Iterable[str], rows: int, columns: int) -> None:
    """Write rows as XML below those that a sheet has; `rows` and `columns` say how many.

    In constant memory XlsxWriter keeps a row until the next is begun, then writes it to a file:
    that file is continued here.
    """
    last = page.dim_rowmax
    page._write_single_row(last + 1 + rows)
    for piece in pieces:
        page.row_data_fh.write(piece)
    page.dim_rowmax = last + rows
    page.dim_colmax = max(page.dim_colmax, columns - 1)


def define_functions(connection: duckdb.DuckDBPyConnection) -> None:
    """Define `as_xml(text)`: text as a cell has it, no character lost (ECMA-376, ST_Xstring)."""
    escapes = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")]
    escaped = reduce(
        lambda text, pair: f"replace({text}, {sql_text(pair[0])}, {sql_text(pair[1])})",
        escapes,
        r"regexp_replace(written, '(_x[0-9a-fA-F]{4}_)', '_x005F\1', 'g')",
    )
    for code in UNKNOWN_TO_XML:
        escaped = f"replace({escaped}, chr({code}), '_x{code:04X}_')"
    special = r"[&<>\x00-\x1f\x{FFFE}\x{FFFF}]|_x|^\s|\s$"
    connection.execute(
        "create or replace temp macro as_xml(written) as"
        f" case when regexp_matches(written, {sql_text(special)})"
        f""" then '<t xml:space="preserve">' || {escaped} || '</t>' else"""
        " '<t>' || written || '</t>' end"
    )


def xml_rows(
    connection: duckdb.DuckDBPyConnection,
    ordered: str,
    columns: Sequence[ShownColumn],
    layouts: Sequence[CellLayout],
    forms: Sequence[Format],
    *,
    above: int,
) -> Iterator[str]:
    """Give rows as XML, many at a time, in the order of the query `ordered`.

    `above` rows stand above them in their sheet. A connection that has `define_functions`.
    """
    cells = ", ".join(
        f"'<c r=\"{xl_col_to_name(place)}' || {NUMBER} || {_cell(column, form)} || '</c>'"
        for place, (column, form) in enumerate(zip(columns, forms, strict=True))
    )
    numbered = f"select *, cast(row_number() over () + {above} as varchar) as {NUMBER}"
    rows = connection.execute(
        f"select concat('<row r=\"', {NUMBER}, '\"', {_height(columns, layouts)}, '>',"
        f" {cells}, '</row>') from ({numbered} from ({ordered}))"
    )
    while batch := rows.fetchmany(FETCHED):
        yield "".join(row for (row,) in batch)


def _cell(column: ShownColumn, form: Format) -> str:
    """Write the SQL of a cell after its place; null where its value is null."""
    style = form._get_xf_index()  # as XlsxWriter itself asks for it
    value = column.value

    def text(written: str) -> str:
        return f"""'" s="{style}" t="inlineStr"><is>' || as_xml({written}) || '</is>'"""

    def number(written: str) -> str:
        return f"""'" s="{style}"><v>' || {written} || '</v>'"""

    as_text = text(f"cast({value} as varchar)")
    match column.kind:
        case "VARCHAR":
            return text(value)
        case "BOOLEAN":
            return text(f"case {value} when true then 'ja' when false then 'nee' end")
        case "DATE":
            day = number(f"date_diff('day', {DAY_ZERO}, {value})")
            return f"if({value} >= {FIRST_DAY}, {day}, {as_text})"
        case "INTEGER":
            return number(value)
        case _:
            return f"if({stays_exact(column)}, {number(value)}, {as_text})"


def stays_exact(column: ShownColumn) -> str:
    """Write the SQL that tells whether a number survives in Excel, with its fifteen digits."""
    value = column.value
    written = f"format('{{:.{EXACT_DIGITS}g}}', cast({value} as double))"
    kept = f"coalesce(try_cast({written} as {column.type}) = {value}, false)"
    match column.kind:
        case "DOUBLE":
            return f"isfinite({value}) and {kept}"
        case "DECIMAL":
            decimals = int(column.type.rstrip(")").partition(",")[2])
        case _:
            decimals = 0
    if decimals > EXACT_DIGITS:
        return kept
    return f"abs({value}) < 1{'0' * (EXACT_DIGITS - decimals)} or {kept}"


def _height(columns: Sequence[ShownColumn], layouts: Sequence[CellLayout]) -> str:
    """Write the SQL of the height of a row; nothing where no text wraps."""
    lines = [
        f"length({column.value}) / {layout.width * FILLED}"
        for column, layout in zip(columns, layouts, strict=True)
        if layout.number_format == LONG_TEXT
    ]
    if not lines:
        return "''"
    most = f"ceil(greatest({', '.join(lines)}, 1))"
    points = f"least({LINE} * {most}, {HIGHEST})"
    return f"if({most} > 1, ' ht=\"' || {points} || '\" customHeight=\"1\"', '')"
