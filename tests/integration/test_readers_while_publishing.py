"""Eight processes read without pause while ten releases are published.

No error, every answer is one release whole, and who opens the file sees the newest.
"""

import json
import subprocess
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from doelenboom.publication.manifest import Release
from tests.unit.publication.conftest import House, small_house

READERS = 8
RELEASES = 10
PAUSE = 1.2
"""Seconds between two releases: longer than a reader may need to see the newest."""

SEEN_WITHIN = 1.0
FIRST = datetime(2026, 1, 2, 1, 30, tzinfo=UTC)


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = small_house(tmp_path)
    made.execute(
        "create table marts.many (n integer primary key, generation integer);"
        "insert into marts.many select n, 0 from range(20000) as r(n)"
    )
    return made


def publish(house: House, generation: int) -> tuple[Release, float]:
    """Publish the next release; return it with the moment from which readers should see it."""
    house.execute(
        f"update marts.many set generation = {generation};"
        f"update marts.spending set share = {generation}"
    )
    house.build()
    release = house.publish(FIRST + timedelta(days=generation))
    return release, time.monotonic()


def start_reader(house: House, number: int) -> "subprocess.Popen[str]":
    """Readers 1 to 7 open the file for so many answers; reader 0 holds it all along."""
    keys = {content.name: content.key for content in house.contents}
    reading = Path(__file__).with_name("reading.py")
    return subprocess.Popen(
        [sys.executable, str(reading), str(house.published), json.dumps(keys), str(number)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def answers_of(reader: "subprocess.Popen[str]") -> list[dict[str, Any]]:
    told, errors = reader.communicate("", timeout=60)
    assert (reader.returncode, errors) == (0, "")
    return [json.loads(line) for line in told.splitlines()]


@pytest.mark.prove
def test_readers_never_see_an_error_or_a_mixture_and_soon_the_newest(house: House) -> None:
    published = [publish(house, 0)]
    readers = [start_reader(house, number) for number in range(READERS)]
    for generation in range(1, RELEASES + 1):
        time.sleep(PAUSE)
        published.append(publish(house, generation))
    time.sleep(PAUSE)
    read = [answers_of(reader) for reader in readers]

    place = {release.content_hash: n for n, (release, _) in enumerate(published)}
    assert len(place) == RELEASES + 1
    for answers in read:
        assert {answer["content_hash"] for answer in answers} <= place.keys()
        seen = defaultdict(set)
        for answer in answers:
            seen[answer["connection"]].add(answer["content_hash"])
            must_see = [
                n for n, (_, at) in enumerate(published) if at <= answer["opened"] - SEEN_WITHIN
            ]
            assert place[answer["content_hash"]] >= max(must_see, default=0)
        assert all(len(hashes) == 1 for hashes in seen.values())

    held, *reopened = read
    assert {answer["content_hash"] for answer in held} == {published[0][0].content_hash}
    assert {a["content_hash"] for answers in reopened for a in answers} == place.keys()
