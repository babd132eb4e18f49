"""A whole release exported: every table, every unit, valid files, sheets that a person can read."""

import json
from pathlib import Path

import openpyxl
import pytest
from frictionless import Package

from doelenboom.storage.tables import SCHEMA
from tests.conftest import RealNight

ROWS = 500
"""Rows of each file that Frictionless reads: some minutes for each hundred thousand of them all."""

WITHOUT_UNIT = {
    ("boundary_weights", "weight"),
    ("boundary_weights", "weights_total"),
    *(("comparison_scales", name) for name in ("low", "high", "step")),  # that of the measure
    *(("comparison_scales", name) for name in ("trend_low", "trend_high", "trend_step")),
    *(("map_classes", name) for name in ("lowest_value", "highest_value")),  # that of the measure
    ("fund_allocation", "payment_factor"),
    ("municipality_changes", "weight"),
    ("nearest_neighbours", "distance"),
    ("neighbour_features", "standard_score"),
    ("neighbour_features", "value"),  # the feature says its unit
    ("neighbour_features", "weight"),
    ("peer_outliers", "interquartile_ranges"),
    ("programme_lineage", "weight"),
    ("programme_taakveld_bridge", "weight"),
    ("source_facts", "value"),  # the variable says its unit
}
"""Numbers with a point that are shares, distances or in a unit that the row tells otherwise."""


@pytest.fixture(scope="module")
def folder(real_night: RealNight, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every table as CSV and Parquet, and four of them as a workbook."""
    out = tmp_path_factory.mktemp("export")
    words = ("--out", str(out))
    assert real_night.doelenboom("export", "--format", "csv,parquet", *words).returncode == 0
    tables = ("programme_results", "taakveld_spending", "goal_tree", "data_quality")
    done = real_night.doelenboom("export", *tables, "--format", "xlsx", *words)
    assert (done.returncode, done.stderr) == (0, "")
    return out


@pytest.mark.prove
@pytest.mark.parametrize("what", ["export", "release"])
def test_frictionless_finds_every_file_valid(
    what: str, folder: Path, real_night: RealNight
) -> None:
    where = folder if what == "export" else real_night.release
    package = Package.from_descriptor(str(where / "datapackage.json"))
    report = package.validate(limit_rows=ROWS)
    assert report.valid, report.flatten(["name", "message"])
    assert len(report.tasks) == len(package.resources) > 25


def test_parquet_is_that_of_the_release_and_every_number_names_its_unit(
    folder: Path, real_night: RealNight
) -> None:
    document = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    manifest = json.loads((real_night.release / "manifest.json").read_text(encoding="utf-8"))
    sealed = {f"{t['name']}.parquet": t["parquet_sha256"] for t in manifest["tables"]}
    resources = {resource["name"]: resource for resource in document["resources"]}
    assert {name for name in resources if name.endswith(".parquet")} == sealed.keys()
    assert all(resources[name]["hash"] == f"sha256:{sha256}" for name, sha256 in sealed.items())
    unclear = {
        (name.removesuffix(".parquet"), field["name"])
        for name in sealed
        for field in resources[name]["schema"]["fields"]
        if field["type"] == "number" and "unit" not in field
    }
    assert unclear == WITHOUT_UNIT


def test_tables_of_the_accounts_and_of_iv3_name_their_sources(folder: Path) -> None:
    document = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    sources = {each["name"]: each["sources"] for each in document["resources"]}
    named = {each["title"]: each.get("sha256", "") for each in sources["programme_results.csv"]}
    assert named["000_eeff2086d13189c9.txt"].startswith("dfee9663")
    assert named["CBS, bevolking op 1 januari 2018"] == ""
    assert {"title": "CBS 45042NED"} in sources["taakveld_spending.csv"]
    assert any("CBS, Iv3" in each["title"] for each in sources["municipality_comparison.csv"])


def test_the_workbook_holds_the_figures_of_the_accounts(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "doelenboom.xlsx", read_only=True)
    assert book.sheetnames[0] == "Leeswijzer"
    assert book.sheetnames[-2:] == ["Kolommen", "Bronnen"]
    labels, units, names, *rows = book["programme_results"].values
    assert all(labels)
    place = names.index("net_cost_after_reserves_actual_keur")
    assert (units[place], "x € 1.000" in labels[place]) == ("x € 1.000", True)
    assert [row[place] for row in rows] == [56168, 198542]
    codes = {row[names.index("programme_code")] for row in rows}
    assert codes == {"2.1", "2.3"}
    spending = list(book["taakveld_spending"].values)
    code, amount = (spending[2].index(name) for name in ("taakveld_code", "revenue_keur"))
    assert all(isinstance(row[code], str) for row in spending[3:])
    assert any(row[amount] is None for row in spending[3:])


def test_every_coded_column_of_the_workbook_has_a_dutch_word_for_each_code(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "doelenboom.xlsx", read_only=True)
    for sheet in ("taakveld_spending", "goal_tree", "data_quality"):
        _, _, names, *rows = book[sheet].values
        worded = [place for place, name in enumerate(names) if str(name).endswith(" (woord)")]
        assert worded, sheet
        for place in worded:
            assert names[place] == f"{names[place + 1]} (woord)"
            pairs = {(row[place], row[place + 1]) for row in rows}
            assert all((word is None) == (code is None) for word, code in pairs), pairs
    words = {row[names.index("kind (woord)")] for row in rows}
    assert "toets op het model" in words


def test_a_table_that_is_not_published_is_refused_in_one_sentence(real_night: RealNight) -> None:
    done = real_night.doelenboom("export", "ledger", "--format", "csv", "--out", "/nonexistent")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"doelenboom: there is no table {SCHEMA}.ledger")
    assert done.stderr.count("\n") == 1
