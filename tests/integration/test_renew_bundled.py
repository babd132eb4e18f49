"""What landed of CBS renews the bundled Parquet files, as it is published, and nothing else."""

import os
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from doelenboom.settings import PROJECT_DIR
from doelenboom.sources.accounts.package import read_known_municipalities
from doelenboom.sources.bundled.package import check_bundled
from tests.cbs_server.tables import Cell, iv3_rows, iv3_table, population_table
from tests.integration.comparison_warehouse import DBT, warehouse_of

SEEDS = PROJECT_DIR / "seeds"
MUNICIPALITIES = {"GM0141": "Almelo", "GM0153": "Enschede", "GM0158": "Haaksbergen"}
TAAKVELDEN = {
    **{"0.10": "Mutaties reserves", "0.4": "Overhead", "0.7": "Algemene uitkering"},
    "6.1": "Samenkracht",
    "P111": "Algemene reserve",
}
CELLS: list[Cell] = [
    ("GM0153", "X005", "6.1", "L1.1", 10.0, 70.0),
    ("GM0153", "X005", "6.1", "L3.5.1", 3.0, 3.0),
    ("GM0153", "X005", "6.1", "L3.8", 2.0, 2.0),
    ("GM0153", "X005", "6.1", "L4.3.3", 0.0, 6.0),
    ("GM0153", "X005", "6.1", "B3.1", 1.0, 2.0),
    ("GM0153", "X005", "6.1", "B2.2.2", 0.0, 8.0),
    ("GM0153", "X005", "6.1", "B4.3.1", 0.0, 4.0),
    ("GM0153", "X005", "0.7", "B4.3.1", 0.0, 6.0),
    ("GM0153", "X005", "0.4", "L1.1", 5.0, 19.0),
    ("GM0153", "X005", "0.10", "L7.1", 9.0, 9.0),
    ("GM0153", "X005", "P111", "Ultimo", 500.0, 600.0),
    ("GM0141", "X005", "6.1", "L1.1", 33.0, None),
]

POSITION = (
    *("financial_position", "intergovernmental_flows", "local_levies", "overhead"),
    *("staff_and_hire", "state_grants"),
)

pytestmark = pytest.mark.prove


def test_landed_years_take_the_place_of_bundled_ones_and_others_stay(
    few_municipalities: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(few_municipalities, tmp_path / "benchmarks"))
    rows = iv3_rows(2023, CELLS, silent=["GM0158"])
    iv3 = iv3_table(2023, rows, MUNICIPALITIES, TAAKVELDEN, identifier="45063NED")
    people = population_table({("GM0153", 2023): 1000})
    marts = ("iv3_deliveries", "neighbour_features", *POSITION)
    warehouse = warehouse_of(tmp_path / "data", [iv3, people], marts)
    assert warehouse.rows(
        "select municipality_code, overhead_keur, i.expenses_keur, overhead_pct, hired_staff_pct,"
        " joint_arrangements_pct, equity_keur, result_of_flows_keur, f.value_status"
        " from marts.overhead join marts.staff_and_hire using (municipality_code, fiscal_year)"
        " join marts.intergovernmental_flows as i using (municipality_code, fiscal_year)"
        " join marts.financial_position as f using (municipality_code, fiscal_year)"
        " where fiscal_year = 2023 order by 1"
    ) == [
        ("GM0141", 0, 33, 0, 0, 0, None, -33, "not_captured"),
        ("GM0153", 19, 100, 19, Decimal("3.260870"), 6, 600, -89, "reported"),
        ("GM0158", None, None, None, None, None, None, None, "not_reported"),
    ]
    assert warehouse.rows(
        "select municipality_code, local_levies_keur, local_levies_pct,"
        " local_levies_eur_per_inhabitant, general_grant_keur, specific_grants_keur,"
        " state_grants_pct, g.value_status from marts.local_levies"
        " join marts.state_grants as g using (municipality_code, fiscal_year)"
        " where fiscal_year = 2023 order by 1"
    ) == [
        ("GM0141", 0, None, None, 0, 0, None, "not_recomputable"),
        ("GM0153", 8, 40, 8, 6, 4, 50, "reported"),
        ("GM0158", None, None, None, None, None, None, "not_reported"),
    ]
    done = subprocess.run(
        [
            *(*DBT, "run-operation", "renew_bundled", "--args", f"{{folder: '{folder}'}}"),
            *("--target", "prod", "--project-dir", str(PROJECT_DIR)),
            *("--profiles-dir", str(PROJECT_DIR), "--target-path", str(tmp_path / "target")),
            *("--log-path", str(tmp_path / "logs")),
        ],
        env={**os.environ, "DOELENBOOM_DATA_DIR": str(tmp_path / "data")},
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr

    def of(name: str, columns: str, year: str = "fiscal_year = 2023") -> list[tuple[object, ...]]:
        sql = f"select {columns} from '{folder / name}.parquet' where {year} order by all"
        return duckdb.execute(sql).fetchall()

    amounts = "municipality_code, report, taakveld_code, expenses_keur, revenue_keur, value_status"
    assert of("iv3_amounts", amounts) == [
        ("GM0141", "accounts", "0.10", 0, 0, "provisional"),
        ("GM0141", "accounts", "0.4", 0, 0, "provisional"),
        ("GM0141", "accounts", "0.7", 0, 0, "provisional"),
        ("GM0141", "accounts", "6.1", 33, 0, "provisional"),
        ("GM0153", "accounts", "0.10", 9, 0, "reported"),
        ("GM0153", "accounts", "0.4", 19, 0, "reported"),
        ("GM0153", "accounts", "0.7", 0, 6, "reported"),
        ("GM0153", "accounts", "6.1", 81, 14, "reported"),
        ("GM0158", "accounts", "0.10", None, None, "not_reported"),
        ("GM0158", "accounts", "0.4", None, None, "not_reported"),
        ("GM0158", "accounts", "0.7", None, None, "not_reported"),
        ("GM0158", "accounts", "6.1", None, None, "not_reported"),
    ]
    assert of("iv3_totals", "municipality_code, expenses_keur, revenue_keur, cbs_period") == [
        ("GM0141", 33, 0, "2023X005"),
        ("GM0153", 100, 20, "2023X005"),
        ("GM0158", None, None, "2023X005"),
    ]
    parts = "transfer_to_reserves_keur, wages_keur, hired_staff_keur, joint_arrangements_keur"
    assert of("iv3_totals", f"municipality_code, {parts}") == [
        ("GM0141", 0, 33, 0, 0),
        ("GM0153", 9, 89, 3, 6),
        ("GM0158", None, None, None, None),
    ]
    parts = "local_levies_keur, general_grant_keur, specific_grants_keur"
    assert of("iv3_totals", f"municipality_code, {parts}") == [
        ("GM0141", 0, 0, 0),
        ("GM0153", 8, 6, 4),
        ("GM0158", None, None, None),
    ]
    spent = "municipality_code, main_taakveld_code, main_category_code, expenses_keur"
    assert [row for row in of("iv3_main_categories", spent) if row[3]] == [
        ("GM0141", "6", "1", 33),
        ("GM0153", "0", "1", 19),
        ("GM0153", "6", "1", 70),
        ("GM0153", "6", "3", 5),
        ("GM0153", "6", "4", 6),
    ]
    assert of("iv3_balance", "municipality_code, post_group, amount_keur") == [
        ("GM0153", "P111", 600)
    ]
    on_new_year = "year(reference_date) = 2023"
    assert of("population", "municipality_code, inhabitants", on_new_year) == [("GM0153", 1000)]
    for name in ("iv3_amounts", "iv3_totals", "iv3_main_categories", "iv3_balance"):
        other_years = duckdb.execute(
            f"(from '{few_municipalities / name}.parquet' where fiscal_year != 2023) except all"
            f" (from '{folder / name}.parquet')"
        )
        assert other_years.fetchall() == []
    known = read_known_municipalities(SEEDS / "reference" / "municipalities.csv")
    check_bundled(folder, SEEDS / "benchmarks" / "datapackage.json", known)
