"""The accounts package: reviewed facts of annual accounts, one CSV per kind, each checked.

So are the seeds beside it: reference lists, and bundled figures as Parquet.
"""

import dagster as dg

from doelenboom.sources.accounts.package import check_package, read_known_municipalities
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
    """seeds/accounts and the seeds beside it, checked against their table schemas; not loaded."""
    seeds = run.settings.project_dir / "seeds"
    known = read_known_municipalities(seeds / "reference" / "municipalities.csv")
    check_package(seeds, known)
    check_bundled(run.settings.bundled_dir, seeds / "benchmarks" / "datapackage.json", known)
    tables = check_package(seeds / "accounts", known).tables
    return dg.MaterializeResult(
        metadata={
            "rows": {table.file: table.rows for table in tables},
            "sha256": {table.file: table.sha256 for table in tables},
            "path": str(seeds / "accounts"),
        }
    )
