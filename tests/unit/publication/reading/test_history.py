"""What readers saw when: across nights, going back, a crash, and what is no longer kept."""

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from doelenboom.errors import RefusedError
from doelenboom.publication.manifest import InputFile, Release, origin
from doelenboom.publication.reading.history import (
    held_back,
    promotions,
    published_periods,
    release_as_of,
    rolled_back,
)
from doelenboom.publication.reading.promotions import Promotion, read_record
from doelenboom.publication.reading.releases import list_releases
from doelenboom.publication.release.leftovers import clear_leftovers
from doelenboom.publication.release.promote import promote
from doelenboom.publication.release.record import complete_record
from doelenboom.publication.release.rollback import roll_back
from doelenboom.publication.release_times import end_of_day, moment_of
from tests.unit.publication.conftest import House, Kept, small_house

FIRST = datetime(2026, 8, 14, 0, 30, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.fixture(scope="module")
def three_nights(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    house = small_house(tmp_path_factory.mktemp("nights"))
    for number in range(3):
        house.execute(f"insert into marts.facts values ({10 + number}, 'night')")
        house.build()
        house.publish(FIRST + number * DAY)
    return Kept.of(house)


@pytest.fixture
def house(request: pytest.FixtureRequest, built_house: Kept) -> House:
    """Give a house with nothing published, or with what `nights` published."""
    kept: Kept = built_house
    if "nights" in request.fixturenames:
        kept = request.getfixturevalue("three_nights")
    return kept.again()


@pytest.fixture
def nights(house: House) -> list[Release]:
    """Three releases on three nights, with other rows each."""
    return list_releases(house.releases_dir)[::-1]


def as_of(house: House, moment: datetime) -> str:
    return release_as_of(house.published_dir, moment).release_id


def test_each_night_is_answered_to_the_second(house: House, nights: list[Release]) -> None:
    a, b, c = (release.release_id for release in nights)
    assert as_of(house, FIRST) == a
    assert as_of(house, FIRST + DAY - SECOND) == a
    assert as_of(house, FIRST + DAY) == b
    assert as_of(house, datetime(2030, 1, 1, tzinfo=UTC)) == c


def test_a_day_ends_in_amsterdam_also_when_the_clocks_change(
    house: House, nights: list[Release]
) -> None:
    assert as_of(house, end_of_day(FIRST.date())) == nights[0].release_id
    assert as_of(house, end_of_day((FIRST + DAY).date())) == nights[1].release_id
    assert end_of_day(FIRST.date()) == datetime(2026, 8, 14, 21, 59, 59, 999999, UTC)
    assert end_of_day(datetime(2026, 10, 25).date()).hour == 22
    assert end_of_day(datetime(2026, 12, 31).date()).hour == 22


def test_going_back_and_forward_is_answered_as_it_was(house: House, nights: list[Release]) -> None:
    a, b, c = (release.release_id for release in nights)
    roll_back(a, house.published_dir, FIRST + 3 * DAY)
    roll_back(c, house.published_dir, FIRST + 4 * DAY)
    assert [as_of(house, FIRST + day * DAY) for day in range(5)] == [a, b, c, a, c]
    past = published_periods(promotions(house.published_dir))
    assert [period.rolled_back for period in past] == [False, False, True, False, False]
    assert [period.until for period in past] == [
        *(FIRST + day * DAY for day in range(1, 5)),
        None,
    ]


def test_a_sealed_release_that_was_never_promoted_was_never_published(
    house: House, nights: list[Release]
) -> None:
    house.seal(FIRST + 3 * DAY)
    assert as_of(house, FIRST + 9 * DAY) == nights[2].release_id
    assert len(promotions(house.published_dir)) == 3


def test_before_the_first_promotion_there_is_one_sentence(house: House) -> None:
    with pytest.raises(RefusedError, match="nothing is published yet"):
        release_as_of(house.published_dir, FIRST)
    first = house.publish(FIRST)
    with pytest.raises(RefusedError) as refused:
        release_as_of(house.published_dir, FIRST - SECOND)
    assert str(refused.value) == (
        "no release was published by 2026-08-14T00:29:59Z as far as is recorded:"
        f" the first was {first.release_id}, at 2026-08-14T00:30:00Z"
    )


def test_a_removed_release_is_named_with_its_nearest_neighbours(
    house: House, nights: list[Release]
) -> None:
    a, b, c = (release.release_id for release in nights)
    shutil.rmtree(nights[1].folder)
    with pytest.raises(RefusedError) as refused:
        as_of(house, FIRST + DAY)
    assert str(refused.value) == (
        f"release {b}, published at 2026-08-15T00:30:00Z, is no longer kept; the nearest that"
        f" are: {a} of 2026-08-14T00:30:00Z and {c} of 2026-08-16T00:30:00Z"
    )


def test_two_promotions_in_one_second_or_by_a_clock_that_ran_back_keep_their_order(
    house: House, nights: list[Release]
) -> None:
    roll_back(nights[0].release_id, house.published_dir, FIRST - 9 * DAY)
    last = promotions(house.published_dir)[-1]
    assert last.promoted == FIRST + 2 * DAY + SECOND
    assert as_of(house, last.promoted) == nights[0].release_id


def test_what_a_crash_left_unrecorded_is_known_at_once_and_recorded_by_the_next_run(
    house: House, nights: list[Release]
) -> None:
    os.utime(house.published)  # what the record will say: when the file was last changed
    record = house.published_dir / "promotions.jsonl"
    lines = record.read_text(encoding="utf-8").splitlines(keepends=True)
    record.write_text("".join(lines[:-1]), encoding="utf-8")
    seen = promotions(house.published_dir)
    assert [each.release_id for each in seen] == [release.release_id for release in nights]
    complete_record(house.published_dir)
    assert read_record(house.published_dir) == seen
    before = record.stat()
    complete_record(house.published_dir)
    assert record.stat() == before


def test_what_was_rolled_back_from_is_held_back_while_its_files_and_commit_stay(
    house: House,
) -> None:
    files = [InputFile("seeds/a.csv", 3, "cd" * 32)]
    good = house.publish(FIRST)
    house.execute("delete from marts.facts")
    house.build()
    bad = house.seal(FIRST + DAY, inputs=files, fingerprint="0" * 64)
    promote(bad, house.published, FIRST + DAY)
    same = origin(files, bad.commit)
    assert held_back(house.published_dir, same) is None

    roll_back(good.release_id, house.published_dir, FIRST + 2 * DAY)
    assert held_back(house.published_dir, same) == bad.release_id
    assert held_back(house.published_dir, same, bad.content_hash) == bad.release_id
    assert held_back(house.published_dir, same, "0" * 64) is None
    assert held_back(house.published_dir, origin(files, "another commit")) is None
    assert held_back(house.published_dir, origin([], bad.commit)) is None
    shutil.rmtree(bad.folder)
    assert held_back(house.published_dir, same) == bad.release_id


def test_promoted_again_by_command_it_is_held_back_no_more(
    house: House, nights: list[Release]
) -> None:
    a, _, c = (release.release_id for release in nights)
    roll_back(a, house.published_dir, FIRST + 3 * DAY)
    assert [each.release_id for each in rolled_back(promotions(house.published_dir))] == [c]
    roll_back(c, house.published_dir, FIRST + 4 * DAY)
    assert rolled_back(promotions(house.published_dir)) == []


GOOD = {
    "release_id": "20260814T003000Z-01234567",
    "promoted": "2026-08-14T00:30:00Z",
    "content_hash": "a",
    "origin": "b",
}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2 is not a promotion: "),
        ("[]", "line 2 is not a promotion: "),
        ("[" * 200_000, "line 2 is not a promotion: "),
        (json.dumps({**GOOD, "promoted": "yesterday"}), "line 2 is not a promotion: promoted: "),
        (json.dumps({**GOOD, "promoted": "2026-08-15T00:30:00"}), "at a time with a zone"),
        (json.dumps({**GOOD, "release_id": "x"}), "is not a promotion of a release"),
        (json.dumps({**GOOD, "more": 1}), "line 2 is not a promotion: "),
        (json.dumps(GOOD), "line 2 is not later than the line before it"),
    ],
)
def test_a_damaged_record_is_named_by_its_line(line: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "promotions.jsonl").write_text(f"{json.dumps(GOOD)}\n{line}\n")
    with pytest.raises(RefusedError) as refused:
        read_record(tmp_path)
    assert str(refused.value).startswith(f"{tmp_path / 'promotions.jsonl'}, line 2 is not ")
    assert told in str(refused.value)


def test_a_damaged_record_stops_a_promotion_before_the_switch(
    house: House, nights: list[Release]
) -> None:
    (house.published_dir / "promotions.jsonl").write_text("{\n")
    with pytest.raises(RefusedError, match=r"promotions\.jsonl, line 1"):
        promote(nights[0], house.published)
    assert house.published.samefile(nights[2].database)


def test_a_record_that_is_written_as_read_is_the_same(house: House, nights: list[Release]) -> None:
    assert read_record(house.published_dir) == tuple(
        Promotion(r.release_id, moment_of(r.release_id), r.content_hash, origin(r.inputs, r.commit))
        for r in nights
    )


def test_what_a_killed_run_left_is_gone_before_the_next_one(
    house: House, nights: list[Release]
) -> None:
    left = [
        house.published_dir / ".doelenboom.duckdb.promoting",
        house.published_dir / ".promotions.jsonl.preparing",
        house.workspace / "sealing" / "doelenboom.duckdb",
        house.workspace / "retired" / "20200101T000000Z-00000000" / "manifest.json",
    ]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
        path.chmod(0o444)
    clear_leftovers(house.published, house.workspace)
    assert not any(path.exists() for path in left)
    assert list(house.workspace.iterdir()) == []
    assert house.published.samefile(nights[2].database)


def test_without_any_folder_there_is_nothing_to_clear(tmp_path: Path) -> None:
    clear_leftovers(tmp_path / "published" / "x.duckdb", tmp_path / "w")
    assert list(tmp_path.iterdir()) == []


def test_where_published_is_a_file_one_sentence_names_it_and_it_stays(house: House) -> None:
    house.root.mkdir(exist_ok=True)
    house.published_dir.write_text("not a folder", encoding="utf-8")
    with pytest.raises(RefusedError, match="The candidate cannot be sealed") as refused:
        house.publish(FIRST)
    assert str(house.published_dir) in str(refused.value)
    assert "\n" not in str(refused.value)
    assert house.published_dir.read_text(encoding="utf-8") == "not a folder"


def test_where_the_record_cannot_be_written_nothing_is_promoted(
    house: House, nights: list[Release]
) -> None:
    blocker = house.published_dir / ".promotions.jsonl.preparing"
    blocker.mkdir()
    with pytest.raises(RefusedError, match=r"stays as it is: Is a directory: .*preparing"):
        promote(nights[0], house.published)
    assert house.published.samefile(nights[2].database)
    assert as_of(house, FIRST + 9 * DAY) == nights[2].release_id
