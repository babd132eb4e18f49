"""Statutory indicators in the layouts that municipalities print them in."""

from decimal import Decimal

from doelenboom.sources.accounts.extraction.package.assembling import Extraction
from tests.unit.sources.accounts.extraction.chapters import extracted

TITLE = "4 Samen leven\n\nVerplichte beleidsindicatoren\n\n"
Values = list[tuple[str, int | None, Decimal | None]]


def _read(table: str, year: int = 2018) -> tuple[Values, list[str]]:
    extraction: Extraction = extracted(TITLE + table, year=year)
    rows = extraction.tables["statutory_indicators"]
    kinds = ("statutory", "indicator_values")
    told = [issue.problem for issue in extraction.issues if issue.kind in kinds]
    return [(row["indicator_code"], row["score_year"], row["score"]) for row in rows], told


def test_a_row_without_a_year_of_its_own_is_told() -> None:
    rows, told = _read("Indicator Eenheid 2016 2017 2018\nFunctiemenging % 51,1 52,2 53,3\n")
    assert rows == []
    assert len(told) == 1


def test_two_scores_that_no_head_tells_apart_are_told() -> None:
    rows, told = _read("1. Bestuur en ondersteuning Formatie Fte 2018 7,0 7,5 Eigen gegevens\n")
    assert rows == []
    assert len(told) == 1


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
    assert told == ["Geen verplichte indicator herkend; niet overgenomen."]


def test_cells_below_each_other_with_one_missing_are_told() -> None:
    cells = (
        *("Indicator", "eenheid", "periode", "waarde"),
        *("Functiemenging", "%", "51"),
        *("Banen", "per 1.000 inwoners", "2016", "602,5"),
    )
    rows, told = _read("\n\n".join(cells) + "\n")
    assert rows == [("bbv_21", 2016, Decimal("602.5"))]
    assert told == ["1 waarden bij 2 kolommen; niet overgenomen."]


def test_a_chapter_with_numbers_of_its_own_is_known_by_names_alone() -> None:
    rows, told = _read(
        "1. Economie Banen Aantal per 1.000 inwoners 2017 602,5 LISA\n"
        "2. Economie Zelfbedachte maat per 1.000 inwoners 2017 7 LISA\n"
    )
    assert rows == [("bbv_21", 2017, Decimal("602.5"))]
    assert told == ["Geen verplichte indicator herkend; niet overgenomen."]
