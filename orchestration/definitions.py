"""Everything that Dagster serves, put together: assets, checks, the job and its schedule.

`nightly_definitions` is what the server loads; `build_definitions` is the same with its
inputs as arguments. Nothing happens at import.
"""

from collections.abc import Mapping
from typing import Any

import dagster as dg

from doelenboom.settings import Settings, load_settings
from doelenboom.validation.expecting import Suite
from doelenboom.validation.suites import SUITES
from orchestration.assets.accounts import accounts
from orchestration.assets.candidate import build_candidate_asset
from orchestration.assets.cbs import cbs, raw_cbs
from orchestration.assets.inbox import chapters
from orchestration.assets.inputs import inputs
from orchestration.assets.models import build_data_quality, build_models
from orchestration.assets.release import build_release
from orchestration.assets.validation import build_validation
from orchestration.dbt import manifest_path, read_manifest
from orchestration.instance import STARTING_UP, close_dead_if_none_lives
from orchestration.naming import NIGHTLY, published_marts
from orchestration.run_context import run_resource

SCHEDULE_CRON = "30 2 * * *"
TIMEZONE = "Europe/Amsterdam"


@dg.definitions
def nightly_definitions() -> dg.Definitions:
    """Build the definitions from the environment, for Dagster's server and daemon."""
    settings = load_settings()
    return build_definitions(settings, read_manifest(manifest_path(settings)))


def night_config(refresh: bool, full: bool) -> dict[str, Any]:
    """Say what a night does: ask the live sources first, publish also when nothing changed."""
    return {
        "ops": {
            "sources__cbs": {"config": {"refresh": refresh}},
            "sources__inputs": {"config": {"full": full}},
        }
    }


def build_definitions(
    settings: Settings,
    manifest: Mapping[str, Any],
    loggers: Mapping[str, dg.LoggerDefinition] | None = None,
    suites: Mapping[str, Suite] = SUITES,
) -> dg.Definitions:
    """Build the definitions for a parsed dbt project and the suites that guard it.

    `loggers` are there for runs to name. Every run is in one process, so the
    lock of the `run` resource covers all its steps.
    """
    nightly = dg.define_asset_job(
        NIGHTLY,
        # Without the checks, which the steps tell by themselves: planning each costs two events.
        selection=dg.AssetSelection.all() - dg.AssetSelection.all_asset_checks(),
        description="Check, build, prove and publish, or say that nothing changed.",
        executor_def=dg.in_process_executor,
    )
    return dg.Definitions(
        assets=[
            cbs,
            inputs,
            accounts,
            raw_cbs,
            chapters,
            build_models(manifest),
            build_candidate_asset(published_marts(manifest)),
            build_validation(manifest, suites),
            build_data_quality(manifest),
            build_release(manifest),
        ],
        jobs=[nightly],
        schedules=[_schedule(settings, nightly)],
        resources={"run": run_resource(settings)},
        loggers=loggers,
        executor=dg.in_process_executor,
    )


def _schedule(settings: Settings, nightly: Any) -> dg.ScheduleDefinition:
    """Ask for a night at its hour, once the runs that died and would keep it waiting are closed."""

    @dg.schedule(
        job=nightly,
        name=f"{NIGHTLY}_schedule",
        cron_schedule=SCHEDULE_CRON,
        execution_timezone=TIMEZONE,
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )
    def tick(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        close_dead_if_none_lives(settings, context.instance, quiet_for=STARTING_UP)
        return dg.RunRequest(run_config=night_config(refresh=True, full=False))

    return tick
