from pathlib import Path

import pytest

from doelenboom.errors import RefusedError
from doelenboom.landing.files import land_file


def test_the_same_bytes_are_kept_once_and_others_beside_them(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"one")
    first = land_file(file, tmp_path / "kept")
    assert land_file(file, tmp_path / "kept") == first
    file.write_bytes(b"two")
    second = land_file(file, tmp_path / "kept")
    assert (first.read_bytes(), second.read_bytes()) == (b"one", b"two")
    assert {path.name for path in (tmp_path / "kept").rglob("*") if path.is_file()} == {"a.txt"}


def test_a_copy_can_only_be_read(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"one")
    assert land_file(file, tmp_path / "kept").stat().st_mode & 0o222 == 0


def test_a_copy_that_was_changed_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"one")
    copy = land_file(file, tmp_path / "kept")
    copy.chmod(0o644)
    copy.write_bytes(b"own")
    with pytest.raises(RefusedError, match="is not what its folder says"):
        land_file(file, tmp_path / "kept")
