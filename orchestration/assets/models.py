"""Staging, intermediate and marts: what dbt builds, with its data tests as checks.

One step for all of dbt; a run over some assets builds their nodes alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import dagster as dg

from doelenboom.errors import RefusedError
from doelenboom.ingestion.accounts import refresh_accounts, set_aside, suspects
from doelenboom.settings import Settings
from doelenboom.validation.differences import unjudged_difference
from doelenboom.validation.expecting import Suite
from doelenboom.validation.outcomes import UNPUBLISHED, blocking_sentence
from doelenboom.validation.runner import validate
from orchestration import dbt
from orchestration.checks import tell_check
from orchestration.dbt_checks import dbt_checks
from orchestration.graph import Built, asset_spec, built_assets, tests_spec
from orchestration.naming import DATA_QUALITY, DBT_TESTS, WRITER_POOL, asset_of, mart_key
from orchestration.run_context import RunContext

Outcome = dg.MaterializeResult[None] | dg.AssetCheckResult | dg.AssetCheckEvaluation
Assets = Mapping[dg.AssetKey, Built]


def build_models(manifest: Mapping[str, Any], suites: Mapping[str, Suite]) -> dg.AssetsDefinition:
    """Make the assets that dbt builds, all but `data_quality`, each with one check of its tests.

    The suites judge whether what was delivered fits.
    """
    assets = built_assets(manifest)
    del assets[mart_key(DATA_QUALITY)]

    @_multi_asset("dbt_models", assets)
    def dbt_models(
        context: dg.AssetExecutionContext, run: dg.ResourceParam[RunContext]
    ) -> Iterator[Outcome]:
        chosen = _chosen(context, assets)
        results = (
            dbt.build(run.settings, select=chosen, exclude=[DATA_QUALITY])
            if chosen
            else _fitting(context, run.settings, suites)
        )
        dbt.save_results(run.settings, results, keep_others=bool(chosen))
        yield from outcomes(context, manifest, assets, results, run.settings)

    return dbt_models


def _fitting(
    context: dg.AssetExecutionContext, settings: Settings, suites: Mapping[str, Suite]
) -> tuple[dbt.NodeResult, ...]:
    """Build all; where it fails by what was delivered since the last release, build without that.

    What it fails by is set aside, with the reason: a test of dbt, or an expectation on what was
    built. When it fails without it as well, the fault is elsewhere, and everything that was
    delivered still counts.
    """
    results, reason = _tried(settings, suites)
    aside: dict[str, str] = {}
    while reason:
        for group in suspects(settings, reason, aside):
            refresh_accounts(settings, without={*aside, *group})
            results, left = _tried(settings, suites)
            if left != reason:
                aside |= dict.fromkeys(group, reason.removesuffix(UNPUBLISHED))
                reason = left
                break
        else:
            return results
    for name in set_aside(settings, aside):
        context.log.warning(f"{name} was set aside")
    return results


def _tried(
    settings: Settings, suites: Mapping[str, Suite]
) -> tuple[tuple[dbt.NodeResult, ...], str | None]:
    """Build all, and say in one sentence what of it fails.

    Expectations look at the candidate later, whatever it was built from; here they tell whether
    what was delivered is what a release would be held up by.
    """
    results = dbt.build(settings, exclude=[DATA_QUALITY])
    failure = _failure(settings, results)
    if failure is None and suspects(settings):
        failure = blocking_sentence(validate(settings.warehouse, suites=suites))
    return results, failure


def _failure(settings: Settings, results: Sequence[dbt.NodeResult]) -> str | None:
    """Say in one sentence why a build failed, if it did."""
    failed = [result for result in results if result.failed]
    if failed and all(result.is_test for result in failed):
        return unjudged_difference(settings.warehouse) or explain(failed)
    return explain(failed) if failed else None


def build_data_quality(manifest: Mapping[str, Any]) -> dg.AssetsDefinition:
    """Make the asset of the mart that holds every check result, built after validation."""
    key = mart_key(DATA_QUALITY)
    assets = {key: built_assets(manifest)[key]}

    @_multi_asset("dbt_data_quality", assets)
    def dbt_data_quality(
        context: dg.AssetExecutionContext, run: dg.ResourceParam[RunContext]
    ) -> Iterator[Outcome]:
        results = dbt.build(run.settings, select=[DATA_QUALITY])
        yield from outcomes(context, manifest, assets, results, run.settings)

    return dbt_data_quality


def _multi_asset(
    name: str, assets: Assets
) -> Callable[[Callable[..., Iterator[Outcome]]], dg.AssetsDefinition]:
    return dg.multi_asset(
        name=name,
        specs=[asset_spec(key, asset) for key, asset in assets.items()],
        check_specs=[tests_spec(key, asset) for key, asset in assets.items() if asset.tests],
        can_subset=True,
        pool=WRITER_POOL,
    )


def outcomes(
    context: dg.AssetExecutionContext,
    manifest: Mapping[str, Any],
    assets: Assets,
    results: Sequence[dbt.NodeResult],
    settings: Settings,
) -> Iterator[Outcome]:
    """Yield what dbt made and checked of the assets, then raise when any node failed.

    Raises RefusedError with one sentence: the figure that an identity found at odds, where only
    tests failed and one of them is an identity; else the first failure.
    """
    made, tested = _by_asset(manifest, results)
    whole = _whole(assets, made) & context.selected_asset_keys
    yield from (_made(key, made[key]) for key in assets if key in whole)
    for key, tests in tested.items():
        yield tell_check(
            context,
            dg.AssetCheckKey(key, DBT_TESTS),
            list(dbt_checks(manifest, sorted(tests, key=lambda test: test.name))),
        )
    if reason := _failure(settings, results):
        raise RefusedError(reason)


ByAsset = Mapping[dg.AssetKey, Sequence[dbt.NodeResult]]


def _by_asset(
    manifest: Mapping[str, Any], results: Sequence[dbt.NodeResult]
) -> tuple[ByAsset, ByAsset]:
    """Part what was made from the tests that were run, by the asset that each belongs to."""
    made, tested = defaultdict(list), defaultdict(list)
    for result in results:
        if result.resource_type == "model":
            made[asset_of(manifest, result.unique_id)].append(result)
        elif result.about in manifest["nodes"] and result.status != "skipped":
            tested[asset_of(manifest, result.about)].append(result)
    return made, tested


def _whole(assets: Assets, made: ByAsset) -> set[dg.AssetKey]:
    """Keep the assets of which all was made, and all that they are made of besides."""
    whole = {key for key, nodes in made.items() if all(n.status == "success" for n in nodes)}
    broken = set(made) - whole
    for key, asset in assets.items():
        if asset.deps & broken:
            broken.add(key)
    return whole - broken


def _made(key: dg.AssetKey, nodes: Sequence[dbt.NodeResult]) -> dg.MaterializeResult[None]:
    seconds = round(sum(node.seconds for node in nodes), 3)
    return dg.MaterializeResult(asset_key=key, metadata={"nodes": len(nodes), "seconds": seconds})


def explain(failed: Sequence[dbt.NodeResult]) -> str:
    """Say in one sentence which test failed on which model, or which model did not build."""
    first = failed[0]
    if first.status == "fail":
        such = f", such as {first.message}" if first.message else ""
        what = f"test {first.name} fails on {first.model} with {first.failures} row(s){such}"
    else:
        what = f"{first.resource_type} {first.name} did not run: {first.message}"
    rest = f" ({len(failed) - 1} more failed)" if len(failed) > 1 else ""
    return f"{what}{rest}{UNPUBLISHED}"


def _chosen(context: dg.AssetExecutionContext, assets: Assets) -> list[str]:
    """Name the dbt nodes of a run over some assets or checks; nothing for a run over all assets."""
    keys = {*context.selected_asset_keys, *(k.asset_key for k in context.selected_asset_check_keys)}
    if keys >= set(assets):
        return []
    return sorted(name for key in keys for name in assets[key].nodes)
