from pathlib import Path

import pytest

from doelenboom.raw import chapters as module
from doelenboom.raw.chapters import ReadChapter, read_chapters
from doelenboom.settings import PROJECT_DIR
from doelenboom.sources.inbox.chapters import LandedChapter, list_inbox

pytestmark = pytest.mark.slow  # each chapter is read in a process of its own

PAGE = PROJECT_DIR / "tests" / "fixtures" / "chapters" / "saved_page.html"


def _drop(inbox: Path, name: str, data: bytes) -> None:
    path = inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _read(inbox: Path, out: Path) -> list[ReadChapter]:
    landed = [LandedChapter(file, file.path) for file in list_inbox(inbox)]
    return read_chapters(landed, out, PROJECT_DIR / "seeds")


def test_each_chapter_becomes_a_package_with_a_report(tmp_path: Path) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    _drop(inbox, "GM0153/2018/page.html", PAGE.read_bytes())
    (reading,) = _read(inbox, out)
    assert reading.chapter is not None
    assert reading.chapter.rows["programme_finance"]
    assert reading.folder == out / "GM0153" / "2018" / "page.html"
    assert {"report.md", "issues.csv", "programme_finance.csv"} <= {
        path.name for path in reading.folder.iterdir()
    }


def test_what_is_no_chapter_is_told_and_stops_no_other(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    _drop(inbox, "GM0153/2018/a.pdf", b"%PDF-1.7")
    _drop(inbox, "GM0153/2018/page.html", PAGE.read_bytes())
    _drop(inbox, "GM9999/2018/page.html", PAGE.read_bytes())
    _drop(inbox, "loose.txt", b"x")
    refused = {reading.name: reading.refusal for reading in _read(inbox, tmp_path / "out")}
    assert refused["GM0153/2018/page.html"] is None
    assert refused["GM0153/2018/a.pdf"] == "found a PDF that is cut off, expected a whole one."
    assert "GM9999" in (refused["GM9999/2018/page.html"] or "")
    assert "expected a chapter as" in (refused["loose.txt"] or "")


def test_a_reader_that_breaks_down_is_a_fault_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise ZeroDivisionError("by a strange page")

    monkeypatch.setattr(module, "extract_files", break_down)
    _drop(tmp_path / "inbox", "GM0153/2018/page.html", PAGE.read_bytes())
    (reading,) = _read(tmp_path / "inbox", tmp_path / "out")
    assert reading.is_fault
    assert "by a strange page" in (reading.refusal or "")


def test_the_package_of_a_chapter_that_was_taken_away_goes(tmp_path: Path) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    _drop(inbox, "GM0153/2018/page.html", PAGE.read_bytes())
    _read(inbox, out)
    (inbox / "GM0153/2018/page.html").unlink()
    assert _read(inbox, out) == []
    assert not out.exists()
