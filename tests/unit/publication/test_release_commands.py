"""Commands on releases: of now, of then, by id, and what is said of those that are not there."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from doelenboom.cli import execute
from doelenboom.publication.manifest import Release
from doelenboom.publication.reading.releases import list_releases
from doelenboom.settings import load_settings
from tests.unit.publication.conftest import House, Kept

FIRST = datetime(2026, 8, 14, 0, 30, tzinfo=UTC)
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def house(house_with_two: Kept) -> House:
    return house_with_two.again()


@pytest.fixture
def two(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Release, Release]]:
    """Two releases, on 14 and 15 August 2026; the second has a figure more and one changed."""
    monkeypatch.setenv("DOELENBOOM_DATA_DIR", str(house.root))
    load_settings.cache_clear()
    second, first = list_releases(house.releases_dir)
    yield first, second
    load_settings.cache_clear()


Two = tuple[Release, Release]


def told(capsys: Captured, *words: str, code: int = 0) -> str:
    assert execute(words) == code
    captured = capsys.readouterr()
    return captured.err if code else captured.out


def test_a_question_is_put_to_the_release_of_then(two: Two, capsys: Captured) -> None:
    count = ("query", "select count(*) as n from marts.facts", "--format", "csv")
    assert told(capsys, *count) == "n\n4\n"
    assert told(capsys, *count, "--as-of", "2026-08-14") == "n\n3\n"
    assert told(capsys, *count, "--as-of", "2026-08-15T02:29:59") == "n\n3\n"
    assert told(capsys, *count, "--as-of", "2026-08-15") == "n\n4\n"
    assert told(capsys, *count, "--release", two[0].release_id) == "n\n3\n"


def test_a_trace_follows_the_release_of_then(two: Two, capsys: Captured) -> None:
    words = ("trace", "facts", "title", "fact_no=9")
    before = told(capsys, *words, "--as-of", "2026-08-14", code=1)
    assert before == "doelenboom: marts.facts: no row has fact_no=9, expected exactly one\n"
    assert "no row has" not in told(capsys, *words, code=1)


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--as-of", "2026-08-13"), 1, "no release was published by 2026-08-13T21:59:59Z"),
        (("--as-of", "soon"), 2, "'soon' is not a date or a time"),
        (("--as-of", "2126-08-13"), 2, "2126-08-13 has not come yet"),
        (("--release", "x"), 1, "there is no release x"),
        (("--release", "x", "--as-of", "2026-08-14"), 2, "--release and --as-of both say"),
    ],
)
def test_a_release_that_is_not_there_is_told_in_one_sentence(
    words: tuple[str, ...], code: int, sentence: str, two: Two, capsys: Captured
) -> None:
    err = told(capsys, "query", "select 1", *words, code=code)
    assert sentence in err
    assert err.count("\n") == 1


def test_releases_are_listed_with_when_they_were_current(two: Two, capsys: Captured) -> None:
    rows = json.loads(told(capsys, "releases", "--format", "json"))
    assert [(r["release"], r["promoted"], r["until"], r["current"]) for r in rows] == [
        (two[1].release_id, "2026-08-15T00:30:00+00:00", None, True),
        (
            *(two[0].release_id, "2026-08-14T00:30:00+00:00", "2026-08-15T00:30:00+00:00"),
            False,
        ),
    ]
    assert {row["rolled_back"] for row in rows} == {False}


def test_a_release_that_was_never_promoted_stands_where_it_was_made(
    two: Two, house: House, capsys: Captured
) -> None:
    between = house.seal(FIRST + timedelta(days=2))
    rows = list(csv.DictReader(io.StringIO(told(capsys, "releases", "--format", "csv"))))
    assert [row["release"] for row in rows] == [
        *(between.release_id, two[1].release_id, two[0].release_id),
    ]
    assert (rows[0]["promoted"], rows[0]["until"], rows[0]["current"]) == ("", "", "false")


def test_a_diff_of_dates_is_one_of_their_releases_with_sizes_and_causes(
    two: Two, capsys: Captured
) -> None:
    by_date = told(capsys, "diff", "2026-08-14", "2026-08-15", "--format", "csv")
    assert by_date == told(capsys, "diff", *(r.release_id for r in two), "--format", "csv")
    assert by_date == (
        "table,row_key,column,change,old,new,difference\n"
        "facts,fact_no=9,,added,,,\n"
        "spending,programme_code=2.3 fiscal_year=2013,amount_keur,changed,56168.125,56167.625,"
        "-0.500\n"
    )
    table = told(capsys, "diff", "2026-08-14", "2026-08-15")
    assert "not recorded" in table
    assert "-0.500" in table


def test_going_back_needs_a_release_that_is_there_and_sound(
    two: Two, house: House, capsys: Captured
) -> None:
    first, second = two
    assert "there is no release x" in told(capsys, "rollback", "x", code=1)
    out = told(capsys, "rollback", first.release_id)
    assert out.splitlines()[0] == (
        f"Readers see release {first.release_id} of 2026-08-14 now, and saw {second.release_id}"
        " before."
    )
    rows = json.loads(told(capsys, "releases", "--format", "json"))
    assert [(r["release"] == first.release_id, r["rolled_back"]) for r in rows] == [
        *((True, False), (False, True), (True, False)),
    ]
    damage(second.database)
    assert "is damaged" in told(capsys, "rollback", second.release_id, code=1)
    assert house.published.samefile(first.database)


def damage(path: Path) -> None:
    path.chmod(0o644)
    with path.open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\xff")
