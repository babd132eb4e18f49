"""Seeds, staging, intermediate and marts: dbt nodes as assets, data tests as checks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import dagster as dg
from dagster_dbt import dbt_assets
from dagster_dbt.asset_utils import get_asset_check_key_for_test

from doelenboom.errors import RefusedError
from doelenboom.settings import Settings
from doelenboom.validation.differences import unjudged_difference
from orchestration import dbt
from orchestration.naming import DATA_QUALITY, Translator
from orchestration.night import Night

Outcome = dg.MaterializeResult[None] | dg.AssetCheckResult

_TRANSLATOR = Translator()
_ASSET_TYPES = frozenset({"model", "seed", "snapshot"})


def build_models(manifest: Mapping[str, Any]) -> dg.AssetsDefinition:
    """Make one asset per dbt node, all but `data_quality`, and one check per data test."""

    @dbt_assets(
        manifest=manifest,
        exclude=DATA_QUALITY,
        name="dbt_models",
        dagster_dbt_translator=_TRANSLATOR,
    )
    def dbt_models(
        context: dg.AssetExecutionContext, night: dg.ResourceParam[Night]
    ) -> Iterator[Outcome]:
        chosen = _chosen(context, manifest)
        results = dbt.build(night.settings, select=chosen, exclude=[DATA_QUALITY])
        dbt.save_results(night.settings, results, keep_others=bool(chosen))
        yield from outcomes(context, manifest, results, night.settings)

    return dbt_models


def build_data_quality(manifest: Mapping[str, Any]) -> dg.AssetsDefinition:
    """Make the asset of the mart that holds every check result, built after validation."""

    @dbt_assets(
        manifest=manifest,
        select=DATA_QUALITY,
        name="dbt_data_quality",
        dagster_dbt_translator=_TRANSLATOR,
    )
    def dbt_data_quality(
        context: dg.AssetExecutionContext, night: dg.ResourceParam[Night]
    ) -> Iterator[Outcome]:
        results = dbt.build(night.settings, select=[DATA_QUALITY])
        yield from outcomes(context, manifest, results, night.settings)

    return dbt_data_quality


def outcomes(
    context: dg.AssetExecutionContext,
    manifest: Mapping[str, Any],
    results: Sequence[dbt.NodeResult],
    settings: Settings,
) -> Iterator[Outcome]:
    """Yield what dbt made and checked, then raise when any node failed.

    Raises RefusedError with one sentence: the figure that an identity found at odds, where only
    tests failed and one of them is an identity; else the first failure.
    """
    for result in results:
        if result.resource_type in _ASSET_TYPES and result.status == "success":
            yield dg.MaterializeResult(
                asset_key=_key(manifest, result.unique_id), metadata={"seconds": result.seconds}
            )
        elif result.is_test and result.status != "skipped":
            yield from _check(context, manifest, result)
    failed = [result for result in results if result.failed]
    if failed and all(result.is_test for result in failed):
        raise RefusedError(unjudged_difference(settings.warehouse) or explain(failed))
    if failed:
        raise RefusedError(explain(failed))


def explain(failed: Sequence[dbt.NodeResult]) -> str:
    """Say in one sentence which test failed on which model, or which model did not build."""
    first = failed[0]
    if first.status == "fail":
        such = f", such as {first.message}" if first.message else ""
        what = f"test {first.name} fails on {first.model} with {first.failures} row(s){such}"
    else:
        what = f"{first.resource_type} {first.name} did not run: {first.message}"
    rest = f" ({len(failed) - 1} more failed)" if len(failed) > 1 else ""
    return f"{what}{rest}; nothing was published"


def _chosen(context: dg.AssetExecutionContext, manifest: Mapping[str, Any]) -> list[str]:
    """Name the dbt nodes of a run over some assets only; nothing for a run over all."""
    if not context.is_subset:
        return []
    return [
        node["name"]
        for unique_id, node in manifest["nodes"].items()
        if node["resource_type"] in _ASSET_TYPES
        and _key(manifest, unique_id) in context.selected_asset_keys
    ]


def _key(manifest: Mapping[str, Any], unique_id: str) -> dg.AssetKey:
    return _TRANSLATOR.get_asset_spec(manifest, unique_id, None).key


def _check(
    context: dg.AssetExecutionContext, manifest: Mapping[str, Any], result: dbt.NodeResult
) -> Iterator[dg.AssetCheckResult]:
    key = get_asset_check_key_for_test(manifest, _TRANSLATOR, result.unique_id, None)
    if key is None or key not in context.selected_asset_check_keys:
        return
    warns = result.severity == "warn" or result.status == "warn"
    yield dg.AssetCheckResult(
        asset_key=key.asset_key,
        check_name=key.name,
        passed=result.status == "pass",
        severity=dg.AssetCheckSeverity.WARN if warns else dg.AssetCheckSeverity.ERROR,
        metadata={"failures": result.failures or 0, "message": result.message},
    )
