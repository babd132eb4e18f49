import os
import socket
from pathlib import Path

import pytest

from doelenboom.sources.inbox.chapters import list_inbox


def _drop(inbox: Path, name: str, size: int = 1) -> Path:
    path = inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size)
    return path


def test_a_folder_per_municipality_and_year_says_whose_a_chapter_is(tmp_path: Path) -> None:
    _drop(tmp_path, "GM0153/2018/Programma 2.1.html")
    _drop(tmp_path, "GM0141/2019/b.txt")
    first, second = list_inbox(tmp_path)
    assert (first.municipality_code, first.fiscal_year) == ("GM0141", 2019)
    assert (second.municipality_code, second.fiscal_year) == ("GM0153", 2018)
    assert (second.name, second.refusal) == ("GM0153/2018/Programma 2.1.html", None)


def test_no_inbox_and_an_empty_one_hold_nothing(tmp_path: Path) -> None:
    assert list_inbox(tmp_path / "nowhere") == list_inbox(tmp_path) == []


@pytest.mark.parametrize("name", [".DS_Store", "GM0153/2018/~$a.html", "GM0153/.tmp/a.txt"])
def test_what_programs_leave_behind_is_no_file_of_the_inbox(tmp_path: Path, name: str) -> None:
    _drop(tmp_path, name)
    assert list_inbox(tmp_path) == []


@pytest.mark.parametrize(
    "name",
    ["a.html", "GM0153/a.html", "gm0153/2018/a.html", "GM0153/18/a.html", "GM0153/2018/x/a.html"],
)
def test_a_file_in_another_place_is_refused(tmp_path: Path, name: str) -> None:
    _drop(tmp_path, name)
    (file,) = list_inbox(tmp_path)
    assert file.name == name
    assert "expected a chapter as GM0153/2018/chapter.html" in (file.refusal or "")


def test_a_link_and_a_file_that_is_too_large_are_refused(tmp_path: Path) -> None:
    large = _drop(tmp_path / "inbox", "GM0153/2018/large.txt", 20_000_001)
    large.with_name("link.txt").symlink_to(_drop(tmp_path, "secret"))
    large.with_name("loose.txt").symlink_to(tmp_path / "nowhere")
    assert [(file.path.name, file.refusal) for file in list_inbox(tmp_path / "inbox")] == [
        ("large.txt", "found 20000001 bytes, expected at most 20 MB."),
        ("link.txt", "found a link, expected a file."),
        ("loose.txt", "found a link, expected a file."),
    ]


def test_what_is_no_file_is_refused_by_its_name_and_never_opened(tmp_path: Path) -> None:
    folder = _drop(tmp_path, "GM0153/2018/a.txt").parent
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "s"))
    refusals = {file.path.name: file.refusal for file in list_inbox(tmp_path)}
    sentence = "found a pipe, socket or device, expected a file."
    assert refusals == {"a.txt": None, "pipe.txt": sentence, "s": sentence}


def test_names_that_cannot_be_printed_are_refused_and_stay_apart(tmp_path: Path) -> None:
    folder = _drop(tmp_path, "GM0153/2018/a.txt").parent
    for name in (
        b"a\n.txt",
        b"a\r.txt",
        b"a\xe9.txt",
        "a\u202e.txt".encode(),
        b"a\xed\x9f\xbc.txt",
    ):
        (folder / os.fsdecode(name)).write_bytes(b"x")
    found = [file.name.rpartition("/")[2] for file in list_inbox(tmp_path) if file.refusal]
    assert found == ["a\ufffd.txt", *(f"a\ufffd.txt ({number})" for number in range(2, 6))]


def test_any_blank_in_a_name_is_a_space(tmp_path: Path) -> None:
    _drop(tmp_path, "GM0153/2018/om 10.00\u202fPM.html")
    ((name, refusal),) = [(file.name, file.refusal) for file in list_inbox(tmp_path)]
    assert (name, refusal) == ("GM0153/2018/om 10.00 PM.html", None)


def test_a_folder_deeper_than_a_path_may_be_is_refused(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(17):
        os.mkdir("d" * 250, dir_fd=here)
        below = os.open("d" * 250, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    (file,) = list_inbox(tmp_path)
    assert file.refusal == "cannot be read (File name too long)."
