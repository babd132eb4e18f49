"""The way of a figure of CBS: its cells, pages and rows, also of an earlier delivery."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from doelenboom.errors import RefusedError
from doelenboom.landing.delivery import Delivery, Header
from doelenboom.landing.draft import open_draft
from doelenboom.publication.resources import DuckDBResources
from doelenboom.publication.trace import trace_figure
from doelenboom.publication.trace_node import TraceNode
from doelenboom.raw.parquet import build_raw
from doelenboom.sources.cbs.datasets import IV3

URL = "https://cbs.test/TypedDataSet"
KEY = {
    "municipality_code": "GM0153",
    "fiscal_year": "2018",
    "report": "accounts",
    "taakveld_code": "6.81",
}
COLUMNS = {
    "ID": "id",
    "T": "taakveld_code",
    "C": "category_code",
    "V": "report_code",
    "G": "region_code",
    "k1": "first_publication",
    "k2": "second_publication",
}


def cell(number: int, taakveld: str, category: str, amount: float) -> dict[str, Any]:
    keys = {"T": taakveld.ljust(6), "C": category.ljust(8), "V": "2018X005", "G": "GM0153   "}
    return {"ID": number, **keys, "k1": 1.0, "k2": amount}


def deliver(data_dir: Path, modified: str, amount: float) -> Delivery:
    header = Header("cbs", "iv3", "45042NED", 2018, "Gemeenten 2018", "s", "CC BY 4.0", modified)
    draft = open_draft(data_dir / "attempts", header)
    cells = [
        cell(1, "6.82", "L1.1", 9),
        cell(2, "6.81", "L1.1", amount),
        cell(3, "6.81", "B3.1", 4),
        cell(4, "6.81", "L3.8", 0),
        cell(5, "6.81", "L7.1", -2),
    ]
    draft.keep("iv3_cells", URL, json.dumps({"value": cells}).encode(), len(cells), None)
    draft.finish_part("iv3_cells", COLUMNS, len(cells))
    return draft.land(data_dir / "landing", datetime(2026, 11, 24, tzinfo=UTC))


def publish(data_dir: Path, delivery_id: str | None, line: int | None, status: str) -> Path:
    path = data_dir / "published.duckdb"
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            """
            create table marts.taakveld_spending as select
                'GM0153' as municipality_code, 2018 as fiscal_year, 'accounts' as report,
                '6.81' as taakveld_code, 2 as vintage, 10.000 as expenses_keur,
                null as revenue_keur, 158261 as inhabitants, 0.06 as expenses_eur_per_inhabitant,
                $status as value_status, '45042NED' as source_table,
                $delivery as source_delivery, $line as source_line,
                'seeds/benchmarks/population.csv:60' as inhabitants_source
            """,
            {"status": status, "delivery": delivery_id, "line": line},
        )
    return path


def trace(data_dir: Path, database: Path, column: str = "expenses_keur") -> TraceNode:
    return trace_figure(
        database,
        "taakveld_spending",
        column,
        KEY,
        file_hashes={
            "seeds/benchmarks/population.csv": "ab",
            "seeds/benchmarks/iv3_amounts.csv": "cd",
        },
        data_dir=data_dir,
        resources=DuckDBResources("1GB", 1, data_dir / "spill"),
    )


def test_each_cell_that_was_added_up_leads_to_its_page_and_row(tmp_path: Path) -> None:
    delivery = deliver(tmp_path, "2020", 12)
    build_raw([delivery], tmp_path / "raw" / "cbs", IV3.raw_tables())
    figure = trace(tmp_path, publish(tmp_path, delivery.delivery_id, None, "reported"))
    assert [child.detail for child in figure.children] == ["12  category L1.1", "-2  category L7.1"]
    (raw,) = figure.children[1].children
    assert raw.label == "raw/cbs/iv3_cells/45042NED.parquet"
    (page,) = raw.children
    sha256 = delivery.part("iv3_cells").pages[0].sha256
    assert page.label.startswith(f"landing/cbs/iv3/45042NED/{delivery.delivery_id}/iv3_cells-0001")
    assert page.detail == f"row 5, sha256 {sha256}"
    assert page.children[0].label == URL


def test_a_figure_per_inhabitant_leads_to_the_inhabitants_as_well(tmp_path: Path) -> None:
    delivery = deliver(tmp_path, "2020", 12)
    database = publish(tmp_path, delivery.delivery_id, None, "reported")
    figure = trace(tmp_path, database, "expenses_eur_per_inhabitant")
    last = figure.children[-1]
    assert last.label == "staging.stg_benchmarks__population.inhabitants"
    assert last.children[0].detail == "line 60, sha256 ab"


def test_an_earlier_delivery_is_read_from_landing_when_raw_holds_a_newer_one(
    tmp_path: Path,
) -> None:
    first = deliver(tmp_path, "2020", 12)
    second = deliver(tmp_path, "2021", 99)
    build_raw([second], tmp_path / "raw" / "cbs", IV3.raw_tables())
    figure = trace(tmp_path, publish(tmp_path, first.delivery_id, None, "reported"))
    assert figure.children[0].detail == "12  category L1.1"
    gone = publish(tmp_path, "20200101T000000Z-00000000", None, "reported")
    with pytest.raises(RefusedError, match="has no delivery 20200101T000000Z-00000000"):
        trace(tmp_path, gone)


def test_a_bundled_figure_leads_to_its_line_and_the_table_of_cbs(tmp_path: Path) -> None:
    figure = trace(tmp_path, publish(tmp_path, None, 1014, "reported"))
    (staging,) = figure.children
    assert staging.children[0].detail == "line 1014, sha256 cd"
    assert staging.children[0].children[0].detail == "2018X005, bundled copy"


def test_what_was_not_reported_has_no_inputs_and_says_so(tmp_path: Path) -> None:
    figure = trace(tmp_path, publish(tmp_path, "x", None, "not_reported"), "revenue_keur")
    assert (figure.detail, figure.children) == ("null: not_reported", ())


def test_a_column_that_is_no_figure_is_told(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r"taakveld_spending\.vintage is no figure"):
        trace(tmp_path, publish(tmp_path, None, 1, "reported"), "vintage")
