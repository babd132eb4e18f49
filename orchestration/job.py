"""The job `nightly` run by Dagster in this process, and what its events tell of it."""

import logging
from collections.abc import Callable, Mapping

import dagster as dg

from doelenboom.publication.release.site import SiteMaker
from doelenboom.settings import Settings
from doelenboom.validation.expecting import Suite
from doelenboom.validation.suites import SUITES
from orchestration.assets.inputs import HELD_BACK
from orchestration.assets.site import NOT_MADE
from orchestration.dbt import parse, read_manifest
from orchestration.definitions import build_definitions
from orchestration.instance import open_instance
from orchestration.naming import NIGHTLY, RELEASE
from orchestration.triggers import night_config

OnStep = Callable[[str], None]


def run_job(
    settings: Settings,
    full: bool,
    refresh: bool,
    on_step: OnStep,
    *,
    suites: Mapping[str, Suite] | None,
    make_site: SiteMaker | None,
) -> tuple[str | None, str | None, str | None]:
    """Parse the project and run the job; the caller holds the lock of the only writer.

    Returns the release that it published, the one that it held back, and the sentence that says
    why there is no site. Raises what stopped it, as Dagster wrapped it, and KeyboardInterrupt when
    it was told to stop.
    """
    on_step("parse")
    manifest = read_manifest(parse(settings))
    loggers = {"steps": step_logger(on_step)}
    definitions = build_definitions(
        settings, manifest, loggers, SUITES if suites is None else suites, make_site
    )
    config = {**night_config(refresh, full), "loggers": {"steps": {}}}
    logging.getLogger("dagster").addHandler(logging.NullHandler())  # it warns on standard error
    try:
        with open_instance(settings) as instance:
            job = definitions.resolve_job_def(NIGHTLY)
            result = job.execute_in_process(instance=instance, run_config=config)
    except dg.DagsterExecutionInterruptedError:
        raise KeyboardInterrupt from None
    return _published(result), _observed(result, HELD_BACK), _observed(result, NOT_MADE)


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


def _published(result: dg.ExecuteInProcessResult) -> str | None:
    """Hear from the run which release it published."""
    for event in result.get_asset_materialization_events():
        if event.asset_key == RELEASE:
            return str(event.materialization.metadata["release_id"].value)
    return None


def _observed(result: dg.ExecuteInProcessResult, name: str) -> str | None:
    """Hear from the run what an asset observed under a name."""
    for event in result.all_events:
        if event.event_type == dg.DagsterEventType.ASSET_OBSERVATION:
            found = event.asset_observation_data.asset_observation.metadata.get(name)
            if found is not None:
                return str(found.value)
    return None
