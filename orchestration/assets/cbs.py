"""CBS: asked when the night refreshes its sources, and turned into raw tables every night."""

from collections import Counter
from collections.abc import Iterator

import dagster as dg

from doelenboom.raw.pages import PAGES
from doelenboom.sources.cbs.datasets import RAW_TABLES
from orchestration.landed import SOURCE, refresh_raw
from orchestration.naming import (
    CBS,
    INPUTS,
    OWNERS,
    RAW_GROUP,
    SOURCES_GROUP,
    WRITER_POOL,
    raw_key,
)
from orchestration.night import Night
from orchestration.refresh import fetch_cbs


class RefreshConfig(dg.Config):
    """`refresh` asks the live sources; without it the night works on what is landed."""

    refresh: bool = False


@dg.asset(key=CBS, group_name=SOURCES_GROUP, owners=OWNERS, kinds={"json"}, pool=WRITER_POOL)
def cbs(
    context: dg.AssetExecutionContext, config: RefreshConfig, night: dg.ResourceParam[Night]
) -> dg.MaterializeResult[None]:
    """Tables of CBS that changed, landed as sent; a source that fails does not stop the night."""
    news = fetch_cbs(night.settings) if config.refresh else []
    for failure in [item.failure for item in news if item.failure]:
        context.log.warning(failure)
    return dg.MaterializeResult(metadata={**Counter(item.outcome for item in news)})


@dg.multi_asset(
    name="raw_cbs",
    specs=[
        dg.AssetSpec(
            raw_key(SOURCE, name),
            deps=[INPUTS],
            description=f"raw/cbs/{name}: the newest delivery of each table, as text.",
            group_name=RAW_GROUP,
            owners=OWNERS,
            kinds={"parquet"},
        )
        for name in (*RAW_TABLES, PAGES)
    ],
    pool=WRITER_POOL,
)
def raw_cbs(night: dg.ResourceParam[Night]) -> Iterator[dg.MaterializeResult[None]]:
    """Bring raw in line with what is landed; what is built already is left as it is."""
    rows = Counter[str]()
    for file in refresh_raw(night.settings):
        rows[file.table] += file.rows
    for name in (*RAW_TABLES, PAGES):
        yield dg.MaterializeResult(asset_key=raw_key(SOURCE, name), metadata={"rows": rows[name]})
