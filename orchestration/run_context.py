"""What every asset of a run gets: the settings, and the sole right to write.

The resource is opened once per run, because all jobs run in one process.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import dagster as dg

from doelenboom.lock import only_writer
from doelenboom.settings import Settings
from doelenboom.storage.resources import DuckDBResources
from orchestration.instance import tidy


@dataclass(frozen=True)
class RunContext:
    """A run under way; whoever holds one is the only writer."""

    settings: Settings

    @property
    def duckdb(self) -> DuckDBResources:
        """What DuckDB may use in this run."""
        settings = self.settings
        return DuckDBResources(
            settings.night_memory, settings.threads, settings.effective_spill_dir
        )


def run_resource(settings: Settings) -> dg.ResourceDefinition:
    """Build the resource that takes the lock when a run starts and gives it back at its end.

    Raises RunActiveError inside the run when another run is active.
    """

    @dg.resource(description="The settings, and the lock of the only writer.")
    def run(context: dg.InitResourceContext) -> Iterator[RunContext]:
        with only_writer(settings.state_dir):
            if context.instance and context.run:
                tidy(context.instance, context.run.run_id)
            yield RunContext(settings)

    return run


def data_docs_dir(settings: Settings) -> Path:
    """Say where the Data Docs of the last night are."""
    return settings.checks_dir / "data_docs"
