"""A budget or accounts that a municipality did not deliver is told, and what explains it."""

from pathlib import Path

import duckdb

from doelenboom.validation.delivery_checks import delivery_checks


def candidate(tmp_path: Path) -> Path:
    """GM0004 has no accounts of 2020, GM0003 none of its last year, GM0005 no first budget.

    The accounts of 2023 are not due: one of five delivered. Quarters are nobody's duty here.
    """
    path = tmp_path / "candidate.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            """
            create schema marts;
            create table marts.iv3_deliveries as
            select
                'GM000' || number as municipality_code, fiscal_year, report,
                case
                    when report = 'q1' then number = 1
                    when fiscal_year = 2023 then number = 1
                    when report = 'budget' then not (number = 5 and fiscal_year = 2022)
                    else not (number = 4 and fiscal_year = 2020)
                        and not (number = 3 and fiscal_year = 2021)
                end as is_delivered
            from range(1, 6) as numbers (number)
            cross join (values (2020), (2021), (2022), (2023)) as years (fiscal_year)
            cross join (values ('budget'), ('accounts'), ('q1')) as reports (report)
            where not (fiscal_year = 2023 and report = 'budget');
            create table marts.dim_municipality_current as
            select
                'GM000' || number as municipality_code,
                'Gemeente ' || number as municipality_name,
                date '2015-01-01' as valid_from
            from range(1, 6) as numbers (number);
            create table marts.municipality_changes as
            select 'GM0003' as predecessor_code, 'GM0005' as successor_code,
                date '2022-01-01' as effective_date;
            """
        )
    return path


def test_what_was_not_delivered_is_a_row_and_a_change_of_boundaries_explains_it(
    tmp_path: Path,
) -> None:
    found = delivery_checks(candidate(tmp_path))
    assert [(row.subject, row.severity, row.status) for row in found] == [
        ("GM0003 2021 accounts", "warn", "info"),
        ("GM0004 2020 accounts", "warn", "warn"),
        ("GM0005 2022 budget", "warn", "info"),
    ]
    assert {row.check_name for row in found} == {"every_report_is_delivered"}
    assert "Vraag Gemeente 4 zelf naar haar jaarrekening" in found[1].explanation
    assert "herindeling van 2022" in found[2].explanation
    assert "de begroting van 2022" in found[2].explanation


def test_a_report_with_the_figures_of_another_is_told_as_such(tmp_path: Path) -> None:
    path = candidate(tmp_path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            """
            insert into marts.iv3_deliveries select 'GM0263', 2018, 'accounts', false;
            insert into marts.iv3_deliveries
            select 'GM0' || number, 2018, 'accounts', true from range(100, 110) as n (number)
            """
        )
    (told,) = (row for row in delivery_checks(path) if row.subject.startswith("GM0263"))
    assert (told.check_name, told.status) == ("every_report_holds_its_own_figures", "warn")
    assert "CBS geeft van Maasdriel de rekening en de balans van Zaltbommel" in told.explanation


def test_a_candidate_without_those_marts_has_no_such_rows(tmp_path: Path) -> None:
    path = tmp_path / "empty.duckdb"
    with duckdb.connect(str(path)):
        pass
    assert delivery_checks(path) == []
