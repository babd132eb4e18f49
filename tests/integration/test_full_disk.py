"""A disk that is full when a night begins, or while it seals: the earlier release stands.

The disk is a file system in memory that shrinks at the step. Where none may be mounted, the largest
file that a process may write stands in for it.
"""

import pickle
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from doelenboom.errors import RefusedError
from doelenboom.publication.reading.releases import list_releases
from doelenboom.settings import PROJECT_DIR
from doelenboom.storage.files import sha256_file
from orchestration.run import run_night
from tests.conftest import copy_links
from tests.integration.small_night import SmallSettings, make_small_site, night, suites
from tests.unit.publication.conftest import small_house

KB = 1 << 10
ROOMY = 200 << 20
SEALING = "publication__release"
FIRST = datetime(2026, 1, 2, 1, 30, tzinfo=UTC)


class SmallDisk:
    """A file system in memory of a size that can be changed."""

    def __init__(self, place: Path) -> None:
        self.place = place
        place.mkdir()
        self._mount(f"size={ROOMY}")

    def resize(self, size: int) -> None:
        self._mount(f"remount,size={size}")

    def leave_free(self, size: int) -> None:
        command = ["df", "--block-size=1", "--output=used", str(self.place)]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
        self.resize(int(answer.stdout.split()[1]) + size)

    def remove(self) -> None:
        subprocess.run(["umount", "--lazy", self.place], check=True)

    def _mount(self, options: str) -> None:
        command = ["mount", "-t", "tmpfs", "-o", options, "none", str(self.place)]
        subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    try:
        made = SmallDisk(tmp_path / "disk")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no file system may be mounted here; the limit on file sizes is tried instead")
    yield made
    made.remove()


@pytest.mark.prove
def test_a_disk_that_is_full_while_a_night_seals_leaves_the_earlier_release(
    disk: SmallDisk, small_night: Path
) -> None:
    copy_links(small_night, disk.place / "small")
    settings = SmallSettings(data_dir=disk.place / "small" / "data", threads=2)
    first = list_releases(settings.releases_dir)
    before = sha256_file(settings.published)
    for step, free in (("parse", 0), (SEALING, 300 * KB)):

        def shrink(started: str, step: str = step, free: int = free) -> None:
            if started == step:
                disk.leave_free(free)

        with pytest.raises(RefusedError) as refused:
            run_night(
                settings, full=True, on_step=shrink, suites=suites(), make_site=make_small_site
            )
        disk.resize(ROOMY)
        assert str(refused.value) == f"no space left under {settings.data_dir}"
        assert list_releases(settings.releases_dir) == first
        assert sha256_file(settings.published) == before
    assert night(settings, full=True).published


PUBLISH_WITH_A_LIMIT = """
import pickle, resource, sys
from doelenboom.errors import RefusedError
house, now, largest_file = pickle.loads(sys.stdin.buffer.read())
resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
try:
    house.publish(now)
except RefusedError as error:
    sys.exit(str(error))
"""


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_file_that_cannot_grow_while_sealing_leaves_the_earlier_release(
    share: float, tmp_path: Path
) -> None:
    house = small_house(tmp_path)
    house.build()
    first = house.publish(FIRST)
    house.execute("delete from marts.facts where fact_no = 1")
    house.build()
    before = sha256_file(house.published)
    largest_file = int(house.candidate.stat().st_size * share)
    broken = subprocess.run(
        [sys.executable, "-c", PUBLISH_WITH_A_LIMIT],
        input=pickle.dumps((house, FIRST + timedelta(days=1), largest_file)),
        cwd=PROJECT_DIR,
        capture_output=True,
        check=False,
    )
    sentence = "The candidate cannot be sealed, earlier releases stay as they are: File too large"
    assert (broken.returncode, broken.stderr.decode().startswith(sentence)) == (1, True)
    assert [each.release_id for each in list_releases(house.releases_dir)] == [first.release_id]
    assert sha256_file(house.published) == before
    assert house.publish(FIRST + timedelta(days=2)).release_id.startswith("20260104T")
