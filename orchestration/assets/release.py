"""Candidate to published: the last mart added, sealed, promoted; old releases removed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import dagster as dg

from doelenboom.errors import RefusedError
from doelenboom.publication.content import database_content_hash
from doelenboom.publication.manifest import Release
from doelenboom.publication.reading.history import held_back, promotions
from doelenboom.publication.reading.releases import release_ids
from doelenboom.publication.release.candidate import Candidate, add_table
from doelenboom.publication.release.promote import promote
from doelenboom.publication.release.retention import releases_to_remove, remove_releases
from doelenboom.publication.release.seal import BuiltFrom, seal
from doelenboom.settings import Settings
from orchestration.assets.inputs import tell_held_back
from orchestration.inputs import Inputs, without_set_aside
from orchestration.lineage import inputs_of_marts
from orchestration.naming import (
    CANDIDATE,
    CHECK_RESULTS,
    DATA_QUALITY,
    INPUTS,
    OWNERS,
    PUBLICATION_GROUP,
    RELEASE,
    WRITER_POOL,
    mart_key,
)
from orchestration.run_context import RunContext

RELEASE_TAG = "doelenboom/release"
"""The runs of a release are found by it on Dagster's page."""


def build_release(manifest: Mapping[str, Any]) -> dg.AssetsDefinition:
    """Make the asset that seals and promotes, from a parsed dbt project."""

    @dg.asset(
        key=RELEASE,
        ins={
            "inputs": dg.AssetIn(INPUTS),
            "candidate": dg.AssetIn(CANDIDATE),
            "checks": dg.AssetIn(CHECK_RESULTS),
        },
        deps=[mart_key(DATA_QUALITY)],
        output_required=False,
        group_name=PUBLICATION_GROUP,
        owners=OWNERS,
        kinds={"duckdb", "parquet"},
        pool=WRITER_POOL,
    )
    def release(
        context: dg.AssetExecutionContext,
        run: dg.ResourceParam[RunContext],
        inputs: Inputs,
        candidate: Candidate,
        checks: list[dict[str, Any]],
    ) -> Iterator[dg.MaterializeResult[None]]:
        """The sealed database that readers open, replaced in one step."""
        settings, now = run.settings, datetime.now(UTC)
        inputs = without_set_aside(inputs, settings)
        complete = add_table(settings.warehouse, candidate, DATA_QUALITY, run.duckdb)
        content_hash = database_content_hash(complete.tables)
        if rejected := held_back(settings.published_dir, inputs.origin, content_hash):
            tell_held_back(context, rejected)
            return
        sealed = _seal(run, inputs, manifest, candidate=complete, checks=checks, now=now)
        promote(sealed, settings.published)
        context.instance.add_run_tags(context.run.run_id, {RELEASE_TAG: sealed.release_id})
        yield dg.MaterializeResult(
            metadata={
                "release_id": sealed.release_id,
                "path": str(settings.published),
                "rows": sum(table.rows for table in sealed.tables),
                "sha256": sealed.content_hash,
                "removed": _remove_old(context, settings, now),
            }
        )

    return release


def _seal(
    run: RunContext,
    inputs: Inputs,
    manifest: Mapping[str, Any],
    *,
    candidate: Candidate,
    checks: Sequence[Mapping[str, Any]],
    now: datetime,
) -> Release:
    return seal(
        candidate,
        run.settings.releases_dir,
        built_from=BuiltFrom(
            inputs.files,
            inputs.fingerprint,
            inputs.versions,
            inputs.commit,
            inputs_of_marts(manifest, {file.path for file in inputs.files}),
        ),
        checks=checks,
        now=now,
        workspace=run.settings.warehouse.parent,
        resources=run.duckdb,
    )


def _remove_old(context: dg.AssetExecutionContext, settings: Settings, now: datetime) -> list[str]:
    """Remove what is kept no longer and name it; a disk that refuses is told and stops nothing."""
    known = promotions(settings.published_dir)
    old = releases_to_remove(release_ids(settings.releases_dir), known, now, settings.keep_releases)
    try:
        remove_releases(settings.releases_dir, old, settings.warehouse.parent)
    except RefusedError as error:
        context.log.warning(f"{error}; the next run that publishes tries again")
    removed = sorted(set(old) - set(release_ids(settings.releases_dir)))
    if removed:
        context.log.info(f"removed, {settings.keep_releases} days being kept: {', '.join(removed)}")
    return removed
