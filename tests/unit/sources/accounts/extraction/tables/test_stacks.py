"""Cells on lines of their own: given back to their rows, or left as they are."""

from collections.abc import Sequence

import pytest

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.tables.stacks import with_cells

HEADS = ("Begroting 2018 na wijziging", "Rekening 2018", "Verschil")
LASTEN, BATEN = ("Lasten", "700", "690", "10"), ("Baten", "200", "210", "10")


def _lines(texts: Sequence[str]) -> list[Line]:
    return [Line(number, text) for number, text in enumerate(texts, 1)]


def _cells(*texts: str) -> list[tuple[str, ...]]:
    return [line.cells for line in with_cells(_lines(texts)) if line.cells]


def _untouched(*texts: str) -> bool:
    return with_cells(_lines(texts)) == _lines(texts)


def test_each_row_gets_its_cells_and_the_line_of_its_name() -> None:
    found = with_cells(_lines(["Bedragen x € 1.000", *HEADS, *LASTEN, *BATEN, "Toelichting"]))
    assert [line.cells for line in found] == [("Bedragen x € 1.000", *HEADS), LASTEN, BATEN, ()]
    assert [line.number for line in found] == [1, 5, 9, 13]


def test_cells_may_have_a_blank_line_around_each() -> None:
    spaced = [text for cell in ("Wat heeft het gekost?", *HEADS, *LASTEN, *BATEN)
              for text in (cell, "")]  # fmt: skip
    assert _cells(*spaced) == [("", *HEADS), LASTEN, BATEN]


def test_two_tables_with_a_blank_line_around_each_cell_are_told_apart() -> None:
    other = ("Baten en lasten", *HEADS[:2], *LASTEN[:3], *BATEN[:3])
    spaced = [text for cell in (*HEADS, *LASTEN, *BATEN, *other) for text in (cell, "")]
    assert _cells(*spaced)[3:] == [("", *HEADS[:2]), LASTEN[:3], BATEN[:3]]


def test_a_heading_above_a_row_is_a_row_of_its_own() -> None:
    assert _cells(*HEADS, "1 Wonen", *LASTEN, *BATEN)[1:] == [("1 Wonen",), LASTEN, BATEN]


def test_heads_in_two_rows_stand_over_the_columns_whose_heads_come_again() -> None:
    flows = ("Baten", "Lasten", "Baten", "Lasten")
    heads = ("Programma", "Begroting 2018", "Rekening 2018", *flows)
    found = _cells(*heads, "Wonen", "1", "2", "3", "4", "Zorg", "5", "6", "7", "8")
    assert found[0][1:] == tuple(
        f"{phase} {flow}" for phase in heads[1:3] for flow in ("Baten", "Lasten")
    )


def test_a_side_on_a_line_of_its_own_belongs_to_the_amount_above_it() -> None:
    assert _cells(*HEADS, *LASTEN, "V", *BATEN, "V")[1:] == [
        (*LASTEN[:3], "10 V"),
        (*BATEN[:3], "10 V"),
    ]


@pytest.mark.parametrize(
    "texts",
    [
        (*HEADS, *LASTEN, *BATEN[:3]),
        (*HEADS, "Nog te verdelen", *LASTEN, "5", *BATEN, "5"),
        ("Nog te verdelen", *HEADS, *LASTEN, *BATEN),
        ("Primitieve begroting", *HEADS, *LASTEN, *BATEN),
        ("Omschrijving", "Begroting", "Rekening 2018", "incl. wijz.",
         "Lasten", "7", "8", "Baten", "2", "3"),
        ("Programma", "Begroting 2018", "Rekening 2018", "Verschil", *["Baten", "Lasten"] * 2,
         "Wonen", "1", "2", "3", "4", "Zorg", "5", "6", "7", "8"),
    ],
    ids=["a cell less", "a head behind", "one before", "a phase before", "the rest of a head",
         "a row of heads above"],
)  # fmt: skip
def test_a_stack_in_which_a_cell_may_be_anothers_stays_as_it_is(texts: Sequence[str]) -> None:
    assert _untouched(*texts)


def test_numbers_that_count_up_from_name_to_name_are_joined_to_these() -> None:
    rows = ("1", *LASTEN, "2", *BATEN, "3", "Zorg", "4", "5", "6", "Overhead", "7", "8", "9")
    assert [cells[0] for cells in _cells(*HEADS, *rows)] == [
        "", "1 Lasten", "2 Baten", "3 Zorg", "Overhead"
    ]  # fmt: skip


def test_amounts_that_count_up_are_no_numbers_of_rows() -> None:
    rows = ("Lasten", "700", "690", "1", "Baten", "200", "210", "2", "Saldo", "500", "480", "3")
    assert _cells(*HEADS, *rows)[1:] == [rows[:4], rows[4:8], rows[8:]]


@pytest.mark.parametrize("code", ["6.71", "0.10", "01", "04.99"])
def test_a_code_on_a_line_of_its_own_is_joined_to_the_name_below_it(code: str) -> None:
    assert _cells(*HEADS, code, *LASTEN, *BATEN)[1:] == [(f"{code} Lasten", *LASTEN[1:]), BATEN]


def test_a_row_that_lacks_a_cell_beside_whole_rows_stays_short() -> None:
    assert _cells(*HEADS, *LASTEN, *BATEN[:3], *BATEN)[1:] == [LASTEN, BATEN[:3], BATEN]


def test_a_dash_where_other_rows_have_their_side_is_no_amount() -> None:
    rows = (*LASTEN, "V", *BATEN, "N", "Saldo", "500", "480", "0", "-")
    assert _cells(*HEADS, "V/N", *rows)[1:] == [
        (*LASTEN[:3], "10 V"), (*BATEN[:3], "10 N"), ("Saldo", "500", "480", "0")
    ]  # fmt: skip


def test_heads_that_come_again_between_rows_are_left_out() -> None:
    found = _cells("Omschrijving", *HEADS, *LASTEN, "Reserves", *HEADS, *BATEN)
    assert found[1:] == [LASTEN, ("Reserves",), BATEN]


def test_years_below_heads_belong_to_those_that_lack_one() -> None:
    found = _cells("Begroting", "Begroting", "Verschil", "2017", "2018", *LASTEN, *BATEN)
    assert found[0] == ("", "Begroting 2017", "Begroting 2018", "Verschil")


def test_one_phase_above_flows_is_that_of_all() -> None:
    flows = ("Lasten", "Baten", "Saldo")
    found = _cells("Rekening 2018", "Nr.", "Taakveld", *flows, "01", *LASTEN, "02", *BATEN)
    assert found[0] == ("Nr. Taakveld", *(f"Rekening 2018 {flow}" for flow in flows))
