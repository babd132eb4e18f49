"""What every asset of a run gets: the settings, and the sole right to write.

The resource is opened once per run, because all jobs run in one process.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import dagster as dg

from doelenboom.ingestion.cbs.landed import stale_sources
from doelenboom.lock import only_writer
from doelenboom.nights import Findings, recorded
from doelenboom.settings import Settings
from doelenboom.storage.resources import DuckDBResources
from orchestration.instance import failure_of, tidy
from orchestration.naming import NIGHTLY
from orchestration.report import reporter


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
        with only_writer(settings.state_dir), _on_record(context, settings) as night:
            if context.instance and context.run:
                tidy(context.instance, context.run.run_id)
            yield RunContext(settings)
            night.stale = stale_sources(settings)
            if context.instance and context.run:
                night.failure = failure_of(context.instance, context.run.run_id)

    return run


def _on_record(
    context: dg.InitResourceContext, settings: Settings
) -> AbstractContextManager[Findings]:
    """Put a night on record; a run over a part of it says nothing of the night."""
    if context.run is None or context.run.job_name != NIGHTLY:
        return nullcontext(Findings())
    if context.log is None:
        return recorded(settings, reporter(settings))
    return recorded(settings, reporter(settings, context.log.info))


def data_docs_dir(settings: Settings) -> Path:
    """Say where the Data Docs of the last night are."""
    return settings.checks_dir / "data_docs"
