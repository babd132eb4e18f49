"""The bundled Parquet files are accepted as they are, each fault in them told in one line."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from doelenboom.errors import RefusedError
from doelenboom.settings import PROJECT_DIR
from doelenboom.sources.accounts.package import read_descriptor, read_known_municipalities
from doelenboom.sources.bundled.package import check_bundled

SEEDS = PROJECT_DIR / "seeds"
SCHEMA = SEEDS / "benchmarks" / "datapackage.json"
KNOWN = read_known_municipalities(SEEDS / "reference" / "municipalities.csv")
AMOUNTS = "iv3_amounts"
FEW_ROWS = 200


@pytest.fixture(scope="module")
def first_rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first rows of every bundled file."""
    folder = tmp_path_factory.mktemp("first_rows")
    for path in (SEEDS / "benchmarks").glob("*.parquet"):
        pq.write_table(pq.read_table(path, partitioning=None)[:FEW_ROWS], folder / path.name)
    return folder


@pytest.fixture
def benchmarks(first_rows: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(first_rows, tmp_path / "seeds" / "benchmarks"))


def refusal(folder: Path) -> str:
    with pytest.raises(RefusedError) as refused:
        check_bundled(folder, SCHEMA, KNOWN)
    return str(refused.value)


def alter(path: Path, change: Callable[[pa.Table], pa.Table]) -> None:
    pq.write_table(change(pq.read_table(path, partitioning=None)), path)


def with_cell(column: str, row: int, value: Any) -> Callable[[pa.Table], pa.Table]:
    """Put a value in a cell, its row counted from 1."""

    def change(table: pa.Table) -> pa.Table:
        cells = table[column].to_pylist()
        cells[row - 1] = value
        place = table.column_names.index(column)
        return table.set_column(place, column, pa.array(cells, table[column].type))

    return change


@pytest.mark.slow
def test_the_bundled_files_are_accepted_with_the_rows_of_every_municipality() -> None:
    tables = check_bundled(SEEDS / "benchmarks", SCHEMA, KNOWN).tables
    rows = {table.file: table.rows for table in tables}
    assert rows["iv3_amounts.parquet"] == 355_914
    assert rows["iv3_totals.parquet"] == 6_402
    assert len(tables) == len(list((SEEDS / "benchmarks").glob("*.parquet")))


def test_all_bundled_files_together_are_small_enough_for_a_repository() -> None:
    sizes = [path.stat().st_size for path in (SEEDS / "benchmarks").glob("*.parquet")]
    assert sum(sizes) < 8_000_000


def test_rows_of_a_bundled_file_are_sorted_by_their_key() -> None:
    table = pq.read_table(SEEDS / "benchmarks" / f"{AMOUNTS}.parquet", partitioning=None)
    keys = ("municipality_code", "fiscal_year", "report", "taakveld_code")
    order = pc.sort_indices(table, sort_keys=[(key, "ascending") for key in keys])
    assert order.equals(pa.array(range(table.num_rows), order.type))


CELLS: Mapping[str, tuple[str, str, int, Any, str]] = {
    "code list": (
        AMOUNTS,
        "report",
        200,
        "begroting",
        "row 200, column report: found 'begroting', expected one of budget, ",
    ),
    "pattern": (
        AMOUNTS,
        "taakveld_code",
        3,
        "6,1",
        "row 3, column taakveld_code: found '6,1', expected text of the form [0-9]",
    ),
    "required": (
        AMOUNTS,
        "cbs_table",
        1,
        None,
        "row 1, column cbs_table: found an empty cell, expected text of the form",
    ),
    "minimum": (
        "population",
        "inhabitants",
        7,
        -5,
        "row 7, column inhabitants: found '-5', expected a whole number, minimum 0.",
    ),
    "white space": (
        "population",
        "source",
        2,
        "CBS ",
        "row 2, column source: found 'CBS ', expected no white space around it.",
    ),
    "municipality": (
        AMOUNTS,
        "municipality_code",
        9,
        "GM9999",
        "row 9, column municipality_code: found 'GM9999', expected a municipality that existed in ",
    ),
    "reported without a figure": (
        AMOUNTS,
        "expenses_keur",
        4,
        None,
        "row 4, column expenses_keur: found no figure while value_status is 'reported', expected",
    ),
    "not reported with a figure": (
        AMOUNTS,
        "value_status",
        5,
        "not_reported",
        "row 5, column expenses_keur: found a figure while value_status is 'not_reported',",
    ),
    "reference to another package": (
        "financial_ratios",
        "ratio_code",
        6,
        "net_dept",
        "row 6, column ratio_code: found 'net_dept', expected a row of the table that it refers",
    ),
}


@pytest.mark.parametrize("fault", CELLS.values(), ids=CELLS)
def test_a_cell_is_told_with_file_row_column_value_and_what_was_expected(
    fault: tuple[str, str, int, Any, str], benchmarks: Path
) -> None:
    file, column, row, value, told = fault
    alter(benchmarks / f"{file}.parquet", with_cell(column, row, value))
    assert refusal(benchmarks).startswith(f"seeds/benchmarks/{file}.parquet, {told}")


def test_a_key_that_stands_twice_is_told_with_both_rows_and_the_count_of_the_others(
    benchmarks: Path,
) -> None:
    path = benchmarks / "iv3_totals.parquet"
    alter(path, lambda table: pa.concat_tables([table, table[2:4]]))
    assert refusal(benchmarks) == (
        "seeds/benchmarks/iv3_totals.parquet, row 201, columns municipality_code, fiscal_year,"
        " report: found 'GM0003, 2018, accounts' as in row 3, expected each key once (and 1 more)."
    )


def test_a_file_that_is_missing_broken_unknown_or_of_other_columns_is_told(
    benchmarks: Path,
) -> None:
    path = benchmarks / "population.parquet"
    whole = path.read_bytes()
    alter(path, lambda table: table.drop_columns(["source"]))
    assert "found columns municipality_code, reference_date, inhabitants" in refusal(benchmarks)
    path.write_bytes(whole)
    alter(path, lambda table: with_text(table, "inhabitants"))
    assert refusal(benchmarks) == (
        "seeds/benchmarks/population.parquet, column inhabitants: found the type string,"
        " expected integer."
    )
    path.write_bytes(whole[:100])
    assert refusal(benchmarks).endswith("found bytes that cannot be read, expected a Parquet file.")
    path.unlink()
    assert refusal(benchmarks).endswith(
        "population.parquet: found no file, expected a Parquet file."
    )
    path.write_bytes(whole)
    (benchmarks / "more.parquet").write_bytes(whole)
    assert "more.parquet: found a file that the package does not know" in refusal(benchmarks)


def with_text(table: pa.Table, column: str) -> pa.Table:
    place = table.column_names.index(column)
    return table.set_column(place, column, table[column].cast(pa.string()))


def test_every_table_and_period_says_which_copy_it_was_taken_from() -> None:
    described = read_descriptor(SCHEMA)
    for resource in described["resources"]:
        copies = {entry["copy"] for entry in resource["provenance"]}
        assert copies <= described["copies"].keys()
        table = pq.read_table(SEEDS / "benchmarks" / resource["path"], partitioning=None)
        if {"cbs_table", "cbs_period"} <= {*table.column_names}:
            told = {(entry["cbs_table"], entry["cbs_period"]) for entry in resource["provenance"]}
            pairs = table.select(["cbs_table", "cbs_period"]).group_by(["cbs_table", "cbs_period"])
            found = {
                (row["cbs_table"], row["cbs_period"]) for row in pairs.aggregate([]).to_pylist()
            }
            assert found == told
        if "reference_date" in table.column_names:
            dates = {f"{day:%Y-%m-%d}" for day in table["reference_date"].unique().to_pylist()}
            assert dates == {entry["period"] for entry in resource["provenance"]}
