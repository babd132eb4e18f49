"""Candidate to proof: expectations run on it, all results of the night in one table.

One check per suite, told at the mart that it guards. An expectation that fails stops the night
before anything is sealed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import dagster as dg

from doelenboom.errors import ValidationBlockedError
from doelenboom.ingestion.cbs.landed import freshness
from doelenboom.ingestion.reviewed import verdicts
from doelenboom.ingestion.taking import as_left, left_tables
from doelenboom.landing.accepted import kept_deliveries
from doelenboom.publication.reading.releases import previous_validation, since_dates
from doelenboom.raw.chapters import ReadChapter
from doelenboom.settings import Settings
from doelenboom.validation.chapter_checks import chapter_checks
from doelenboom.validation.check_results import write_check_results
from doelenboom.validation.delivery_checks import delivery_checks
from doelenboom.validation.expecting import Suite
from doelenboom.validation.explaining import explained
from doelenboom.validation.fed_checks import fed_checks
from doelenboom.validation.freshness_checks import freshness_checks
from doelenboom.validation.identity_checks import identity_checks
from doelenboom.validation.neighbour_checks import neighbour_checks
from doelenboom.validation.outcomes import CheckResult, blocking_sentence
from doelenboom.validation.runner import validate
from orchestration import dbt
from orchestration.checks import tell_check
from orchestration.dbt_checks import dbt_checks
from orchestration.naming import (
    CANDIDATE,
    CHAPTERS,
    CHECK_RESULTS,
    EXPECTATIONS,
    OWNERS,
    VALIDATION_GROUP,
    WRITER_POOL,
    mart_key,
    subjects_in_dutch,
)
from orchestration.run_context import RunContext, data_docs_dir

Check = dict[str, Any]


def build_validation(
    manifest: Mapping[str, Any], suites: Mapping[str, Suite]
) -> dg.AssetsDefinition:
    """Make the asset of all check results, with one check per suite at the mart that it guards."""

    @dg.multi_asset(
        specs=[_results_spec()],
        ins={"readings": dg.AssetIn(CHAPTERS)},
        check_specs=[_suite_spec(table, suite) for table, suite in suites.items()],
        allow_arbitrary_check_specs=True,  # marts are assets of dbt; the suites run here
        can_subset=True,
        pool=WRITER_POOL,
    )
    def check_results(
        context: dg.AssetExecutionContext,
        run: dg.ResourceParam[RunContext],
        readings: list[ReadChapter],
    ) -> Iterator[
        dg.AssetCheckResult | dg.AssetCheckEvaluation | dg.MaterializeResult[list[Check]]
    ]:
        settings = run.settings
        whole = CHECK_RESULTS in context.selected_asset_keys
        chosen = suites if whole else _chosen(context, suites)
        docs_dir = data_docs_dir(settings) if whole else None
        outcomes = validate(settings.candidate, suites=chosen, docs_dir=docs_dir)
        if whole:
            checks = _all_checks(settings, manifest, outcomes, readings)
            path = settings.checks_dir / "check_results.parquet"
            write_check_results(path, checks)
        for table in chosen:
            yield tell_check(context, _suite_key(table), _of_table(outcomes, table))
        if sentence := blocking_sentence(outcomes):
            raise ValidationBlockedError(sentence)
        if whole:
            yield dg.MaterializeResult(
                CHECK_RESULTS, value=checks, metadata={"rows": len(checks), "path": str(path)}
            )

    return check_results


def _results_spec() -> dg.AssetSpec:
    return dg.AssetSpec(
        CHECK_RESULTS,
        deps=[CANDIDATE, CHAPTERS],
        description="The result of every dbt test, expectation and identity of this night.",
        group_name=VALIDATION_GROUP,
        owners=OWNERS,
        kinds={"parquet"},
    ).with_io_manager_key("io_manager")  # the release takes the results as they are


def _suite_key(table: str) -> dg.AssetCheckKey:
    return dg.AssetCheckKey(mart_key(table), EXPECTATIONS)


def _suite_spec(table: str, suite: Suite) -> dg.AssetCheckSpec:
    """Declare a suite as one check of its mart.

    Dagster would let a blocking check stop the candidate, which this one reads. What stops here is
    the asset of check results, and with it the release.
    """
    return dg.AssetCheckSpec(
        EXPECTATIONS,
        asset=mart_key(table),
        description=f"Its {len(suite())} expectations of Great Expectations, on the candidate.",
    )


def _chosen(context: dg.AssetExecutionContext, suites: Mapping[str, Suite]) -> Mapping[str, Suite]:
    """Keep the suites whose check a run is over, where it is over some checks only."""
    wanted = context.selected_asset_check_keys
    return {table: suite for table, suite in suites.items() if _suite_key(table) in wanted}


def _of_table(outcomes: Sequence[CheckResult], table: str) -> list[CheckResult]:
    return [each for each in outcomes if each.subject == f"marts.{table}"]


def _all_checks(
    settings: Settings,
    manifest: Mapping[str, Any],
    outcomes: Sequence[CheckResult],
    readings: Sequence[ReadChapter],
) -> list[Check]:
    """List every result of the night, each with the date since when it has been so."""
    results = [
        *dbt_checks(manifest, dbt.read_results(settings)),
        *outcomes,
        *identity_checks(settings.candidate),
        *neighbour_checks(settings.candidate),
        *delivery_checks(settings.candidate),
        *freshness_checks(freshness(settings)),
        *chapter_checks(readings, verdicts(settings)),
        *fed_checks(kept_deliveries(settings.landing_dir), map(as_left, left_tables(settings))),
    ]
    previous = previous_validation(settings.releases_dir)["results"]
    told = explained(results, subjects_in_dutch(manifest))
    return since_dates(previous, map(asdict, told), datetime.now(UTC).date())
