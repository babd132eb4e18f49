"""A run finds out at its start that it cannot write, not somewhere in the middle."""

import os
from pathlib import Path

import pytest

from doelenboom.folders import prepare_folders
from doelenboom.settings import Settings


def test_every_folder_of_a_run_is_made(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new" / "data")
    prepare_folders(settings)
    assert settings.warehouse.parent.is_dir()
    assert settings.log_dir.is_dir()


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path: Path) -> None:
    place = tmp_path / "state"
    place.touch()
    with pytest.raises(OSError, match="state") as refusal:
        prepare_folders(Settings(data_dir=tmp_path))
    assert refusal.value.filename == str(place)


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = tmp_path / "state"
    monkeypatch.setattr(os, "access", lambda folder, mode: folder != locked)
    with pytest.raises(PermissionError) as refusal:
        prepare_folders(Settings(data_dir=tmp_path))
    assert refusal.value.filename == str(locked)


@pytest.mark.parametrize("name", ["published", "published/releases"])
def test_what_is_published_must_be_a_folder_that_can_be_written_and_is_not_made(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare_folders(Settings(data_dir=tmp_path))
    place = tmp_path / name
    assert not place.exists()
    place.mkdir(parents=True)
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda folder, mode: folder != place)
        with pytest.raises(PermissionError) as refusal:
            prepare_folders(Settings(data_dir=tmp_path))
        assert refusal.value.filename == str(place)
    place.rmdir()
    place.touch()
    with pytest.raises(NotADirectoryError) as found:
        prepare_folders(Settings(data_dir=tmp_path))
    assert found.value.filename == str(place)


@pytest.mark.parametrize("name", ["inbox", "state", "warehouse", "published"])
def test_a_link_to_nothing_is_no_folder(name: str, tmp_path: Path) -> None:
    (tmp_path / name).symlink_to(tmp_path / "nothing")
    with pytest.raises(NotADirectoryError) as found:
        prepare_folders(Settings(data_dir=tmp_path))
    assert found.value.filename.startswith(str(tmp_path / name))
