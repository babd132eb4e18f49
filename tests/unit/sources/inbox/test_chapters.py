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
