"""Tables of CBS landed in a folder of their own and compared by dbt, without a whole night."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from doelenboom.ingestion.cbs.fetch import fetch_cbs
from doelenboom.settings import PROJECT_DIR, Settings
from doelenboom.sources.cbs.datasets import DATASETS
from tests.cbs_server.server import CbsServer
from tests.cbs_server.tables import Table

SHARED = PROJECT_DIR.parent / "shared" / "data"
DBT = [sys.executable, "-c", "from dbt.cli.main import cli; cli()"]
MARTS = (
    *("municipality_comparison", "nearest_neighbours", "peer_group_members"),
    *("taakveld_spending", "taakveld_spending_current"),
)


@dataclass(frozen=True)
class Warehouse:
    """What dbt built in a data folder."""

    path: Path

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask it something, within little memory: it holds millions of rows."""
        with duckdb.connect(
            str(self.path), read_only=True, config={"memory_limit": "2GB", "threads": 2}
        ) as connection:
            return connection.execute(sql).fetchall()


TRACED = (
    *("boundary_weights", "cluster_spending", "dim_indicator", "dim_municipality"),
    *("dim_price_index", "dim_taakveld", "figure_derivations", "indicator_results", "iv3_cells"),
    *("iv3_deliveries", "municipality_changes", "national_events", "neighbour_features"),
    *("overhead_sensitivity", "source_facts", "source_pages"),
)
"""The tables that figures of the comparison are derived from, and how."""


def warehouse_of(
    data_dir: Path, tables: Sequence[Table], marts: Sequence[str] = MARTS
) -> Warehouse:
    """Land tables and build the comparison on them, with the data tests on the way."""
    wanted = [dataset for dataset in DATASETS if dataset.name in ("iv3", "population")]
    with CbsServer(tables) as server:
        settings = Settings(data_dir=data_dir, cbs_url=server.url, cbs_iv3_url=server.url)
        news = fetch_cbs(settings, wanted)
    landed = {item.table for item in news if item.outcome == "landed"}
    assert landed == {table.identifier for table in tables}
    assert not [item for item in news if item.outcome == "failed"]
    state = data_dir / "state"
    places = {"--project-dir": PROJECT_DIR, "--profiles-dir": PROJECT_DIR}
    places |= {"--target-path": state / "dbt", "--log-path": state / "logs"}
    done = subprocess.run(
        [
            *(*DBT, "build", "--select", *(f"+{mart}" for mart in marts)),
            *("--indirect-selection", "cautious", "--exclude-resource-type", "unit_test"),
            *(str(word) for option in places.items() for word in option),
            *("--target", "prod", "--no-use-colors", "--quiet"),
        ],
        env={
            **os.environ,
            "DOELENBOOM_DATA_DIR": str(data_dir),
            "DOELENBOOM_SPILL_DIR": str(state / "spill"),
        },
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Warehouse(settings.warehouse)
