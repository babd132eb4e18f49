"""An empty answer says what is not in, of whom and when it was asked."""

from pathlib import Path

import duckdb
import pytest

from doelenboom.publication.reading.absent import why_empty
from doelenboom.storage.resources import DuckDBResources

MARTS = """
    create schema marts;
    create table marts.dim_municipality_current as
        select * from (values
            ('GM0277', 'Rozendaal', date '2010-01-01', null, null),
            ('GM0153', 'Enschede', date '2010-01-01', null, null),
            ('GM0518', '''s-Gravenhage', date '2010-01-01', null, 'Den Haag'),
            ('GM0788', 'Haaren', date '2010-01-01', date '2020-12-31', null),
            ('GM1980', 'Dijk en Waard', date '2022-01-01', null, null)
        ) as places (municipality_code, municipality_name, valid_from, valid_to, also_called);
    create table marts.municipality_changes as
        select * from (values
            ('GM0788', 'Haaren', 'GM0855', 'Tilburg', date '2021-01-01'),
            ('GM0788', 'Haaren', 'GM0757', 'Boxtel', date '2021-01-01'),
            ('GM0416', 'Langedijk', 'GM1980', 'Dijk en Waard', date '2022-01-01')
        ) as changes (
            predecessor_code, predecessor_name, successor_code, successor_name, effective_date
        );
    create table marts.code_lists as
        select 'report' as list_name, 'accounts' as code, 'jaarrekening' as label_nl,
            'spending.report' as used_in;
    create table marts.dim_peer_group as
        select 'region_twente' as peer_group_code, 'Twente' as peer_group_name;
    create table marts.peer_group_members as
        select 'region_twente' as peer_group_code, 'GM0153' as municipality_code;
    create table marts.programme_results as
        select 'Enschede' as municipality_name, 2018 as fiscal_year, '2.1' as programme_code,
            'Zorg' as programme_name;
    create table marts.coverage as
        select 'iv3' as dataset, 'GM0277' as municipality_code, unnest([2018, 2019, 2021]) as
            fiscal_year, 'accounts' as report, 'taakveld' as level, 'absent' as status,
            'Niet geleverd' as reason
        union all
        select 'iv3', 'GM0153', unnest([2018, 2019]), 'accounts', 'taakveld', 'complete', null
        union all
        select 'iv3', 'GM0153', 2025, 'budget', 'taakveld', 'complete', null;
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("read") / "doelenboom.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(MARTS)
    return path


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "from marts.x where municipality_name = 'Rozendaal'",
            ["Rozendaal (GM0277), 2018-2019, 2021: iv3 accounts, taakveld: absent. Niet geleverd."],
        ),
        (
            "municipality_code=GM0277 fiscal_year=2019",
            ["Rozendaal (GM0277), 2019: iv3 accounts, taakveld: absent. Niet geleverd."],
        ),
        (
            "from marts.x where municipality_code = 'GM9999'",
            ["No municipality has the code GM9999."],
        ),
        ("from marts.x where municipality_code = 'GM0153' and fiscal_year = 2018", []),
        ("from marts.x where municipality_name = 'enschede'", ["It is written 'Enschede'."]),
        ("where municipality_name = 'Den Haag'", ["Den Haag is called 's-Gravenhage here."]),
        (
            "from marts.x where report = 'jaarrekening'",
            ["'jaarrekening' is the word for the code 'accounts'."],
        ),
        (
            "municipality_code=GM0788 fiscal_year=2025",
            ["Haaren (GM0788) ended on 2020-12-31 and went to Boxtel, Tilburg."],
        ),
        (
            "municipality_code=GM1980 fiscal_year=2018",
            ["Dijk en Waard (GM1980) began on 2022-01-01, from Langedijk."],
        ),
        (
            "where peer_group_code = 'region_twente' and municipality_name = 'Rozendaal'",
            ["Rozendaal is no member of region_twente (Twente)."],
        ),
        ("from marts.x where fiscal_year = 2030", ["No spending of 2030 is in."]),
        (
            "where report = 'accounts' and fiscal_year = 2025",
            ["Of 2025 the budget is in, no accounts."],
        ),
        (
            "from marts.programme_results where fiscal_year = 2020",
            ["Of annual accounts these chapters are in, no others: Enschede 2018 Zorg."],
        ),
        ("from marts.x where false", []),
    ],
)
def test_what_is_not_in_of_the_places_and_years_asked_for_is_told(
    database: Path, resources: DuckDBResources, asked: str, told: list[str]
) -> None:
    assert why_empty(database, asked, resources=resources) == told


def test_a_release_without_coverage_tells_nothing(
    tmp_path: Path, resources: DuckDBResources
) -> None:
    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
    assert why_empty(path, "where code = 'GM0277'", resources=resources) == []
