"""Going back, on whole nights: what readers see, what is published again, and when."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from doelenboom.lock import only_writer
from doelenboom.publication.lineage.causes import AT_NIGHT
from doelenboom.publication.lineage.diff import compare_releases
from doelenboom.publication.reading.history import release_as_of
from doelenboom.publication.reading.promotions import read_record
from doelenboom.publication.reading.releases import find_release, list_releases
from doelenboom.publication.release.rollback import Rollback, roll_back
from doelenboom.storage.resources import DuckDBResources
from orchestration.inputs import Inputs
from tests.conftest import MadeOnce, copy_links
from tests.integration.small_night import SmallSettings, make_small_project, night
from tests.integration.test_night import doelenboom

MODEL = "models/marts/programmes/programme_results.sql"
ONE_ROW = "where programme_code = '2.1'\n"


def back(settings: SmallSettings, release_id: str) -> Rollback:
    return roll_back(release_id, settings.published_dir, datetime.now(UTC))


def seen(settings: SmallSettings) -> list[str]:
    """The programmes that a reader finds now."""
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        rows = connection.execute("select programme_code from marts.programme_results").fetchall()
    return sorted(code for (code,) in rows)


def change_model(settings: SmallSettings, text: str) -> None:
    path = settings.project_dir / MODEL
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def commit(settings: SmallSettings, message: str) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not there")
    who = ("-c", "user.name=n", "-c", "user.email=n@example.org")
    for words in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", message]):
        subprocess.run(["git", *who, "-C", str(settings.project_dir), *words], check=True)


def publish_and_go_back(folder: Path) -> None:
    """Publish twice, the second time without a programme, and go back to the first."""
    settings = make_small_project(folder)
    commit(settings, "first")
    good = night(settings).release_id
    change_model(settings, ONE_ROW)
    night(settings)
    assert seen(settings) == ["2.1"]
    assert back(settings, good).backward


@pytest.fixture
def good_then_bad(
    tmp_path: Path, no_variables: None, made_once: MadeOnce
) -> tuple[SmallSettings, str, str]:
    """A release, and a later one that lacks a programme and was rolled back from."""
    copy_links(made_once("good_then_bad", publish_and_go_back), tmp_path / "small")
    settings = SmallSettings(data_dir=tmp_path / "small" / "data", threads=2)
    bad, good = (release.release_id for release in list_releases(settings.releases_dir))
    return settings, good, bad


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
    good_then_bad: GoodThenBad, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, good, bad = good_then_bad
    for full in (False, True):
        outcome = night(settings, full=full)
        assert (outcome.published, outcome.release_id, outcome.held_back) == (False, good, bad)
    assert seen(settings) == ["2.1", "2.3"]
    assert [release.release_id for release in list_releases(settings.releases_dir)] == [bad, good]
    monkeypatch.setattr(Inputs, "fingerprint", "as on a day when a source was less fresh")
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


def test_the_files_of_the_good_release_change_nothing_and_going_forward_lifts_the_hold(
    good_then_bad: GoodThenBad,
) -> None:
    settings, good, bad = good_then_bad
    path = settings.project_dir / MODEL
    path.write_text(path.read_text(encoding="utf-8").replace(ONE_ROW, ""))
    outcome = night(settings)
    assert (outcome.published, outcome.release_id, outcome.held_back) == (False, good, None)

    change_model(settings, ONE_ROW)
    assert night(settings).held_back == bad
    forward = back(settings, bad)
    assert (forward.before and forward.before.release_id, forward.backward) == (good, False)
    assert seen(settings) == ["2.1"]
    outcome = night(settings)
    assert (outcome.published, outcome.release_id, outcome.held_back) == (False, bad, None)
    assert night(settings, full=True).published


def test_a_crash_between_switch_and_record_is_mended_by_the_next_run(
    good_then_bad: GoodThenBad,
) -> None:
    settings, good, bad = good_then_bad
    record = settings.published_dir / "promotions.jsonl"
    lines = record.read_text(encoding="utf-8").splitlines(keepends=True)
    record.write_text("".join(lines[:-1]), encoding="utf-8")
    soon = datetime.now(UTC) + timedelta(seconds=2)  # moments of promotions grow by whole seconds
    assert release_as_of(settings.published_dir, soon).release_id == good
    assert night(settings).held_back == bad
    healed = read_record(settings.published_dir)
    assert [promotion.release_id for promotion in healed] == [good, bad, good]
    assert healed[-1].promoted <= soon


def test_each_table_says_which_inputs_it_is_built_from(good_then_bad: GoodThenBad) -> None:
    settings, good, bad = good_then_bad
    releases = [find_release(settings.releases_dir, name) for name in (good, bad)]
    assert releases[1].depends_on["programme_results"] == (
        "models/marts/programmes/_programmes.yml",
        MODEL,
        "models/staging/accounts/_accounts.yml",
        "models/staging/accounts/stg_accounts__programmes.sql",
        "seeds/accounts/programmes.csv",
    )
    resources = DuckDBResources("200MB", 1, settings.effective_spill_dir)
    found = compare_releases(releases[0], releases[1], limit=9, resources=resources)
    assert [(change.group, change.name) for change in found.inputs] == [("models", MODEL)]
    causes = {change.table: change.causes for change in found.tables}
    assert causes.pop("data_quality", (MODEL, AT_NIGHT)) == (MODEL, AT_NIGHT)
    assert causes == {"programme_results": (MODEL,)}


def test_only_so_many_days_are_kept_and_the_night_says_what_went(
    small_published: SmallSettings,
) -> None:
    small = small_published
    old = "20200110T013000Z-00000000"
    shutil.copytree(list_releases(small.releases_dir)[0].folder, small.releases_dir / old)
    (small.releases_dir / "20200120T013000Z-00000000").mkdir()
    night(small, full=True)
    kept = {path.name for path in small.releases_dir.iterdir()}
    assert old not in kept
    assert "20200120T013000Z-00000000" in kept  # the last of its month
    assert not (small.warehouse.parent / "retired").exists()


def test_no_rollback_while_a_run_is_active(tmp_path: Path) -> None:
    with only_writer(tmp_path / "state"):
        refused = doelenboom(tmp_path, "rollback", "20200101T000000Z-00000000")
    assert (refused.returncode, refused.stdout) == (4, "")
    assert refused.stderr.startswith("doelenboom: another run holds ")
