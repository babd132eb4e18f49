"""Tables as files: whole, described, as they were sealed, and the same bytes each time."""

import csv
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from frictionless import Package
from frictionless.resources import TableResource

from doelenboom.errors import RefusedError
from doelenboom.publication.export import fitting, workbook
from doelenboom.publication.export.table_files import FileFormat, export_tables
from doelenboom.publication.manifest import Release
from tests.unit.publication.conftest import House

pytestmark = pytest.mark.slow

FIRST = datetime(2026, 1, 2, 1, 30, tzinfo=UTC)
CSV, PARQUET, XLSX = FileFormat.csv, FileFormat.parquet, FileFormat.xlsx

EXTRA = """
create table marts.dirt (
    code varchar primary key,
    text varchar,
    wide decimal(18,3),
    seen_on date,
    unit varchar,
    value decimal(18,6),
    source_table varchar,
    source_delivery varchar
);
comment on column marts.dirt.code is 'Code. Text, always.';
comment on column marts.dirt.value is 'Waarde. In its unit.';
insert into marts.dirt values
    ('0.1', '=1+1', 1.5, date '1899-12-31', '%', 99.8, '45042NED', null),
    ('0.10', 'https://example.org', 123456789012345.678, date '1900-03-01', '%', null, '45042NED',
     null),
    ('6.60', '@SUM(A1)', null, null, 'euro', 1, '45050NED', 'd1'),
    ('=2', '', -0.001, date '2026-01-02', null, 0, null, null);
create table marts.figure_provenance (
    table_name varchar, row_key varchar, column_name varchar, input_no integer,
    source_document varchar, source_sha256 varchar,
    primary key (table_name, row_key, column_name, input_no)
);
insert into marts.figure_provenance values
    ('facts', 'fact_no=1', 'title', 1, 'a.txt', 'ab'),
    ('facts', 'fact_no=2', 'title', 1, 'a.txt', 'ab');
"""

Export = Callable[..., list[Path]]


@pytest.fixture
def release(house: House) -> Release:
    house.execute(EXTRA)
    house.build()
    return house.publish(FIRST)


@pytest.fixture
def export(release: Release, house: House, tmp_path: Path) -> Export:
    """Export into one folder, `out`."""

    def run(*names: str, formats: tuple[FileFormat, ...], out: str = "out") -> list[Path]:
        folder = tmp_path / out
        return export_tables(release, names, formats, folder, resources=house.resources).files

    return run


def cells(path: Path, sheet: str) -> list[list[Any]]:
    return [[c.value for c in row] for row in openpyxl.load_workbook(path)[sheet].iter_rows()]


def test_files_are_named_for_their_tables_and_nothing_else_is_left(export: Export) -> None:
    files = export("spending", "facts", formats=(CSV, PARQUET, XLSX))
    folder = files[0].parent
    assert [path.name for path in files] == sorted(path.name for path in folder.iterdir())
    assert [path.name for path in files] == [
        "datapackage.json",
        "doelenboom.xlsx",
        "facts.csv",
        "facts.parquet",
        "spending.csv",
        "spending.parquet",
    ]


def test_a_workbook_of_one_table_has_its_name_and_no_table_is_all(
    export: Export, release: Release
) -> None:
    assert [path.name for path in export("facts", formats=(XLSX,))] == ["facts.xlsx"]
    files = export(formats=(CSV,), out="all")
    assert {f"{table.name}.csv" for table in release.tables} == {
        path.name for path in files if path.suffix == ".csv"
    }


def test_parquet_is_the_sealed_file_and_csv_has_the_rows_in_key_order(
    export: Export, release: Release
) -> None:
    folder = export("spending", formats=(CSV, PARQUET))[0].parent
    sealed = release.folder / "parquet" / "spending.parquet"
    assert (folder / "spending.parquet").read_bytes() == sealed.read_bytes()
    lines = (folder / "spending.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("fiscal_year,programme_code,amount_keur,")
    assert lines[1] == "2018,10.1,0.000,,ë,true,1.0,1"
    assert lines[-1] == '2013,2.3,56168.125,,"",false,,'


def test_no_text_of_csv_is_a_formula_and_numbers_parquet_and_hashes_are_as_they_were(
    export: Export, release: Release
) -> None:
    folder = export("dirt", formats=(CSV, PARQUET))[0].parent
    with (folder / "dirt.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}
    assert list(rows) == ["0.1", "0.10", "6.60", "'=2"]  # in the order of what was guarded
    assert [row["text"] for row in rows.values()] == [
        *("'=1+1", "https://example.org", "'@SUM(A1)", ""),
    ]
    assert rows["'=2"]["wide"] == "-0.001"
    with duckdb.connect() as connection:
        parquet = connection.execute(f"from '{folder / 'dirt.parquet'}'").fetchall()
    assert (parquet[-1][0], parquet[0][1]) == ("=2", "=1+1")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    guards = {each["format"]: each.get("guard", "") for each in package["resources"]}
    assert guards["csv"].startswith("A text that begins with =, +, -, @")
    assert not guards["parquet"]


def test_frictionless_finds_the_files_as_they_are_described(export: Export) -> None:
    folder = export("spending", "facts", "dirt", formats=(CSV, PARQUET))[0].parent
    package = Package.from_descriptor(str(folder / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["name", "message"])
    assert len(report.tasks) == 6
    spending = package.get_resource("spending.csv")
    assert isinstance(spending, TableResource)
    amount = spending.schema.get_field("amount_keur")
    assert (amount.title, amount.to_dict()["unit"]) == ("Lasten, x € 1.000", "x € 1.000")
    assert spending.schema.primary_key == ["programme_code", "fiscal_year"]
    assert spending.read_rows()[-1]["published_on"] is None


def test_the_description_notices_a_file_that_was_changed(export: Export) -> None:
    folder = export("facts", formats=(CSV,))[0].parent
    with (folder / "facts.csv").open("a", encoding="utf-8") as file:
        file.write("x,y\n")
    assert not Package.from_descriptor(str(folder / "datapackage.json")).validate().valid


def test_sources_travel_with_the_files(export: Export) -> None:
    folder = export("facts", "dirt", formats=(CSV, XLSX))[0].parent
    document = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    sources = {resource["name"]: resource["sources"] for resource in document["resources"]}
    assert sources["facts.csv"] == [{"title": "a.txt", "sha256": "ab"}]
    assert sources["dirt.csv"] == [
        {"title": "CBS 45042NED"},
        {"title": "CBS 45050NED", "delivery": "d1"},
    ]
    listed = cells(folder / "doelenboom.xlsx", "Bronnen")
    assert listed[0][2] == "Titel"
    assert listed[1][:2] == ["facts", "document"]
    assert listed[1][2:8] == ["a.txt", None, None, None, "ab", 2]  # it is called as its file is
    assert listed[-1][5:] == ["45050NED", "d1", 1, "CC BY 4.0, bron: CBS"]


def test_a_second_export_of_the_release_keeps_what_the_first_described(export: Export) -> None:
    export("facts", formats=(CSV,))
    folder = export("spending", formats=(CSV,))[0].parent
    document = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["name"] for resource in document["resources"]] == [
        "facts.csv",
        "spending.csv",
    ]


def test_a_later_release_does_not_describe_files_of_an_earlier_one(
    export: Export, house: House, tmp_path: Path
) -> None:
    export("facts", formats=(CSV,))
    house.execute("insert into marts.facts values (4, 'd')")
    house.build()
    later = house.publish(FIRST + timedelta(days=1))
    export_tables(later, ["spending"], [CSV], tmp_path / "out", resources=house.resources)
    document = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert document["version"] == later.release_id
    assert [resource["name"] for resource in document["resources"]] == ["spending.csv"]


def test_codes_and_what_looks_like_a_formula_stay_text(export: Export) -> None:
    (path,) = export("dirt", formats=(XLSX,))
    rows = openpyxl.load_workbook(path)["dirt"].iter_rows(min_row=4)
    found = {row[0].value: row for row in rows}
    assert sorted(found) == ["0.1", "0.10", "6.60", "=2"]
    assert {cell.data_type for row in found.values() for cell in row[:2] if cell.value} == {"s"}
    assert [found[code][1].value for code in ("0.1", "0.10")] == ["=1+1", "https://example.org"]
    assert {row[0].number_format for row in found.values()} == {"@"}


def test_numbers_are_numbers_where_that_is_exact_and_missing_is_empty(export: Export) -> None:
    (path,) = export("dirt", formats=(XLSX,))
    rows = {row[0]: row for row in cells(path, "dirt")[3:]}
    assert [rows[code][2] for code in ("0.1", "0.10", "6.60", "=2")] == [
        1.5,
        "123456789012345.678",
        None,
        -0.001,
    ]
    assert [rows[code][3] for code in ("0.1", "0.10", "6.60")] == [
        "1899-12-31",
        datetime(1900, 3, 1),
        None,
    ]
    assert rows["=2"][5] == 0
    assert rows["0.10"][5] is None


def test_a_sheet_has_label_unit_and_name_above_its_rows_and_can_be_filtered(
    export: Export,
) -> None:
    (path,) = export("spending", "dirt", formats=(XLSX,))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Leeswijzer", "spending", "dirt", "Kolommen", "Bronnen"]
    sheet = book["spending"]
    assert [sheet.cell(row, 3).value for row in (1, 2, 3, 4)] == [
        "Lasten, x € 1.000",
        "x € 1.000",
        "amount_keur",
        0,
    ]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A4", "A3:H7")
    assert [sheet.cell(5, place).number_format for place in (1, 3, 4)] == [
        "0",
        "#,##0.000",
        "dd-mm-yyyy",
    ]
    assert book["dirt"]["F2"].value == "zie kolom unit"
    assert [cell.value for cell in book["Kolommen"][5]] == [
        *("spending", "amount_keur", "Lasten, x € 1.000", "x € 1.000", "getal", None),
        "Expenses before reserves.",
    ]


def test_the_guide_says_which_release_it_is_and_that_missing_is_not_zero(
    export: Export, release: Release
) -> None:
    (path,) = export("spending", formats=(XLSX,))
    told = {row[0]: row[1] for row in cells(path, "Leeswijzer") if row[0]}
    assert (told["Uitgave"], told["Datum"]) == (release.release_id, "02-01-2026")
    assert "CC BY 4.0" in told["Licentie"]
    assert "geen nul" in told["Ontbrekende cijfers"]
    sheet = openpyxl.load_workbook(path)["Leeswijzer"]
    links = [cell.hyperlink.location for (cell, *_) in sheet.iter_rows() if cell.hyperlink]
    assert links == ["'spending'!A1"]


def test_the_same_release_gives_the_same_bytes(export: Export) -> None:
    once = export(formats=(CSV, PARQUET, XLSX), out="once")
    again = export(formats=(CSV, PARQUET, XLSX), out="again")
    assert [path.name for path in once] == [path.name for path in again]
    assert [path.read_bytes() for path in once] == [path.read_bytes() for path in again]
    book = openpyxl.load_workbook(once[0].parent / "doelenboom.xlsx")
    assert book.properties.created.date() == date(2026, 1, 2)


def test_a_table_that_excel_cannot_hold_is_refused_with_a_way_out(
    export: Export, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fitting, "MAX_ROWS", 3)
    with pytest.raises(RefusedError, match="csv or parquet, or ask for a part of it") as refused:
        export("facts", "spending", formats=(CSV, XLSX))
    assert "marts.spending has 4 rows and a sheet of Excel holds 3" in str(refused.value)
    assert not (tmp_path / "out").exists()
    export("spending", formats=(CSV, PARQUET))


def test_a_text_that_is_too_long_for_a_cell_is_refused_and_never_cut(
    house: House, tmp_path: Path
) -> None:
    house.execute("insert into marts.facts values (9, repeat('x', 32768))")
    house.build()
    release = house.publish(FIRST)
    out = tmp_path / "out"
    with pytest.raises(RefusedError, match="sheet facts has a text of 32,768 characters"):
        export_tables(release, ["facts"], [XLSX], out, resources=house.resources)
    assert list(out.iterdir()) == []


def test_what_is_there_is_replaced_whole_or_not_at_all(
    export: Export, release: Release, house: House, tmp_path: Path
) -> None:
    folder = export("facts", "spending", formats=(CSV, PARQUET))[0].parent
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    sealed = release.folder / "parquet" / "spending.parquet"
    sealed.chmod(0o644)
    sealed.write_bytes(b"damaged")
    with pytest.raises(RefusedError, match=r"spending\.parquet is not the file that was sealed"):
        export("facts", "spending", formats=(CSV, PARQUET))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("name", ["nothing", "staging.hidden", "facts; drop"])
def test_a_table_that_is_not_there_is_named_with_the_way_on(name: str, export: Export) -> None:
    with pytest.raises(RefusedError, match="`doelenboom tables` lists all") as refused:
        export("facts", name, formats=(CSV,))
    assert f"there is no table marts.{name}" in str(refused.value)


def test_a_folder_that_is_a_file_is_refused_in_one_sentence(export: Export, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(RefusedError, match=r"Tables cannot be exported to .*out: File exists"):
        export("facts", formats=(CSV,))
    assert (tmp_path / "out").read_text() == "mine"


def test_a_description_of_something_else_is_not_replaced(export: Export, tmp_path: Path) -> None:
    other = tmp_path / "out" / "datapackage.json"
    other.parent.mkdir()
    other.write_text('{"name": "other"}')
    with pytest.raises(RefusedError, match="describes something else: name another folder"):
        export("facts", formats=(CSV,))
    assert [path.name for path in other.parent.iterdir()] == ["datapackage.json"]
    assert [path.name for path in export("facts", formats=(XLSX,))] == ["facts.xlsx"]


def test_sheet_names_are_short_and_no_two_are_alike() -> None:
    long = "a" * 40
    names = workbook.sheet_names(["goal_tree", "bronnen", f"{long}b", f"{long}c", "GOAL_TREE"])
    assert names == ["goal_tree", "bronnen~2", "a" * 31, "a" * 29 + "~2", "GOAL_TREE~2"]


def test_export_opens_only_the_release_and_no_warehouse(
    export: Export, house: House, release: Release
) -> None:
    with duckdb.connect(str(house.warehouse)):  # a night holds it while readers export
        assert export("facts", formats=(XLSX,))


def test_a_blocked_target_leaves_every_file_as_it_was(export: Export, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "spending.csv").mkdir(parents=True)
    (out / "facts.csv").write_text("mine")
    with pytest.raises(RefusedError, match=r"Is a directory: .*spending\.csv"):
        export("facts", "spending", formats=(CSV,))
    assert (out / "facts.csv").read_text() == "mine"
    assert sorted(path.name for path in out.iterdir()) == ["facts.csv", "spending.csv"]
