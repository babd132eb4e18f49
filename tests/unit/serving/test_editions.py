"""A release is read once and within a limit; what is damaged or missing is said, and not sent."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from doelenboom.publication.manifest import Release
from doelenboom.publication.reading.releases import list_releases
from doelenboom.serving import editions as module
from doelenboom.serving.editions import DamagedError, Edition, Editions
from doelenboom.storage.files import sha256_file
from tests.unit.publication.conftest import House, Kept, small_house, with_a_release

SLOW = 0.3


@pytest.fixture(scope="module")
def house_with_a_release(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return with_a_release(tmp_path_factory.mktemp("release"))


@pytest.fixture
def house(house_with_a_release: Kept) -> House:
    return house_with_a_release.again()


@pytest.fixture
def release(house: House) -> Release:
    (release,) = list_releases(house.releases_dir)
    return release


def _editions(house: House, seconds: float = 30) -> Editions:
    return Editions(house.published, house.releases_dir, house.resources, seconds)


def _flip(path: Path) -> None:
    """Change one byte in the middle of a sealed file."""
    path.chmod(0o644)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What is hashed, slowly."""
    paths: list[Path] = []

    def slow(path: Path) -> str:
        paths.append(path)
        time.sleep(SLOW)
        return sha256_file(path)

    monkeypatch.setattr(module, "sha256_file", slow)
    return paths


def test_forty_first_requests_read_the_release_once(
    house: House, release: Release, hashed: list[Path]
) -> None:
    async def ask() -> set[str]:
        editions = _editions(house)
        asked = (editions.current() for _ in range(20))
        named = (editions.named(release.release_id) for _ in range(20))
        found = await asyncio.gather(*asked, *named)
        first = found[0]
        assert first is not None
        await asyncio.gather(*(editions.parquet(first, "facts") for _ in range(20)))
        return {edition.release.release_id for edition in found if edition}

    assert asyncio.run(asyncio.wait_for(ask(), 20)) == {release.release_id}
    assert [path.name for path in hashed] == ["doelenboom.duckdb", "facts.parquet"]


def test_reading_is_waited_for_within_the_limit_and_goes_on_meanwhile(
    house: House, release: Release, hashed: list[Path]
) -> None:
    async def ask() -> Edition | None:
        editions = _editions(house, SLOW / 3)
        with pytest.raises(TimeoutError):
            await editions.current()
        await asyncio.sleep(SLOW + 1)
        return await editions.current()

    edition = asyncio.run(asyncio.wait_for(ask(), 20))
    assert edition is not None and edition.release == release
    assert len(hashed) == 1


def _garbage(house: House, _release: Release) -> None:
    house.published.unlink()
    house.published.write_text("garbage")


def _folder(house: House, _release: Release) -> None:
    house.published.unlink()
    house.published.mkdir()


def _moved(house: House, _release: Release) -> None:
    house.published.rename(house.published.with_name("elsewhere.duckdb"))


def _loop(house: House, _release: Release) -> None:
    house.published.unlink()
    house.published.symlink_to(house.published)


def _flipped(_house: House, release: Release) -> None:
    _flip(release.database)


def _no_database(_house: House, release: Release) -> None:
    release.database.unlink()


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (_garbage, "The published file is not that of a release: `doelenboom rollback ID` "),
        (_folder, "The published file is a folder"),
        (_moved, "The published file is missing: `doelenboom rollback ID` publishes one"),
        (_loop, r"The published file cannot be read \(too many levels of symbolic links\)"),
        (_flipped, "Release .* is damaged: its database is not as it was sealed"),
        (_no_database, "The published file is not that of a release|its database is missing"),
    ],
)
def test_what_is_wrong_is_said_without_a_folder_and_seen_when_it_is_right_again(
    damage: Callable[[House, Release], None], told: str, house: House, release: Release
) -> None:
    whole = release.database.read_bytes()

    async def ask() -> Edition | None:
        editions = _editions(house)
        assert await editions.current() is not None
        damage(house, release)
        with pytest.raises(DamagedError, match=told) as refusal:
            await editions.current()
        assert str(house.root) not in str(refusal.value)
        for path in (house.published, release.database):
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink(missing_ok=True)
            path.write_bytes(whole)
        return await editions.current()

    edition = asyncio.run(ask())
    assert edition is not None and edition.release == release


def test_nothing_is_published_where_there_is_no_release(tmp_path: Path) -> None:
    house = small_house(tmp_path)
    assert asyncio.run(_editions(house).current()) is None


def test_one_byte_that_differs_in_a_parquet_file_is_seen(house: House, release: Release) -> None:
    path = release.folder / "parquet" / "facts.parquet"

    async def ask() -> None:
        editions = _editions(house)
        edition = await editions.current()
        assert edition is not None
        assert await editions.parquet(edition, "facts") == path
        _flip(path)
        with pytest.raises(DamagedError, match="the Parquet file of facts is not as it was sealed"):
            await editions.parquet(edition, "facts")
        path.unlink()
        with pytest.raises(DamagedError, match="the Parquet file of facts is missing"):
            await editions.parquet(edition, "facts")

    asyncio.run(ask())
