"""Real figures come out of the stand-in as CBS sent them."""

import json
from typing import Any
from urllib.parse import quote

import duckdb
import orjson
import pytest

from doelenboom.settings import PROJECT_DIR
from tests.cbs_server import shared
from tests.cbs_server.server import CbsServer
from tests.cbs_server.tables import Table

DATA = PROJECT_DIR.parent / "shared" / "data"
SAMPLES = DATA / "cbs_api_samples" / "v3_iv3_45012NED_provincies_2013"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not beside the project"),
]


def served(table: Table, entity: str, options: str = "") -> list[dict[str, Any]]:
    """Rows of the first page."""
    with CbsServer([table]) as server:
        target = f"/ODataFeed/odata/{table.identifier}/{entity}?$format=json{options}"
        rows: list[dict[str, Any]] = orjson.loads(server.answer(target, "").body)["value"]
    return rows


def sample(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((SAMPLES / f"{name}.json").read_text())["value"]
    return rows


@pytest.fixture(scope="module")
def provinces() -> Table:
    return shared.provinces_2013(DATA)


@pytest.mark.parametrize("entity", ["DataProperties", "CategoryGroups", "Categorie", "Provincies"])
def test_what_describes_the_provinces_of_2013_is_as_it_was_published(
    entity: str, provinces: Table
) -> None:
    assert served(provinces, entity) == sample(entity)


def test_rows_of_the_provinces_of_2013_are_those_of_the_samples(provinces: Table) -> None:
    assert served(provinces, "TypedDataSet", "&$top=200") == sample("TypedDataSet_sample_first_200")
    overijssel = quote(
        "Provincies eq 'PV23     ' and Verslagsoort eq '2013X005'"
        " and (k_1stePlaatsing_1 ne 0 or k_2dePlaatsing_2 ne 0)"
    )
    found = served(provinces, "TypedDataSet", f"&$filter={overijssel}")
    assert found == sample("TypedDataSet_sample_PV23_2013X005_nonzero")


def test_expenses_of_a_year_add_up_to_the_real_ones_and_silence_is_null() -> None:
    table = shared.iv3_year(DATA, 2018, "45042NED", ("X000", "X005"))
    assert len(table.dimensions["Gemeenten"]) == 380
    rows = table.rows
    assert rows.num_rows
    found = duckdb.execute(
        """
        select trim("TaakveldBalanspost"), cast(sum("k_2ePlaatsing_2") as integer) from rows
        where "Gemeenten" = 'GM0153   ' and "Verslagsoort" = '2018X005'
            and starts_with("Categorie", 'L')
            and trim("TaakveldBalanspost") in ('6.3', '6.81')
        group by all order by all
        """
    ).fetchall()
    assert found == [("6.3", 120506), ("6.81", 56320)]
    silent = duckdb.execute(
        """
        select trim("Gemeenten") from rows where "Verslagsoort" = '2018X005'
        group by all having count("k_2ePlaatsing_2") = 0 order by all
        """
    ).fetchall()
    assert silent == [("GM0545",), ("GM0620",), ("GM0707",)]


def test_inhabitants_are_those_of_the_first_of_january() -> None:
    enschede = quote("RegioS eq 'GM0153' and Perioden eq '2018JJ00' and Geslacht eq 'T001038'")
    (row,) = served(shared.population(DATA), "TypedDataSet", f"&$filter={enschede}")
    assert row["BevolkingOp1Januari_1"] == 158_261
