"""Warehouse to candidate: the marts copied into the file that is validated and then sealed."""

from collections.abc import Sequence

import dagster as dg

from doelenboom.publication.reading.releases import list_releases
from doelenboom.publication.release.candidate import Candidate, build_candidate
from orchestration.naming import (
    CANDIDATE,
    DATA_QUALITY,
    OWNERS,
    PUBLICATION_GROUP,
    WRITER_POOL,
    mart_key,
)
from orchestration.run_context import RunContext


def build_candidate_asset(marts: Sequence[str]) -> dg.AssetsDefinition:
    """Make the asset that copies the marts out of the warehouse, all but `data_quality`."""

    @dg.asset(
        key=CANDIDATE,
        deps=[mart_key(name) for name in marts],
        group_name=PUBLICATION_GROUP,
        owners=OWNERS,
        kinds={"duckdb"},
        pool=WRITER_POOL,
    )
    def candidate(run: dg.ResourceParam[RunContext]) -> dg.MaterializeResult[Candidate]:
        """The marts as they will be published, on their way to validation."""
        settings = run.settings
        built = build_candidate(
            settings.warehouse,
            settings.candidate,
            leave_out=frozenset({DATA_QUALITY}),
            resources=run.duckdb,
            earlier=next(iter(list_releases(settings.releases_dir)), None),
        )
        return dg.MaterializeResult(
            value=built,
            metadata={
                "path": str(settings.candidate),
                "rows": {table.name: table.rows for table in built.tables},
                "sha256": {table.name: table.sha256 for table in built.tables},
            },
        )

    return candidate
