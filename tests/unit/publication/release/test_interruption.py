"""Wherever a publication breaks off, readers have the old release or the new one, whole.

Every call with which publication changes the disk is made to fail in turn: once as a full
disk (`OSError`), once as a process that dies there (`KeyboardInterrupt`).
"""

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

import pytest

from doelenboom.errors import RefusedError
from doelenboom.publication.manifest import Release
from doelenboom.publication.reading.history import promotions, release_as_of
from doelenboom.publication.reading.promotions import read_record
from doelenboom.publication.reading.releases import current_release, list_releases
from doelenboom.storage.files import read_json, sha256_file
from tests.unit.publication.conftest import House

FIRST = datetime(2026, 1, 2, 1, 30, tzinfo=UTC)
SECOND = FIRST + timedelta(days=1)
THIRD = FIRST + timedelta(days=2)
CHANGES = [
    (os, "fsync"),
    (os, "rename"),
    (os, "replace"),
    (os, "link"),
    (os, "symlink"),
    (os, "chmod"),
    (os, "unlink"),
    (os, "mkdir"),
    (shutil, "copyfile"),
    (shutil, "rmtree"),
]


class Disk:
    """Counts changes to the disk and fails at the one that is asked for."""

    def __init__(self, fail_at: int | None, fault: BaseException | None) -> None:
        self.calls = 0
        self.fail_at = fail_at
        self.fault = fault
        self._one_at_a_time = Lock()  # files are synced from several threads

    def wrap(self, change: Callable[..., Any]) -> Callable[..., Any]:
        def changed(*args: Any, **kwargs: Any) -> Any:
            with self._one_at_a_time:
                self.calls += 1
                fails = self.calls == self.fail_at
            if fails and self.fault is not None:
                raise self.fault
            return change(*args, **kwargs)

        return changed


def publish_on(disk: Disk, house: House, now: datetime) -> None:
    """Publish with every change to the disk passing through `disk`."""
    with pytest.MonkeyPatch.context() as patch:
        for module, name in CHANGES:
            patch.setattr(module, name, disk.wrap(getattr(module, name)))
        house.publish(now)


def assert_whole(release: Release) -> None:
    assert sha256_file(release.database) == release.database_sha256
    for table, sha256 in release.parquet_sha256.items():
        assert sha256_file(release.folder / "parquet" / f"{table}.parquet") == sha256
    assert read_json(release.folder / "validation.json")["release_id"] == release.release_id
    assert read_json(release.folder / "datapackage.json")["version"] == release.release_id


def assert_old_or_new(house: House, old: Release) -> None:
    releases = list_releases(house.releases_dir)
    assert {path.name for path in house.releases_dir.iterdir()} == {r.release_id for r in releases}
    assert releases[-1] == old
    for release in releases:
        assert_whole(release)
    current = current_release(house.published, house.releases_dir)
    assert current in releases


def assert_recorded(house: House, newest: Release) -> None:
    """Each release was promoted once at most, in order, the newest last; the record is whole."""
    known = promotions(house.published_dir)
    assert known == read_record(house.published_dir)
    names = [promotion.release_id for promotion in known]
    assert names == sorted(set(names))
    assert names[-1] == newest.release_id


def copy_of(house: House, name: str) -> House:
    """Copy folders of a house, links between its files included."""
    root = house.root.parent / name
    shutil.copytree(house.root, root)
    copied = House(root, house.warehouse, house.resources)
    copied.built = house.built and replace(house.built, path=copied.candidate)
    releases = list_releases(copied.releases_dir)
    if releases:
        copied.published.unlink()
        os.link(releases[0].database, copied.published)
    return copied


@pytest.fixture
def published_once(house: House) -> House:
    """A house with one release, and another candidate ready to be published."""
    house.publish(FIRST)
    house.execute("delete from marts.facts where fact_no = 1")
    house.build()
    return house


@pytest.mark.prove
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(KeyboardInterrupt(), id="killed"),
        pytest.param(OSError(errno.ENOSPC, "No space left on device"), id="full disk"),
    ],
)
def test_a_publication_that_breaks_off_anywhere_leaves_whole_releases(
    published_once: House, fault: BaseException
) -> None:
    sound = Disk(None, None)
    publish_on(sound, copy_of(published_once, "sound"), SECOND)
    assert sound.calls > 20

    for fail_at in range(1, sound.calls + 1):
        house = copy_of(published_once, f"broken-{fail_at}")
        old = list_releases(house.releases_dir)[0]
        try:
            publish_on(Disk(fail_at, fault), house, SECOND)
        except (RefusedError, KeyboardInterrupt) as error:
            assert "\n" not in str(error)
        assert_old_or_new(house, old)
        seen = promotions(house.published_dir)
        assert current_release(house.published, house.releases_dir) == release_as_of(
            house.published_dir, seen[-1].promoted
        )

        house.publish(THIRD)

        newest = list_releases(house.releases_dir)[0]
        assert newest.release_id.startswith("20260104T")
        assert house.published.samefile(newest.database)
        assert list(house.workspace.iterdir()) == []
        names = sorted(path.name for path in house.published.parent.iterdir())
        assert names == [
            "doelenboom.duckdb",
            "latest.json",
            "parquet",
            "promotions.jsonl",
            "releases",
        ]
        announced = read_json(house.published_dir / "latest.json")
        assert announced["release_id"] == newest.release_id
        assert_recorded(house, newest)


def test_a_full_disk_is_one_sentence_and_publishes_nothing(published_once: House) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/x/doelenboom.duckdb")

    before = published_once.published.read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shutil, "copyfile", full)
        with pytest.raises(RefusedError) as refused:
            published_once.publish(SECOND)

    assert str(refused.value) == (
        "The candidate cannot be sealed, earlier releases stay as they are:"
        " No space left on device: /x/doelenboom.duckdb"
    )
    assert len(list_releases(published_once.releases_dir)) == 1
    assert published_once.published.read_bytes() == before


def test_a_workspace_on_another_file_system_is_refused(published_once: House) -> None:
    def crossing(source: Path, target: Path) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link", str(source))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "rename", crossing)
        with pytest.raises(RefusedError, match="Invalid cross-device link"):
            published_once.publish(SECOND)
    assert len(list_releases(published_once.releases_dir)) == 1
