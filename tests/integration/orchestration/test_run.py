"""What a failed node is called, what a partial build keeps, and what Dagster may do."""

from dataclasses import replace

import dagster as dg
from dagster._core.definitions.run_request import InstigatorType

from doelenboom.settings import Settings
from orchestration.assets.models import explain
from orchestration.dbt import NodeResult, read_results, save_results
from orchestration.home import KEEP_TICKS_DAYS, prepare_home


def test_a_failed_test_is_told_with_its_model_and_rows() -> None:
    failed = NodeResult(
        "test.p.t", "totals_add_up", "test", "fail", 0.1, failures=3, about="model.p.goal_tree"
    )
    assert explain([failed]) == (
        "test totals_add_up fails on goal_tree with 3 row(s); nothing was published"
    )
    assert explain([replace(failed, message="node_id=p1")]) == (
        "test totals_add_up fails on goal_tree with 3 row(s), such as node_id=p1;"
        " nothing was published"
    )


def test_a_model_that_does_not_build_is_told_with_its_reason_and_the_number_of_others() -> None:
    failed = NodeResult("model.p.m", "goal_tree", "model", "error", 0.1, message="no such column")
    assert explain([failed, failed]) == (
        "model goal_tree did not run: no such column (1 more failed); nothing was published"
    )


def test_a_partial_build_keeps_the_results_of_what_it_did_not_build(settings: Settings) -> None:
    old = NodeResult("test.p.a", "a", "test", "fail", 0.1, failures=1)
    other = NodeResult("test.p.b", "b", "test", "pass", 0.1)
    new = NodeResult("test.p.a", "a", "test", "pass", 0.1)
    save_results(settings, [old, other])
    save_results(settings, [new], keep_others=True)
    assert set(read_results(settings)) == {new, other}
    save_results(settings, [new])
    assert read_results(settings) == (new,)


def test_dagster_reports_nothing_to_its_makers_and_writes_once_at_a_time(
    settings: Settings,
) -> None:
    with dg.DagsterInstance.from_config(str(prepare_home(settings))) as instance:
        assert not instance.telemetry_enabled
        assert not instance.nux_enabled
        assert instance.get_concurrency_config().pool_config.default_pool_limit == 1
        assert instance.run_monitoring_enabled
        kept = instance.get_tick_retention_settings(InstigatorType.SCHEDULE)
        assert set(kept.values()) == {KEEP_TICKS_DAYS}
