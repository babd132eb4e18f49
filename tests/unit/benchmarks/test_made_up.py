"""The made-up Iv3 is the country at its real size, whole and the same each time."""

import pyarrow.compute as pc
import pytest

from benchmarks import made_up
from tests.cbs_server.tables import Table

SLOW = pytest.mark.slow
"""Tests that make a whole year."""


@pytest.fixture(scope="module")
def of_2018() -> Table:
    return made_up.iv3_of(2018, made_up.inhabitants([2018]))


@pytest.mark.parametrize(("year", "number"), [(2017, 388), (2018, 380), (2019, 355), (2026, 342)])
def test_every_municipality_of_a_year_has_inhabitants(year: int, number: int) -> None:
    people = made_up.inhabitants([year])
    assert len(people) == number
    assert {code for code, _ in people} == set(made_up.municipalities(year))


def test_the_country_has_some_eighteen_million_inhabitants() -> None:
    assert 17_000_000 < sum(made_up.inhabitants([2024]).values()) < 19_000_000


def test_no_taakveld_is_part_of_another() -> None:
    assert "6.71" in made_up.taakvelden(2022)
    assert "6.71" not in made_up.taakvelden(2023)
    assert "6.71a" in made_up.taakvelden(2023)


@SLOW
def test_a_year_is_made_the_same_each_time(of_2018: Table) -> None:
    assert made_up.iv3_of(2018, made_up.inhabitants([2018])).rows == of_2018.rows


@SLOW
def test_no_cell_that_holds_is_zero(of_2018: Table) -> None:
    assert not pc.any(pc.equal(of_2018.rows.column("k_2ePlaatsing_2"), 0)).as_py()


@SLOW
def test_few_are_silent_and_the_newest_accounts_are_published_once_by_some() -> None:
    rows = made_up.iv3_of(2024, made_up.inhabitants([2024])).rows
    accounts = rows.filter(pc.equal(rows.column("Verslagsoort"), "2024X005"))
    once = accounts.filter(pc.is_null(accounts.column("k_2ePlaatsing_2")))
    assert 330 <= len(accounts.column("Gemeenten").unique()) < 342
    assert 20 < len(once.column("Gemeenten").unique()) < 60
