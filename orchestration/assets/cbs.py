"""CBS: asked when the night refreshes its sources, and turned into raw tables every night."""

from collections import Counter

import dagster as dg

from doelenboom.ingestion.cbs.fetch import fetch_cbs
from doelenboom.ingestion.cbs.landed import refresh_raw
from doelenboom.raw.pages import PAGES
from doelenboom.sources.cbs.datasets import RAW_TABLES
from orchestration.naming import (
    CBS,
    INPUTS,
    OWNERS,
    RAW_CBS,
    RAW_GROUP,
    SOURCES_GROUP,
    WRITER_POOL,
)
from orchestration.run_context import RunContext


class RefreshConfig(dg.Config):
    """`refresh` asks the live sources; without it the night works on what is landed."""

    refresh: bool = False


@dg.asset(key=CBS, group_name=SOURCES_GROUP, owners=OWNERS, kinds={"json"}, pool=WRITER_POOL)
def cbs(
    context: dg.AssetExecutionContext, config: RefreshConfig, run: dg.ResourceParam[RunContext]
) -> dg.MaterializeResult[None]:
    """Tables of CBS that changed, landed as sent; a source that fails does not stop the night."""
    results = fetch_cbs(run.settings, of_a_night=True) if config.refresh else []
    for failure in [item.failure for item in results if item.failure]:
        context.log.warning(failure)
    return dg.MaterializeResult(metadata={**Counter(item.outcome for item in results)})


@dg.asset(
    key=RAW_CBS,
    deps=[INPUTS],
    group_name=RAW_GROUP,
    owners=OWNERS,
    kinds={"parquet"},
    pool=WRITER_POOL,
)
def raw_cbs(run: dg.ResourceParam[RunContext]) -> dg.MaterializeResult[None]:
    """raw/cbs: the newest delivery of each table, as text; what is built already stays as it is."""
    rows = dict.fromkeys((*RAW_TABLES, PAGES), 0)
    for file in refresh_raw(run.settings):
        rows[file.table] += file.rows
    return dg.MaterializeResult(metadata={"rows": rows})
