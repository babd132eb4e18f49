"""Chapters in the inbox: the night reads them, tells what to check, and loads nothing of them."""

import contextlib
import os
import shutil
import socket
from pathlib import Path
from typing import Any

import duckdb
import pytest

from doelenboom.settings import PROJECT_DIR, Settings
from tests.chapters.printing import FOLDER
from tests.integration.small_night import SmallSettings, night, table_hashes

PAGE = PROJECT_DIR / "tests" / "fixtures" / "chapters" / "saved_page.html"


def _inbox_rows(settings: Settings) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        return connection.execute(
            "select check_name, subject, status from marts.data_quality where kind = 'inbox'"
            " order by all"
        ).fetchall()


@pytest.mark.prove
def test_a_dropped_chapter_is_read_reported_and_not_loaded(
    small_published: SmallSettings,
) -> None:
    small = small_published
    before = table_hashes(small)
    chapter = small.inbox_dir / "GM0141" / "2018" / "page.html"
    chapter.parent.mkdir(parents=True)
    shutil.copy(PAGE, chapter)
    (small.inbox_dir / "scan.png").write_bytes(b"\x89PNG")

    assert night(small).published
    subject = "inbox/GM0141/2018/page.html"
    assert _inbox_rows(small) == [
        ("chapter_adds_up", subject, "pass"),
        ("chapter_is_read", subject, "pass"),
        ("chapter_is_read", "inbox/scan.png", "fail"),
        ("chapter_is_reviewed", subject, "warn"),
    ]
    package = small.review_dir / "GM0141" / "2018" / "page.html"
    assert (package / "report.md").is_file()
    changed = {name for name, sha256 in table_hashes(small).items() if before[name] != sha256}
    assert changed == {"data_quality"}
    assert not night(small).published

    chapter.unlink()
    (small.inbox_dir / "scan.png").unlink()
    assert night(small).published
    assert _inbox_rows(small) == []
    assert not package.exists()
    assert len(_kept(small)) == 1


def _kept(settings: Settings) -> list[Path]:
    return [path for path in (settings.landing_dir / "chapters").rglob("*") if path.is_file()]


def test_a_name_that_is_no_text_stops_no_night(small: SmallSettings) -> None:
    folder = small.inbox_dir / "GM0141" / "2018"
    folder.mkdir(parents=True)
    name = b"caf\xe9.html"
    (Path(folder) / name.decode("utf-8", "surrogateescape")).write_bytes(PAGE.read_bytes())
    assert night(small).published
    assert ("chapter_is_read", "inbox/GM0141/2018/caf\ufffd.html", "fail") in _inbox_rows(small)


@pytest.mark.prove
def test_no_single_file_stops_a_night_whatever_it_is(small: SmallSettings) -> None:
    folder = small.inbox_dir / "GM0141" / "2018"
    folder.mkdir(parents=True)
    shutil.copy(PAGE, folder / "page.html")
    long = "a" * 250 + ".html"
    shutil.copy(PAGE, folder / long)
    os.mkfifo(folder / "pipe.html")
    (folder / "zero.html").symlink_to("/dev/zero")
    # a socket's path may have 107 bytes at most
    with contextlib.chdir(folder), socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
    for name in (b"a\xe8.html", b"a\xe9.html", b"a\n.html"):
        shutil.copy(PAGE, folder / os.fsdecode(name))
    shutil.copy(PAGE, folder / "shut.html")
    shutil.copy(FOLDER / "libreoffice" / "blocks.pdf", folder / "chapter.pdf")
    whole = (folder / "chapter.pdf").read_bytes()
    (folder / "damaged.pdf").write_bytes(whole.replace(b"startxref", b"startxxxx"))
    (folder / "shut.html").chmod(0)
    (folder / "shut").mkdir(mode=0)

    assert night(small).published
    read = {
        subject.removeprefix("inbox/GM0141/2018/"): status
        for check, subject, status in _inbox_rows(small)
        if check == "chapter_is_read"
    }
    by_root = os.geteuid() == 0  # who may open anything
    assert read == {
        "page.html": "pass",
        "chapter.pdf": "pass",
        "damaged.pdf": "fail",
        long: "pass",
        **dict.fromkeys(("pipe.html", "zero.html", "socket"), "fail"),
        **dict.fromkeys(("a\ufffd.html", "a\ufffd.html (2)", "a\ufffd.html (3)"), "fail"),
        "shut.html": "pass" if by_root else "fail",
        **({} if by_root else {"shut": "fail"}),
    }
    assert not night(small).published
    (folder / "shut").chmod(0o700)
