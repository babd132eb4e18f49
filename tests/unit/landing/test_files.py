import os
from pathlib import Path

import pytest

from doelenboom.errors import RefusedError
from doelenboom.landing.files import land_file


def test_the_same_bytes_are_kept_once_and_others_beside_them(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"one")
    first = land_file(file, tmp_path / "kept", 9)
    assert land_file(file, tmp_path / "kept", 9) == first
    file.write_bytes(b"two")
    second = land_file(file, tmp_path / "kept", 9)
    assert (first.read_bytes(), second.read_bytes()) == (b"one", b"two")
    assert {path.name for path in (tmp_path / "kept").rglob("*") if path.is_file()} == {"a.txt"}


def test_a_copy_can_only_be_read(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"one")
    assert land_file(file, tmp_path / "kept", 9).stat().st_mode & 0o222 == 0


def test_a_copy_that_was_changed_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"one")
    copy = land_file(file, tmp_path / "kept", 9)
    copy.chmod(0o644)
    copy.write_bytes(b"own")
    with pytest.raises(RefusedError, match="is not what its folder says"):
        land_file(file, tmp_path / "kept", 9)


def test_a_name_may_be_as_long_as_any(tmp_path: Path) -> None:
    file = tmp_path / ("a" * 251 + ".txt")
    file.write_bytes(b"one")
    assert land_file(file, tmp_path / "kept", 9).name == file.name


def test_a_pipe_in_the_place_of_a_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(RefusedError, match="found a pipe"):
        land_file(tmp_path / "a.txt", tmp_path / "kept", 9)


def test_a_file_that_is_larger_than_was_seen_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"0123456789")
    with pytest.raises(RefusedError, match="found more than 9 bytes"):
        land_file(tmp_path / "a.txt", tmp_path / "kept", 9)
