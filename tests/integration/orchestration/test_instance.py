"""What Dagster keeps: runs that died are closed, old ones go, its files are opened once."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import dagster as dg
import pytest

from doelenboom.errors import RefusedError
from doelenboom.nights import last_night
from doelenboom.settings import Settings
from doelenboom.validation.outcomes import CheckResult
from orchestration import instance as module
from orchestration.checks import tell_check
from orchestration.event_log import KEPT, KeptOpenEventLogStorage
from orchestration.home import prepare_home
from orchestration.instance import UNDER_WAY, close_dead_if_none_lives, migrate, tidy
from orchestration.run_context import RunContext, run_resource

JOB = dg.JobDefinition(graph_def=dg.GraphDefinition(name="nightly"))
FAILED = dg.DagsterRunStatus.FAILURE


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


@pytest.fixture
def storage(here: Settings) -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.from_config(str(prepare_home(here))) as instance:
        yield instance


def status_of(storage: dg.DagsterInstance, run: dg.DagsterRun) -> dg.DagsterRunStatus:
    found = storage.get_run_by_id(run.run_id)
    assert found
    return found.status


@pytest.mark.parametrize("status", UNDER_WAY)
def test_a_run_under_way_that_nobody_lives_for_is_closed(
    status: dg.DagsterRunStatus, here: Settings, storage: dg.DagsterInstance
) -> None:
    dead = storage.create_run_for_job(JOB, status=status)
    close_dead_if_none_lives(here, storage)
    assert status_of(storage, dead) == FAILED


def test_while_somebody_holds_the_lock_no_run_is_closed(
    here: Settings, storage: dg.DagsterInstance
) -> None:
    living = storage.create_run_for_job(JOB, status=dg.DagsterRunStatus.STARTED)
    hold = "import sys; from pathlib import Path; from doelenboom.lock import only_writer\n"
    hold += "with only_writer(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(here.state_dir)]
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout and other.stdout.readline() == b"held\n"
    close_dead_if_none_lives(here, storage)
    other.kill()
    other.communicate()
    assert status_of(storage, living) == dg.DagsterRunStatus.STARTED


def test_a_run_that_is_only_just_starting_is_left_to_start(
    here: Settings, storage: dg.DagsterInstance
) -> None:
    fresh = storage.create_run_for_job(JOB, status=dg.DagsterRunStatus.STARTING)
    close_dead_if_none_lives(here, storage, quiet_for=timedelta(minutes=3))
    assert status_of(storage, fresh) == dg.DagsterRunStatus.STARTING


def test_a_night_closes_all_but_itself_and_removes_what_is_too_old(
    storage: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, dead = (
        storage.create_run_for_job(JOB, status=dg.DagsterRunStatus.STARTED) for _ in range(2)
    )
    old = storage.create_run_for_job(JOB, status=dg.DagsterRunStatus.SUCCESS)
    tidy(storage, own.run_id)
    assert status_of(storage, own) == dg.DagsterRunStatus.STARTED
    assert status_of(storage, dead) == FAILED
    assert status_of(storage, old) == dg.DagsterRunStatus.SUCCESS
    monkeypatch.setattr(module, "KEEP", timedelta(seconds=-5))
    tidy(storage, own.run_id)
    assert [run.run_id for run in storage.get_runs()] == [own.run_id]


def one_asset() -> dg.JobDefinition:
    @dg.asset(check_specs=[dg.AssetCheckSpec("c", asset="a")])
    def a() -> Iterator[dg.MaterializeResult[None]]:
        yield dg.MaterializeResult(check_results=[dg.AssetCheckResult(passed=True)])

    assets = dg.Definitions([a], jobs=[dg.define_asset_job("j")])
    return assets.resolve_job_def("j")


def test_what_is_logged_is_there_for_dagster_as_it_comes_and_goes_with_its_run(
    here: Settings, storage: dg.DagsterInstance
) -> None:
    assert isinstance(storage.event_log_storage, KeptOpenEventLogStorage)
    runs = [one_asset().execute_in_process(instance=storage).run_id for _ in range(KEPT + 2)]
    home = prepare_home(here)
    (home / "dagster.yaml").write_text("telemetry: {enabled: false}\n")
    with dg.DagsterInstance.from_config(str(home)) as as_shipped:
        for run_id in (runs[0], runs[-1]):
            kinds = {log.dagster_event_type for log in as_shipped.all_logs(run_id)}
            assert dg.DagsterEventType.ASSET_CHECK_EVALUATION in kinds
            assert dg.DagsterEventType.RUN_SUCCESS in kinds
        latest = as_shipped.get_latest_materialization_event(dg.AssetKey("a"))
        assert latest and latest.run_id == runs[-1]
    folder = home / "history" / "runs"
    storage.delete_run(runs[-1])
    assert not list(folder.glob(f"{runs[-1]}*"))
    history = storage.event_log_storage.get_asset_check_execution_history(
        dg.AssetCheckKey(dg.AssetKey("a"), "c"), limit=100
    )
    assert {record.run_id for record in history} == set(runs[:-1])


def test_the_schema_is_migrated_once_for_each_version_of_dagster(tmp_path: Path) -> None:
    upgraded: list[str] = []
    fake = SimpleNamespace(root_directory=str(tmp_path), upgrade=lambda: upgraded.append("once"))
    migrate(fake)  # type: ignore[arg-type]
    migrate(fake)  # type: ignore[arg-type]
    assert upgraded == ["once"]
    (tmp_path / "version").write_text("1.0.0")
    migrate(fake)  # type: ignore[arg-type]
    assert upgraded == ["once", "once"]


def test_a_real_storage_can_be_migrated_without_a_word(
    storage: dg.DagsterInstance, capfd: pytest.CaptureFixture[str]
) -> None:
    one_asset().execute_in_process(instance=storage)
    capfd.readouterr()
    migrate(storage)
    assert capfd.readouterr() == ("", "")
    assert one_asset().execute_in_process(instance=storage).success


def test_a_run_whose_file_is_removed_meanwhile_ends_well(storage: dg.DagsterInstance) -> None:
    kept = storage.event_log_storage
    assert isinstance(kept, KeptOpenEventLogStorage)

    @dg.asset
    def removing(context: dg.AssetExecutionContext) -> None:
        """An asset that removes what Dagster keeps of its run."""
        Path(kept.path_for_shard(context.run.run_id)).unlink()

    assert dg.materialize([removing], instance=storage).success


@pytest.mark.parametrize(("name", "noted"), [("nightly", True), ("one_mart", False)])
def test_what_the_schedule_starts_is_on_record_and_a_part_of_it_is_not(
    name: str, noted: bool, here: Settings, storage: dg.DagsterInstance
) -> None:
    @dg.asset
    def refused(run: dg.ResourceParam[RunContext]) -> None:
        """An asset whose input is refused."""
        try:
            raise RefusedError("seeds/a.csv, row 3: not a year")
        except RefusedError as error:
            raise ValueError("what Dagster makes of it") from error

    job = dg.Definitions(
        assets=[refused],
        jobs=[dg.define_asset_job(name, executor_def=dg.in_process_executor)],
        resources={"run": run_resource(here)},
    ).resolve_job_def(name)
    assert not job.execute_in_process(instance=storage, raise_on_error=False).success
    night = last_night(here.night_file)
    assert (night is not None) == noted
    if night:
        assert night.incidents["night"].what == "seeds/a.csv, row 3: not a year"


def test_many_results_are_one_check_with_what_is_wrong_first() -> None:
    key = dg.AssetCheckKey(dg.AssetKey(["marts", "m"]), "expectations")
    fine = CheckResult("a", "marts.m", "error", "pass", "0 rows", "0 rows")
    odd = CheckResult("b", "marts.m", "warn", "fail", "3 rows", "0 rows")
    bad = CheckResult("c", "marts.m", "error", "broken", "no table", "0 rows")
    unselected = SimpleNamespace(selected_asset_check_keys=set())
    for results, passed, severity, sentence in (
        ([fine], True, "WARN", "all 1 hold"),
        ([fine, odd], False, "WARN", "1 of 2 do not hold: b (3 rows)"),
        ([fine, odd, bad], False, "ERROR", "2 of 3 do not hold: b (3 rows) and 1 more"),
    ):
        told = tell_check(unselected, key, results)  # type: ignore[arg-type]
        assert isinstance(told, dg.AssetCheckEvaluation)
        assert (told.passed, told.severity.value, told.description) == (passed, severity, sentence)
        table = told.metadata["results"]
        assert isinstance(table, dg.TableMetadataValue)
        names = [record.data["check_name"] for record in table.records]
        assert names[-1] == "a"
        assert len(names) == len(results)
    selected = SimpleNamespace(selected_asset_check_keys={key})
    assert isinstance(tell_check(selected, key, [fine]), dg.AssetCheckResult)  # type: ignore[arg-type]
