"""A table fits its width: figures are whole, text is folded, what has no room is named."""

import io
import itertools
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from doelenboom.commands.layout import Numbers, fitting, texts, upright
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


def test_upright_every_value_has_its_name() -> None:
    assert list(upright(["a", "long_name"], ["1", "first\nsecond"])) == [
        "a          1",
        "long_name  first",
        "           second",
    ]
