"""Who has no neighbours in structure is told, with the features that nobody knows."""

from pathlib import Path

import duckdb

from doelenboom.validation.neighbour_checks import neighbour_checks


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
            create table marts.neighbour_features as
            select municipality_code, fiscal_year, feature
            from marts.taakveld_spending cross join (values ('density'), ('people')) as f (feature)
            where municipality_code < 'GM0003'
                or (municipality_code = 'GM0003' and (fiscal_year = 2017 or feature = 'people'));
            create table marts.nearest_neighbours as
            select municipality_code, fiscal_year from marts.taakveld_spending
            where municipality_code < 'GM0003';
            """
        )
    return path


def test_a_municipality_without_neighbours_is_a_row_that_names_what_is_not_known(
    tmp_path: Path,
) -> None:
    found = neighbour_checks(candidate(tmp_path))
    assert [(row.subject, row.status, row.observed) for row in found] == [
        ("GM0003", "warn", "no neighbours in 2018: not known are density"),
        ("GM0004", "warn", "no neighbours in 2018: not known are density, people"),
    ]
    assert {row.check_name for row in found} == {"every_feature_of_a_municipality_is_known"}
    assert {row.kind for row in found} == {"expectation"}
    assert {row.severity for row in found} == {"warn"}


def test_a_candidate_without_those_marts_has_no_such_rows(tmp_path: Path) -> None:
    path = tmp_path / "empty.duckdb"
    with duckdb.connect(str(path)):
        pass
    assert neighbour_checks(path) == []
