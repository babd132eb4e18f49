"""Who has no neighbours in structure is told and why, and from how many they were chosen."""

from pathlib import Path

import duckdb

from doelenboom.validation.neighbour_checks import FEATURES, POOL, neighbour_checks
from doelenboom.validation.outcomes import CheckResult


def candidate(tmp_path: Path) -> Path:
    """GM0001 and GM0002 are neighbours, GM0003 lacks one feature in its latest year, GM0004 all."""
    path = tmp_path / "candidate.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            """
            create schema marts;
            create table marts.taakveld_spending as
            select 'GM000' || number as municipality_code, fiscal_year
            from range(1, 5) as numbers (number)
            cross join (values (2017), (2018)) as years (fiscal_year);
            create table marts.dim_municipality as
            select municipality_code, 'Gemeente ' || municipality_code[6:] as municipality_name,
                date '2015-01-01' as valid_from,
                if(municipality_code = 'GM0004', date '2018-06-30', null) as valid_to
            from marts.taakveld_spending where fiscal_year = 2018;
            create table marts.dim_municipality_current as from marts.dim_municipality;
            create table marts.neighbour_features as
            select municipality_code, fiscal_year, feature,
                if(municipality_code < 'GM0003', 0.5, null) as standard_score
            from marts.taakveld_spending cross join (values ('density'), ('people')) as f (feature)
            where municipality_code < 'GM0003'
                or (municipality_code = 'GM0003' and (fiscal_year = 2017 or feature = 'people'));
            create table marts.nearest_neighbours as
            select municipality_code, fiscal_year from marts.taakveld_spending
            where municipality_code < 'GM0003';
            """
        )
    return path


def lacking(path: Path) -> list[CheckResult]:
    return [row for row in neighbour_checks(path) if row.check_name == FEATURES]


def test_a_municipality_without_neighbours_is_a_row_that_names_what_is_not_known(
    tmp_path: Path,
) -> None:
    found = lacking(candidate(tmp_path))
    assert [(row.subject, row.status, row.observed) for row in found] == [
        ("GM0003", "warn", "no neighbours in 2018: not known are density"),
        ("GM0004", "info", "no neighbours in 2018: not known are density, people"),  # ended
    ]
    assert {row.check_name for row in found} == {"every_feature_of_a_municipality_is_known"}
    assert {row.kind for row in found} == {"expectation"}
    assert {row.severity for row in found} == {"warn"}
    assert "Gemeente 3 heeft geen structuurgelijke gemeenten" in found[0].explanation


def test_who_was_left_out_of_the_division_on_purpose_lacks_nothing(tmp_path: Path) -> None:
    path = candidate(tmp_path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update marts.neighbour_features set feature ="
            " if(feature = 'density', 'centre_function', 'social_structure')"
        )
    found = lacking(path)
    assert [(row.subject, row.status, row.observed) for row in found] == [
        ("GM0003", "not_applicable", "no neighbours in 2018: not divided by centre_function"),
        (
            "GM0004",
            "info",
            "no neighbours in 2018: not known are centre_function, social_structure",
        ),
    ]
    assert "er ontbreekt niets" in found[0].explanation


def test_each_year_says_from_how_many_neighbours_were_chosen(tmp_path: Path) -> None:
    path = candidate(tmp_path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update marts.dim_municipality set valid_to = date '2017-12-31'"
            " where municipality_code > 'GM0002'"
        )
    found = [row for row in neighbour_checks(path) if row.check_name == POOL]
    assert [(row.subject, row.severity, row.status, row.observed) for row in found] == [
        ("2017", "info", "info", "2 of 4 municipalities"),
        ("2018", "info", "pass", "2 of 2 municipalities"),
    ]
    assert "2 van de 4" in found[0].explanation


def test_a_candidate_without_those_marts_has_no_such_rows(tmp_path: Path) -> None:
    path = tmp_path / "empty.duckdb"
    with duckdb.connect(str(path)):
        pass
    assert neighbour_checks(path) == []
