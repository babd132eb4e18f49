"""Tables of own indicators in the layouts that municipalities print, with made-up figures."""

from decimal import Decimal
from typing import Any

import pytest

from doelenboom.sources.accounts.extraction.assembling import Extraction
from tests.unit.sources.accounts.extraction.chapters import extracted

HEADS = ["Indicator", "Realisatie 2017", "Streefwaarde 2018", "Realisatie 2018"]
ROWS = [
    ["Percentage schone straten", "80%", "85%", "82,5%"],
    ["Aantal meldingen over afval", "1.250", "1.000", "1.104*"],
    ["Kosten per bankje", "€ 1.376", "-", "n.n.b."],
]
READ = [
    ("Percentage schone straten", Decimal("82.5"), 80, 85, "%", "reported"),
    ("Aantal meldingen over afval", 1104, 1250, 1000, "aantal", "reported"),
    ("Kosten per bankje", None, 1376, None, "euro", "not_published"),
]


def _chapter(table: str, heading: str = "Indicatoren") -> Extraction:
    return extracted(f"3.4 Schoon en veilig\n\n{heading}\n\n{table}\n\nWat heeft het gekost?\n")


def _read(extraction: Extraction) -> list[tuple[Any, ...]]:
    columns = ("indicator_name", "score", "previous_score", "target", "unit", "value_status")
    return [tuple(row[c] for c in columns) for row in extraction.tables["indicators"]]


def _problems(extraction: Extraction) -> list[tuple[str, ...]]:
    return [issue.candidates for issue in extraction.issues if issue.kind == "indicator_values"]


def _html(rows: list[list[str]]) -> str:
    cells = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


LAYOUTS = {
    "a line for each cell": "\n\n".join(cell for row in [HEADS, *ROWS] for cell in row),
    "tabs": "\n".join("\t".join(row) for row in [HEADS, *ROWS]),
    "bars": "\n".join(" | ".join(row) + " |" for row in [HEADS, *ROWS]),
    "wide blanks": "\n".join("    ".join(row) for row in [HEADS, *ROWS]),
    "a line for each row": "\n".join(" ".join(row) for row in [HEADS, *ROWS]),
    "values below the name": "\n".join(
        [" ".join(HEADS), *(line for row in ROWS for line in (row[0], " ".join(row[1:])))]
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("heading", ["Indicatoren", "Kengetallen", "Wat wilden we bereiken?"])
def test_a_table_is_read_in_any_layout_under_any_heading(layout: str, heading: str) -> None:
    extraction = _chapter(LAYOUTS[layout], heading)
    assert _read(extraction) == READ
    assert not _problems(extraction)


def test_a_table_of_markup_is_read() -> None:
    text = (
        f"<html><body><h1>3.4 Schoon</h1><h2>Indicatoren</h2>{_html([HEADS, *ROWS])}</body></html>"
    )
    assert _read(extracted(text, "chapter.html")) == READ


def test_fused_heads_and_percentages_are_read() -> None:
    extraction = _chapter(
        "IndicatorNulmetingDoelstelling 2018Realisatie 2018Ambitie 2020\n"
        "Deel van de straten dat schoon is\nbron: Telling\n61%64%63%70%"
    )
    assert _read(extraction) == [
        ("Deel van de straten dat schoon is", 63, None, 64, "%", "reported")
    ]
    aside = [i.candidates for i in extraction.issues if i.kind == "indicator_columns"]
    assert aside == [("Nulmeting",)]


def test_years_below_two_heads_belong_to_the_head_of_their_run() -> None:
    heads = ["Nr.", "Omschrijving", "Werkelijk", "Streefwaarden", "2016", "2017", "2018", "2018"]
    rows = [["1", "Cijfer voor het park", "NB", "7,1", "7,4", "7,5"]]
    (row,) = _read(_chapter("\n\n".join([*heads, *rows[0]])))
    assert row[:4] == ("Cijfer voor het park", Decimal("7.4"), Decimal("7.1"), Decimal("7.5"))


@pytest.mark.parametrize(
    "heads",
    [
        ["Indicator", "2017", "2018", "2019", "2020"],
        ["Indicator", "JR 2017", "JR 2017", "2018", "2019"],
    ],
)
def test_columns_that_may_be_scores_or_targets_are_not_read(heads: list[str]) -> None:
    extraction = _chapter("\t".join(heads) + "\nCijfer voor het park\t7,1\t7,2\t7,3\t7,4")
    assert all(row[1:4] == (None, None, None) for row in _read(extraction))
    assert any(issue.kind == "indicator_columns" for issue in extraction.issues)


def test_what_other_areas_score_is_set_aside() -> None:
    heads = ["Indicator", "Gemeente 2018", "Provincie 2018", "Nederland 2018"]
    extraction = _chapter("\t".join(heads) + "\nCijfer voor het park\t7,1\t7,2\t7,3")
    assert [row[1] for row in _read(extraction)] == [Decimal("7.1")]
    aside = [i.candidates for i in extraction.issues if i.kind == "indicator_columns"]
    assert aside == [("Provincie 2018", "Nederland 2018")]


def test_a_row_with_fewer_values_than_heads_is_reported_and_not_read() -> None:
    cells = [*HEADS, ROWS[0][0], "80%", "85%", *ROWS[1]]
    extraction = _chapter("\n\n".join(cells))
    assert _read(extraction) == [READ[1]]
    assert _problems(extraction) == [("80%", "85%")]


def test_a_row_with_a_figure_too_many_is_reported_and_not_read() -> None:
    rows = [" ".join(ROWS[0]), "Inwoners tot 75 80% 85% 82%", "Inwoners ouder dan 75 80% 82%"]
    extraction = _chapter("\n".join([" ".join(HEADS), *rows]))
    assert _read(extraction) == [READ[0]]
    assert len(_problems(extraction)) == 2


def test_a_word_for_a_value_is_reported() -> None:
    extraction = _chapter("\t".join(HEADS) + "\nBoomplan\tconcept\t3\tbehaald")
    assert [row[:4] for row in _read(extraction)] == [("Boomplan", None, None, 3)]
    assert _problems(extraction) == [("concept",), ("behaald",)]


def test_a_value_with_its_own_year_is_of_that_year() -> None:
    heads = ["Kengetal", "0-waarde", "Actuele waarde", "Streefwaarde 2018"]
    first = ["1a Aandeel schone straten", "50% (2013)", "61% (2016)", "70%"]
    second = ["1b Aantal bankjes", "40 (2014)", "55 (eind 2017)", "60"]
    table = "\n\n".join([*heads, *first, *second])
    rows = _chapter(table).tables["indicators"]
    assert [
        (r["indicator_code"], r["indicator_name"], r["score"], r["score_year"], r["target"])
        for r in rows
    ] == [
        ("own_1a", "Aandeel schone straten", 61, 2016, 70),
        ("own_1b", "Aantal bankjes", 55, 2017, 60),
    ]


def test_a_cell_that_the_head_spans_does_not_shift_the_row() -> None:
    table = "Effectindicatoren | Real.2017 | Real.2018 | |\n1 | Schone straten | 41,5 | 36,7 | |"
    assert _read(_chapter(table))[0][:3] == ("Schone straten", Decimal("36.7"), Decimal("41.5"))


def test_remarks_below_a_table_are_of_none_of_its_rows() -> None:
    table = LAYOUTS["tabs"] + "\n\nToelichting\nDe streefwaarde is niet gehaald."
    assert all(row["verdict_stated"] == "" for row in _chapter(table).tables["indicators"])


def test_numbers_that_come_twice_give_way_to_the_order() -> None:
    table = "\n".join(
        ["\t".join(["Nr", *HEADS]), *("\t".join(["1", *row]) for row in ROWS)],
    )
    codes = [row["indicator_code"] for row in _chapter(table).tables["indicators"]]
    assert codes == ["own_1", "own_2", "own_3"]


@pytest.mark.parametrize(
    "table",
    [
        "Indicator\tRealisatie\t\tStreefwaarde\n\t2017\t2018\t2018\nSchone straten\t80%\t82%\t85%",
        "Indicator Realisatie Streefwaarde\n2017 2018 2018\nSchone straten 80% 82% 85%",
        "Indicator\tRealisatie\tStreefwaarde\n\t2017\t2018\t2018\nSchone straten\t80%\t82%\t85%",
    ],
)
def test_years_on_a_second_line_stand_under_their_heads(table: str) -> None:
    assert _read(_chapter(table)) == [("Schone straten", 82, 80, 85, "%", "reported")]


def test_money_is_no_indicator() -> None:
    table = "Omschrijving\tBegroting 2018\tRealisatie 2018\nNieuwe brug\t1.200\t1.150"
    tree = "Schone stadRioleringLasten1.200\nHandhavingLasten300\n\n"
    assert not _chapter(tree + table, "Wat hebben we gedaan?").tables["indicators"]
