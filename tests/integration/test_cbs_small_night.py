"""Nights on made-up deliveries: landed figures published, dense, with their status; CBS down."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from doelenboom.settings import PROJECT_DIR
from doelenboom.sources.cbs import client
from orchestration.run import run_night
from tests.cbs_server.server import CbsServer
from tests.cbs_server.tables import Cell, Table, cpi_table, iv3_rows, iv3_table, population_table
from tests.integration import derivations_proved
from tests.integration.small_night import SmallSettings, make_small_site, suites, table_hashes

DOELENBOOM = [sys.executable, "-c", "from doelenboom.cli import main; main()"]
MUNICIPALITIES = {
    "GM0141": "Almelo",
    "GM0153": "Enschede",
    "GM0158": "Haaksbergen",
    "GM1742": "Rijssen-Holten",
}
TAAKVELDEN = {"0.10": "Mutaties reserves", "6.1": "Samenkracht", "6.71a": "Hulp", "A111": "Post"}
CELLS: list[Cell] = [
    ("GM0153", "X005", "6.1", "L1.1", 10.0, 70.0),
    ("GM0153", "X005", "6.1", "L7.1", 5.0, 5.0),
    ("GM0153", "X005", "6.1", "B3.1", 1.0, 2.0),
    ("GM0153", "X005", "6.71a", "L1.1", 8.0, 0.0),
    ("GM0153", "X005", "A111", "L1.1", 500.0, 500.0),
    ("GM0141", "X005", "6.1", "L1.1", 33.0, None),
    ("GM0153", "X000", "6.1", "L1.1", 44.0, 44.0),
]
"""Enschede with two publications, Almelo with the first only, Haaksbergen silent; old spelling."""


def deliveries() -> list[Table]:
    rows = iv3_rows(2023, CELLS, silent=["GM0158", "GM1742"], spelling="old")
    iv3 = iv3_table(2023, rows, MUNICIPALITIES, TAAKVELDEN, identifier="45063NED", spelling="old")
    rebased = cpi_table({2025: 100.0, 2026: 102.5}, base=2025, identifier="86141NED")
    population = population_table({("GM0153", 2023): 1000})
    return [iv3, population, cpi_table({2023: 125.0}), rebased]


@pytest.mark.prove
def test_a_night_on_what_landed_publishes_it_and_leaves_bundled_years(tmp_path: Path) -> None:
    environment = {**os.environ, "DOELENBOOM_DATA_DIR": str(tmp_path)}
    with CbsServer(deliveries()) as server:
        environment |= {"DOELENBOOM_CBS_URL": server.url, "DOELENBOOM_CBS_IV3_URL": server.url}
        done = subprocess.run(
            [*DOELENBOOM, "run", "--refresh"],
            env=environment,
            cwd=PROJECT_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Stale" not in done.stdout
    published = str(tmp_path / "published" / "doelenboom.duckdb")
    with duckdb.connect(published, read_only=True) as connection:
        found = connection.execute(
            "select municipality_code, report, taakveld_code, vintage, expenses_keur::double,"
            " revenue_keur::double, expenses_eur_per_inhabitant::double,"
            " expenses_real_eur_per_inhabitant::double, value_status"
            " from marts.taakveld_spending where fiscal_year = 2023"
            " and municipality_code in ('GM0141', 'GM0153', 'GM0158') order by all"
        ).fetchall()
        others = connection.execute(
            "select count(*) filter (source_delivery is not null), count(distinct fiscal_year)"
            " from marts.taakveld_spending where fiscal_year != 2023"
        ).fetchall()
        taakveld_names = connection.execute(
            "select distinct taakveld_name from marts.taakveld_spending"
            " where fiscal_year = 2023 and taakveld_code = '6.71a'"
        ).fetchall()
        prices = connection.execute(
            "select price_year, price_index::double, price_base_year, chained_in, source"
            " from marts.dim_price_index where price_year in (2023, 2025, 2026) order by 1"
        ).fetchall()
        marts = derivations_proved.published(connection)
        assert derivations_proved.without_a_way(marts) == []
        assert derivations_proved.not_reproduced(marts, 2) == []
    almelo, enschede, haaksbergen = (
        [row[1:] for row in found if row[0] == code] for code in ("GM0141", "GM0153", "GM0158")
    )
    assert almelo == [
        ("accounts", "0.10", 1, 0, 0, None, None, "provisional"),
        ("accounts", "6.1", 1, 33, 0, None, None, "provisional"),
        ("accounts", "6.71a", 1, 0, 0, None, None, "provisional"),
        *[("budget", t, None, None, None, None, None, "not_reported") for t in CODES],
    ]
    assert enschede == [
        ("accounts", "0.10", 2, 0, 0, 0, 0, "reported"),
        ("accounts", "6.1", 2, 75, 2, 75, 60, "reported"),
        ("accounts", "6.71a", 2, 0, 0, 0, 0, "reported"),
        ("budget", "0.10", 2, 0, 0, 0, 0, "reported"),
        ("budget", "6.1", 2, 44, 0, 44, 35.2, "reported"),
        ("budget", "6.71a", 2, 0, 0, 0, 0, "reported"),
    ]
    assert haaksbergen == [
        (report, code, None, None, None, None, None, "not_reported")
        for report in ("accounts", "budget")
        for code in CODES
    ]
    assert [price[:4] for price in prices] == [
        (2023, 125.0, 2015, None),
        (2025, 134.56, 2015, None),
        (2026, 137.92, 2015, 2025),
    ]
    assert prices[2][4] == (
        "CBS 86141NED, 2026JJ00 (2025 = 100), aangesloten op 2015 = 100 in 2025"
    )
    assert others == [(0, 7)]
    assert taakveld_names == [("Huishoudelijke hulp (WMO)",)]


CODES = ("0.10", "6.1", "6.71a")


def test_cbs_down_is_marked_and_said_and_changes_no_other_table(
    small: SmallSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "LONGEST_WAIT_SECONDS", 0.01)
    with CbsServer(deliveries()) as server:
        settings = SmallSettings(
            data_dir=small.data_dir, threads=2, cbs_url=server.url, cbs_iv3_url=server.url
        )
        asked = run_night(settings, refresh=True, suites=suites(), make_site=make_small_site)
        fresh, tables = freshness_of_iv3(settings), table_hashes(settings)
    down = run_night(settings, refresh=True, suites=suites(), make_site=make_small_site)
    assert (asked.stale, fresh) == ((), "pass")
    assert freshness_of_iv3(settings) == "warn"
    told = "the last question failed; what was landed before is used"
    (iv3,) = [sentence for sentence in down.stale if sentence.startswith("cbs iv3: ")]
    assert iv3.startswith(f"cbs iv3: {told} (http://127.0.0.1:")
    assert {name for name, sha256 in table_hashes(settings).items() if tables[name] != sha256} == {
        "data_quality"
    }


def freshness_of_iv3(settings: SmallSettings) -> str:
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        ((status,),) = connection.execute(
            "select status from marts.data_quality"
            " where kind = 'freshness' and check_name = 'cbs_iv3_is_fresh'"
        ).fetchall()
    return str(status)
