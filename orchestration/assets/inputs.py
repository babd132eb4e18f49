"""What the night is made from; when none of it changed, the night ends here.

This asset yields nothing then, and Dagster skips everything after it.
"""

from collections.abc import Iterator

import dagster as dg

from orchestration.inputs import Inputs, look
from orchestration.naming import CBS, INPUTS, OWNERS, RELEASE, SOURCES_GROUP, WRITER_POOL
from orchestration.run_context import RunContext

HELD_BACK = "held_back"
"""Under this name an observation of the release says what was rolled back from."""


class NightConfig(dg.Config):
    """`full` builds and promotes also when no input changed."""

    full: bool = False


@dg.asset(
    key=INPUTS,
    deps=[CBS],
    output_required=False,
    group_name=SOURCES_GROUP,
    owners=OWNERS,
    pool=WRITER_POOL,
)
def inputs(
    context: dg.AssetExecutionContext, config: NightConfig, run: dg.ResourceParam[RunContext]
) -> Iterator[dg.MaterializeResult[Inputs]]:
    """Hashes of all files that decide the figures; skipped when none changed."""
    found, ended = look(run.settings, full=config.full)
    if ended and ended.held_back:
        tell_held_back(context, ended.held_back)
    elif ended:
        context.log.info(f"nothing changed since release {ended.release_id}")
    else:
        yield dg.MaterializeResult(
            value=found, metadata={"files": len(found.files), "sha256": found.fingerprint}
        )


def tell_held_back(context: dg.AssetExecutionContext, release_id: str) -> None:
    """Tell Dagster, and who reads its events, that a release is not published again, and why."""
    context.log_event(
        dg.AssetObservation(
            RELEASE,
            description=f"{release_id} was rolled back from, and no file and no commit changed",
            metadata={HELD_BACK: release_id},
        )
    )
