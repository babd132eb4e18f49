"""Fifty nights killed at random moments: a whole release stays, and the next run succeeds."""

import multiprocessing
import random
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

import duckdb
import pytest

from doelenboom.publication.files import sha256_file
from doelenboom.publication.releases import current_release, list_releases
from tests.integration.reading import content_hash
from tests.integration.small_night import SmallSettings, full_night, make_small_project

KILLS = 50
SEED = 20261125
FORKSERVER = multiprocessing.get_context("forkserver")
FORKSERVER.set_forkserver_preload(["tests.integration.small_night"])


def start_night(settings: SmallSettings) -> BaseProcess:
    """Start a whole night in a process of its own, which has its imports behind it."""
    process = FORKSERVER.Process(target=full_night, args=(settings,))
    process.start()
    return process


def finish_night(settings: SmallSettings) -> float:
    """Run a whole night and return its seconds."""
    start = time.monotonic()
    process = start_night(settings)
    process.join(timeout=120)
    assert process.exitcode == 0
    return time.monotonic() - start


def published_is_whole(settings: SmallSettings, scratch: Path) -> bool:
    """Tell whether the published file opens and holds, row for row, what its manifest says."""
    release = current_release(settings.published, settings.releases_dir)
    assert release is not None
    keys = {table.name: table.key for table in release.tables}
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        found = content_hash(connection, keys, scratch)
    return (
        found == release.content_hash and sha256_file(settings.published) == release.database_sha256
    )


@pytest.mark.prove
def test_a_night_killed_at_any_moment_leaves_a_release_and_the_next_succeeds(
    tmp_path: Path,
) -> None:
    settings = make_small_project(tmp_path)
    finish_night(settings)
    length = min(finish_night(settings) for _ in range(2))
    moments = random.Random(SEED)
    killed = 0
    for number in range(KILLS):
        before = {release.release_id for release in list_releases(settings.releases_dir)}
        process = start_night(settings)
        time.sleep(moments.uniform(number, number + 1) / KILLS * length)
        process.kill()
        process.join()
        killed += process.exitcode != 0

        assert published_is_whole(settings, tmp_path)
        left = {path.name for path in settings.releases_dir.iterdir()}
        assert left == {release.release_id for release in list_releases(settings.releases_dir)}
        assert len(left - before) <= 1

        length = min(length, finish_night(settings))  # others on the machine come and go
        assert published_is_whole(settings, tmp_path)
    assert killed > KILLS * 0.8
