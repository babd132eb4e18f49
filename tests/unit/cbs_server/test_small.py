"""The small CBS is whole: what is declared of it is found, filtered and landed."""

from pathlib import Path

import duckdb
import pytest

from doelenboom.ingestion.cbs.fetch import fetch_cbs
from doelenboom.settings import Settings
from tests.cbs_server.server import CbsServer
from tests.cbs_server.small import CELLS, MUNICIPALITIES, SILENT, small_cbs


@pytest.mark.slow
def test_every_table_of_the_small_cbs_lands_with_the_rows_that_count(tmp_path: Path) -> None:
    with CbsServer(small_cbs()) as server:
        settings = Settings(data_dir=tmp_path, cbs_url=server.url, cbs_iv3_url=server.url)
        news = fetch_cbs(settings)
    number = len(MUNICIPALITIES)
    landed = {(n.dataset, n.year, n.rows) for n in news if n.outcome == "landed"}
    assert landed == {
        *(("areas", year, number) for year in (2018, 2023)),
        ("cpi", None, 2),
        *(("iv3", year, len(CELLS)) for year in (2018, 2023)),
        *(("key_figures", year, number) for year in (2018, 2023)),
        ("population", None, 2 * number),
    }
    assert {n.outcome for n in news} == {"landed", "absent"}
    regions = duckdb.execute(
        "select distinct trim(region_code) from read_parquet($1)",
        [str(tmp_path / "raw" / "cbs" / "iv3_cells" / "45042NED.parquet")],
    ).fetchall()
    assert {code for (code,) in regions} == set(MUNICIPALITIES) - set(SILENT)
    provinces = duckdb.execute(
        "select trim(region_code), trim(province_code), trim(province_name)"
        " from read_parquet($1) order by 1",
        [str(tmp_path / "raw" / "cbs" / "areas" / "85385NED.parquet")],
    ).fetchall()
    assert provinces[0] == ("GM0141", "PV23", "Overijssel")
    assert provinces[-1] == ("GM0222", "PV25", "Gelderland")
