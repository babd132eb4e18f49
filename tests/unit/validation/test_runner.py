"""The runner tells broken from failed, changes nothing and leaves nothing open."""

import hashlib
from pathlib import Path

import duckdb
import pytest

from doelenboom.errors import RefusedError
from doelenboom.validation.outcomes import CheckResult
from tests.unit.validation.conftest import Spoil

pytestmark = pytest.mark.slow


def _validate(candidate: Path, table: str) -> dict[str, CheckResult]:
    from doelenboom.validation.runner import validate
    from doelenboom.validation.suites import SUITES

    outcomes = validate(candidate, suites={table: SUITES[table]})
    return {outcome.check_name.split(".")[1]: outcome for outcome in outcomes}


def test_a_failed_check_says_what_it_saw_and_which_row(spoil: Spoil) -> None:
    candidate = spoil(
        "update marts.programme_results set expenses_without_indicator_pct = 180, "
        "indicators_met = 7 where fiscal_year = 2018"
    )
    found = _validate(candidate, "programme_results")
    assert found["percent_within_range"] == CheckResult(
        "programme_results.percent_within_range",
        "marts.programme_results",
        "error",
        "fail",
        "1 of 2 values wrong, such as 180.000000",
        "percentages from 0 to 100",
    )
    assert found["verdicts_add_up"].observed.startswith(
        "1 offending row, such as municipality_code=GM0153, fiscal_year=2018, programme_code=2.1"
    )
    assert found["has_rows"].observed == "2 rows"
    assert {o.check_name for o in found.values() if o.status != "pass"} == {
        "programme_results.percent_within_range",
        "programme_results.verdicts_add_up",
    }


def test_a_provisional_threshold_only_warns(spoil: Spoil) -> None:
    candidate = spoil("update marts.programme_results set inhabitants = null")
    found = _validate(candidate, "programme_results")["inhabitants_mostly_known"]
    assert (found.severity, found.status, found.observed) == ("warn", "fail", "0")
    assert not found.blocks


def test_a_missing_column_breaks_its_checks_and_no_others(spoil: Spoil) -> None:
    found = _validate(
        spoil("alter table marts.programme_results drop column inhabitants"), "programme_results"
    )
    broken = {name: outcome for name, outcome in found.items() if outcome.status != "pass"}
    assert set(broken) == {"inhabitants_within_range", "inhabitants_mostly_known"}
    assert {(o.status, o.severity, o.blocks) for o in broken.values()} == {
        ("broken", "error", True)
    }
    assert all("inhabitants" in outcome.observed for outcome in broken.values())


def test_sql_that_does_not_run_is_broken_not_failed_and_breaks_no_other(spoil: Spoil) -> None:
    # An error leaves DuckDB's transaction aborted; without a rollback later checks broke too.
    candidate = spoil("alter table marts.programme_results drop column indicators_met")
    found = _validate(candidate, "programme_results")
    [broken] = [outcome for outcome in found.values() if outcome.status != "pass"]
    assert (broken.check_name, broken.status) == ("programme_results.verdicts_add_up", "broken")
    assert broken.observed.startswith("Binder Error: Referenced column")


def test_a_missing_table_breaks_every_check_of_its_suite(spoil: Spoil) -> None:
    found = _validate(spoil("drop table marts.forecasts"), "forecasts")
    assert {outcome.status for outcome in found.values()} == {"broken"}
    assert {outcome.observed for outcome in found.values()} == {
        "Catalog Error: Table with name forecasts does not exist!"
    }


def test_an_empty_table_fails(spoil: Spoil) -> None:
    found = _validate(spoil("delete from marts.goal_tree"), "goal_tree")["has_rows"]
    assert (found.status, found.observed, found.expected) == ("fail", "0 rows", "at least 1 row")


def test_the_candidate_is_unchanged_and_can_be_written_to_afterwards(spoil: Spoil) -> None:
    candidate = spoil("drop table marts.forecasts")
    before = hashlib.sha256(candidate.read_bytes()).hexdigest()
    _validate(candidate, "forecasts")
    assert hashlib.sha256(candidate.read_bytes()).hexdigest() == before
    assert not candidate.with_name(f"{candidate.name}.wal").exists()
    with duckdb.connect(str(candidate)) as connection:
        connection.execute("create table marts.forecasts (x integer)")


def test_a_candidate_that_is_not_there_is_refused(tmp_path: Path) -> None:
    from doelenboom.validation.runner import validate

    with pytest.raises(RefusedError, match=r"nothing\.duckdb is not there"):
        validate(tmp_path / "nothing.duckdb")
    assert not (tmp_path / "nothing.duckdb").exists()
