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
