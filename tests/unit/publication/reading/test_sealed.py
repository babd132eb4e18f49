"""A file that is not what was sealed is found, by who reads it and by who looks at all of them."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from doelenboom.cli import execute
from doelenboom.errors import RefusedError
from doelenboom.publication.manifest import Release
from doelenboom.publication.reading.releases import list_releases
from doelenboom.publication.reading.sealed import held_to_seal, verify
from doelenboom.settings import load_settings
from doelenboom.storage.files import sha256_file
from tests.unit.publication.conftest import Kept

FILES = (
    *("manifest.json", "doelenboom.duckdb", "datapackage.json", "validation.json"),
    "parquet/facts.parquet",
)
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "doelenboom" / "hashes.json"


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Note each file whose bytes are read to be hashed."""
    read: list[Path] = []

    def noting(path: Path) -> str:
        read.append(path)
        return sha256_file(path)

    monkeypatch.setattr("doelenboom.publication.reading.sealed.sha256_file", noting)
    return read


@pytest.fixture
def release(house_with_a_release: Kept, monkeypatch: pytest.MonkeyPatch) -> Release:
    house = house_with_a_release.again()
    monkeypatch.setenv("DOELENBOOM_DATA_DIR", str(house.root))
    load_settings.cache_clear()
    (release,) = list_releases(house.releases_dir)
    return release


def flip_a_bit(path: Path, at: int = -1) -> None:
    """Change one bit of a file in its place, whoever may write it, and keep its time."""
    before = path.stat()
    path.chmod(0o644)
    with path.open("r+b") as file:
        file.seek(at, os.SEEK_END if at < 0 else os.SEEK_SET)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    path.chmod(0o444)


def test_a_file_is_read_once_as_long_as_it_stays_the_same(
    release: Release, hashed: list[Path]
) -> None:
    assert held_to_seal(held_to_seal(release)) is release
    assert hashed == [release.database]
    flip_a_bit(release.database)
    for _ in range(2):
        with pytest.raises(RefusedError, match=r"is damaged: .* is not as it was sealed"):
            held_to_seal(release)
    assert hashed == [release.database] * 2


@pytest.mark.parametrize("content", ["", "[" * 100_000, "[1]", '{"a": 1}', "\0"])
def test_a_damaged_memory_is_none(
    content: str, release: Release, own_cache: Path, hashed: list[Path]
) -> None:
    own_cache.parent.mkdir(parents=True)
    own_cache.write_text(content, encoding="utf-8")
    held_to_seal(held_to_seal(release))
    assert len(hashed) == 1


def test_without_a_place_to_remember_a_file_is_read_each_time(
    release: Release, own_cache: Path, hashed: list[Path]
) -> None:
    own_cache.parent.parent.mkdir()
    own_cache.parent.write_text("a file where the folder should be", encoding="utf-8")
    held_to_seal(held_to_seal(release))
    assert len(hashed) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("query", "select 1"),
        ("ask", "per-inhabitant", "--municipality", "GM0153"),
        ("trace", "facts", "title", "fact_no=1"),
        ("tables",),
        ("describe", "facts"),
        ("find", "facts"),
        ("export", "facts", "--format", "csv"),
        ("diff", "{id}", "{id}"),
    ],
    ids=lambda words: words[0],
)
def test_no_command_reads_a_file_with_a_bit_that_is_another(
    words: tuple[str, ...], release: Release, capsys: Captured
) -> None:
    flip_a_bit(release.database)
    asked = [word.format(id=release.release_id) for word in words]
    assert execute(asked) == 1
    err = capsys.readouterr().err
    assert f"release {release.release_id} is damaged: {release.database} is not as it was" in err
    assert err.count("\n") == 1


def _bit(path: Path) -> None:
    flip_a_bit(path)


def _cut(path: Path) -> None:
    path.chmod(0o644)
    os.truncate(path, path.stat().st_size - 2)


def _garbage(path: Path) -> None:
    path.chmod(0o644)
    path.write_text("[" * 200_000, encoding="utf-8")


@pytest.mark.parametrize("damage", [_bit, _cut, Path.unlink, _garbage])
@pytest.mark.parametrize("name", FILES)
def test_verify_names_every_file_that_is_not_as_it_was_sealed(
    name: str, damage: Callable[[Path], None], release: Release, capsys: Captured
) -> None:
    damage(release.folder / name)
    assert execute(["releases", "--verify", "--format", "json"]) == 1
    captured = capsys.readouterr()
    (found,) = [file for file in json.loads(captured.out) if file["found"] != "as sealed"]
    assert (found["release"], found["file"]) == (release.release_id, name)
    assert "are not as they were sealed" in captured.err


def test_verify_reads_all_that_was_sealed(
    release: Release, capsys: Captured, hashed: list[Path]
) -> None:
    held_to_seal(release)
    hashed.clear()
    told = {file.file: file.found for file in verify(release.folder)}
    on_disk = {str(path.relative_to(release.folder)) for path in release.folder.rglob("*.*")}
    assert set(told) == on_disk
    assert set(told.values()) == {"as sealed"}
    assert len(hashed) == len(told) - 1
    assert execute(["releases", "--verify", "--release", release.release_id]) == 0
    assert (
        f"All {len(told)} files of 1 release(s) are as they were sealed." in capsys.readouterr().out
    )
    assert execute(["releases", "--verify", "--release", "x"]) == 1
    assert execute(["releases", "--release", release.release_id]) == 2
