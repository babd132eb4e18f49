"""A run killed under Dagster's server, and with it, does not keep the next tick waiting."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import pytest

from doelenboom.settings import PROJECT_DIR, Settings
from orchestration.home import prepare_home

SERVER = "from orchestration.dev import main; main('tests.integration.every_minute')"
NOBODY = "http://127.0.0.1:9"
PATIENCE = 300
STARTED, FAILURE = dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.FAILURE
PROCESS = re.compile(r"in process \(pid: (\d+)\)")


@contextmanager
def serving(data_dir: Path) -> Iterator[None]:
    """Start Dagster's server and daemon, and kill both with all their processes at the end."""
    urls = {"DOELENBOOM_CBS_URL": NOBODY, "DOELENBOOM_CBS_IV3_URL": NOBODY}
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, "--port", "0"],
        env={**os.environ, **urls, "DOELENBOOM_DATA_DIR": str(data_dir)},
        cwd=PROJECT_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    yield
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def wait_until(happened: Callable[[], str | None], what: str) -> str:
    deadline = time.monotonic() + PATIENCE
    while not (found := happened()):
        assert time.monotonic() < deadline, f"{what} never happened"
        time.sleep(1)
    return found


@pytest.mark.prove
def test_a_killed_run_does_not_keep_the_next_tick_of_the_schedule_waiting(tmp_path: Path) -> None:
    home = prepare_home(Settings(data_dir=tmp_path))
    with dg.DagsterInstance.from_config(str(home)) as storage:

        def working(*but: str) -> str | None:
            """Give a run that is at its steps, and none of those given."""
            runs = storage.get_runs(dg.RunsFilter(statuses=[STARTED]))
            return next(
                (r.run_id for r in runs if r.run_id not in but and process_of(r.run_id)), None
            )

        def process_of(run_id: str) -> int | None:
            said = (PROCESS.search(log.user_message) for log in storage.all_logs(run_id))
            return next((int(match[1]) for match in said if match), None)

        def status_of(run_id: str) -> dg.DagsterRunStatus | None:
            run = storage.get_run_by_id(run_id)
            return run.status if run else None

        with serving(tmp_path):
            first = wait_until(working, "the first run")
        assert status_of(first) == STARTED
        with serving(tmp_path):
            second = wait_until(lambda: working(first), "a run after all was killed")
            assert status_of(first) == FAILURE
            os.kill(process_of(second) or 0, signal.SIGKILL)
            wait_until(lambda: working(first, second), "a run after one was killed")
            assert status_of(second) == FAILURE
