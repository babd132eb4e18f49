"""What dbt by hand needs before it opens a database: dbt-duckdb loads `Plugin` for target `dev`.

Makes folders, and raw tables without rows where nothing was fetched yet. Never opens the
warehouse of the night and takes no lock.
"""

from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin

from doelenboom.ingestion.cbs.landed import prepare_raw
from doelenboom.settings import load_settings
from doelenboom.validation.check_results import write_check_results


class Plugin(BasePlugin):
    """Prepares the data folder when dbt makes its environment, before it connects."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        settings = load_settings()
        assert self.creds is not None  # dbt-duckdb hands them over
        Path(self.creds.path).parent.mkdir(parents=True, exist_ok=True)
        prepare_raw(settings)
        checks = settings.checks_dir / "check_results.parquet"
        if not checks.exists():
            write_check_results(checks, [])
