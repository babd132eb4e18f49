"""Headlines say what the marts say, and say so where they say nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from doelenboom.errors import RefusedError
from doelenboom.publication.reading.headlines import headline_lines

MARTS = """
create schema marts;
create table marts.programme_results (
    municipality_code varchar, fiscal_year integer, programme_code varchar,
    municipality_name varchar, programme_name varchar,
    net_cost_after_reserves_actual_keur decimal(18,3),
    net_cost_after_reserves_final_budget_keur decimal(18,3),
    net_cost_after_reserves_original_budget_keur decimal(18,3),
    net_cost_after_reserves_variance_keur decimal(18,3),
    net_cost_actual_keur decimal(18,3), net_cost_final_budget_keur decimal(18,3),
    net_cost_original_budget_keur decimal(18,3), net_cost_variance_keur decimal(18,3),
    expenses_actual_keur decimal(18,3), expenses_final_budget_keur decimal(18,3),
    expenses_original_budget_keur decimal(18,3), expenses_variance_keur decimal(18,3),
    explained_variance_keur decimal(18,3), gross_variance_keur decimal(18,3),
    gross_variance_covered_keur decimal(18,3), unexplained_lines integer,
    largest_unexplained_line varchar, transfer_to_reserves_beyond_budget_keur decimal(18,3),
    indicators_own integer, indicators_statutory integer
);
create table marts.indicator_results (
    municipality_code varchar, fiscal_year integer, programme_code varchar, indicator_code varchar,
    indicator_kind varchar, verdict varchar, verdict_basis varchar, margin_status varchar
);
"""


def test_each_programme_has_a_line_on_money_and_one_on_indicators(
    make_warehouse: Callable[[str], Path],
) -> None:
    database = make_warehouse(
        MARTS
        + """
        insert into marts.programme_results values
            ('GM0001', 2018, '2.1', 'Veldstad', 'Zorg', 100, 120.5, 110, 20.5, null, null,
             null, null, null, null, null, null, 21, null, null,
             null, null, 1637, 4, 9),
            ('GM0001', 2013, '2.3', 'Veldstad', 'Wijken', 12000, 11000, 10900, -1000,
             11990, 10990, 10890, -1000, 13000, 12000, 11900, -1000, -900, 3000,
             2000, 2, 'Welzijn', 0, 5, 0);
        insert into marts.indicator_results values
            ('GM0001', 2013, '2.3', 'own_1', 'own', 'missed', 'stated', 'printed'),
            ('GM0001', 2018, '2.1', 'own_1', 'own', 'met', 'stated', 'not_printed'),
            ('GM0001', 2018, '2.1', 'own_2', 'own', 'missed', 'computed', 'printed'),
            ('GM0001', 2018, '2.1', 'own_3', 'own', 'not_measured', 'none', 'not_printed'),
            ('GM0001', 2018, '2.1', 'own_4', 'own', null, null, null),
            ('GM0001', 2018, '2.1', 'bbv_1', 'statutory', 'met', 'stated', 'not_printed');
        """
    )
    assert headline_lines(database) == [
        "Veldstad 2013, programme 2.3 Wijken: net cost after reserves 12,000 against a final"
        " budget of 11,000 (original 10,900), in thousands of euro; variance 1,000 unfavourable,"
        " of which -900 is explained net, 33.3 % of the gross variance of 3,000 without"
        " explanation (lines: 2, the largest Welzijn); nothing added to reserves beyond the"
        " budget",
        "Veldstad 2013, programme 2.3 Wijken: 5 own indicators: 0 met, 1 missed, 0 undecided;"
        " margin of error not printed for 0 of 1 met or missed; 1 verdicts as stated by the"
        " source; 0 statutory indicators",
        "Veldstad 2018, programme 2.1 Zorg: net cost after reserves 100 against a final budget"
        " of 120.5 (original 110), in thousands of euro; variance 20.5 favourable, of which 21"
        " is explained net, gross variance not published; 1,637 added to reserves beyond the"
        " budget",
        "Veldstad 2018, programme 2.1 Zorg: 4 own indicators: 1 met, 1 missed, 0 undecided,"
        " 1 not measured, 1 without verdict; margin of error not printed for 1 of 2 met or"
        " missed; 1 verdicts as stated by the source; 9 statutory indicators",
    ]


def test_what_is_null_is_called_not_published(make_warehouse: Callable[[str], Path]) -> None:
    database = make_warehouse(
        MARTS
        + "insert into marts.programme_results (municipality_code, fiscal_year, programme_code)"
        " values ('GM0001', 2018, '2.1')"
    )
    money, indicators = headline_lines(database)
    assert money == (
        "GM0001 2018, programme 2.1: net cost after reserves not published against a final budget"
        " of not published (original not published), in thousands of euro; variance not"
        " published, no explanation published, gross variance not published;"
        " additions to reserves beyond the budget not published"
    )
    assert indicators == (
        "GM0001 2018, programme 2.1: no own indicators published; not published statutory"
        " indicators"
    )
    assert "None" not in money + indicators


@pytest.mark.parametrize(
    ("gross", "covered", "told"),
    [(0, 0, "gross variance nil"), (3, 3, "0.0 % of the gross"), (3, 0, "100.0 % of the gross")],
)
def test_the_share_without_explanation_holds_at_its_ends(
    gross: int, covered: int, told: str, make_warehouse: Callable[[str], Path]
) -> None:
    database = make_warehouse(
        f"{MARTS} insert into marts.programme_results (municipality_code, fiscal_year,"
        " programme_code, explained_variance_keur, gross_variance_keur,"
        f" gross_variance_covered_keur) values ('GM0001', 2018, '2.1', 1, {gross}, {covered})"
    )
    assert told in headline_lines(database)[0]


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("net_cost", "net cost before reserves 895 against a final budget of 900"),
        ("expenses", "expenses 895 against a final budget of 900"),
    ],
)
def test_a_chapter_that_prints_less_is_told_by_what_it_prints(
    printed: str, told: str, make_warehouse: Callable[[str], Path]
) -> None:
    database = make_warehouse(
        f"{MARTS} insert into marts.programme_results (municipality_code, fiscal_year,"
        f" programme_code, {printed}_actual_keur, {printed}_final_budget_keur,"
        f" {printed}_variance_keur, gross_variance_keur, gross_variance_covered_keur)"
        " values ('GM0001', 2018, '2.1', 895, 900, 5, 30, 0)"
    )
    money = headline_lines(database)[0]
    assert told in money
    assert "variance 5 favourable, no explanation published, gross variance 30;" in money


def test_a_missing_database_or_mart_is_refused(
    tmp_path: Path, make_warehouse: Callable[[str], Path]
) -> None:
    with pytest.raises(RefusedError, match="nothing is published yet"):
        headline_lines(tmp_path / "none.duckdb")
    with pytest.raises(RefusedError, match="programme_results does not exist"):
        headline_lines(make_warehouse("create schema marts"))
