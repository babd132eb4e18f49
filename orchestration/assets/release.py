"""Candidate to published: the last mart added, sealed under its hash, and promoted."""

from datetime import UTC, datetime
from typing import Any

import dagster as dg

from doelenboom.publication.candidate import add_table
from doelenboom.publication.content import TableContent
from doelenboom.publication.release import promote, seal
from orchestration.assets.inputs import Inputs
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
from orchestration.night import Night


@dg.asset(
    key=RELEASE,
    ins={
        "inputs": dg.AssetIn(INPUTS),
        "candidate": dg.AssetIn(CANDIDATE),
        "checks": dg.AssetIn(CHECK_RESULTS),
    },
    deps=[mart_key(DATA_QUALITY)],
    group_name=PUBLICATION_GROUP,
    owners=OWNERS,
    kinds={"duckdb", "parquet"},
    pool=WRITER_POOL,
)
def release(
    night: dg.ResourceParam[Night],
    inputs: Inputs,
    candidate: list[TableContent],
    checks: list[dict[str, Any]],
) -> dg.MaterializeResult[None]:
    """The sealed database that readers open, replaced in one step."""
    settings = night.settings
    added = add_table(settings.warehouse, settings.candidate, DATA_QUALITY, night.duckdb)
    sealed = seal(
        settings.candidate,
        settings.releases_dir,
        expected=[*candidate, added],
        inputs=inputs.files,
        fingerprint=inputs.fingerprint,
        versions=inputs.versions,
        commit=inputs.commit,
        checks=checks,
        now=datetime.now(UTC),
        workspace=settings.warehouse.parent,
        resources=night.duckdb,
    )
    promote(sealed, settings.published)
    return dg.MaterializeResult(
        metadata={
            "release_id": sealed.release_id,
            "path": str(settings.published),
            "rows": sum(table.rows for table in sealed.tables),
            "sha256": sealed.content_hash,
        }
    )
