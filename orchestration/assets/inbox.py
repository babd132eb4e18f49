"""The inbox: chapters that people dropped become accounts packages for review."""

import dagster as dg

from doelenboom.ingestion.inbox import read_inbox
from doelenboom.raw.chapters import ReadChapter
from orchestration.naming import CHAPTERS, INPUTS, OWNERS, RAW_GROUP, WRITER_POOL
from orchestration.run_context import RunContext


@dg.asset(
    key=CHAPTERS,
    deps=[INPUTS],
    group_name=RAW_GROUP,
    owners=OWNERS,
    kinds={"csv"},
    pool=WRITER_POOL,
)
def chapters(
    context: dg.AssetExecutionContext, run: dg.ResourceParam[RunContext]
) -> dg.MaterializeResult[list[ReadChapter]]:
    """raw/chapters: each chapter in the inbox as an accounts package, with a report to review."""
    readings = read_inbox(run.settings)
    refused = [reading for reading in readings if reading.refusal]
    for reading in refused:
        context.log.warning(f"{reading.name}: {reading.refusal}")
    return dg.MaterializeResult(
        value=readings,
        metadata={"read": len(readings) - len(refused), "refused": len(refused)},
    )
