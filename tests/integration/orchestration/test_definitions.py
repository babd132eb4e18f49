"""The graph that Dagster serves is the way of the data, whole and in order."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import dagster as dg
import pytest
from dagster._utils.schedules import schedule_execution_time_iterator

from doelenboom.errors import RefusedError
from doelenboom.settings import Settings
from doelenboom.validation.suites import SUITES
from orchestration import definitions as module
from orchestration.dbt import read_manifest
from orchestration.graph import built_assets
from orchestration.naming import (
    ACCOUNTS,
    CANDIDATE,
    CHAPTERS,
    CHECK_RESULTS,
    DBT_TESTS,
    EXPECTATIONS,
    INPUTS,
    RAW_CBS,
    RELEASE,
    SITE,
    asset_of,
    mart_key,
    published_marts,
    subject_of_test,
)
from orchestration.triggers import build_inbox_sensor


@pytest.fixture(scope="module")
def graph(definitions: dg.Definitions) -> Any:
    return definitions.resolve_asset_graph()


def test_definitions_load_as_the_server_loads_them(
    settings: Settings, manifest: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "load_settings", lambda: settings)
    loaded = module.nightly_definitions()
    dg.Definitions.validate_loadable(loaded)
    assert loaded.resolve_job_def("nightly").name == "nightly"


def test_a_project_that_was_not_parsed_is_refused_by_name(settings: Settings) -> None:
    with pytest.raises(RefusedError, match=r"nowhere\.json does not exist"):
        read_manifest(settings.dbt_target_dir / "nowhere.json")


def test_every_dbt_model_is_in_an_asset_and_every_mart_is_one(
    graph: Any, manifest: dict[str, Any]
) -> None:
    nodes = {k: n for k, n in manifest["nodes"].items() if n["resource_type"] == "model"}
    keys = {asset_of(manifest, unique_id) for unique_id in nodes}
    assert keys <= graph.get_all_asset_keys()
    assert len(keys) < len(nodes) / 2
    assert {mart_key(name) for name in published_marts(manifest)} < keys
    held = [name for asset in built_assets(manifest).values() for name in asset.nodes]
    assert sorted(held) == sorted(node["name"] for node in nodes.values())


def test_an_asset_is_made_of_what_its_nodes_read(manifest: dict[str, Any]) -> None:
    assets = built_assets(manifest)
    assert (
        dg.AssetKey(["intermediate", "reconciliation"]) in assets[mart_key("reconciliation")].deps
    )
    assert assets[dg.AssetKey(["staging", "accounts"])].deps >= {ACCOUNTS}
    assert assets[dg.AssetKey(["staging", "cbs"])].deps >= {RAW_CBS}
    assert assets[dg.AssetKey(["staging", "reference"])].deps == {ACCOUNTS}
    order = list(assets)
    behind = [
        (key, dep)
        for key, asset in assets.items()
        for dep in asset.deps
        if dep in assets and order.index(dep) > order.index(key)
    ]
    assert behind == []


def test_all_data_tests_of_an_asset_are_one_check_that_blocks(
    graph: Any, manifest: dict[str, Any]
) -> None:
    tests = [n for n in manifest["nodes"].values() if n["resource_type"] == "test"]
    of_sources = [n for n in tests if subject_of_test(n) not in manifest["nodes"]]
    counted = sum(asset.tests for asset in built_assets(manifest).values())
    assert counted == len(tests) - len(of_sources)
    for key, asset in built_assets(manifest).items():
        check = dg.AssetCheckKey(key, DBT_TESTS)
        assert (check in graph.asset_check_keys) == (asset.tests > 0)
        assert not asset.tests or graph.get_check_spec(check).blocking


def test_every_suite_is_one_check_at_the_mart_that_it_guards(
    graph: Any, manifest: dict[str, Any]
) -> None:
    found = {key.asset_key for key in graph.asset_check_keys if key.name == EXPECTATIONS}
    assert found == {mart_key(table) for table in SUITES}
    assert found <= {mart_key(name) for name in published_marts(manifest)}


def test_the_nightly_job_plans_every_asset_and_no_check(definitions: dg.Definitions) -> None:
    job = definitions.resolve_job_def("nightly")
    graph = definitions.resolve_asset_graph()
    assert job.asset_layer.executable_asset_keys == graph.materializable_asset_keys
    assert not job.asset_layer.asset_graph.asset_check_keys


def test_the_arrows_follow_each_other(graph: Any, manifest: dict[str, Any]) -> None:
    marts = {mart_key(name) for name in published_marts(manifest)}
    assert marts
    assert graph.get(ACCOUNTS).parent_keys == {INPUTS}
    assert graph.get(RAW_CBS).parent_keys == {INPUTS}
    assert graph.get(CANDIDATE).parent_keys == marts
    assert graph.get(CHAPTERS).parent_keys == {INPUTS}
    assert graph.get(CHECK_RESULTS).parent_keys == {CANDIDATE, CHAPTERS}
    assert CHECK_RESULTS in graph.get(mart_key("data_quality")).parent_keys
    assert graph.get(RELEASE).parent_keys == {
        INPUTS,
        CANDIDATE,
        CHECK_RESULTS,
        mart_key("data_quality"),
    }
    assert graph.get(SITE).parent_keys == {RELEASE}


def test_every_asset_has_a_group_of_its_own_folder_an_owner_and_a_description(graph: Any) -> None:
    nodes = [node for node in graph.asset_nodes if node.is_materializable]
    assert "default" not in {node.group_name for node in nodes}
    assert {"sources", "publication", "validation"} <= {node.group_name for node in nodes}
    assert [node.key for node in nodes if not (node.owners and node.description)] == []


def test_the_job_of_the_schedule_runs_once_on_each_day_in_one_process(
    definitions: dg.Definitions,
) -> None:
    schedule = definitions.resolve_schedule_def("nightly_schedule")
    assert schedule.job_name == "nightly"
    assert schedule.execution_timezone == "Europe/Amsterdam"
    ticks = schedule_execution_time_iterator(
        datetime(2026, 1, 1, tzinfo=UTC).timestamp(),
        schedule.cron_schedule,
        schedule.execution_timezone,
        ascending=True,
    )
    local = [next(ticks).astimezone(ZoneInfo("Europe/Amsterdam")) for _ in range(365)]
    assert {time.strftime("%H:%M") for time in local} == {"04:15"}
    assert len({time.date() for time in local}) == 365
    job = definitions.resolve_job_def("nightly")
    assert job.executor_def.name == "in_process"


@pytest.fixture
def look(tmp_path: Path) -> Iterator[Callable[[], dg.SensorResult]]:
    """Give a look of the sensor of an inbox, which remembers the looks before."""
    sensor = build_inbox_sensor(Settings(data_dir=tmp_path), dg.define_asset_job("nightly"))
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        cursor: str | None = None

        def looked() -> dg.SensorResult:
            nonlocal cursor
            with dg.build_sensor_context(instance, cursor) as context:
                result = sensor(context)
            assert isinstance(result, dg.SensorResult)
            cursor = result.cursor
            return result

        yield looked


def test_tables_that_a_run_took_away_ask_for_no_other_run(
    tmp_path: Path, look: Callable[[], dg.SensorResult]
) -> None:
    inbox = tmp_path / "inbox"
    (inbox / "accepted").mkdir(parents=True)
    for name in ("good.csv", "bad.csv"):
        (inbox / name).write_text("a;b", encoding="utf-8")
    assert not look().run_requests
    assert look().run_requests
    (inbox / "good.csv").rename(inbox / "accepted" / "good.csv")
    assert not look().run_requests
    assert not look().run_requests
    (inbox / "bad.csv").unlink()
    assert not look().run_requests
    assert look().run_requests


def test_the_inbox_asks_for_one_run_when_all_files_are_written(
    tmp_path: Path, look: Callable[[], dg.SensorResult]
) -> None:
    settings = Settings(data_dir=tmp_path)
    assert not look().run_requests
    chapter = settings.inbox_dir / "GM0153" / "2018" / "chapter.txt"
    chapter.parent.mkdir(parents=True)
    chapter.write_text("a part", encoding="utf-8")
    assert not look().run_requests
    chapter.write_text("a part, and more", encoding="utf-8")
    assert not look().run_requests
    (chapter.parent / "another.txt").write_text("in the same batch", encoding="utf-8")
    assert not look().run_requests
    [request] = look().run_requests or []
    assert not request.run_config["ops"]["sources__cbs"]["config"]["refresh"]
    assert not look().run_requests
    chapter.unlink()
    assert not look().run_requests
    assert look().run_requests
