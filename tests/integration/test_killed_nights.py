"""Nights killed in each step that writes: a whole release stays, and the next night goes on.

`test_interruption` shows that every single change to the disk may be the last one while a night
seals and publishes; here a process really dies, wherever it is, with all that it has open.
"""

import multiprocessing
import time
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import duckdb
import pytest

from doelenboom.publication.reading.releases import current_release, list_releases
from doelenboom.storage.files import sha256_file
from tests.conftest import copy_links
from tests.integration.reading import content_hash
from tests.integration.small_night import SmallSettings, full_night

KILLS = {
    "parse": (0.8,),
    "dbt_models": (0.6,),
    "publication__candidate": (0.5,),
    "check_results": (0.9,),
    "dbt_data_quality": (0.7,),
    "publication__release": (0.2, 0.8),
    "publication__site": (0.5,),
}
"""The steps that write, and the parts of their time after which a night is killed."""

FORKSERVER = multiprocessing.get_context("forkserver")
FORKSERVER.set_forkserver_preload(
    ["tests.integration.small_night", "dbt.cli.main", "dbt.adapters.duckdb.connections"]
)


class Night:
    """A whole night in a process of its own, which has its imports and tells its steps."""

    def __init__(self, settings: SmallSettings) -> None:
        self._told, telling = FORKSERVER.Pipe(duplex=False)
        self.process: BaseProcess = FORKSERVER.Process(
            target=telling_night, args=(settings, telling)
        )
        self.process.start()
        telling.close()

    def next_step(self) -> str | None:
        """Wait for the next step to begin; None when the night has ended."""
        try:
            return str(self._told.recv())
        except EOFError:
            return None

    def end(self) -> dict[str, float]:
        """Wait until it has ended well and return the seconds of each step."""
        began: list[tuple[str, float]] = []
        while (step := self.next_step()) is not None:
            began.append((step, time.monotonic()))
        self.process.join(timeout=120)
        assert self.process.exitcode == 0
        ends = [moment for _, moment in began[1:]] + [time.monotonic()]
        return {step: end - begin for (step, begin), end in zip(began, ends, strict=True)}

    def kill_in(self, step: str, seconds: float) -> bool:
        """Kill it so long after the step began; tell whether it still lived."""
        while (begun := self.next_step()) != step:
            assert begun is not None, f"no step {step}"
        time.sleep(seconds)
        self.process.kill()
        self.process.join()
        return self.process.exitcode != 0


def telling_night(settings: SmallSettings, telling: Connection) -> None:
    full_night(settings, telling.send)


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
def test_a_night_killed_in_any_step_that_writes_leaves_a_release_and_the_next_goes_on(
    tmp_path: Path, small_night: Path
) -> None:
    """Each night goes through the step in which the one before was killed, and the last ends."""
    copy_links(small_night, tmp_path / "small")
    settings = SmallSettings(data_dir=tmp_path / "small" / "data", threads=2)
    seconds = Night(settings).end()
    assert KILLS.keys() <= seconds.keys()
    killed = []
    for step, part in [(step, part) for step, parts in KILLS.items() for part in parts]:
        before = {release.release_id for release in list_releases(settings.releases_dir)}
        killed.append(Night(settings).kill_in(step, part * seconds[step]))

        assert published_is_whole(settings, tmp_path)
        left = {path.name for path in settings.releases_dir.iterdir()}
        assert left == {release.release_id for release in list_releases(settings.releases_dir)}
        assert len(left - before) <= 1
    assert len(killed) == 8
    assert sum(killed) >= 5

    Night(settings).end()
    assert published_is_whole(settings, tmp_path)
