"""What changed between two releases: every row and cell of it, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from doelenboom.errors import RefusedError
from doelenboom.publication.lineage.diff import (
    Difference,
    ReleaseComparison,
    TableChange,
    compare_releases,
)
from doelenboom.publication.reading.releases import find_release, list_releases
from tests.unit.publication.conftest import House, Kept

FIRST = datetime(2026, 1, 2, 1, 30, tzinfo=UTC)
SECOND = datetime(2026, 1, 3, 1, 30, tzinfo=UTC)


@pytest.fixture
def house(house_with_a_release: Kept) -> House:
    return house_with_a_release.again()


def compare(
    house: House,
    change: str,
    *,
    limit: int = 50,
    sources: bool = False,
    tables: tuple[str, ...] = (),
) -> ReleaseComparison:
    """Change the warehouse of what is published by SQL, publish again, and compare."""
    (old,) = list_releases(house.releases_dir)
    house.execute(change)
    house.build()
    new = house.publish(SECOND)
    return compare_releases(
        old, new, tables=tables, sources=sources, limit=limit, resources=house.resources
    )


def counted(found: ReleaseComparison) -> tuple[TableChange, ...]:
    """The changes of tables without the sizes and causes, which have tests of their own."""
    return tuple(replace(t, largest=None, largest_in=None, causes=()) for t in found.tables)


def test_the_same_rows_differ_in_nothing(house: House) -> None:
    found = compare(house, "select 1")
    assert (found.inputs, found.tables, found.differences, found.more) == ((), (), (), 0)
    assert found.why is not None
    assert "the later release was asked for (`run --full`)" in found.why


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
    assert counted(found) == (TableChange("spending", 1, 1, 1),)
    key = "programme_code=2.1 fiscal_year=2018"
    assert found.differences == (
        Difference(
            *("spending", key, "amount_keur", "changed", "198542.000", "198542.001"),
            difference=Decimal("0.001"),
        ),
        Difference("spending", key, "note", "changed", None, "n"),
        Difference("spending", "programme_code=2.3 fiscal_year=2013", None, "removed", None, None),
        Difference("spending", "programme_code=9 fiscal_year=2020", None, "added", None, None),
    )


def test_a_null_is_no_empty_text_and_no_zero(house: House) -> None:
    found = compare(house, "update marts.spending set note = null where programme_code = '2.3'")
    assert [(each.old, each.new) for each in found.differences] == [("", None)]


def test_only_so_many_differences_are_listed_and_the_rest_is_counted(house: House) -> None:
    found = compare(house, "update marts.spending set amount_keur = amount_keur + 1", limit=3)
    assert counted(found) == (TableChange("spending", 0, 0, 4),)
    assert (len(found.differences), found.more) == (3, 1)


def test_where_a_figure_came_from_is_compared_only_when_asked(built_house: Kept) -> None:
    house = built_house.again()
    house.execute("alter table marts.facts add column source_delivery varchar default 'a'")
    house.build()
    house.publish(FIRST)
    change = "update marts.facts set source_delivery = 'b' where fact_no = 1"
    found = compare(house, change)
    assert counted(found) == (TableChange("facts", 0, 0, 0, "only where figures came from"),)
    assert found.differences == ()


def test_sources_are_compared_when_asked(built_house: Kept) -> None:
    house = built_house.again()
    house.execute("alter table marts.facts add column source_delivery varchar default 'a'")
    house.build()
    house.publish(FIRST)
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
    assert counted(found) == (
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
    with pytest.raises(RefusedError, match=f"there is no release {release_id}: `doelenboom rel"):
        find_release(house.releases_dir, release_id)


def test_numbers_come_first_the_largest_change_first_whatever_its_sign(house: House) -> None:
    found = compare(
        house,
        """
        update marts.spending set note = 'n' where programme_code = '10.1';
        update marts.spending set amount_keur = amount_keur + 2.5 where fiscal_year = 2018;
        update marts.spending set amount_keur = -100.125 where programme_code = '2.3';
        update marts.spending set share = 0.3 where share = 1e-7;
        update marts.spending set cells = null where cells = 0;
        insert into marts.spending values (1999, '0', 1e9, null, null, null, null, null);
        """,
    )
    assert [(d.column, d.difference) for d in found.differences] == [
        ("amount_keur", Decimal("-56268.250")),
        ("amount_keur", Decimal("2.500")),
        ("amount_keur", Decimal("2.500")),
        ("share", Decimal("0.2999999")),
        (None, None),
        ("note", None),
        ("cells", None),
    ]
    (change,) = found.tables
    assert (change.largest, change.largest_in) == (Decimal("-56268.250"), "amount_keur")


def test_the_largest_difference_is_told_also_where_none_may_be_listed(house: House) -> None:
    found = compare(
        house,
        "update marts.facts set title = 'z'; update marts.spending set cells = 0 where cells = 1",
        limit=3,
    )
    assert [(d.table, d.column) for d in found.differences] == [("facts", "title")] * 3
    assert [(t.table, t.largest, t.largest_in) for t in found.tables] == [
        ("facts", None, None),
        ("spending", Decimal(-1), "cells"),
    ]
    assert found.more == 1


def test_what_is_no_finite_number_has_no_difference(built_house: Kept) -> None:
    house = built_house.again()
    house.execute("update marts.spending set share = 'nan'::double where share = 0.5")
    house.build()
    house.publish(FIRST)
    found = compare(house, "update marts.spending set share = 'infinity' where isnan(share)")
    assert [(d.old, d.new, d.difference) for d in found.differences] == [("nan", "inf", None)]
