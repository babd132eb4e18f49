"""Which releases go, and how: nothing that a reader may ask for, and never half."""

import errno
import os
import shutil
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doelenboom.errors import RefusedError
from doelenboom.publication.reading.promotions import Promotion
from doelenboom.publication.reading.releases import list_releases
from doelenboom.publication.release.retention import (
    clear_retired,
    releases_to_remove,
    remove_releases,
)
from doelenboom.publication.release_times import moment_of, month_of, release_name
from tests.unit.publication.conftest import House

START = datetime(2026, 1, 1, 1, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def name(day: float) -> str:
    return release_name(START + day * DAY, "0123abcd")


def promoted(release_id: str, day: float) -> Promotion:
    return Promotion(release_id, START + day * DAY, "", "")


def nightly(days: int) -> list[Promotion]:
    return [promoted(name(day), day) for day in range(days)]


def removed(known: list[Promotion], day: float, keep: int, *others: str) -> list[str]:
    names = {promotion.release_id for promotion in known} | set(others)
    return releases_to_remove(names, known, START + day * DAY, keep)


def test_a_year_of_nights_leaves_the_last_days_and_the_ends_of_months() -> None:
    known = nightly(365)
    gone = removed(known, 364, 30)
    kept = sorted({p.release_id for p in known} - set(gone))
    assert [each[:8] for each in kept[:11]] == [
        *("20260131", "20260228", "20260331", "20260430", "20260531", "20260630"),
        *("20260731", "20260831", "20260930", "20261031", "20261130"),
    ]
    assert len(kept) == 11 + 31
    assert kept[-1] == name(364)


def test_a_month_ends_at_midnight_in_amsterdam() -> None:
    late = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)  # half past midnight, 1 February
    first, second, third = (late - DAY, late, late + DAY)
    known = [Promotion(release_name(at, "0123abcd"), at, "", "") for at in (first, second, third)]
    known += [promoted(name(200), 200), promoted(name(201), 201)]
    assert removed(known, 201, 1) == [known[1].release_id]


def test_the_current_one_and_the_one_before_stay_however_old() -> None:
    known = nightly(5)
    assert removed(known, 4000, 1) == [name(0), name(1), name(2)]


def test_what_was_current_until_lately_stays_however_old_it_is() -> None:
    known = [promoted(name(0), 0), promoted(name(1), 1), *(promoted(name(d), d) for d in (58, 60))]
    assert removed(known, 60, 3) == [name(0)]
    assert removed([*known, promoted(name(61), 61), promoted(name(62), 62)], 62, 5) == [name(0)]


def test_what_was_rolled_back_from_is_no_end_of_a_month() -> None:
    known = [promoted(name(28), 28), promoted(name(29), 29), promoted(name(28), 29.5)]
    known += [promoted(name(100), 100), promoted(name(101), 101)]
    assert removed(known, 101, 1) == [name(29)]


def test_a_release_that_was_never_promoted_goes_with_its_days() -> None:
    known = nightly(3)
    assert removed(known, 10, 30, name(30.5)) == []
    assert removed(known, 70, 30, name(30.5)) == [name(0), name(30.5)]


def test_releases_older_than_the_record_count_as_published_when_made() -> None:
    known = [promoted(name(100), 100), promoted(name(101), 101)]
    gone = removed(known, 101, 1, name(0), name(30), name(31))
    assert gone == [name(0)]


days = st.floats(min_value=0, max_value=400, allow_nan=False).map(lambda day: round(day, 3))


@st.composite
def pasts(draw: st.DrawFn) -> list[Promotion]:
    """Nights and rollbacks in any order: a later release, or one of before."""
    moments = sorted(set(draw(st.lists(days, min_size=1, max_size=40))))
    known: list[Promotion] = []
    for day in moments:
        earlier = sorted({p.release_id for p in known[:-1]} - {p.release_id for p in known[-1:]})
        back = bool(earlier) and draw(st.booleans())
        chosen = draw(st.sampled_from(earlier)) if back else name(day)
        known.append(promoted(chosen, day))
    return known


@given(pasts(), st.integers(1, 60), st.floats(0, 100))
def test_what_readers_saw_lately_or_at_the_end_of_a_month_is_never_removed(
    known: list[Promotion], keep: int, later: float
) -> None:
    now = known[-1].promoted + later * DAY
    gone = set(releases_to_remove({p.release_id for p in known}, known, now, keep))
    assert not gone & {p.release_id for p in known[-2:]}
    for promotion, following in pairwise(known):
        if following.promoted >= now - keep * DAY:
            assert promotion.release_id not in gone
        if month_of(promotion.promoted) != month_of(following.promoted):
            assert promotion.release_id not in gone


@given(pasts(), st.integers(1, 60), st.integers(1, 60))
def test_more_days_keep_more_and_twice_removes_nothing_more(
    known: list[Promotion], keep: int, more: int
) -> None:
    names, now = {p.release_id for p in known}, known[-1].promoted
    gone = set(releases_to_remove(names, known, now, keep))
    assert set(releases_to_remove(names, known, now, keep + more)) <= gone
    assert releases_to_remove(names - gone, known, now, keep) == []


@given(pasts(), st.integers(1, 40))
def test_removing_every_night_loses_no_end_of_a_month(known: list[Promotion], keep: int) -> None:
    kept: set[str] = set()
    for number, promotion in enumerate(known, start=1):
        if (
            promotion.release_id not in kept
            and moment_of(promotion.release_id) < promotion.promoted
        ):
            return  # a rollback to what is gone cannot be
        kept.add(promotion.release_id)
        kept -= set(releases_to_remove(kept, known[:number], promotion.promoted, keep))
    ends = {month_of(p.promoted): p.release_id for p in known}
    assert set(ends.values()) <= kept


def test_removed_releases_are_gone_and_a_reader_goes_on(house: House) -> None:
    first, second = house.publish(START), house.publish(START + DAY)
    with first.database.open("rb") as reader:
        remove_releases(house.releases_dir, [first.release_id], house.workspace)
        assert len(reader.read()) > 0
    assert list_releases(house.releases_dir) == [second]
    assert list(house.workspace.iterdir()) == []


@pytest.mark.parametrize("step", ["rename", "rmtree"])
def test_a_removal_that_breaks_off_leaves_whole_releases_and_the_next_run_finishes(
    step: str, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = house.publish(START), house.publish(START + DAY)

    def broken(*words: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(words[0]))

    with monkeypatch.context() as patch:
        patch.setattr(*((os, "rename") if step == "rename" else (shutil, "rmtree")), broken)
        with pytest.raises(RefusedError, match="Read-only file system"):
            remove_releases(house.releases_dir, [first.release_id], house.workspace)
    assert list_releases(house.releases_dir) == ([second, first] if step == "rename" else [second])
    clear_retired(house.workspace)
    assert list(house.workspace.iterdir()) == []
