"""Dagster's storage in a real PostgreSQL: a night runs, the dead are closed, nothing is on disk."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from doelenboom.publication.reading.releases import current_release
from doelenboom.settings import Settings
from orchestration.assets.release import RELEASE_TAG
from orchestration.home import prepare_home
from orchestration.instance import migrate, open_instance
from tests.integration.small_night import make_small_project, night

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
SERVER_USER = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root

pytestmark = pytest.mark.skipif(not BINARIES, reason="there is no PostgreSQL server")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Run a server that listens on a socket alone, and give the address of an empty database."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    if SERVER_USER:
        shutil.chown(folder, SERVER_USER)

    def run(command: str, *arguments: str) -> None:
        subprocess.run(
            [BINARIES[-1] / command, "-D", folder / "data", *arguments],
            user=SERVER_USER,
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    run("initdb", "--username=doelenboom", "--auth=trust")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder}"
    run("pg_ctl", "start", "--wait", "--log", str(folder / "log"), "--options", options)
    yield f"postgresql://doelenboom@localhost/postgres?host={folder}"
    run("pg_ctl", "stop", "--mode", "immediate")
    shutil.rmtree(folder)


@pytest.fixture
def address(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DOELENBOOM_DAGSTER_POSTGRES_URL", server)
    return server


def test_a_night_is_kept_in_postgresql_alone_and_its_address_in_no_file(
    address: str, tmp_path: Path
) -> None:
    settings = make_small_project(tmp_path)
    night(settings, full=True)
    release = current_release(settings.published, settings.releases_dir)
    assert release is not None
    home = settings.state_dir / "dagster"
    assert not list(home.rglob("*.db"))
    assert not any(
        address.encode() in path.read_bytes() for path in home.rglob("*") if path.is_file()
    )
    with open_instance(settings) as storage:
        [run] = storage.get_runs()
        assert run.is_success
        assert run.tags[RELEASE_TAG] == release.release_id
        assert storage.all_logs(run.run_id)


def test_a_run_whose_process_is_gone_is_closed_there_too(address: str, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    assert settings.dagster_postgres_url is not None
    assert address not in repr(settings)
    with dg.DagsterInstance.from_config(str(prepare_home(settings))) as storage:
        migrate(storage)
        job = dg.JobDefinition(graph_def=dg.GraphDefinition(name="nightly"))
        run = storage.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED)
    with open_instance(settings) as storage:
        found = storage.get_run_by_id(run.run_id)
        assert found is not None and found.is_failure
