"""The head of a column, of which each subject takes what it understands."""

import pytest

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.subjects.indicators.columns import indicator_column
from doelenboom.sources.accounts.extraction.tables.columns import (
    below,
    column_of,
    columns_of,
    each_below,
)
from doelenboom.sources.accounts.extraction.words.vocabulary import words


@pytest.mark.parametrize(
    ("head", "holds"),
    [
        ("V / N", "side"),
        ("Toelichting:", "remark"),
        ("Nr.", "number"),
        ("Om-schrijving", "description"),
        ("Fryslân", "elsewhere"),
        ("Fryslan en meer dan dat", ""),
        ("", ""),
    ],
)
def test_a_head_says_what_stands_below_it(head: str, holds: str) -> None:
    assert column_of(head).holds == holds


def test_a_head_of_amounts_says_its_phase_its_year_and_its_flow() -> None:
    column = column_of("Begroting 2018 na wijziging Lasten", 2018)
    assert (column.phase, column.year, column.flow) == ("final_budget", 2018, "expenses")


def test_a_head_of_reserves_says_which_balance_or_movement_it_is() -> None:
    heads = ("Stand per 1-1-2018", "Toevoe-gingen", "Onttrekking", "Stand 31 december 2018")
    moved = [column.moved for column in columns_of(heads)]
    assert moved == [("opening",), ("added",), ("withdrawn",), ("closing",)]
    assert [column.years for column in columns_of(heads)][::3] == [(2018,), (2018,)]


def test_what_stands_below_a_head_is_found_by_what_it_holds() -> None:
    columns = columns_of(("Nr", "Actie", "Status", "Toelichting"))
    line = Line(1, "", ("4", " Dijk verhogen ", "gereed", "op tijd"))
    assert below(columns, line, "action") == "Dijk verhogen"
    assert each_below(columns, line, {"status", "remark"}) == ["gereed", "op tijd"]
    assert below(columns, line, "unit") == ""


@pytest.mark.parametrize(
    ("head", "kind", "year"),
    [
        ("Resultaat 2018", "score", 2018),
        ("Realisatie", "score", None),
        ("Doel", "target", None),
        ("Score 2017 en 2018", "other", None),
        ("Provincie Utrecht 2018", "other", 2018),
        ("V/N", "", None),
    ],
)
def test_a_table_of_indicators_takes_what_it_understands(
    head: str, kind: str, year: int | None
) -> None:
    column = indicator_column(head)
    assert (column.kind, column.year) == (kind, year)


def test_every_province_is_known_by_its_name_in_the_reference() -> None:
    (area,) = [word for word in words() if word.list == "area"]
    assert {"noord-brabant", "fryslân", "friesland"} <= {*area.form.replace("\\", "").split("|")}
