"""Whole nights: on a project small enough to build in seconds, and on the real one."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest

from doelenboom.errors import RefusedError, ValidationBlockedError
from doelenboom.lock import only_writer
from doelenboom.nights import last_night
from doelenboom.publication.reading.releases import list_releases
from doelenboom.publication.release.looks import last_look
from doelenboom.settings import PROJECT_DIR, Settings
from orchestration import dbt
from orchestration.dbt import manifest_path, read_manifest
from orchestration.definitions import build_definitions
from orchestration.home import prepare_home
from orchestration.run import NightOutcome, run_night
from tests.integration.small_night import SmallSettings, make_small_site, night, suites

DOELENBOOM = [sys.executable, "-c", "from doelenboom.cli import main; main()"]
IMPORTS_TOLD = [
    sys.executable,
    "-c",
    "import sys; from doelenboom.cli import main\n"
    "sys.addaudithook(lambda event, words: event == 'import' and words[0] == 'dagster'"
    " and print('importing', flush=True))\n"
    "main()",
]
"""The command, which says on standard output when it begins to import Dagster."""


SMALL_NIGHT = """
import sys
from pathlib import Path
from doelenboom.settings import Settings
from orchestration.run import run_night
project, data = map(Path, sys.argv[1:])
Small = type("Small", (Settings,), {"project_dir": property(lambda self: project)})
found = run_night(Small(data_dir=data, threads=2))
heavy = {"dagster", "dbt", "great_expectations", "pandas", "pyarrow"}
print(found.published, found.release_id, sorted(heavy & set(sys.modules)))
"""
"""A night on the small project, which says what it came to and what it imported."""


def rows(settings: Settings, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_night_publishes_an_unchanged_one_does_not_and_a_full_one_does_again(
    small: SmallSettings,
) -> None:
    steps: list[str] = []
    first = run_night(
        small, full=False, on_step=steps.append, suites=suites(), make_site=make_small_site
    )
    assert first.published
    assert (steps[0], steps[-1]) == ("parse", "publication__site")
    assert rows(small, "select programme_code from marts.programme_results order by 1") == [
        ("2.1",),
        ("2.3",),
    ]
    assert night(small) == NightOutcome(published=False, release_id=first.release_id, stale=())
    again = night(small, full=True)
    assert again.published
    newest, oldest = list_releases(small.releases_dir)
    assert (newest.release_id, oldest.release_id) == (again.release_id, first.release_id)
    assert newest.content_hash == oldest.content_hash


def test_every_check_of_the_night_is_published_with_its_severity_and_date(
    small_published: SmallSettings,
) -> None:
    found = rows(
        small_published,
        "select kind, severity, status, subject, since is null from marts.data_quality",
    )
    assert ("expectation", "error", "pass", "marts.programme_results", False) in found
    assert ("dbt", "error", "pass", "staging.stg_accounts__programmes", False) in found
    assert ("dbt", "warn", "fail", "marts.programme_results", False) in found


def test_dagster_keeps_each_asset_and_one_check_per_mart_and_kind(
    small_published: SmallSettings,
) -> None:
    with dg.DagsterInstance.from_config(str(prepare_home(small_published))) as instance:
        (run,) = instance.get_runs()
        assert run.status == dg.DagsterRunStatus.SUCCESS
        materialized = instance.all_logs(run.run_id, dg.DagsterEventType.ASSET_MATERIALIZATION)
        evaluations = evaluated(instance, run.run_id)
    keys = {
        key.to_user_string() for log in materialized if (key := log.get_dagster_event().asset_key)
    }
    assert {"sources/inputs", "sources/accounts", "marts/data_quality"} <= keys
    assert {"staging/small", "staging/accounts", "publication/candidate"} <= keys
    told = {
        (each.asset_key.to_user_string(), each.check_name): (each.passed, each.description)
        for each in evaluations
    }
    assert told.pop(("marts/programme_results", "dbt_tests")) == (
        False,
        "1 of 2 do not hold: accepted_values_programme_results_fiscal_year__False__1900"
        " (2 offenders among 2 rows, such as value_field=2013, n_records=1)",
    )
    assert told.pop(("marts/programme_results", "expectations")) == (True, "all 1 hold")
    assert all(passed for passed, _ in told.values())


def evaluated(instance: dg.DagsterInstance, run_id: str) -> list[dg.AssetCheckEvaluation]:
    logs = instance.all_logs(run_id, dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    return [log.get_dagster_event().asset_check_evaluation_data for log in logs]


def test_a_night_without_news_ends_before_what_is_slow_to_import_and_tells_that_it_looked(
    small: SmallSettings,
) -> None:
    first = night(small)
    command = [sys.executable, "-c", SMALL_NIGHT, str(small.project_dir), str(small.data_dir)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT_DIR)
    assert done.stdout == f"False {first.release_id} []\n"
    found = last_look(small.look_file)
    assert found
    assert (found.release_id, found.held_back) == (first.release_id, None)


def test_a_run_over_one_mart_builds_and_checks_it_alone(small: SmallSettings) -> None:
    night(small)
    definitions = build_definitions(
        small, read_manifest(manifest_path(small)), suites=suites(at_least=99)
    )
    key = dg.AssetKey(["marts", "programme_results"])
    chosen = dg.define_asset_job(
        "one", dg.AssetSelection.assets(key), executor_def=dg.in_process_executor
    )
    job = dg.Definitions.merge(definitions, dg.Definitions(jobs=[chosen])).resolve_job_def("one")
    with dg.DagsterInstance.from_config(str(prepare_home(small))) as instance:
        run = job.execute_in_process(instance=instance, raise_on_error=False)
        told = {each.check_name: each.passed for each in evaluated(instance, run.run_id)}
        made = [event.asset_key for event in run.get_asset_materialization_events()]
    assert made == [key]
    assert told == {"dbt_tests": False, "expectations": False}


def test_a_failed_expectation_leaves_the_earlier_release_in_place(
    small_published: SmallSettings,
) -> None:
    releases = list_releases(small_published.releases_dir)
    before = small_published.published.read_bytes()
    with pytest.raises(ValidationBlockedError, match=r"programme_results\.has_rows"):
        night(small_published, full=True, at_least=99)
    assert small_published.published.read_bytes() == before
    assert list_releases(small_published.releases_dir) == releases
    with dg.DagsterInstance.from_config(str(prepare_home(small_published))) as instance:
        (run,) = instance.get_runs(limit=1)
        assert run.status == dg.DagsterRunStatus.FAILURE
        (found,) = [e for e in evaluated(instance, run.run_id) if e.check_name == "expectations"]
    assert (found.passed, found.severity.value) == (False, "ERROR")
    assert "programme_results.has_rows" in str(found.description)
    recorded = last_night(small_published.night_file)
    assert recorded and recorded.ended
    assert "programme_results.has_rows" in recorded.incidents["night"].what


def test_a_failed_dbt_test_stops_the_night_before_the_candidate(small: SmallSettings) -> None:
    (small.project_dir / "seeds/small/known.csv").write_text("municipality_code\nGM9999\n")
    with pytest.raises(RefusedError, match=r"relationships.* programme_results"):
        night(small)
    assert not small.candidate.exists()
    assert not small.published.exists()


def test_what_found_no_memory_and_what_waited_for_it_are_built_again(
    small: SmallSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = small.data_dir.parent / "memory-is-free"
    folder = small.project_dir / "models" / "staging" / "small"
    (folder / "needs_memory.sql").write_text(
        f"select if(count(*) = 0, error('Out of Memory Error: none'), 1) as n from glob('{free}')",
        encoding="utf-8",
    )
    (folder / "waits.sql").write_text("select * from {{ ref('needs_memory') }}", encoding="utf-8")
    for name in ("needs_memory", "waits"):
        path = folder / f"{name}.sql"
        sql = path.read_text(encoding="utf-8")
        path.write_text("{{ config(materialized='table') }}\n" + sql, encoding="utf-8")
    began: list[list[str]] = []
    invoke = dbt._invoke

    def told(settings: Settings, arguments: list[str], manifest: Any = None) -> Any:
        began.append(arguments)
        outcome = invoke(settings, arguments, manifest)
        free.touch()
        return outcome

    monkeypatch.setattr(dbt, "_invoke", told)
    results = dbt.build(small, exclude=["data_quality"])
    assert {result.status for result in results} <= {"success", "pass", "warn"}
    assert {"needs_memory", "waits", "programme_results"} <= {result.name for result in results}
    assert len({result.unique_id for result in results}) == len(results)
    assert [arguments[-4:] for arguments in began[1:]] == [
        ["1", "--select", "needs_memory", "waits"]
    ]


def test_a_damaged_package_stops_the_night_before_dbt(small: SmallSettings) -> None:
    package = small.project_dir / "seeds/accounts/programmes.csv"
    lines = package.read_text(encoding="utf-8").splitlines()
    package.write_text("\n".join([*lines, lines[-1], ""]), encoding="utf-8")
    with pytest.raises(RefusedError, match=r"programmes\.csv"):
        night(small)
    assert not small.warehouse.exists()


def test_a_model_that_does_not_parse_is_told_in_one_line(small: SmallSettings) -> None:
    append(
        small.project_dir / "models/marts/trust/data_quality.sql", "-- {{ ref('nothing_here') }}"
    )
    with pytest.raises(RefusedError, match="nothing_here") as refusal:
        night(small)
    assert "\n" not in str(refusal.value)


def test_a_run_whose_process_was_killed_is_closed_by_the_next(small: SmallSettings) -> None:
    with dg.DagsterInstance.from_config(str(prepare_home(small))) as instance:
        dead = instance.create_run_for_job(
            dg.JobDefinition(graph_def=dg.GraphDefinition(name="nightly")),
            status=dg.DagsterRunStatus.STARTED,
        )
    night(small)
    with dg.DagsterInstance.from_config(str(prepare_home(small))) as instance:
        closed = instance.get_run_by_id(dead.run_id)
        assert closed
        assert closed.status == dg.DagsterRunStatus.FAILURE


def doelenboom(data_dir: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*DOELENBOOM, *words],
        env={**os.environ, "DOELENBOOM_DATA_DIR": str(data_dir)},
        cwd=data_dir,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_second_run_exits_with_4_at_once(tmp_path: Path) -> None:
    with only_writer(tmp_path / "state"):
        second = doelenboom(tmp_path, "run")
    assert (second.returncode, second.stdout) == (4, "")
    assert second.stderr.startswith("doelenboom: another run holds ")
    assert second.stderr.count("\n") == 1


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("moment", ["importing", pytest.param("building", marks=pytest.mark.prove)])
def test_an_interrupted_run_exits_with_1_and_publishes_nothing(
    moment: str, sent: signal.Signals, tmp_path: Path
) -> None:
    environment = {**os.environ, "DOELENBOOM_DATA_DIR": str(tmp_path)}
    run = subprocess.Popen(
        [*IMPORTS_TOLD, "run"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert run.stdout
    assert run.stdout.readline() == b"importing\n"
    deadline = time.monotonic() + 600
    while moment == "building" and not (tmp_path / "state" / "dbt" / "manifest.json").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    run.send_signal(sent)
    _, told = run.communicate(timeout=60)
    assert run.returncode == 1
    assert told == b"doelenboom: interrupted; what is published is untouched\n"
    assert not (tmp_path / "published").exists()


def test_a_damaged_build_file_is_built_anew(small: SmallSettings) -> None:
    small.warehouse.parent.mkdir(parents=True)
    small.warehouse.write_text("no database")
    small.warehouse.with_name("doelenboom.duckdb.wal").write_text("no log")
    assert night(small).published


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("/proc/nope", r"/proc/nope cannot be used: .+ \(DOELENBOOM_DATA_DIR is /proc/nope\)"),
        ("/dev/null", r"DOELENBOOM_DATA_DIR is '/dev/null': expected a folder"),
    ],
)
def test_a_data_folder_that_cannot_be_is_named_with_its_variable(place: str, told: str) -> None:
    done = subprocess.run(
        [*DOELENBOOM, "run"],
        env={**os.environ, "DOELENBOOM_DATA_DIR": place},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert re.fullmatch(f"doelenboom: {told}\n", done.stderr)
