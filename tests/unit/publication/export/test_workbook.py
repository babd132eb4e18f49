"""A workbook: Dutch words beside codes, documents by title, pages, and what it leaves out."""

import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from doelenboom.errors import RefusedError
from doelenboom.publication.export import fitting
from doelenboom.publication.export.table_files import Exported, FileFormat, export_tables
from doelenboom.publication.manifest import Release
from tests.unit.publication.conftest import House

pytestmark = pytest.mark.slow

Export = Callable[..., Exported]


@pytest.fixture
def export(coded: Release, house: House, tmp_path: Path) -> Export:
    """Export a workbook into `out`."""

    def run(*names: str, **more: Any) -> Exported:
        out = tmp_path / "out"
        return export_tables(
            coded, names, [FileFormat.xlsx], out, resources=house.resources, **more
        )

    return run


def by_name(path: Path, sheet: str) -> dict[str, list[Any]]:
    """The cells below each name of a column, its label and unit first."""
    page = openpyxl.load_workbook(path)[sheet]
    return {column[2].value: [cell.value for cell in column] for column in page.iter_cols()}


def test_a_code_has_its_dutch_word_before_it(export: Export) -> None:
    columns = by_name(export("forecasts").files[0], "forecasts")
    names = list(columns)
    place = names.index("budget_basis")
    assert names[place - 1] == "budget_basis (woord)"
    assert columns["budget_basis (woord)"] == [
        *("Grondslag", None, "budget_basis (woord)"),
        *("begroting na wijziging", "begroting niet vermeld", None, None),
    ]
    assert columns["budget_basis"] == [
        *("Grondslag (code)", None, "budget_basis"),
        *("final_budget", "not_stated", "unheard", None),
    ]


def test_the_guide_says_what_each_status_means(export: Export) -> None:
    guide = openpyxl.load_workbook(export("forecasts").files[0])["Leeswijzer"]
    told = {row[0]: row[1] for row in guide.iter_rows(values_only=True)}
    assert told["reported"] == "aangeleverd"


def test_what_a_table_labels_itself_and_what_is_a_word_already_gets_no_second(
    export: Export,
) -> None:
    """The label of a verdict says of a miss without margin that the margin is unknown."""
    columns = by_name(export("indicator_results").files[0], "indicator_results")
    assert list(columns) == ["indicator_code", "verdict", "verdict_label", "hedge"]


def test_a_document_is_named_by_its_title_and_else_by_what_it_is(export: Export) -> None:
    (path,) = export("forecasts").files
    columns = by_name(path, "forecasts")
    assert columns["source_document (titel)"][3:] == [
        *("2.1 Zorg, jaarstukken 2018", "begroting, b.nl", None, None),
    ]
    assert columns["source_document"][3] == "a.txt"
    listed = [[cell.value for cell in row] for row in openpyxl.load_workbook(path)["Bronnen"]]
    assert listed[1][2:6] == ["2.1 Zorg, jaarstukken 2018", "Gemeente A", "https://a", "a.txt"]


def test_yes_no_and_days_read_as_dutch(export: Export) -> None:
    (path,) = export("forecasts").files
    columns = by_name(path, "forecasts")
    assert columns["is_final"][3:] == ["ja", "nee", None, "ja"]
    assert columns["on_day"][3] == datetime(2018, 12, 31)
    assert openpyxl.load_workbook(path)["forecasts"].cell(4, 7).number_format == "dd-mm-yyyy"


def test_english_stands_last_and_is_called_so(export: Export) -> None:
    rows = openpyxl.load_workbook(export("forecasts").files[0])["Kolommen"].values
    heading, first, *_ = rows
    assert heading[-1] == "Toelichting (Engels)"
    assert (first[2], first[-1]) == ("Prognoses & meer", "One row per forecast.")


def test_a_page_says_what_it_is_of_and_repeats_headings_and_keys(export: Export) -> None:
    book = openpyxl.load_workbook(export("forecasts").files[0])
    page = book["forecasts"]
    assert (page.oddHeader.left.text, page.page_setup.orientation) == (
        "Prognoses && meer",
        "landscape",
    )
    assert page.oddFooter.left.text == "Blad &A"
    assert page.oddFooter.center.text == "Bladzijde &P van &N"
    assert page.oddFooter.right.text.startswith("doelenboom, uitgave 20260102T")
    assert page.print_title_rows == "$1:$3"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.fitToHeight == 0  # as many as it takes; one page wide is the default


def test_a_wide_table_is_printed_legibly_with_its_key_on_every_page(
    house: House, tmp_path: Path
) -> None:
    wide = ", ".join(f"'{'x' * 40}' as text_{place}" for place in range(12))
    house.execute(
        f"create table marts.wide as select 1 as id, {wide}; alter table marts.wide"
        " alter id set not null"
    )
    house.build()
    release = house.publish(datetime(2026, 1, 2, 1, 30).astimezone())
    out = tmp_path / "out"
    exported = export_tables(release, ["wide"], [FileFormat.xlsx], out, resources=house.resources)
    page = openpyxl.load_workbook(exported.files[0])["wide"]
    assert page.page_setup.scale == 60
    assert page.print_title_cols == "$A:$A"


def test_every_row_of_a_long_table_is_written_in_its_order(export: Export) -> None:
    page = openpyxl.load_workbook(export("counted").files[0], read_only=True)["counted"]
    rows = list(page.iter_rows(min_row=4, values_only=True))
    assert rows == [(i, i * 1.5, f"rij {i}") for i in range(150_001)]


def test_without_names_long_tables_are_left_out_and_named(export: Export, coded: Release) -> None:
    exported = export()
    book = openpyxl.load_workbook(exported.files[0])
    assert set(book.sheetnames) - {"Leeswijzer", "Kolommen", "Bronnen"} == {
        table.name for table in coded.tables
    } - {"counted"}
    (left,) = exported.left_out
    assert (left.table, left.rows, left.fits) == ("counted", 150_001, True)
    assert left.command == "doelenboom export counted"
    assert left.parquet.is_file()
    told = {row[0]: row[1] for row in book["Leeswijzer"].values}
    assert "Bestand parquet/counted.parquet" in told["counted"]
    assert told["counted"].endswith("Als eigen werkboek: doelenboom export counted")


def test_of_what_fits_no_sheet_a_part_that_does_is_shown(
    export: Export, coded: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "MAX_ROWS", 1000)
    (left,) = export().left_out
    sql = "from marts.counted where n = 0"
    assert (left.command, left.fits) == (f'doelenboom query "{sql}" --format csv', False)
    with duckdb.connect(str(coded.database), read_only=True) as connection:
        assert 0 < len(connection.execute(sql).fetchall()) <= 1000
    with pytest.raises(RefusedError, match="where n = 0"):
        export("counted")


def test_a_workbook_has_the_name_that_is_asked_for(export: Export, tmp_path: Path) -> None:
    assert export("documents", workbook="report.xlsx").files == [tmp_path / "out" / "report.xlsx"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["report.xlsx"]


def test_no_cell_of_a_workbook_is_a_formula(export: Export, house: House) -> None:
    with zipfile.ZipFile(export().files[0]) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) > 5
        assert not [name for name in sheets if b"<f>" in book.read(name)]
