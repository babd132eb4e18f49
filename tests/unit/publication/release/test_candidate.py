"""The candidate holds the marts, whole, in order, and nothing that may not be published."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from doelenboom.errors import RefusedError
from doelenboom.publication.release.candidate import Candidate, add_table, build_candidate
from doelenboom.storage.files import sha256_file
from doelenboom.storage.resources import DuckDBResources


def build(
    warehouse: Path, candidate: Path, resources: DuckDBResources, *leave_out: str
) -> Candidate:
    return build_candidate(
        warehouse, candidate, leave_out=frozenset(leave_out), resources=resources
    )


def rows(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def candidate(tmp_path: Path) -> Path:
    return tmp_path / "night" / "candidate.duckdb"


def test_rows_are_copied_in_key_order_with_null_and_empty_text_apart(
    warehouse: Path, candidate: Path, resources: DuckDBResources
) -> None:
    build(warehouse, candidate, resources)

    copied = rows(candidate, "select programme_code, fiscal_year, note from marts.spending")

    assert copied == [
        ("10.1", 2018, "ë"),
        ("2.1", 2013, "programma 'zorg', \"welzijn\""),
        ("2.1", 2018, None),
        ("2.3", 2013, ""),
    ]
    amounts = rows(candidate, "select amount_keur from marts.spending")
    assert amounts[-1] == (Decimal("56168.125"),)


def test_types_not_null_and_comments_are_kept(
    warehouse: Path, candidate: Path, resources: DuckDBResources
) -> None:
    build(warehouse, candidate, resources)

    shape = (
        "select column_name, data_type, is_nullable, comment from duckdb_columns()"
        " where schema_name = 'marts' and table_name = 'spending' order by column_index"
    )
    table = "select comment from duckdb_tables() where table_name = 'spending'"

    assert rows(candidate, shape) == rows(warehouse, shape)
    assert rows(candidate, table) == rows(warehouse, table) != [(None,)]


def test_contents_name_tables_rows_and_keys_in_constraint_order(
    warehouse: Path, candidate: Path, resources: DuckDBResources
) -> None:
    built = build(warehouse, candidate, resources)

    assert [(c.name, c.rows, c.key) for c in built.tables] == [
        ("data_quality", 1, ("check_name",)),
        ("facts", 3, ("fact_no",)),
        ("spending", 4, ("programme_code", "fiscal_year")),
    ]


def test_only_marts_that_are_not_left_out_are_in_the_candidate(
    warehouse: Path, candidate: Path, resources: DuckDBResources
) -> None:
    build(warehouse, candidate, resources, "data_quality")

    tables = "select schema_name, table_name from duckdb_tables() order by all"
    assert rows(candidate, tables) == [("marts", "facts"), ("marts", "spending")]


def test_the_file_is_closed_indexless_and_of_the_pinned_storage_version(
    warehouse: Path, candidate: Path, resources: DuckDBResources
) -> None:
    build(warehouse, candidate, resources)

    assert [path.name for path in candidate.parent.iterdir()] == ["candidate.duckdb"]
    tags = "select tags['storage_version'] from duckdb_databases() where path is not null"
    assert rows(candidate, tags) == [("v1.2.0+",)]
    keys = "select count(*) from duckdb_constraints() where constraint_type = 'PRIMARY KEY'"
    assert rows(candidate, keys) == [(0,)]


def test_an_earlier_candidate_and_its_log_are_replaced(
    warehouse: Path, candidate: Path, resources: DuckDBResources
) -> None:
    candidate.parent.mkdir()
    candidate.write_bytes(b"half a file")
    candidate.with_name("candidate.duckdb.wal").write_bytes(b"of another file")

    build(warehouse, candidate, resources)

    assert rows(candidate, "select count(*) from marts.spending") == [(4,)]


def test_the_warehouse_is_not_touched(
    warehouse: Path, candidate: Path, resources: DuckDBResources
) -> None:
    before = warehouse.read_bytes()
    build(warehouse, candidate, resources)
    assert warehouse.read_bytes() == before
    assert not warehouse.with_name("warehouse.duckdb.wal").exists()


def test_a_table_without_an_index_is_ordered_by_the_not_null_columns_it_begins_with(
    make_warehouse: Callable[[str], Path], candidate: Path, resources: DuckDBResources
) -> None:
    warehouse = make_warehouse(
        "create schema marts;"
        " create table marts.t"
        " (a integer not null, b integer not null, c integer, d integer not null);"
        " insert into marts.t values (2, 1, 0, 0), (1, 2, 0, 1), (1, 1, 0, 2)"
    )
    [content] = build(warehouse, candidate, resources).tables
    assert content.key == ("a", "b")
    assert rows(candidate, "select a, b from marts.t") == [(1, 1), (1, 2), (2, 1)]


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("create table marts.t (k integer primary key, l integer[])", "t column l is INTEGER"),
        ("create table marts.t (k integer primary key, s timestamp)", "column s is TIMESTAMP"),
        ("create table marts.t (k hugeint primary key)", "column k is HUGEINT"),
        ("create table marts.t (k integer)", "marts.t has no key"),
        ("", "no table in schema marts"),
    ],
)
def test_what_may_not_be_published_is_refused_by_name(
    sql: str,
    named: str,
    make_warehouse: Callable[[str], Path],
    candidate: Path,
    resources: DuckDBResources,
) -> None:
    warehouse = make_warehouse(f"create schema marts; {sql}")
    with pytest.raises(RefusedError, match=named):
        build(warehouse, candidate, resources)


def test_a_missing_warehouse_and_an_impossible_folder_are_refused(
    warehouse: Path, tmp_path: Path, candidate: Path, resources: DuckDBResources
) -> None:
    with pytest.raises(RefusedError, match="no warehouse"):
        build(tmp_path / "none.duckdb", candidate, resources)
    with pytest.raises(RefusedError, match="cannot be made"):
        build(warehouse, warehouse / "candidate.duckdb", resources)


def test_a_damaged_warehouse_is_refused_in_one_line(
    warehouse: Path, candidate: Path, resources: DuckDBResources
) -> None:
    warehouse.write_bytes(b"not a database, and long enough to hold a header" * 500)
    with pytest.raises(RefusedError, match="cannot be made") as refused:
        build(warehouse, candidate, resources)
    assert "\n" not in str(refused.value)


def test_a_table_added_later_replaces_its_earlier_copy(
    warehouse: Path, candidate: Path, resources: DuckDBResources
) -> None:
    built = build(warehouse, candidate, resources, "data_quality")
    first = add_table(warehouse, built, "data_quality", resources)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("insert into marts.data_quality values ('a', null)")

    again = add_table(warehouse, first, "data_quality", resources)

    assert [table.name for table in again.tables] == ["data_quality", "facts", "spending"]
    assert (first.tables[0].rows, again.tables[0].rows) == (1, 2)
    assert first.tables[1:] == again.tables[1:] == built.tables
    assert again.sha256 == sha256_file(candidate) != first.sha256
    assert rows(candidate, "from marts.data_quality") == [("a", None), ("totals", "pass")]
    assert not candidate.with_name("candidate.duckdb.wal").exists()


def test_nothing_is_added_to_a_candidate_that_changed_since(
    warehouse: Path, candidate: Path, resources: DuckDBResources
) -> None:
    built = build(warehouse, candidate, resources, "data_quality")
    with duckdb.connect(str(candidate)) as connection:
        connection.execute("delete from marts.facts")
    with pytest.raises(RefusedError, match=r"candidate\.duckdb changed after it was built"):
        add_table(warehouse, built, "data_quality", resources)


def test_adding_what_is_not_there_is_refused(
    warehouse: Path, candidate: Path, resources: DuckDBResources
) -> None:
    built = build(warehouse, candidate, resources)
    with pytest.raises(RefusedError, match=r"no table marts\.nope"):
        add_table(warehouse, built, "nope", resources)
    candidate.unlink()
    with pytest.raises(RefusedError, match="no candidate"):
        add_table(warehouse, built, "facts", resources)
