"""A table fits its width: figures are whole, text is folded, what has no room is named."""

import io
import itertools
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from doelenboom.commands.layout import Numbers, fitting, folded, texts, upright, wrapped
from doelenboom.row_text import Row, as_text

COLUMNS = ["municipality_code", "fiscal_year", "net_cost_final_budget_keur", "note"]
ROWS: list[Row] = [
    ["GM0153", 2018, Decimal("147465.125"), "Zorg en welzijn, met " + "veel woorden " * 4],
    ["GM0014", 2013, None, None],
]


def drawn(columns: list[str], rows: list[Row], width: int) -> tuple[list[str], list[str]]:
    """Draw rows at a width: the lines, and the names of what was left out."""
    cells = texts(columns, rows, Numbers.plain)
    fitted = fitting(columns, rows, cells, width)
    out = io.StringIO()
    Console(file=out, width=width).print(fitted.table(cells))
    return [line.rstrip() for line in out.getvalue().splitlines()], fitted.left_out


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_a_figure_and_a_code_are_whole_and_text_is_folded(width: int) -> None:
    lines, left_out = drawn(COLUMNS, ROWS, width)
    assert left_out == []
    assert all(len(line) <= width for line in lines)
    whole = "\n".join(lines)
    assert all(each in whole for each in ("GM0153", "2018", "147465.125"))
    assert sum(line.count("woorden") for line in lines) == 4


def test_figures_stand_right_and_text_left() -> None:
    rows: list[Row] = [[1, "a"], [1000, "bcd"]]
    assert drawn(["figure", "text"], rows, 80)[0] == ["figure  text", "     1  a", "  1000  bcd"]


def test_no_word_and_no_code_is_broken_where_its_parts_fit() -> None:
    rows: list[Row] = [
        ["transfer_from_reserves_original_budget_keur", "Vennootschapsbelasting (Vpb)"],
        ["iv3_expenses_cluster_inkomensregelingen", "municipality_code=GM0983 fiscal_year=2017"],
    ]
    lines, left_out = drawn(["name", "label"], rows, 60)
    assert left_out == []
    words = {word for line in lines for word in line.split()}
    assert {"Vennootschapsbelasting", "municipality_code=GM0983", "fiscal_year=2017"} <= words
    assert {"transfer_from_reserves_original_", "iv3_expenses_cluster_"} <= words


def test_codes_are_folded_where_all_columns_fit_then_and_an_id_never() -> None:
    columns = ["kind", "code", "name", "more"]
    row = ["measure", "iv3_expenses_cluster_economie", "Lasten: Vennootschapsbelasting", "x" * 30]
    lines, left_out = drawn(columns[:3], [row[:3]], 52)
    assert left_out == []
    assert any("iv3_expenses_" in line and "economie" not in line for line in lines)
    assert drawn(columns, [row], 66)[1] == ["more"]
    assert any(row[1] in line for line in drawn(columns, [row], 66)[0])
    ids: list[Row] = [["20261129T102738Z-90bf6427", "2026-11-29T10:28:05Z", "y" * 10]]
    lines, left_out = drawn(["release", "promoted", "note"], ids, 50)
    assert (left_out, lines[1].split()[0]) == (["note"], "20261129T102738Z-90bf6427")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("net_cost_final_budget_keur", ["net_cost_final_", "budget_keur"]),
        ("seeds/benchmarks/iv3.parquet:36861", ["seeds/benchmarks/", "iv3.parquet:36861"]),
        ("bijdrage 1234.567 aan het rijk", ["bijdrage 1234.567", "aan het rijk"]),
        ("0123456789abcdef0123", ["0123456789abcdef0", "123"]),
        ("  a  b\nc", ["  a  b", "c"]),
        ("   select code\n", ["   select code", ""]),
    ],
)
def test_text_is_folded_at_blanks_then_behind_signs(text: str, expected: list[str]) -> None:
    assert folded(text, 17) == expected


@given(st.text(alphabet="ab_/=.1 -é漢", max_size=120), st.integers(16, 60))
def test_folding_loses_no_sign_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = folded(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_empty_columns_go_first_then_those_that_say_the_same_in_all_rows() -> None:
    columns = ["name", "empty", "unit", "amount_keur", "share"]
    rows: list[Row] = [["Enschede", None, "euro", n, n / 2] for n in (1000001, 1000002)]
    cells = texts(columns, rows, Numbers.plain)
    for width, names, left_out, same in (
        (60, columns, [], []),
        (43, ["name", "unit", "amount_keur", "share"], ["empty"], []),
        (30, ["amount_keur", "share"], ["empty"], ["name Enschede", "unit euro"]),
        (12, ["amount_keur"], ["empty", "share"], ["name Enschede", "unit euro"]),
    ):
        fitted = fitting(columns, rows, cells, width, are_all=True)
        assert (fitted.names, fitted.left_out, fitted.same) == (names, left_out, same)
    first = fitting(columns, rows, cells, 30)
    assert (first.left_out, first.same) == (["empty", "share"], [])


def test_sentences_break_at_blanks_and_a_path_stays_whole() -> None:
    path = "/data/published/releases/20261129T102738Z-90bf6427/parquet/source_facts.parquet"
    assert wrapped(f"Not in it: see\n{path} for the rows", 20).split("\n") == [
        "Not in it: see",
        path,
        "for the rows",
    ]


def test_columns_without_room_are_named_the_last_first() -> None:
    assert drawn(COLUMNS, ROWS, 36)[1] == ["net_cost_final_budget_keur", "note"]
    assert drawn(COLUMNS, ROWS, 3)[1] == COLUMNS


@given(
    st.lists(
        st.tuples(
            st.integers(-(10**18), 10**18),
            st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9)),
            st.text(alphabet="ab 'é", max_size=60),
            st.dates(),
        ),
        min_size=1,
        max_size=8,
    ),
    st.integers(20, 200),
)
def test_at_any_width_no_figure_is_cut(
    rows: list[tuple[int, Decimal, str, date]], width: int
) -> None:
    columns = ["count", "amount_keur", "text", "day"]
    lines, left_out = drawn(columns, list(rows), width)
    assert all(len(line) <= width for line in lines)
    words = set(itertools.chain.from_iterable(line.split() for line in lines))
    kept = columns[: len(columns) - len(left_out)]
    for row in rows:
        for name, value in zip(columns, row, strict=True):
            if name in kept and name != "text":
                assert as_text(value) in words


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (Numbers.plain, ["2018", "-1234567.500", "1234", "1234.5"]),
        (Numbers.nl, ["2018", "-1.234.567,500", "1.234", "1.234,5"]),
        (Numbers.en, ["2018", "-1,234,567.500", "1,234", "1,234.5"]),
    ],
)
def test_thousands_are_marked_where_asked_and_never_in_a_year(
    numbers: Numbers, expected: list[str]
) -> None:
    row: Row = [2018, Decimal("-1234567.500"), 1234, 1234.5]
    assert texts(["fiscal_year", "keur", "n", "share"], [row], numbers) == [expected]


def test_upright_a_long_value_stands_below_itself() -> None:
    assert list(
        upright(["code", "label"], ["GM0153", "Maatschappelijke ondersteuning en zorg"], 26)
    ) == [
        "code   GM0153",
        "label  Maatschappelijke",
        "       ondersteuning en",
        "       zorg",
    ]


def test_upright_every_value_has_its_name() -> None:
    assert list(upright(["a", "long_name"], ["1", "first\nsecond"], 80)) == [
        "a          1",
        "long_name  first",
        "           second",
    ]


def test_a_cell_commands_no_terminal() -> None:
    assert texts(["a"], [["\x1b[2Jleeg\x9b\n\tregel"]], Numbers.plain) == [[" [2Jleeg \n\tregel"]]
