"""Check results are written as one row per check, in key order."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from doelenboom.validation.outcomes import CheckOutcome
from doelenboom.validation.report import CheckRow, expectation_rows, write_check_results

OUTCOME = CheckOutcome("t.has_rows", "marts.t", "error", "pass", "2 rows", "at least 1 row")
DBT = CheckRow(
    "not_null_t_a",
    "marts.t",
    "dbt",
    "error",
    "pass",
    "0",
    "0",
    "data@example.org",
    date(2024, 5, 1),
)


def test_rows_are_read_back_in_key_order_with_their_types(tmp_path: Path) -> None:
    path = tmp_path / "checks" / "check_results.parquet"
    run_date = date(2024, 5, 2)
    last = replace(OUTCOME, check_name="z.last", status="broken")
    rows = expectation_rows([last, OUTCOME], "data@example.org", run_date)
    write_check_results(path, [*rows, DBT])
    found = duckdb.execute(f"from read_parquet('{path}')")
    assert [(c[0], str(c[1])) for c in found.description or []] == [
        *(
            (name, "VARCHAR")
            for name in (
                "check_name",
                "subject",
                "kind",
                "severity",
                "status",
                "observed",
                "expected",
                "owner",
            )
        ),
        ("since", "DATE"),
    ]
    first, second, third = found.fetchall()
    assert (first[0], first[2]) == ("not_null_t_a", "dbt")
    assert second == (
        "t.has_rows",
        "marts.t",
        "expectation",
        "error",
        "pass",
        "2 rows",
        "at least 1 row",
        "data@example.org",
        run_date,
    )
    assert (third[0], third[4]) == ("z.last", "broken")
    assert list(path.parent.iterdir()) == [path]


def test_no_results_are_a_table_without_rows(tmp_path: Path) -> None:
    write_check_results(tmp_path / "none.parquet", [])
    found = duckdb.execute(f"select count(since) from read_parquet('{tmp_path}/none.parquet')")
    assert found.fetchall() == [(0,)]


def test_two_results_of_one_check_are_refused_and_the_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "check_results.parquet"
    write_check_results(path, [DBT])
    before = path.read_bytes()
    with pytest.raises(ValueError, match=r"'not_null_t_a' on marts\.t has two results"):
        write_check_results(path, [DBT, replace(DBT, status="fail")])
    assert path.read_bytes() == before
