"""What broke is told in figures: column or key, offenders of all rows, and the first of them."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from doelenboom.storage.resources import DuckDBResources
from doelenboom.validation.warehouse_rows import WarehouseRows, warehouse_rows

KEY = ("code", "year")


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[WarehouseRows]:
    path = tmp_path / "doelenboom.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "create schema marts; create table marts.spending (code varchar, year integer)"
        )
        connection.execute("insert into marts.spending values ('a', 1), ('b', 2)")
    with warehouse_rows(path, DuckDBResources("1GB", 1, tmp_path / "spill")) as found:
        yield found


def offered(*values: str) -> str:
    return f"select * from (values {', '.join(values)}) as t (code, year, keur)"


def test_an_empty_column_is_told_with_its_rows_and_the_first(rows: WarehouseRows) -> None:
    query = offered("('a', 1, null)", "('b', 1, 5)", "('c', 1, null)")
    assert rows.broken_constraints(query, KEY, ("code", "keur")) == (
        "column keur is empty in 2 of 3 rows, such as code=a, year=1, keur="
    )


def test_a_key_in_more_than_one_row_is_told_with_how_many_there_are(rows: WarehouseRows) -> None:
    query = offered("('b', 1, 1)", "('b', 1, 2)", "('a', 2, 1)", "('a', 2, 1)", "('c', 1, 1)")
    assert rows.broken_constraints(query, KEY, ("code",)) == (
        "2 keys stand in more than one of 5 rows, such as code=a, year=2"
    )


def test_all_that_is_broken_is_told(rows: WarehouseRows) -> None:
    query = offered("('a', 1, 1)", "('a', 1, null)")
    assert rows.broken_constraints(query, KEY, ("keur",)) == (
        "column keur is empty in 1 of 2 rows, such as code=a, year=1, keur=; "
        "1 key stands in more than one of 2 rows, such as code=a, year=1"
    )


def test_rows_that_break_nothing_are_not_blamed(rows: WarehouseRows) -> None:
    assert rows.broken_constraints(offered("('a', 1, 1)"), KEY, ("code", "keur")) is None


def test_what_cannot_be_asked_any_more_is_not_told(rows: WarehouseRows) -> None:
    assert rows.first("select * from marts.gone") == ""
    assert rows.broken_constraints("select * from marts.gone", KEY, ()) is None


def test_what_was_not_built_is_not_counted(rows: WarehouseRows) -> None:
    assert rows.counts({"here": "marts.spending", "gone": "marts.gone"}) == {"here": 2}
