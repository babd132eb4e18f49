"""An empty answer says what is not in, of whom and when it was asked."""

from pathlib import Path

import duckdb
import pytest

from doelenboom.publication.reading.absent import why_empty
from doelenboom.storage.resources import DuckDBResources

MARTS = """
    create schema marts;
    create table marts.dim_municipality_current as
        select * from (values ('GM0277', 'Rozendaal'), ('GM0153', 'Enschede'))
            as places (municipality_code, municipality_name);
    create table marts.coverage as
        select 'iv3' as dataset, 'GM0277' as municipality_code, unnest([2018, 2019, 2021]) as
            fiscal_year, 'accounts' as report, 'taakveld' as level, 'absent' as status,
            'Niet geleverd' as reason
        union all
        select 'iv3', 'GM0153', 2018, 'accounts', 'taakveld', 'complete', null;
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "doelenboom.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(MARTS)
    return path


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "from marts.x where municipality_name = 'rozendaal'",
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
