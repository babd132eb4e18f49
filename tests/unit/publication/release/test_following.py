"""What stands beside the published file follows it, and says so last."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from doelenboom.publication.manifest import Release
from doelenboom.publication.reading.releases import list_releases
from doelenboom.publication.release.following import follow
from doelenboom.publication.release.leftovers import clear_leftovers
from doelenboom.publication.release.rollback import roll_back
from doelenboom.storage.files import sha256_file
from tests.unit.publication.conftest import House, Kept

FIRST = datetime(2026, 8, 14, 0, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def house(house_with_two: Kept) -> House:
    return house_with_two.again()


@pytest.fixture
def two(house: House) -> tuple[Release, Release]:
    second, first = list_releases(house.releases_dir)
    return first, second


def announced(house: House) -> dict[str, object]:
    document = json.loads((house.published_dir / "latest.json").read_text(encoding="utf-8"))
    assert isinstance(document, dict)
    return document


def rows_of_facts(house: House) -> int:
    path = house.published_dir / "parquet" / "facts.parquet"
    (row,) = duckdb.execute("select count(*) from read_parquet($1)", [str(path)]).fetchall()
    return int(row[0])


def test_the_signal_says_where_each_file_is_and_what_it_is(
    house: House, two: tuple[Release, Release]
) -> None:
    told = announced(house)
    assert told["release_id"] == two[1].release_id
    assert told["promoted"] == "2026-08-15T00:30:00Z"
    assert told["database"] == {"path": "doelenboom.duckdb", "sha256": sha256_file(house.published)}
    tables = told["tables"]
    assert isinstance(tables, list)
    assert {table["name"]: table["rows"] for table in tables} == {
        table.name: table.rows for table in two[1].tables
    }
    for table in tables:
        assert sha256_file(house.published_dir / table["path"]) == table["parquet_sha256"]
    assert (house.published_dir / "latest.json").stat().st_mode & 0o777 == 0o644


def test_stable_addresses_follow_a_release_and_go_back_with_it(
    house: House, two: tuple[Release, Release]
) -> None:
    assert rows_of_facts(house) == 4
    roll_back(two[0].release_id, house.published_dir, FIRST + 2 * DAY)
    assert rows_of_facts(house) == 3
    assert announced(house)["release_id"] == two[0].release_id


@pytest.mark.parametrize("left", ["nothing", "the one before", "damaged"])
def test_what_a_crash_left_behind_is_brought_up_by_the_next_run(
    left: str, house: House, two: tuple[Release, Release]
) -> None:
    signal, parquet = house.published_dir / "latest.json", house.published_dir / "parquet"
    if left == "nothing":
        signal.unlink()
        parquet.unlink()
    else:
        parquet.unlink()
        parquet.symlink_to(Path("releases", two[0].release_id, "parquet"))
        signal.write_text(
            json.dumps({"release_id": two[0].release_id}) if left != "damaged" else "["
        )
    clear_leftovers(house.published, house.workspace)
    assert rows_of_facts(house) == 4
    assert announced(house)["release_id"] == two[1].release_id


def test_nothing_is_written_when_all_follows_already(
    house: House, two: tuple[Release, Release]
) -> None:
    before = os.stat(house.published_dir / "latest.json").st_ino
    follow(house.published_dir)
    assert os.stat(house.published_dir / "latest.json").st_ino == before


def test_where_nothing_is_published_nothing_is_announced(built_house: Kept) -> None:
    house = built_house.again()
    house.published_dir.mkdir(parents=True)
    follow(house.published_dir)
    assert list(house.published_dir.iterdir()) == []
