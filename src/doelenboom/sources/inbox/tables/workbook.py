"""Workbooks (.xlsx) as sheets of cells: values, never formulas. No cell is judged here."""

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain, repeat
from typing import Any

from doelenboom.sources.inbox.tables.grid import EMPTY, Cell, Row, Sheet, UnreadableError
from doelenboom.sources.inbox.tables.limits import (
    LARGEST_INFLATED,
    MOST_COLUMNS,
    MOST_PARTS,
    MOST_ROWS,
    MOST_SHEETS,
)

ZIP = b"PK\x03\x04"
OLD = b"\xd0\xcf\x11\xe0"
"""What a workbook begins with, and one of Excel before 2007 or with a password."""

_TYPES = "[Content_Types].xml"
_FORMULAS = tuple(
    b"".join((begin, b"f", end)) for begin in (b"<", b":") for end in (b">", b" ", b"/")
)
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")
FIRST_DAY = date(1900, 3, 1)
EXACT_DIGITS = 15
"""Digits of a number that Excel keeps; what follows is noise of its arithmetic."""


def read_workbook(data: bytes) -> tuple[list[Sheet], list[str]]:
    """Read the sheets of a workbook that are seen, and the names of those that are not.

    Raises `UnreadableError` for another kind of file, and for one that holds too much.
    """
    _refuse_others(data)
    import openpyxl

    def opened(**options: bool) -> Any:
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, **options)

    try:
        with warnings.catch_warnings(action="ignore"):  # what is wrong with a cell is told by it
            values = opened(data_only=True)
            formulas = opened() if _has_formulas(data) else None
            if len(values.sheetnames) > MOST_SHEETS:
                raise UnreadableError("sheets", str(len(values.sheetnames)))
            seen = [page for page in values.worksheets if _is_seen(page)]
            hidden = [page.title for page in values.worksheets if not _is_seen(page)]
            return _sheets((page, formulas and formulas[page.title]) for page in seen), hidden
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:  # a damaged workbook breaks its reader in any way
        raise UnreadableError("damaged") from error


def _refuse_others(data: bytes) -> None:
    """Refuse what is no workbook of this kind, or would be too large once it is unzipped."""
    if data.startswith(OLD):
        raise UnreadableError("old_workbook")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_INFLATED:
            raise UnreadableError("inflated")
        if any(part.flag_bits & 1 for part in parts):
            raise UnreadableError("old_workbook")
        if "mimetype" in names or _TYPES not in names:
            raise UnreadableError("other_workbook")
        types = archive.read(_TYPES)
        if b"macroEnabled" in types or any(name.endswith("vbaProject.bin") for name in names):
            raise UnreadableError("macros")
        if b"spreadsheetml.sheet.main" not in types:
            raise UnreadableError("other_workbook")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as opened:
                    begins = opened.read(4_096)
                if any(mark in begins for mark in _ENTITIES):
                    raise UnreadableError("damaged")
    except UnreadableError:
        raise
    except Exception as error:  # zipfile and zlib fail in several ways on what is damaged
        raise UnreadableError("damaged") from error


def _has_formulas(data: bytes) -> bool:
    """Say whether a workbook is to be read a second time, for formulas that have no value."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(mark in archive.read(name) for name in sheets for mark in _FORMULAS)


def _is_seen(page: Any) -> bool:
    return bool(page.sheet_state == "visible")


def _sheets(pages: Iterable[tuple[Any, Any]]) -> list[Sheet]:
    sheets, left = [], MOST_ROWS
    for values, formulas in pages:
        rows: list[Row] = []
        for row in _rows(values, formulas):
            if len(rows) >= left:
                raise UnreadableError("rows", sheet=values.title, row=row.number)
            rows.append(row)
        left -= len(rows)
        sheets.append(Sheet(values.title, tuple(rows)))
    return sheets


def _rows(values: Any, formulas: Any) -> Iterator[Row]:
    """Yield the rows with something in them, `formulas` the same sheet with what computes them.

    A sheet may claim any size, so it is not asked.
    """
    for page in filter(None, (values, formulas)):
        page.reset_dimensions()
    origins = formulas.iter_rows() if formulas else repeat(())
    for number, (shown, written) in enumerate(zip(values.iter_rows(), origins, strict=False), 1):
        if not shown:
            continue
        cells = tuple(
            _cell(cell, origin)
            for cell, origin in zip(shown, chain(written, repeat(None)), strict=False)
        )
        while cells and cells[-1] is EMPTY:
            cells = cells[:-1]
        if len(cells) > MOST_COLUMNS:
            raise UnreadableError("columns", str(len(cells)), sheet=values.title, row=number)
        row = Row(number, cells)
        if not row.is_empty:
            yield row


def _cell(cell: Any, origin: Any) -> Cell:
    value = cell.value
    if value is None:
        formula = origin is not None and origin.data_type == "f"
        return Cell(str(origin.value), None, fault="formula") if formula else EMPTY
    if cell.data_type == "e":
        return Cell(str(value), None, fault="error_value")
    if isinstance(value, str):
        text = " ".join(value.replace("\r", "\n").split("\n")).strip()
        return Cell(text, text) if text else EMPTY
    if isinstance(value, bool):
        return Cell("waar" if value else "onwaar", value)
    return (
        _number(value, cell.number_format or "") if isinstance(value, int | float) else _day(value)
    )


def _day(value: object) -> Cell:
    """Give a day, without a time; Excel counts those before March 1900 wrong."""
    day = value.date() if isinstance(value, datetime) and value.time() == time() else value
    if isinstance(day, datetime) or not isinstance(day, date) or day < FIRST_DAY:
        return Cell(str(value), None, fault="moment")
    return Cell(day.isoformat(), day)


def _number(value: float, form: str) -> Cell:
    """Give a number as it was typed, a code with the decimals that its format shows."""
    try:
        number = Decimal(f"{value:.{EXACT_DIGITS}g}")
    except OverflowError:  # a whole number that no spreadsheet can hold
        return Cell("", None, fault="error_value")
    if not number.is_finite():
        return Cell(str(value), None, fault="error_value")
    if _is_scaled(form):
        return Cell(f"{number:f}", None, fault="scaled")
    if "%" in form:
        return Cell(f"{number * 100:f}%", number * 100, is_percentage=True)
    return Cell(f"{_shown(number, form)}", number)


def _is_scaled(form: str) -> bool:
    """Say whether a format shows thousands of a number: a comma behind its last digit does."""
    shown = form.partition(";")[0]
    return any(
        letter == "," and shown[place - 1 : place] in tuple("0#?,") and after not in tuple("0#?,")
        for place, (letter, after) in enumerate(zip(shown, [*shown[1:], ""], strict=True))
    )


def _shown(number: Decimal, form: str) -> str:
    """Show the decimals that a plain format asks for: 2,10 with `0.00` is 2.10."""
    whole, _, decimals = form.partition(".")
    if whole == "0" and set(decimals) == {"0"}:
        shown = f"{number:.{len(decimals)}f}"
        if Decimal(shown) == number:
            return shown
    return f"{number:f}"
