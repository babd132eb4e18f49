"""Everything that Dagster serves, put together: assets, checks, the job and what asks for it.

`nightly_definitions` is what the server loads; `build_definitions` is the same with its
inputs as arguments. Nothing happens at import.
"""

from collections.abc import Mapping
from typing import Any

import dagster as dg

from doelenboom.publication.release.site import SiteMaker
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
from orchestration.assets.site import build_site
from orchestration.assets.validation import build_validation
from orchestration.dbt import manifest_path, read_manifest
from orchestration.naming import NIGHTLY, published_marts
from orchestration.run_context import run_resource
from orchestration.triggers import build_inbox_sensor, build_schedule


@dg.definitions
def nightly_definitions() -> dg.Definitions:
    """Build the definitions from the environment, for Dagster's server and daemon."""
    settings = load_settings()
    return build_definitions(settings, read_manifest(manifest_path(settings)))


def build_definitions(
    settings: Settings,
    manifest: Mapping[str, Any],
    loggers: Mapping[str, dg.LoggerDefinition] | None = None,
    suites: Mapping[str, Suite] = SUITES,
    make_site: SiteMaker | None = None,
) -> dg.Definitions:
    """Build the definitions for a parsed dbt project and the suites that guard it.

    `make_site` fills the folder of the site, our pages unless another is given. `loggers` are
    there for runs to name. Every run is in one process, so the lock of the `run` resource covers
    all its steps.
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
            build_models(manifest, suites),
            build_candidate_asset(published_marts(manifest)),
            build_validation(manifest, suites),
            build_data_quality(manifest),
            build_release(manifest),
            build_site(make_site),
        ],
        jobs=[nightly],
        schedules=[build_schedule(settings, nightly)],
        sensors=[build_inbox_sensor(settings, nightly)],
        resources={"run": run_resource(settings)},
        loggers=loggers,
        executor=dg.in_process_executor,
    )
