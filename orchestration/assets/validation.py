"""Candidate to proof: expectations run on it, all results of the night in one table.

One blocking asset check per expectation. A failed one stops the night before anything is
sealed.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import dagster as dg

from doelenboom.errors import ValidationBlockedError
from doelenboom.landing.freshness import Freshness
from doelenboom.publication.releases import previous_validation, since_dates
from doelenboom.raw.chapters import Reading
from doelenboom.validation.chapter_checks import chapter_checks
from doelenboom.validation.check_results import write_check_results
from doelenboom.validation.expecting import Suite
from doelenboom.validation.identity_checks import identity_checks
from doelenboom.validation.neighbour_checks import neighbour_checks
from doelenboom.validation.outcomes import CheckOutcome, blocking_sentence
from doelenboom.validation.runner import declared_checks, validate
from orchestration import dbt
from orchestration.dbt_checks import dbt_checks
from orchestration.landed import freshness
from orchestration.naming import (
    CANDIDATE,
    CHAPTERS,
    CHECK_RESULTS,
    OWNERS,
    VALIDATION_GROUP,
    WRITER_POOL,
    check_name,
)
from orchestration.night import Night, data_docs_dir

Check = dict[str, Any]


def build_validation(
    manifest: Mapping[str, Any], suites: Mapping[str, Suite]
) -> dg.AssetsDefinition:
    """Make the asset of all check results, with one check per expectation of the suites."""

    @dg.asset(
        key=CHECK_RESULTS,
        ins={"readings": dg.AssetIn(CHAPTERS)},
        deps=[CANDIDATE],
        check_specs=_check_specs(suites),
        group_name=VALIDATION_GROUP,
        owners=OWNERS,
        kinds={"parquet"},
        pool=WRITER_POOL,
    )
    def check_results(
        night: dg.ResourceParam[Night], readings: list[Reading]
    ) -> Iterator[dg.AssetCheckResult | dg.MaterializeResult[list[Check]]]:
        """The result of every dbt test, expectation and identity of this night."""
        settings = night.settings
        outcomes = validate(settings.candidate, suites=suites, docs_dir=data_docs_dir(settings))
        results = [
            *dbt_checks(manifest, dbt.read_results(settings)),
            *_expectations(outcomes),
            *identity_checks(settings.candidate, OWNERS[0]),
            *neighbour_checks(settings.candidate, OWNERS[0]),
            *_freshness_checks(freshness(settings)),
            *chapter_checks(readings, OWNERS[0]),
        ]
        previous = previous_validation(settings.releases_dir)["results"]
        checks = since_dates(previous, results, datetime.now(UTC).date())
        path = settings.checks_dir / "check_results.parquet"
        write_check_results(path, checks)
        yield from (_asset_check(outcome) for outcome in outcomes)
        if sentence := blocking_sentence(outcomes):
            raise ValidationBlockedError(sentence)
        yield dg.MaterializeResult(value=checks, metadata={"rows": len(checks), "path": str(path)})

    return check_results


def _check_specs(suites: Mapping[str, Suite]) -> list[dg.AssetCheckSpec]:
    return [
        dg.AssetCheckSpec(
            check_name(check.check_name),
            asset=CHECK_RESULTS,
            description=f"{check.subject}: {check.expected}",
            blocking=check.severity == "error",
        )
        for check in declared_checks(suites)
    ]


def _asset_check(outcome: CheckOutcome) -> dg.AssetCheckResult:
    stops = outcome.severity == "error" or outcome.status == "broken"
    return dg.AssetCheckResult(
        check_name=check_name(outcome.check_name),
        asset_key=CHECK_RESULTS,
        passed=outcome.status == "pass",
        severity=dg.AssetCheckSeverity.ERROR if stops else dg.AssetCheckSeverity.WARN,
        metadata={
            "status": outcome.status,
            "observed": outcome.observed,
            "expected": outcome.expected,
        },
    )


def _expectations(outcomes: Sequence[CheckOutcome]) -> Iterator[Check]:
    for outcome in outcomes:
        yield {
            "check_name": outcome.check_name,
            "subject": outcome.subject,
            "kind": "expectation",
            "severity": outcome.severity,
            "status": outcome.status,
            "observed": outcome.observed,
            "expected": outcome.expected,
            "owner": OWNERS[0],
        }


def _freshness_checks(found: Sequence[Freshness]) -> Iterator[Check]:
    for item in found:
        yield {
            "check_name": f"cbs_{item.dataset}_is_fresh",
            "subject": f"cbs.{item.dataset}",
            "kind": "freshness",
            "severity": "warn",
            "status": item.status,
            "observed": item.observed,
            "expected": item.expected,
            "owner": OWNERS[0],
        }
