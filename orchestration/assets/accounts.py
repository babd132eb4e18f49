"""The accounts package: reviewed facts of annual accounts, one CSV per kind, each checked."""

from collections.abc import Iterator

import dagster as dg

from doelenboom.sources.accounts.package import check_package, read_known_municipalities
from orchestration.naming import (
    ACCOUNTS_FILES,
    INPUTS,
    OWNERS,
    SOURCES_GROUP,
    WRITER_POOL,
    accounts_key,
)
from orchestration.night import Night


@dg.multi_asset(
    name="accounts_package",
    specs=[
        dg.AssetSpec(
            accounts_key(name),
            deps=[INPUTS],
            description=f"seeds/accounts/{name}.csv, checked against its table schema.",
            group_name=SOURCES_GROUP,
            owners=OWNERS,
            kinds={"csv"},
        )
        for name in ACCOUNTS_FILES
    ],
    pool=WRITER_POOL,
)
def accounts_package(night: dg.ResourceParam[Night]) -> Iterator[dg.MaterializeResult[None]]:
    """Check the package, and the seeds beside it, against their table schemas; load nothing."""
    seeds = night.settings.project_dir / "seeds"
    known = read_known_municipalities(seeds / "reference" / "municipalities.csv")
    check_package(seeds, known)
    for table in check_package(seeds / "accounts", known).tables:
        path = seeds / "accounts" / table.file
        yield dg.MaterializeResult(
            asset_key=accounts_key(path.stem),
            metadata={"rows": table.rows, "sha256": table.sha256, "path": str(path)},
        )
