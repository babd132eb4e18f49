"""What changed between two releases: every row and cell of it, and nothing else."""

from datetime import UTC, datetime

import pytest

from doelenboom.errors import RefusedError
from doelenboom.publication.diff import Comparison, Difference, TableChange, compare_releases
from doelenboom.publication.releases import find_release
from tests.unit.publication.conftest import House

FIRST = datetime(2026, 1, 2, 1, 30, tzinfo=UTC)
SECOND = datetime(2026, 1, 3, 1, 30, tzinfo=UTC)


def compare(
    house: House,
    change: str,
    *,
    limit: int = 50,
    sources: bool = False,
    tables: tuple[str, ...] = (),
) -> Comparison:
    """Publish, change the warehouse by SQL, publish again, and compare."""
    old = house.publish(FIRST)
    house.execute(change)
    house.build()
    new = house.publish(SECOND)
    return compare_releases(
        old, new, tables=tables, sources=sources, limit=limit, resources=house.resources
    )


def test_the_same_rows_differ_in_nothing(house: House) -> None:
    assert compare(house, "select 1") == Comparison((), (), 0)


def test_each_row_that_came_went_or_changed_is_told_with_its_key(house: House) -> None:
    found = compare(
        house,
        """
        update marts.spending set amount_keur = 198542.001, note = 'n'
            where fiscal_year = 2018 and programme_code = '2.1';
        delete from marts.spending where programme_code = '2.3';
        insert into marts.spending values (2020, '9', 1, null, null, null, null, null);
        """,
    )
    assert found.tables == (TableChange("spending", 1, 1, 1),)
    key = "programme_code=2.1 fiscal_year=2018"
    assert found.differences == (
        Difference("spending", key, "amount_keur", "changed", "198542.000", "198542.001"),
        Difference("spending", key, "note", "changed", None, "n"),
        Difference("spending", "programme_code=2.3 fiscal_year=2013", None, "removed", None, None),
        Difference("spending", "programme_code=9 fiscal_year=2020", None, "added", None, None),
    )


def test_a_null_is_no_empty_text_and_no_zero(house: House) -> None:
    found = compare(house, "update marts.spending set note = null where programme_code = '2.3'")
    assert [(each.old, each.new) for each in found.differences] == [("", None)]


def test_only_so_many_differences_are_listed_and_the_rest_is_counted(house: House) -> None:
    found = compare(house, "update marts.spending set amount_keur = amount_keur + 1", limit=3)
    assert found.tables == (TableChange("spending", 0, 0, 4),)
    assert (len(found.differences), found.more) == (3, 1)


def test_where_a_figure_came_from_is_compared_only_when_asked(house: House) -> None:
    house.execute("alter table marts.facts add column source_delivery varchar default 'a'")
    house.build()
    change = "update marts.facts set source_delivery = 'b' where fact_no = 1"
    found = compare(house, change)
    assert found.tables == (TableChange("facts", 0, 0, 0, "only where figures came from"),)
    assert found.differences == ()


def test_sources_are_compared_when_asked(house: House) -> None:
    house.execute("alter table marts.facts add column source_delivery varchar default 'a'")
    house.build()
    change = "update marts.facts set source_delivery = 'b' where fact_no = 1"
    found = compare(house, change, sources=True)
    assert [each.column for each in found.differences] == ["source_delivery"]


def test_tables_and_columns_that_came_or_went_are_told(house: House) -> None:
    found = compare(
        house,
        """
        create table marts.later (x integer primary key);
        insert into marts.later values (1), (2);
        drop table marts.data_quality;
        alter table marts.facts add column extra varchar;
        """,
    )
    assert found.tables == (
        TableChange("data_quality", 0, 1, 0, "the table is gone"),
        TableChange("facts", 0, 0, 0, "new columns: extra"),
        TableChange("later", 2, 0, 0, "the table is new"),
    )


def test_one_table_can_be_asked_for_and_must_exist(house: House) -> None:
    change = "update marts.facts set title = 'z'; delete from marts.spending"
    found = compare(house, change, tables=("facts",))
    assert [each.table for each in found.tables] == ["facts"]
    release = find_release(house.releases_dir, max(p.name for p in house.releases_dir.iterdir()))
    with pytest.raises(RefusedError, match="has a table nothing"):
        compare_releases(release, release, tables=["nothing"], limit=1, resources=house.resources)


@pytest.mark.parametrize("release_id", ["20260102T013000Z-00000000", "..", "", "x"])
def test_a_release_that_is_not_there_is_named(house: House, release_id: str) -> None:
    house.publish(FIRST)
    with pytest.raises(RefusedError, match=f"there is no release {release_id}: `doelenboom rel"):
        find_release(house.releases_dir, release_id)
