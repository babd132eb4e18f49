"""The accounts package: reviewed facts of annual accounts, one CSV per kind, each checked.

So are the seeds beside it: reference lists, and bundled figures as Parquet. What was accepted of
the inbox takes the place of what it replaces.
"""

import dagster as dg

from doelenboom.ingestion.accounts import refresh_accounts
from doelenboom.sources.accounts.package import (
    DELIVERABLE,
    check_package,
    read_known_municipalities,
)
from doelenboom.sources.bundled.package import check_bundled
from orchestration.naming import ACCOUNTS, INPUTS, OWNERS, SOURCES_GROUP, WRITER_POOL
from orchestration.run_context import RunContext


@dg.asset(
    key=ACCOUNTS,
    deps=[INPUTS],
    group_name=SOURCES_GROUP,
    owners=OWNERS,
    kinds={"csv"},
    pool=WRITER_POOL,
)
def accounts(run: dg.ResourceParam[RunContext]) -> dg.MaterializeResult[None]:
    """The seeds, checked against their table schemas; the accounts with what was accepted since."""
    seeds = run.settings.project_dir / "seeds"
    known = read_known_municipalities(seeds / "reference" / "municipalities.csv")
    check_package(seeds, known)
    check_bundled(run.settings.bundled_dir, seeds / "benchmarks" / "datapackage.json", known)
    packages = [check_package(seeds / folder, known) for folder in DELIVERABLE]
    tables = [table for package in packages for table in package.tables]
    in_force = refresh_accounts(run.settings)
    return dg.MaterializeResult(
        metadata={
            "rows": {table.file: table.rows for table in tables},
            "sha256": {table.file: table.sha256 for table in tables},
            "path": str(run.settings.in_force_dir),
            "deliveries": [kept.delivery_id for kept in in_force.deliveries],
        }
    )
