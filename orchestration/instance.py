"""Dagster's storage, opened for a night: migrated, rid of what is too old and of runs that died.

A run whose process is gone stays under way for Dagster, and would keep the next one waiting for
ever. Who holds the lock of the only writer knows that no other run lives.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg

from doelenboom.errors import RunActiveError
from doelenboom.lock import only_writer
from doelenboom.reports import KEEP
from doelenboom.settings import Settings
from orchestration.home import prepare_home

UNDER_WAY = [
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]
ENDED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
STARTING_UP = timedelta(minutes=3)
"""How long a run may be under way in Dagster's eyes before it takes the lock."""

VERSION_NAME = "version"


@contextmanager
def open_instance(settings: Settings) -> Iterator[dg.DagsterInstance]:
    """Open the storage for a run in this process, which holds the lock, and tidy it."""
    with dg.DagsterInstance.from_config(str(prepare_home(settings))) as instance:
        migrate(instance)
        tidy(instance)
        yield instance


def tidy(instance: dg.DagsterInstance, own_run_id: str | None = None) -> None:
    """Close the runs that died and remove old ones; the caller holds the lock, for its own run."""
    close_dead(instance, own_run_id)
    before = datetime.now(UTC) - KEEP
    for run in instance.get_runs(dg.RunsFilter(statuses=ENDED, created_before=before)):
        instance.delete_run(run.run_id)


def failure_of(instance: dg.DagsterInstance, run_id: str) -> str | None:
    """Say why the first step of a run failed, as what caused it says; None when none did."""
    failed = instance.all_logs(run_id, of_type=dg.DagsterEventType.STEP_FAILURE)
    event = failed[0].dagster_event if failed else None
    if event is None:
        return None
    error = event.step_failure_data.error
    while error and error.cause:
        error = error.cause
    return error.message.partition(": ")[2].strip() or error.message if error else event.message


def close_dead(
    instance: dg.DagsterInstance,
    own_run_id: str | None = None,
    quiet_for: timedelta = timedelta(),
) -> None:
    """Mark the runs under way as failed, but for one's own and any heard of within `quiet_for`."""
    before = datetime.now(UTC) - quiet_for
    under_way = dg.RunsFilter(statuses=UNDER_WAY, updated_before=before)
    for run in instance.get_runs(under_way if quiet_for else dg.RunsFilter(statuses=UNDER_WAY)):
        if run.run_id != own_run_id:
            instance.report_run_failed(run, "its process ended without a word")


def close_dead_if_none_lives(
    settings: Settings, instance: dg.DagsterInstance, quiet_for: timedelta = timedelta()
) -> None:
    """Close the runs that died, unless somebody holds the lock: then one of them lives."""
    try:
        with only_writer(settings.state_dir):
            close_dead(instance, quiet_for=quiet_for)
    except RunActiveError:
        return


def migrate(instance: dg.DagsterInstance) -> None:
    """Bring the storage to the schema of this Dagster, once for each version of it."""
    written = Path(instance.root_directory) / VERSION_NAME
    if not written.is_file() or written.read_text(encoding="utf-8") != dg.__version__:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            instance.upgrade()
        written.write_text(dg.__version__, encoding="utf-8")
