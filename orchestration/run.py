"""The nightly job in this process: the same job that the schedule starts.

Returns what came of it, or raises the one error that stopped it.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import dagster as dg

from doelenboom.errors import RefusedError
from doelenboom.faults import reason_of
from doelenboom.publication.releases import current_release
from doelenboom.settings import Settings
from doelenboom.validation.expecting import Suite
from doelenboom.validation.suites import SUITES
from orchestration.assets.inputs import HELD_BACK
from orchestration.dbt import parse, read_manifest
from orchestration.definitions import build_definitions, night_config
from orchestration.home import prepare_folders, prepare_home
from orchestration.landed import stale_sources
from orchestration.lock import only_writer
from orchestration.naming import NIGHTLY, RELEASE

OnStep = Callable[[str], None]

_UNDER_WAY = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]


@dataclass(frozen=True)
class NightOutcome:
    """`release_id` is the release that readers see now; `published` says whether it is new.

    `stale` has a sentence for each source that is not as fresh as it should be; `held_back` is
    the release that was rolled back from and would have been published again.
    """

    published: bool
    release_id: str
    stale: tuple[str, ...]
    held_back: str | None = None


def run_night(
    settings: Settings,
    full: bool = False,
    refresh: bool = False,
    on_step: OnStep = lambda step: None,
    suites: Mapping[str, Suite] = SUITES,
) -> NightOutcome:
    """Run the job `nightly` and say which release readers see now.

    `refresh` asks the live sources first, `full` publishes also when nothing changed.
    `on_step` hears the name of each step as it starts. Raises the DoelenboomError that
    stopped the night, RunActiveError when another run holds the warehouse.
    """
    try:
        result = _run_job(settings, night_config(refresh, full), on_step, suites)
    except dg.DagsterExecutionInterruptedError:
        raise KeyboardInterrupt from None
    except Exception as error:
        raise reason_of(error, settings.data_dir) from error
    return _outcome(settings, result)


def _run_job(
    settings: Settings, config: dict[str, Any], on_step: OnStep, suites: Mapping[str, Suite]
) -> dg.ExecuteInProcessResult:
    prepare_folders(settings)
    with only_writer(settings.state_dir):
        on_step("parse")
        manifest = read_manifest(parse(settings))
        definitions = build_definitions(settings, manifest, {"steps": step_logger(on_step)}, suites)
        job = definitions.resolve_job_def(NIGHTLY)
        with dg.DagsterInstance.from_config(str(prepare_home(settings))) as instance:
            _close_abandoned_runs(instance)
            return _execute(job, instance, {**config, "loggers": {"steps": {}}})


def step_logger(on_step: OnStep) -> dg.LoggerDefinition:
    """Build the only logger of a run in this process: it names steps and prints nothing."""

    class StepHandler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            event = getattr(record, "dagster_event", None)
            if event is not None and event.is_step_start:
                on_step(event.step_key)

    def build(_: dg.InitLoggerContext) -> logging.Logger:
        logger = logging.Logger("doelenboom.night", logging.DEBUG)
        logger.addHandler(StepHandler())
        return logger

    return dg.LoggerDefinition(build, description="Names of steps as they start.")


def _execute(
    job: dg.JobDefinition, instance: dg.DagsterInstance, run_config: dict[str, Any]
) -> dg.ExecuteInProcessResult:
    logging.getLogger("dagster").addHandler(logging.NullHandler())  # it warns on standard error
    return job.execute_in_process(instance=instance, run_config=run_config)


def _close_abandoned_runs(instance: dg.DagsterInstance) -> None:
    """Mark runs of killed processes as failed: we hold the lock, so none of them lives."""
    for run in instance.get_runs(dg.RunsFilter(statuses=_UNDER_WAY)):
        instance.report_run_failed(run, "its process ended without a word")


def _outcome(settings: Settings, result: dg.ExecuteInProcessResult) -> NightOutcome:
    stale = tuple(stale_sources(settings))
    for event in result.get_asset_materialization_events():
        if event.asset_key == RELEASE:
            release_id = event.materialization.metadata["release_id"].value
            return NightOutcome(published=True, release_id=str(release_id), stale=stale)
    current = current_release(settings.published, settings.releases_dir)
    if current is None:
        raise RefusedError(f"the run ended without a release; see {settings.log_dir}")
    return NightOutcome(
        published=False, release_id=current.release_id, stale=stale, held_back=_held_back(result)
    )


def _held_back(result: dg.ExecuteInProcessResult) -> str | None:
    """Hear from the run which release it did not publish again."""
    for event in result.all_events:
        if event.event_type == dg.DagsterEventType.ASSET_OBSERVATION:
            found = event.asset_observation_data.asset_observation.metadata.get(HELD_BACK)
            return str(found.value) if found else None
    return None
