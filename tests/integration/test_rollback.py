"""Going back, on whole nights: what readers see, what is published again, and when."""

import json
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from doelenboom.errors import RefusedError
from doelenboom.publication.history import release_as_of
from doelenboom.publication.manifest import Release
from doelenboom.publication.promotions import read_record
from doelenboom.publication.releases import current_release, list_releases
from doelenboom.publication.rollback import Rollback, roll_back
from orchestration.lock import only_writer
from tests.integration.conftest import SmallSettings, night
from tests.integration.test_night import doelenboom

MODEL = "models/marts/programmes/programme_results.sql"
ONE_ROW = "where programme_code = '2.1'\n"


def back(settings: SmallSettings, release_id: str) -> Rollback:
    return roll_back(release_id, settings.published_dir, datetime.now(UTC))


def seen(settings: SmallSettings) -> list[str]:
    """The programmes that a reader finds now."""
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        rows = connection.execute("select programme_code from marts.programme_results").fetchall()
    return [code for (code,) in rows]


def change_model(settings: SmallSettings, text: str) -> None:
    path = settings.project_dir / MODEL
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def commit(settings: SmallSettings, message: str) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not there")
    who = ("-c", "user.name=n", "-c", "user.email=n@example.org")
    for words in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", message]):
        subprocess.run(["git", *who, "-C", str(settings.project_dir), *words], check=True)


@pytest.fixture
def good_then_bad(small: SmallSettings) -> tuple[SmallSettings, str, str]:
    """A release, and a later one that lacks a programme and was rolled back from."""
    commit(small, "first")
    good = night(small).release_id
    change_model(small, ONE_ROW)
    bad = night(small).release_id
    assert seen(small) == ["2.1"]
    outcome = back(small, good)
    assert (outcome.now.release_id, outcome.backward) == (good, True)
    return small, good, bad


GoodThenBad = tuple[SmallSettings, str, str]


def test_readers_see_the_earlier_release_at_once_and_the_record_says_so(
    good_then_bad: GoodThenBad,
) -> None:
    settings, good, bad = good_then_bad
    assert seen(settings) == ["2.1", "2.3"]
    record = read_record(settings.published_dir)
    assert [promotion.release_id for promotion in record] == [good, bad, good]
    for promotion in record:
        found = release_as_of(settings.published_dir, promotion.promoted)
        assert found.release_id == promotion.release_id


def test_what_was_rolled_back_from_is_not_published_again_by_the_same_files_and_commit(
    good_then_bad: GoodThenBad,
) -> None:
    settings, good, bad = good_then_bad
    for full in (False, True):
        outcome = night(settings, full=full)
        assert (outcome.published, outcome.release_id, outcome.held_back) == (False, good, bad)
    assert seen(settings) == ["2.1", "2.3"]
    assert [release.release_id for release in list_releases(settings.releases_dir)] == [bad, good]


def test_how_fresh_a_source_is_makes_no_difference(
    good_then_bad: GoodThenBad, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, _, bad = good_then_bad
    monkeypatch.setattr("orchestration.assets.inputs.freshness", lambda _: [])
    monkeypatch.setattr("orchestration.assets.inputs.TOOLS", ("duckdb",))
    assert night(settings).held_back == bad


def test_a_changed_file_is_published_and_undoing_it_is_held_back_again(
    good_then_bad: GoodThenBad,
) -> None:
    settings, _, bad = good_then_bad
    change_model(settings, "-- another file, the same rows\n")
    mended = night(settings)
    assert (mended.published, mended.held_back) == (True, None)
    assert seen(settings) == ["2.1"]

    path = settings.project_dir / MODEL
    path.write_text(
        path.read_text(encoding="utf-8").replace("-- another file, the same rows\n", "")
    )
    assert night(settings).held_back == bad


def test_another_commit_is_published(good_then_bad: GoodThenBad) -> None:
    settings, _, _ = good_then_bad
    commit(settings, "looked at again: it is right")
    assert night(settings).published
    assert seen(settings) == ["2.1"]


def test_the_files_of_the_good_release_change_nothing(good_then_bad: GoodThenBad) -> None:
    settings, good, _ = good_then_bad
    path = settings.project_dir / MODEL
    path.write_text(path.read_text(encoding="utf-8").replace(ONE_ROW, ""))
    outcome = night(settings)
    assert (outcome.published, outcome.release_id, outcome.held_back) == (False, good, None)


def test_going_forward_again_by_command_lifts_the_hold(good_then_bad: GoodThenBad) -> None:
    settings, good, bad = good_then_bad
    forward = back(settings, bad)
    assert (forward.before and forward.before.release_id, forward.backward) == (good, False)
    assert seen(settings) == ["2.1"]
    assert night(settings).held_back is None
    again = night(settings, full=True)
    assert again.published


def test_the_current_release_is_left_as_it_is(good_then_bad: GoodThenBad) -> None:
    settings, good, _ = good_then_bad
    before = read_record(settings.published_dir)
    assert not back(settings, good).changed
    assert read_record(settings.published_dir) == before


def test_a_damaged_release_is_refused_and_readers_keep_what_they_see(
    good_then_bad: GoodThenBad,
) -> None:
    settings, good, bad = good_then_bad
    database = settings.releases_dir / bad / "doelenboom.duckdb"
    database.chmod(0o644)
    with database.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"\xff")
    before = settings.published.read_bytes()
    with pytest.raises(RefusedError, match=f"release {bad} is damaged") as refused:
        back(settings, bad)
    assert "\n" not in str(refused.value)
    assert settings.published.read_bytes() == before
    assert current(settings).release_id == good


def current(settings: SmallSettings) -> Release:
    found = current_release(settings.published, settings.releases_dir)
    assert found
    return found


def test_a_crash_between_switch_and_record_is_mended_by_the_next_run(
    good_then_bad: GoodThenBad,
) -> None:
    settings, good, bad = good_then_bad
    record = settings.published_dir / "promotions.jsonl"
    lines = record.read_text(encoding="utf-8").splitlines(keepends=True)
    record.write_text("".join(lines[:-1]), encoding="utf-8")
    before = datetime.now(UTC)
    assert release_as_of(settings.published_dir, before).release_id == good
    assert night(settings).held_back == bad
    healed = read_record(settings.published_dir)
    assert [promotion.release_id for promotion in healed] == [good, bad, good]
    assert healed[-1].promoted <= before


def test_each_table_says_which_inputs_it_is_built_from(small: SmallSettings) -> None:
    night(small)
    depends_on = current(small).depends_on
    assert depends_on["programme_results"] == (
        "macros/generate_schema_name.sql",
        "models/marts/programmes/_programmes.yml",
        MODEL,
        "models/staging/accounts/_accounts.yml",
        "models/staging/accounts/stg_accounts__programmes.sql",
        "seeds/accounts/programmes.csv",
    )
    assert "state/checks/check_results.parquet" in depends_on["data_quality"]


def test_only_so_many_days_are_kept_and_the_night_says_what_went(small: SmallSettings) -> None:
    night(small)
    old = "20200110T013000Z-00000000"
    shutil.copytree(list_releases(small.releases_dir)[0].folder, small.releases_dir / old)
    (small.releases_dir / "20200120T013000Z-00000000").mkdir()
    night(small, full=True)
    kept = {path.name for path in small.releases_dir.iterdir()}
    assert old not in kept
    assert "20200120T013000Z-00000000" in kept  # the last of its month
    assert not (small.warehouse.parent / "retired").exists()


def test_the_command_goes_back_and_says_from_what(
    good_then_bad: GoodThenBad, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, good, bad = good_then_bad
    told = doelenboom(settings.data_dir, "rollback", bad)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith(f"Readers see release {bad} of ")
    assert f" now, and saw {good} before.\n" in told.stdout
    told = doelenboom(settings.data_dir, "rollback", good)
    assert f"{bad} is not published again until an input file or the commit changes." in told.stdout
    told = doelenboom(settings.data_dir, "rollback", good)
    assert (told.returncode, "already" in told.stdout) == (0, True)

    listed = json.loads(doelenboom(settings.data_dir, "releases", "--format", "json").stdout)
    assert [(row["release"], row["current"], row["rolled_back"]) for row in listed] == [
        (good, True, False),
        (bad, False, True),
        (good, False, False),
        (bad, False, True),
        (good, False, False),
    ]
    assert [row["until"] for row in listed] == [None, *(row["promoted"] for row in listed[:-1])]

    unknown = doelenboom(settings.data_dir, "rollback", "20200101T000000Z-00000000")
    assert unknown.returncode == 1
    assert unknown.stderr.startswith("doelenboom: there is no release 20200101T000000Z-00000000")


def test_no_rollback_while_a_run_is_active(tmp_path: Path) -> None:
    with only_writer(tmp_path / "state"):
        refused = doelenboom(tmp_path, "rollback", "20200101T000000Z-00000000")
    assert (refused.returncode, refused.stdout) == (4, "")
    assert refused.stderr.startswith("doelenboom: another run holds ")
