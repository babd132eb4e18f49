"""What a release had wrong is listed with its reason, and nothing changes for none."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from doelenboom.publication.lineage.corrections import (
    LIST,
    RULES,
    Correction,
    Unexplained,
    find_corrections,
    write_corrections,
)
from doelenboom.publication.manifest import Release
from doelenboom.publication.reading.releases import list_releases
from tests.unit.publication.conftest import House, Kept

SECOND = datetime(2026, 1, 3, 1, 30, tzinfo=UTC)
HEAD = "correction_code,table_name,column_like,key_like,is_listed,known_since,reason\n"
CHANGES = """
    update marts.spending set amount_keur = 198542.001, note = 'n'
        where fiscal_year = 2018 and programme_code = '2.1';
    delete from marts.spending where programme_code = '2.3';
    insert into marts.spending values (2020, '9', 1, null, null, null, null, null);
"""


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    (tmp_path / LIST).parent.mkdir()
    (tmp_path / LIST).write_text(
        "release_id,table_name,row_key,column_name,old_value,new_value,correction_code\n"
    )
    return tmp_path


@pytest.fixture
def house(house_with_a_release: Kept) -> House:
    return house_with_a_release.again()


def found_in(
    house: House, seeds: Path, rules: str
) -> tuple[Release, list[Correction], list[Unexplained]]:
    """Change the warehouse of what is published, publish again, and judge the changes by rules."""
    (old,) = list_releases(house.releases_dir)
    house.execute(CHANGES)
    house.build()
    new = house.publish(SECOND)
    (seeds / RULES).write_text(HEAD + rules, encoding="utf-8")
    return old, *find_corrections(old, new, seeds, house.resources)


def test_a_changed_figure_and_a_row_that_is_gone_are_listed_by_the_first_rule_they_meet(
    house: House, seeds: Path
) -> None:
    old, found, unexplained = found_in(
        house,
        seeds,
        "amount,spending,amount_keur,%fiscal_year=2018,true,2026-01-02,Te laag\n"
        "gone,spending,*,%,true,2026-01-02,Bestaat niet\n"
        "rest,spending,%,%,false,2026-01-02,Volgt eruit\n",
    )
    assert unexplained == []
    listed = {(each.column_name, each.correction_code, each.new_value) for each in found}
    assert listed == {("amount_keur", "amount", "198542.001"), ("*", "gone", "")}
    assert {each.release_id for each in found} == {old.release_id}
    assert all("fiscal_year=" in each.row_key for each in found)


def test_what_changed_for_no_reason_is_told(house: House, seeds: Path) -> None:
    _, found, unexplained = found_in(
        house, seeds, "gone,spending,*,%,true,2026-01-02,Bestaat niet\n"
    )
    assert {each.column_name for each in found} == {"*"}
    assert {(each.column_name, each.cells) for each in unexplained} == {
        ("amount_keur", 1),
        ("note", 1),
    }


def test_the_list_keeps_other_releases_and_holds_each_once(seeds: Path) -> None:
    def correction(release: str, new: str) -> Correction:
        return Correction(release, "spending", "fiscal_year=2018", "amount_keur", "1", new, "a")

    write_corrections([correction("b", "2")], seeds)
    write_corrections([correction("a", "3")], seeds)
    path = write_corrections([correction("b", "4")], seeds)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[1:] == [
        "a,spending,fiscal_year=2018,amount_keur,1,3,a",
        "b,spending,fiscal_year=2018,amount_keur,1,4,a",
    ]
