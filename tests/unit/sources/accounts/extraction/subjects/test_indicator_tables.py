"""Tables of indicators in many layouts; all figures are made up."""

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.sources.accounts.extraction.chapters import extracted

Rows = list[tuple[Any, ...]]


def _stacked(*cells: str) -> str:
    return "\n\n".join(cells)


def _statutory(text: str, year: int = 2018) -> Rows:
    rows = extracted(text, year=year).tables["statutory_indicators"]
    return [(row["indicator_code"], row["score_year"], row["score"], row["unit"]) for row in rows]


def _own(text: str, year: int = 2018, name: str = "chapter.txt") -> Rows:
    rows = extracted(text, name, year).tables["indicators"]
    return [(r["indicator_name"], r["previous_score"], r["target"], r["score"]) for r in rows]


def _problems(text: str, year: int = 2018) -> list[str]:
    kinds = ("indicator_values", "statutory")
    return [issue.problem for issue in extracted(text, year=year).issues if issue.kind in kinds]


HEADS = ("Nr", "Indicator", "Waarde", "Eenheid", "Jaar", "Bron")


def test_a_cell_on_each_line_is_a_row_again() -> None:
    text = "Beleidsindicatoren\n\n" + _stacked(
        *HEADS,
        *("1", "Verwijzingen Halt", "41", "per 10.000 jongeren", "2017", "Bureau"),
        *("2", "Misdrijven - Winkeldiefstallen", "0,3", "per 1.000 inwoners", "2018", "CBS"),
    )
    assert _statutory(text) == [
        ("bbv_6", 2017, Decimal(41), "per 10.000 jongeren"),
        ("bbv_8", 2018, Decimal("0.3"), "per 1.000 inwoners"),
    ]


def test_a_local_number_is_no_number_of_the_law() -> None:
    """Row 8 of a municipality's own list was taken for statutory indicator 8."""
    text = "Beleidsindicatoren\n\n" + _stacked(
        *HEADS, *("8", "Bomen per straat", "41", "aantal", "2018", "Telling")
    )
    assert _statutory(text) == []
    assert _problems(text) == ["Geen verplichte indicator herkend; niet overgenomen."]


def test_a_row_that_lost_a_cell_is_reported_with_its_values_and_the_next_is_read() -> None:
    text = "Indicatoren\n\n" + _stacked(
        *("Omschrijving", "2016", "2017", "2018"),
        *("Schone straten", "71%", "72%"),
        *("Schone parken", "61%", "62%", "63%"),
    )
    assert _own(text) == [("Schone parken", Decimal(62), None, Decimal(63))]
    assert _problems(text) == ["2 waarden bij 3 kolommen; niet overgenomen."]


def test_a_target_and_a_measurement_of_another_moment_are_no_score() -> None:
    text = "Programma 1 Straten\n\n" + _stacked(
        *("Effectindicator", "Nulmeting", "Realisatie\n2016", "Begroting\n2018"),
        *("Streef-\nwaarde", "Bron", "Schone straten", "50%", "61%", "70%", "80%", "Enquête"),
    )
    assert _own(text) == [("Schone straten", Decimal(61), Decimal(70), None)]


@pytest.mark.parametrize("between", ["\t", "   ", " | "])
def test_values_of_other_areas_are_left_alone(between: str) -> None:
    rows = [
        ("Indicator", "Eenheid", "Jaar", "Adorp", "Nederland"),
        ("Banen", "aantal per 1.000 inwoners", "2017", "1.052,8", "805,5"),
        ("Functiemenging", "%", "2018", "n.n.b.", "52,1"),
    ]
    text = "Beleidsindicatoren\n" + "\n".join(between.join(row) for row in rows)
    assert _statutory(text) == [
        ("bbv_21", 2017, Decimal("1052.8"), "aantal per 1.000 inwoners"),
        ("bbv_14", 2018, None, "%"),
    ]


def test_rows_of_areas_under_a_title_give_that_of_the_municipality() -> None:
    text = """Beleidsindicatoren
Indicator | Rekening 2017 | Begroting 2018 | Rekening 2018 | |
Verwijzingen Halt | ||||
Gemeente | 110 | 100 | 49 | |
Nederland | 131 | 131 | 119 | |"""
    assert [row[:3] for row in _statutory(text)] == [("bbv_6", 2018, Decimal(49))]


def test_a_target_before_the_score_is_no_score_and_a_dated_score_is_of_its_year() -> None:
    """A head `Streefwaarde` was read as `waarde`; a score of 2017 as one of 2018."""
    text = """Indicatoren
Indicator\tStreefwaarde 2018\tWaarde\tJaar
Tevreden klanten\t75%\t71%\t2017
Bereik jeugd\t80%\t82%\t2018"""
    assert _own(text) == [
        ("Tevreden klanten", Decimal(71), Decimal(75), None),
        ("Bereik jeugd", None, Decimal(80), Decimal(82)),
    ]


def test_years_under_heads_say_which_are_targets() -> None:
    page = """<html><body><h2>Indicatoren</h2><table>
<tr><th>Indicator</th><th colspan="2">Realisatie</th><th colspan="2">Streefwaarde</th></tr>
<tr><th></th><th>2017</th><th>2018</th><th>2018</th><th>2019</th></tr>
<tr><td>Schone straten</td><td>61</td><td>62</td><td>70</td><td>75</td></tr>
</table></body></html>"""
    wanted = [("Schone straten", Decimal(61), Decimal(70), Decimal(62))]
    assert _own(page, name="chapter.html") == wanted


@pytest.mark.parametrize(
    "heads",
    [
        ("Nr.", "Omschrijving", "Realisatie", "Streefwaarden", "2017", "2018", "2019"),
        ("Indicator", "Laatste meting", "Vorige meting", "Gemeenten"),
    ],
)
def test_heads_that_rows_do_not_fit_take_no_value_and_say_so(heads: tuple[str, ...]) -> None:
    text = "Indicatoren\n\n" + _stacked(*heads, "1", "Schone straten", "61", "62", "70")
    assert _own(text) == []
    assert _problems(text)


def test_two_columns_of_one_year_that_differ_are_not_chosen_from() -> None:
    text = """Indicatoren
Indicator\t2018\t2018
Schone straten\t61\t62"""
    assert [row[3] for row in _own(text)] == [None]
    assert _problems(text) == ["Twee waarden voor hetzelfde jaar; niet overgenomen."]


def test_an_indicator_printed_for_more_years_is_of_the_latest() -> None:
    text = """Beleidsindicatoren
Indicator\tWaarde\tJaar
Gemiddelde WOZ waarde\t173\t2016
Gemiddelde WOZ waarde\t193\t2018"""
    assert [row[:3] for row in _statutory(text)] == [("bbv_35", 2018, Decimal(193))]
    assert len(_problems(text)) == 1


def test_one_name_in_two_scales_is_not_chosen_from() -> None:
    text = """Beleidsindicatoren
Indicator\t2018
Verwijzingen Halt\t46
Verwijzingen Halt per 10.000 inwoners\t81"""
    assert _statutory(text) == []
    assert len(_problems(text)) == 1


@pytest.mark.parametrize(
    "row",
    [
        "5 Formatie Fte per 1.000 inwoners Eigen gegevens 8,5 8,1",
        "1 0 Formatie Fte per 1.000 inwoners 2018 6,0 6,2 Eigen gegevens",
        "Winkeldiefstallen: aantal per 1.000 inwoners | 2,3 | 2,1 |",
    ],
)
def test_values_without_heads_are_never_dropped_in_silence(row: str) -> None:
    text = f"Verplichte beleidsindicatoren\n\n{row}"
    assert _statutory(text) == []
    assert len(_problems(text)) == 1


def test_rows_of_a_page_on_one_line_of_its_file_are_all_read() -> None:
    """Rows were known by their line, so that the last of a page without line ends took the rest."""
    page = (
        "<html><body><h2>Indicatoren</h2><table><tr><td>Indicator</td><td>2018</td></tr>"
        "<tr><td>Schone straten</td><td>61</td></tr><tr><td>Schone parken</td><td>62</td></tr>"
        "</table></body></html>"
    )
    assert [row[3] for row in _own(page, name="chapter.html")] == [Decimal(61), Decimal(62)]


def test_a_bound_is_no_value_and_is_said() -> None:
    text = "Indicatoren\nIndicator\tStreefwaarde 2018\t2018\nSchone straten\t> 75%\t71%"
    assert _own(text) == [("Schone straten", None, None, Decimal(71))]
    assert _problems(text) == ["Niet als één waarde te lezen; niet overgenomen."]


def test_a_printed_number_in_a_cell_of_its_own_is_the_code() -> None:
    text = "Indicatoren\n\n" + _stacked(
        *("nr.", "Effectindicatoren", "Realisatie 2017", "Streefwaarde 2018", "Realisatie\n2018"),
        *("1a", "Schone straten", "48%", "47%", "50%", "1b", "Schone parken", "3,1", "3,5", "3,2"),
    )
    codes = [row["indicator_code"] for row in extracted(text).tables["indicators"]]
    assert codes == ["own_1a", "own_1b"]
