"""A night on the real Iv3 of 2018: every municipality to the unit, and a revision."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from doelenboom.ingestion.cbs import fetch, landed
from doelenboom.publication.lineage.trace import trace_figure
from doelenboom.publication.manifest import read_release
from doelenboom.settings import PROJECT_DIR, Settings
from doelenboom.sources.cbs.declaring import Dataset, Dimension, Service, Topic
from doelenboom.storage.resources import DuckDBResources
from tests.cbs_server import shared
from tests.cbs_server.server import CbsServer
from tests.integration.derivations_proved import not_reproduced, published, without_a_way

SHARED = PROJECT_DIR.parent / "shared" / "data"
AMOUNTS = SHARED / "iv3" / "iv3_lasten_per_taakveld_2017_2026.csv.gz"
DOELENBOOM = [sys.executable, "-c", "from doelenboom.cli import main; main()"]
ENSCHEDE_681 = (
    "municipality_code=GM0153",
    "fiscal_year=2018",
    "report=accounts",
    "taakveld_code=6.81",
)
SILENT = ["GM0263", "GM0545", "GM0620", "GM0707", "GM1658"]

pytestmark = [
    pytest.mark.prove,
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not beside the project"),
]


@dataclass
class Nights:
    """What two nights printed and published: the first, and one on a revision."""

    data_dir: Path
    releases: list[str] = field(default_factory=list)
    printed: list[subprocess.CompletedProcess[str]] = field(default_factory=list)
    asked: list[list[str]] = field(default_factory=list)
    run: Callable[..., subprocess.CompletedProcess[str]] = field(init=False)

    def rows(self, sql: str, night: int = -1) -> list[tuple[Any, ...]]:
        release = self.data_dir / "published" / "releases" / self.releases[night]
        with duckdb.connect(str(release / "doelenboom.duckdb"), read_only=True) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    data_dir = tmp_path_factory.mktemp("cbs_night")
    table = shared.iv3_year(SHARED, 2018, "45042NED", ("X000", "X005"))
    found = Nights(data_dir)
    with CbsServer([table]) as server:

        def run(*words: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [*DOELENBOOM, *words],
                env={
                    **os.environ,
                    "DOELENBOOM_DATA_DIR": str(data_dir),
                    "DOELENBOOM_CBS_URL": server.url,
                    "DOELENBOOM_CBS_IV3_URL": server.url,
                },
                cwd=PROJECT_DIR,
                capture_output=True,
                text=True,
                check=False,
            )

        def night(*words: str) -> None:
            server.requests.clear()
            found.printed.append(run("run", *words))
            assert found.printed[-1].returncode == 0, found.printed[-1].stderr
            found.asked.append(list(server.requests))
            found.releases.append(
                max(p.name for p in (data_dir / "published" / "releases").iterdir())
            )

        found.run = run
        found.printed.append(run("fetch", "cbs", "--dataset", "iv3", "--years", "2018"))
        night()
        server.replace(table.revised("2021-03-01T02:00:00", revised(table.rows)))
        night("--refresh")
    yield found


def revised(rows: pa.Table) -> pa.Table:
    """The rows after Enschede corrected one cell of 6.81 in its accounts by one thousand."""
    cell = [
        pc.equal(pc.utf8_trim_whitespace(rows.column(name)), value)
        for name, value in (
            ("Gemeenten", "GM0153"),
            ("TaakveldBalanspost", "6.81"),
            ("Verslagsoort", "2018X005"),
            ("Categorie", "L1.1"),
        )
    ]
    corrected = pc.and_(pc.and_(cell[0], cell[1]), pc.and_(cell[2], cell[3]))
    place = rows.column_names.index("k_2ePlaatsing_2")
    amounts = rows.column(place)
    changed = pc.if_else(corrected, pc.add(amounts, 1.0), amounts)
    return rows.set_column(place, "k_2ePlaatsing_2", changed)


def test_all_commands_end_well(nights: Nights) -> None:
    assert [done.returncode for done in nights.printed] == [0, 0, 0]
    assert [done.stderr for done in nights.printed] == [""] * 3


def test_every_municipality_of_2018_equals_the_published_figures_to_the_unit(
    nights: Nights,
) -> None:
    release = nights.data_dir / "published" / "releases" / nights.releases[0]
    differing = duckdb.execute(
        f"""
        attach '{release / "doelenboom.duckdb"}' as published (read_only);
        with truth as (
            select
                gm_code as municipality_code,
                if(verslagsoort = '2018X005', 'accounts', 'budget') as report,
                taakveld as taakveld_code,
                cast(lasten_keur as decimal(18, 3)) as keur,
                sum(abs(lasten_keur)) over (partition by gm_code, verslagsoort) > 0
                    and (verslagsoort != '2018X005' or gm_code not in ('GM0263', 'GM1658'))
                    as delivered
            from read_csv('{AMOUNTS}', types = {{'taakveld': 'varchar'}}) where jaar = 2018
        ),
        mart as (
            select * from published.marts.taakveld_spending
            where fiscal_year = 2018 and taakveld_code not in ('0.10', '0.11')
        )
        select *
        from truth full join mart using (municipality_code, report, taakveld_code)
        where expenses_keur is distinct from if(delivered, keur, null)
            or value_status is distinct from if(delivered, 'reported', 'not_reported')
        """
    ).fetchall()
    assert differing == []
    counts = nights.rows(
        "select count(distinct municipality_code), count(distinct taakveld_code)"
        " from marts.taakveld_spending where fiscal_year = 2018 and report = 'accounts'"
        " and taakveld_code not in ('0.10', '0.11')",
        0,
    )
    assert counts == [(380, 51)]


def test_those_who_did_not_deliver_are_not_reported_and_never_zero(nights: Nights) -> None:
    found = nights.rows(
        "select distinct municipality_code, value_status, expenses_keur, revenue_keur, vintage"
        " from marts.taakveld_spending where fiscal_year = 2018 and report = 'accounts'"
        " and value_status != 'reported' order by 1"
    )
    assert found == [(code, "not_reported", None, None, None) for code in SILENT]


def test_enschede_is_measured_on_its_inhabitants_of_that_year(nights: Nights) -> None:
    found = nights.rows(
        "select expenses_keur, inhabitants, cast(expenses_eur_per_inhabitant as double),"
        " cast(price_index as double), price_base_year, taakveld_name"
        " from marts.taakveld_spending where municipality_code = 'GM0153'"
        " and fiscal_year = 2018 and report = 'accounts' and taakveld_code = '6.81'",
        0,
    )
    assert found == [(56320, 158261, 355.87, 103.44, 2015, "Geëscaleerde zorg 18+")]


def test_landed_figures_take_the_place_of_bundled_ones_of_their_year_only(nights: Nights) -> None:
    found = nights.rows(
        "select fiscal_year, count(distinct municipality_code), bool_or(source_delivery is null)"
        " from marts.taakveld_spending where report = 'accounts' group by all order by all"
    )
    bundled = [(year, 45, True) for year in range(2017, 2025) if year != 2018]
    assert found == sorted([*bundled, (2018, 380, False)])


def test_a_revision_fetches_one_table_and_is_seen_in_diff(nights: Nights) -> None:
    asked = nights.asked[1]
    assert {path.split("/")[3] for path in asked if "/odata/" in path} == {"45042NED"}
    tables = ("taakveld_spending", "cluster_spending", "iv3_deliveries")
    only = [word for table in tables for word in ("--table", table)]
    done = nights.run("diff", *nights.releases[:2], *only, "--format", "json")
    cells = {
        (row["table"], row["column"]): (row["old"], row["new"])
        for row in json.loads(done.stdout)
        if row["column"] and row["column"].endswith("_keur")
    }
    assert cells == {
        ("taakveld_spending", "expenses_keur"): ("56320.000", "56321.000"),
        ("taakveld_spending", "net_cost_keur"): ("56320.000", "56321.000"),
        ("cluster_spending", "expenses_keur"): ("56320.000", "56321.000"),
        ("cluster_spending", "net_cost_keur"): ("56320.000", "56321.000"),
        ("iv3_deliveries", "expenses_keur"): ("682484.000", "682485.000"),
        ("iv3_deliveries", "expenses_by_taakveld_keur"): ("682484.000", "682485.000"),
        ("iv3_deliveries", "net_cost_keur"): ("682484.000", "682485.000"),
        ("iv3_deliveries", "closing_difference_keur"): ("682484.000", "682485.000"),
    }
    keys = {row["row_key"] for row in json.loads(done.stdout)}
    assert all(key.startswith("municipality_code=GM0153 fiscal_year=2018") for key in keys)


def test_trace_leads_to_the_page_and_row_of_the_revised_delivery(nights: Nights) -> None:
    done = nights.run("trace", "taakveld_spending", "expenses_keur", *ENSCHEDE_681)
    lines = done.stdout.splitlines()
    assert lines[0].startswith("marts.taakveld_spending.expenses_keur  56321.000  sum: ")
    assert lines[0].endswith("(computed again from its inputs: equal)")
    assert "marts.iv3_cells.amount_keur  municipality_code=GM0153" in lines[1]
    assert lines[1].endswith("category_code=L1.1  18774.000")
    newest = max((nights.data_dir / "landing" / "cbs" / "iv3" / "45042NED").iterdir())
    (page, asked) = [line for line in lines if "landing/" in line or "TypedDataSet" in line][:2]
    assert f"landing/cbs/iv3/45042NED/{newest.name}/iv3_cells-" in page
    assert ", sha256 " in page
    assert page.endswith(", page verified")
    assert "/ODataFeed/odata/45042NED/TypedDataSet" in asked
    assert "table 45042NED of 2021-03-01T02:00:00" in asked


def test_a_release_traces_without_landing_and_an_earlier_one_to_its_own_pages(
    nights: Nights, tmp_path: Path
) -> None:
    first = nights.data_dir / "published" / "releases" / nights.releases[0]
    figure = trace_figure(
        first / "doelenboom.duckdb",
        "iv3_cells",
        "second_publication_keur",
        {**dict(pair.split("=") for pair in ENSCHEDE_681), "category_code": "L1.1"},
        file_hashes={},
        data_dir=tmp_path,
        resources=DuckDBResources("1GB", 2, tmp_path / "spill"),
    )
    (page,) = figure.children
    oldest = min((nights.data_dir / "landing" / "cbs" / "iv3" / "45042NED").iterdir())
    assert figure.detail.startswith("18773.000  read from a page: ")
    assert f"/{oldest.name}/" in page.label
    assert page.detail.endswith("page no longer here")


def test_what_was_published_first_stands_beside_what_holds(nights: Nights) -> None:
    found = nights.rows(
        "select category_code, first_publication_keur, second_publication_keur, amount_keur"
        " from marts.iv3_cells where municipality_code = 'GM0153' and fiscal_year = 2018"
        " and report = 'accounts' and taakveld_code = '6.81' order by 1"
    )
    assert found == [("L1.1", 18773, 18774, 18774), ("L3.8", 37547, 37547, 37547)]


def test_every_figure_on_landed_cells_is_what_its_inputs_give(nights: Nights) -> None:
    release = nights.data_dir / "published" / "releases" / nights.releases[1]
    keys = {table.name: len(table.key) for table in read_release(release).tables}
    with duckdb.connect(str(release / "doelenboom.duckdb"), read_only=True) as connection:
        marts = published(connection, keys)
        assert without_a_way(marts) == []
        assert not_reproduced(marts, 2) == []


PROVINCES = Dataset(
    name="iv3_provinces",
    about="Iv3 of provinces, by functie",
    service=Service.iv3,
    title=r"Provincies (?P<year>\d{4}) onbewerkte Iv3-data",
    cadence="once",
    all_topics=True,
    dimensions=(
        Dimension("functie_code", "FunctieKostenplaatsBalanspost", "iv3_functies"),
        Dimension("category_code", "Categorie"),
        Dimension("region_code", "Provincies"),
        Dimension("report_code", "Verslagsoort"),
    ),
    topics=(
        Topic("first_publication", r"1(ste|e) plaatsing"),
        Topic("second_publication", r"2(de|e) plaatsing"),
    ),
)


def test_the_whole_table_of_the_provinces_of_2013_passes_through_client_landing_and_raw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(landed, "RAW_TABLES", PROVINCES.raw_tables())
    table = shared.provinces_2013(SHARED)
    with CbsServer([table]) as server:
        settings = Settings(data_dir=tmp_path, cbs_url=server.url, cbs_iv3_url=server.url)
        (news,) = fetch.fetch_cbs(settings, [PROVINCES])
    assert (news.table, news.year, news.outcome) == ("45012NED", 2013, "landed")
    assert news.rows == table.rows.num_rows == 435_456
    truth = table.rows
    differing = duckdb.execute(
        f"""
        select cast("ID" as varchar), "FunctieKostenplaatsBalanspost", "Categorie", "Provincies",
            "Verslagsoort", "k_1stePlaatsing_1", "k_2dePlaatsing_2" from truth
        except all
        select id, functie_code, category_code, region_code, report_code,
            cast(first_publication as double), cast(second_publication as double)
        from read_parquet('{tmp_path}/raw/cbs/iv3_provinces/45012NED.parquet')
        """
    ).fetchall()
    assert truth.num_rows == 435_456
    assert differing == []
