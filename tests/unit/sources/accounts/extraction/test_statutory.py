"""Statutory indicators in the layouts that municipalities print them in."""

from decimal import Decimal

from doelenboom.sources.accounts.extraction.assembling import Extraction
from tests.unit.sources.accounts.extraction.chapters import extracted

TITLE = "4 Samen leven\n\nVerplichte beleidsindicatoren\n\n"
Values = list[tuple[str, int | None, Decimal | None]]


def _read(table: str, year: int = 2018) -> tuple[Values, list[str]]:
    extraction: Extraction = extracted(TITLE + table, year=year)
    rows = extraction.tables["statutory_indicators"]
    told = [issue.problem for issue in extraction.issues if issue.kind == "statutory"]
    return [(row["indicator_code"], row["score_year"], row["score"]) for row in rows], told


def test_heads_tell_the_score_from_the_budget_behind_it() -> None:
    rows, told = _read(
        "Nr. Taakveld Indicator Eenheid Periode Werkelijk Begroting 2018 Bron Toelichting\n"
        "1 0 Formatie Fte per 1.000 inwoners 2018 7,0 7,5 Eigen gegevens\n"
        "19 6 Jongeren met jeugdhulp % van de jongeren 2017 8,8% 9,1% CBS\n"
    )
    assert rows == [("bbv_1", 2018, Decimal("7.0")), ("bbv_29", 2017, Decimal("8.8"))]
    assert told == []


def test_two_scores_that_no_head_tells_apart_are_told() -> None:
    rows, told = _read("1. Bestuur en ondersteuning Formatie Fte 2018 7,0 7,5 Eigen gegevens\n")
    assert rows == []
    assert len(told) == 1


def test_of_a_column_per_year_the_latest_with_a_score_counts() -> None:
    rows, told = _read(
        "Indicator Eenheid 2016 2017 2018\n"
        "Functiemenging % 51,1 52,2 -\n"
        "Banen Aantal per 1.000 inwoners 601,5 602,5 603,5\n"
    )
    assert rows == [("bbv_14", 2017, Decimal("52.2")), ("bbv_21", 2018, Decimal("603.5"))]
    assert told == []


def test_a_column_of_a_later_year_may_hold_targets_and_is_told() -> None:
    rows, told = _read("Indicator Eenheid 2017 2018 2019\nFunctiemenging % 51,1 52,2 54,4\n")
    assert rows == []
    assert len(told) == 1


def test_a_row_with_fewer_values_than_years_is_told() -> None:
    rows, told = _read("Indicator Eenheid 2016 2017 2018\nFunctiemenging % 51,1 52,2\n")
    assert rows == []
    assert len(told) == 1


def test_cells_below_each_other_are_rows_of_the_length_of_their_heads() -> None:
    cells = (
        *("Indicator", "eenheid", "periode", "waarde*"),
        *("Functiemenging", "%", "2015", "51"),
        *("Zelfbedachte maat", "per 1.000", "2014", "7"),
        *("Banen", "per 1.000 inwoners", "2016", "1.052,8"),
    )
    rows, told = _read("\n\n".join(cells) + "\n")
    assert rows == [("bbv_14", 2015, Decimal(51)), ("bbv_21", 2016, Decimal("1052.8"))]
    assert told == ["De naam staat niet in de regeling; niet overgenomen."]


def test_cells_below_each_other_with_one_missing_are_told() -> None:
    cells = (
        *("Indicator", "eenheid", "periode", "waarde"),
        *("Functiemenging", "%", "51"),
        *("Banen", "per 1.000 inwoners", "2016", "602,5"),
    )
    rows, told = _read("\n\n".join(cells) + "\n")
    assert rows == [("bbv_21", 2016, Decimal("602.5"))]
    assert told == ["Hier staan 3 cellen onder elkaar, de kop heeft er 4; niet overgenomen."]


def test_a_score_without_a_year_has_none() -> None:
    cells = ("Verplichte indicator", "Meetbaar resultaat", "Actueel", "Banen", "Aantal", "602,5")
    assert _read("\n\n".join(cells) + "\n")[0] == [("bbv_21", None, Decimal("602.5"))]


def test_a_chapter_with_numbers_of_its_own_is_known_by_names_alone() -> None:
    rows, told = _read(
        "1. Economie Banen Aantal per 1.000 inwoners 2017 602,5 LISA\n"
        "2. Economie Zelfbedachte maat per 1.000 inwoners 2017 7 LISA\n"
    )
    assert rows == [("bbv_21", 2017, Decimal("602.5"))]
    assert told == ["De naam staat niet in de regeling; niet overgenomen."]
