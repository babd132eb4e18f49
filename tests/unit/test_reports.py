"""Reports of nights are kept for ninety days, each under its own moment, the newest last."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from doelenboom.cli import execute
from doelenboom.reports import KEEP, LATEST, newest_report, write_report
from doelenboom.settings import load_settings

NIGHT = datetime(2026, 11, 29, 3, 15, 7, tzinfo=UTC)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_report_is_a_page_and_a_text_and_the_latest_is_the_newest(tmp_path: Path) -> None:
    assert newest_report(tmp_path / "reports") is None
    path = write_report(tmp_path / "reports", NIGHT, "<p>", "told\n")
    assert (path.name, path.read_text()) == ("2026-11-29-031507Z.html", "<p>")
    assert path.with_suffix(".txt").read_text() == "told\n"
    assert (path.parent / LATEST).read_text() == "<p>"
    assert newest_report(path.parent) == path


def test_a_clock_that_runs_back_puts_no_report_in_the_place_of_another(tmp_path: Path) -> None:
    first = write_report(tmp_path, NIGHT, "1", "1")
    second = write_report(tmp_path, NIGHT - timedelta(hours=1), "2", "2")
    assert first.read_text() == "1"
    assert newest_report(tmp_path) == second
    assert (tmp_path / LATEST).read_text() == "2"


def test_reports_are_kept_as_long_as_runs_are_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("of a person")
    write_report(tmp_path, NIGHT, "old", "old")
    kept = write_report(tmp_path, NIGHT + timedelta(seconds=1), "kept", "kept")
    new = write_report(tmp_path, NIGHT + timedelta(seconds=1) + KEEP, "new", "new")
    pages = (kept, new)
    assert names(tmp_path) == sorted(
        [LATEST, "notes.txt", *(p.name for p in pages), *(f"{p.stem}.txt" for p in pages)]
    )


@pytest.fixture
def reports_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOELENBOOM_DATA_DIR", str(tmp_path))
    load_settings.cache_clear()
    return load_settings().reports_dir


def test_the_command_prints_the_text_and_where_the_page_is(
    reports_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute(["report"]) == 1
    assert "no night is reported yet" in capsys.readouterr().err
    path = write_report(reports_dir, NIGHT, "<p>", "De nacht is mislukt.\n")
    assert execute(["report"]) == 0
    assert capsys.readouterr().out == f"De nacht is mislukt.\nPage: {path}\n"
    execute(["status"])
    assert f"Report of the last night: {path}" in capsys.readouterr().out
