"""The graph that Dagster serves is the way of the data, whole and in order."""

from typing import Any

import dagster as dg
import pytest

from doelenboom.errors import RefusedError
from doelenboom.settings import Settings
from doelenboom.validation.runner import declared_checks
from orchestration import definitions as module
from orchestration.dbt import read_manifest
from orchestration.naming import (
    ACCOUNTS_FILES,
    CANDIDATE,
    CHAPTERS,
    CHECK_RESULTS,
    INPUTS,
    RELEASE,
    accounts_key,
    check_name,
    mart_key,
    published_marts,
)

BUILT = ("model", "seed")


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


def test_every_dbt_seed_and_model_is_an_asset(graph: Any, manifest: dict[str, Any]) -> None:
    nodes = [n for n in manifest["nodes"].values() if n["resource_type"] in BUILT]
    keys = {dg.AssetKey([node["schema"], node["name"]]) for node in nodes}
    assert len(keys) > len(ACCOUNTS_FILES)
    assert keys <= graph.get_all_asset_keys()


def test_every_data_test_on_one_model_is_a_check(graph: Any, manifest: dict[str, Any]) -> None:
    attached = {
        node["name"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test"
        and (node.get("attached_node") or "").startswith(("model.", "seed."))
    }
    assert attached <= {key.name for key in graph.asset_check_keys}


def test_every_expectation_is_a_check_that_blocks_if_it_is_an_error(graph: Any) -> None:
    declared = declared_checks()
    assert len({check_name(check.check_name) for check in declared}) == len(declared)
    for check in declared:
        key = dg.AssetCheckKey(CHECK_RESULTS, check_name(check.check_name))
        assert graph.get_check_spec(key).blocking == (check.severity == "error")


def test_each_csv_of_the_package_is_the_dbt_source_of_that_name(
    graph: Any, manifest: dict[str, Any]
) -> None:
    sources = {s["name"] for s in manifest["sources"].values() if s["source_name"] == "accounts"}
    assert sources == set(ACCOUNTS_FILES)
    read = {key for asset in graph.asset_nodes for key in asset.parent_keys}
    assert {accounts_key(name) for name in ACCOUNTS_FILES} <= read


def test_the_arrows_follow_each_other(graph: Any, manifest: dict[str, Any]) -> None:
    marts = {mart_key(name) for name in published_marts(manifest)}
    assert marts
    assert graph.get(accounts_key("programmes")).parent_keys == {INPUTS}
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


def test_every_asset_has_a_group_of_its_own_folder_an_owner_and_a_description(graph: Any) -> None:
    nodes = [node for node in graph.asset_nodes if node.is_materializable]
    assert "default" not in {node.group_name for node in nodes}
    assert {"sources", "publication", "validation"} <= {node.group_name for node in nodes}
    assert [node.key for node in nodes if not (node.owners and node.description)] == []


def test_the_job_of_the_schedule_runs_at_half_past_two_in_one_process(
    definitions: dg.Definitions,
) -> None:
    schedule = definitions.resolve_schedule_def("nightly_schedule")
    assert schedule.job_name == "nightly"
    assert schedule.cron_schedule == "30 2 * * *"
    assert schedule.execution_timezone == "Europe/Amsterdam"
    job = definitions.resolve_job_def("nightly")
    assert job.executor_def.name == "in_process"
