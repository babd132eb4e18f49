"""Cells that DuckDB writes: no digit, letter or sign of a value is lost, and no text runs."""

import xml.etree.ElementTree as ET
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from xlsxwriter import Workbook

from doelenboom.publication.export.cells import ShownColumn, cell_formats, layouts_of
from doelenboom.publication.export.sheet_rows import (
    add_rows,
    define_functions,
    stays_exact,
    xml_rows,
)

OPTIONS = {"constant_memory": True}


def written(path: Path, kind: str, values: list[Any]) -> list[Any]:
    """Write values as a column of a sheet, and read the cells that come of it."""
    columns = [ShownColumn("n", "", "", "INTEGER", "n"), ShownColumn("x", "", "", kind, "x")]
    with duckdb.connect() as connection, Workbook(str(path), OPTIONS) as book:
        connection.execute(f"create table t (n integer, x {kind})")
        connection.executemany("insert into t values (?, ?)", list(enumerate(values)))
        define_functions(connection)
        layouts = layouts_of(connection, "t", columns, "t")
        forms = [cell_formats(book)[layout.number_format] for layout in layouts]
        page = book.add_worksheet("t")
        page.write_string(0, 0, "n")
        rows = xml_rows(connection, "from t order by n", columns, layouts, forms, above=1)
        add_rows(page, rows, len(values), len(columns))
    sheet = openpyxl.load_workbook(path)["t"]
    return [sheet.cell(row, 2) for row in range(2, len(values) + 2)]


@pytest.mark.parametrize(
    "text", ["=1+1", "+31", "-5%", "@SUM(A1)", "\t=1", "\r=1", "{=1}", "=cmd|' /C calc'!A0"]
)
def test_text_that_looks_like_a_formula_is_text(text: str, tmp_path: Path) -> None:
    (cell,) = written(tmp_path / "x.xlsx", "VARCHAR", [text])
    assert (cell.data_type, unescape(cell.value)) == ("s", text)


@pytest.mark.slow
@settings(max_examples=25)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=30, max_size=60))
def test_text_comes_back_letter_for_letter(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    texts = [*texts, "_x000D_", " a ", "a\rb\n", "<&>\"'", "\x00\x1f", "\ufffe"]
    path = tmp_path_factory.mktemp("text") / "x.xlsx"
    found = [unescape(cell.value or "") for cell in written(path, "VARCHAR", texts)]
    assert found == texts


def test_whole_numbers_and_sums_of_money_are_numbers_as_far_as_excel_holds_them(
    tmp_path: Path,
) -> None:
    amounts = [Decimal("999999999999.999"), Decimal("-0.001"), Decimal("123456789012345.000"), None]
    found = written(tmp_path / "a.xlsx", "DECIMAL(18,3)", amounts)
    assert [cell.data_type for cell in found] == ["n"] * 4
    assert [cell.value for cell in found] == [999999999999.999, -0.001, 123456789012345, None]
    long = [Decimal("123456789012345.678"), Decimal("9999999999999.999")]
    found = written(tmp_path / "b.xlsx", "DECIMAL(18,3)", long)
    assert [(cell.data_type, cell.value) for cell in found] == [("s", str(each)) for each in long]
    found = written(tmp_path / "c.xlsx", "BIGINT", [10**15 - 1, 10**17, 10**17 + 1, -(10**16) - 1])
    assert [cell.value for cell in found] == [10**15 - 1, 10**17, f"{10**17 + 1}", f"-{10**16 + 1}"]
    found = written(tmp_path / "d.xlsx", "DOUBLE", [1e-7, 0.1, 1 / 3, float("nan"), 1e300])
    assert [cell.value for cell in found] == [1e-7, 0.1, str(1 / 3), "nan", 1e300]


@given(st.lists(st.decimals(-(10**11), 10**11, places=6), min_size=50, max_size=200))
@settings(max_examples=8)
def test_a_number_that_is_called_exact_comes_back_with_every_digit(values: list[Decimal]) -> None:
    """Excel shows fifteen digits of the number that it reads."""
    column = ShownColumn("x", "", "", "DECIMAL(18,6)", "x")
    with duckdb.connect() as connection:
        told = connection.execute(
            f"select x, {stays_exact(column)} from (select unnest(?::decimal(18,6)[]) as x)",
            [values],
        ).fetchall()
    assert len(told) == len(values)
    for value, exact in told:
        digits = len(value.normalize().as_tuple().digits)
        assert exact == (digits <= 15)
        if exact:
            assert Decimal(f"{float(value):.15G}") == value


def test_rows_are_well_formed_and_tall_enough_for_text_that_wraps(tmp_path: Path) -> None:
    columns = [ShownColumn("x", "", "", "VARCHAR", "x")]
    with duckdb.connect() as connection, Workbook(str(tmp_path / "x.xlsx"), OPTIONS) as book:
        connection.execute("create table t as select unnest(['kort', repeat('lang ', 40)]) as x")
        define_functions(connection)
        layouts = layouts_of(connection, "t", columns, "t")
        forms = [cell_formats(book)[layout.number_format] for layout in layouts]
        xml = "".join(xml_rows(connection, "from t", columns, layouts, forms, above=3))
    short, long = ET.fromstring(f"<rows>{xml}</rows>")
    assert (short.get("r"), short.get("ht")) == ("4", None)
    assert float(long.get("ht", "0")) >= 15 * 200 / layouts[0].width
