"""A small warehouse of real DuckDB tables, and the steps from it to a release."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from doelenboom.publication.content import TableContent
from doelenboom.publication.manifest import InputFile, Release
from doelenboom.publication.reading import releases
from doelenboom.publication.release.candidate import Candidate, build_candidate
from doelenboom.publication.release.promote import promote
from doelenboom.publication.release.seal import BuiltFrom, seal
from doelenboom.storage.resources import DuckDBResources
from tests.conftest import copy_links

MARTS = """
create schema marts;
create schema staging;
create table staging.hidden (x integer);
create table marts.spending (
    fiscal_year integer,
    programme_code varchar,
    amount_keur decimal(18,3) not null,
    published_on date,
    note varchar,
    is_total boolean,
    share double,
    cells bigint,
    primary key (programme_code, fiscal_year)
);
comment on table marts.spending is 'Lasten ''s jaars, x € 1.000. One row per programme and year.';
comment on column marts.spending.amount_keur is 'Lasten, x € 1.000. Expenses before reserves.';
insert into marts.spending values
    (2018, '2.1', 198542, date '2019-06-01', null, true, 0.5, 12345678901),
    (2013, '2.3', 56168.125, null, '', false, null, null),
    (2013, '2.1', -5, date '2014-06-01', 'programma ''zorg'', "welzijn"', null, 1e-7, 0),
    (2018, '10.1', 0, null, 'ë', true, 1.0, 1);
create table marts.facts (fact_no integer primary key, title varchar);
insert into marts.facts values (2, 'b'), (1, 'a'), (3, null);
create table marts.data_quality (check_name varchar primary key, status varchar);
insert into marts.data_quality values ('totals', 'pass');
"""

STORAGE = """
create type marts.code as enum ('GM1', 'GM0', 'GM''2');
create table marts.places_storage (
    municipality_code marts.code not null, fiscal_year smallint not null,
    unit enum ('euro', 'euro AS "x"'), amount utinyint, total uinteger not null
);
insert into marts.places_storage values
    ('GM1', 2018, 'euro', 7, 70000), ('GM''2', 2018, 'euro', null, 70000),
    ('GM0', 2018, null, 7, 70000), ('GM1', 2017, 'euro AS "x"', 3, 4294967295);
comment on table marts.places_storage is 'Opslag. What marts.places shows.';
"""

SHOWN = """
    with stored as (select * from marts.places_storage)
    select
        cast(municipality_code as varchar) as municipality_code,
        cast(fiscal_year as integer) as fiscal_year,
        cast(unit as varchar) as unit,
        cast(amount as decimal(18, 3)) as amount_keur,
        cast(total as bigint) as total,
        case when amount > 5 then 'much AS it''s' end as "select"
    from stored
"""

WORDS = """
comment on {kind} marts.places is 'Plaatsen. One row per place and year.';
comment on column marts.places.fiscal_year is 'Jaar. The year.';
comment on column marts.places.amount_keur is 'Bedrag, x € 1.000. An amount.';
"""

VIEW = f"{STORAGE} create view marts.places as {SHOWN}; {WORDS.format(kind='view')}"
"""A view as the marts have one: its rows are stored in another order, with other types."""

TABLE = f"""
{STORAGE}
create table marts.places as {SHOWN}; drop table marts.places_storage;
alter table marts.places alter municipality_code set not null;
alter table marts.places alter fiscal_year set not null;
{WORDS.format(kind="table")}
"""
"""A table with the rows and words of that view."""


@pytest.fixture
def resources(tmp_path: Path) -> DuckDBResources:
    return DuckDBResources(memory_limit="200MB", threads=2, spill_dir=tmp_path / "spill")


@pytest.fixture
def make_warehouse(tmp_path: Path) -> Callable[[str], Path]:
    """Make a database from SQL, closed and without a write-ahead log."""

    def make(sql: str) -> Path:
        path = tmp_path / "warehouse.duckdb"
        path.unlink(missing_ok=True)
        with duckdb.connect(str(path)) as connection:
            connection.execute(sql)
        return path

    return make


@pytest.fixture
def warehouse(tmp_path: Path, built_house: "Kept") -> Path:
    """Give a database with `MARTS`, closed and without a write-ahead log."""
    aside = built_house.aside / built_house.house.warehouse.name
    return shutil.copyfile(aside, tmp_path / "warehouse.duckdb")


@dataclass
class House:
    """Folders of one test, and the night's steps over them with plain arguments."""

    root: Path
    warehouse: Path
    resources: DuckDBResources
    built: Candidate | None = None

    @property
    def candidate(self) -> Path:
        return self.root / "warehouse" / "candidate.duckdb"

    @property
    def contents(self) -> tuple[TableContent, ...]:
        """What the tables of the candidate that was built last hold."""
        assert self.built is not None
        return self.built.tables

    @property
    def published_dir(self) -> Path:
        return self.root / "published"

    @property
    def releases_dir(self) -> Path:
        return self.root / "published" / "releases"

    @property
    def published(self) -> Path:
        return self.root / "published" / "doelenboom.duckdb"

    @property
    def workspace(self) -> Path:
        return self.root / "workspace"

    def build(self) -> Candidate:
        self.built = build_candidate(
            self.warehouse, self.candidate, leave_out=frozenset(), resources=self.resources
        )
        return self.built

    def seal(self, now: datetime | None = None, **changed: Any) -> Release:
        built_from = BuiltFrom(
            inputs=changed.pop("inputs", [InputFile("seeds/a.csv", 3, "ab" * 32)]),
            fingerprint=changed.pop("fingerprint", "f" * 64),
            versions=changed.pop("versions", {"duckdb": "2.0.0"}),
            commit=changed.pop("commit", "c" * 40),
            depends_on=changed.pop("depends_on", {}),
        )
        facts: dict[str, Any] = {
            "built_from": built_from,
            "checks": [{"check_name": "totals", "subject": "marts.spending", "status": "pass"}],
            "now": now or datetime(2026, 1, 2, 1, 30, tzinfo=UTC),
            "workspace": self.workspace,
            "resources": self.resources,
        }
        assert self.built is not None
        return seal(self.built, self.releases_dir, **{**facts, **changed})

    def publish(self, now: datetime) -> Release:
        release = self.seal(now)
        promote(release, self.published, now)
        return release

    def execute(self, sql: str) -> None:
        """Change the warehouse."""
        with duckdb.connect(str(self.warehouse)) as connection:
            connection.execute(sql)


def small_house(root: Path) -> House:
    """Make a house with its warehouse below a folder; nothing of it is built yet."""
    resources = DuckDBResources(memory_limit="200MB", threads=2, spill_dir=root / "spill")
    made = House(root / "house", root / "warehouse.duckdb", resources)
    made.execute(MARTS)
    return made


@dataclass(frozen=True)
class Kept:
    """A house as it was when its folder was put aside, to begin each test from."""

    house: House
    aside: Path

    @classmethod
    def of(cls, house: House) -> "Kept":
        """Put the folder of a house aside."""
        place = house.warehouse.parent
        return cls(house, copy_links(place, place.with_name(f"{place.name}-aside")))

    def again(self) -> House:
        """Give the house in the same place, as it was; what was told of it is told again."""
        releases._warn.cache_clear()
        place = self.house.warehouse.parent
        shutil.rmtree(place)
        copy_links(self.aside, place)
        return replace(self.house)


def with_a_release(folder: Path) -> Kept:
    """Keep a house with one release, of 2 January 2026."""
    made = small_house(folder)
    made.build()
    made.publish(datetime(2026, 1, 2, 1, 30, tzinfo=UTC))
    return Kept.of(made)


@pytest.fixture(scope="session")
def built_house(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    made = small_house(tmp_path_factory.mktemp("house"))
    made.build()
    return Kept.of(made)


@pytest.fixture(scope="session")
def house_with_a_release(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return with_a_release(tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="session")
def house_with_two(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Keep a house with releases of 14 and 15 August 2026: a row more, and a figure changed."""
    made = small_house(tmp_path_factory.mktemp("two"))
    made.build()
    first = datetime(2026, 8, 14, 0, 30, tzinfo=UTC)
    made.publish(first)
    made.execute(
        "insert into marts.facts values (9, 'new');"
        "update marts.spending set amount_keur = amount_keur - 0.5 where programme_code = '2.3'"
    )
    made.build()
    made.publish(first + timedelta(days=1))
    return Kept.of(made)


@pytest.fixture
def house(built_house: Kept) -> House:
    """Give a house whose candidate is built and of which nothing is published."""
    return built_house.again()
