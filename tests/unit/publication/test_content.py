"""The content hash depends on rows and nothing else."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doelenboom.errors import RefusedError
from doelenboom.publication.content import (
    TableContent,
    content_of,
    database_content_hash,
    table_contents,
)
from doelenboom.publication.resources import DuckDBResources

NOTES = st.one_of(st.none(), st.sampled_from(["", "a", '"', ",", "\n", "é"]))


def test_the_hash_is_that_of_the_csv_in_key_order(
    make_warehouse: Callable[[str], Path], resources: DuckDBResources
) -> None:
    database = make_warehouse(
        "create schema marts; create table marts.t"
        " (k varchar, n integer, d date, x decimal(18,3), b boolean);"
        "insert into marts.t values ('b', 1, null, 2, true), ('a', 2, '2018-12-31', 1.5, false),"
        " ('a', 1, null, null, null), ('', 1, null, 0, null)"
    )
    csv = 'k,n,d,x,b\n"",1,,0.000,\na,1,,,\na,2,2018-12-31,1.500,false\nb,1,,2.000,true\n'

    contents = table_contents(database, {"t": ("k", "n")}, resources=resources)

    sha256 = hashlib.sha256(csv.encode()).hexdigest()
    assert contents == [TableContent("t", 4, sha256, ("k", "n"))]
    assert list(resources.spill_dir.iterdir()) == []


def test_a_table_of_unknown_key_and_a_missing_file_are_refused(
    warehouse: Path, tmp_path: Path, resources: DuckDBResources
) -> None:
    with pytest.raises(RefusedError, match=r"marts\.data_quality, whose key is unknown"):
        table_contents(warehouse, {"facts": ("fact_no",)}, resources=resources)
    with pytest.raises(RefusedError, match="cannot be hashed"):
        table_contents(tmp_path / "none.duckdb", {}, resources=resources)


def hash_rows(rows: list[tuple[int, str | None]], scratch: Path) -> str:
    with duckdb.connect() as connection:
        connection.execute("create schema marts; create table marts.t (k integer, v varchar)")
        for row in rows:
            connection.execute("insert into marts.t values (?, ?)", row)
        return content_of(connection, "memory", "t", ("k",), scratch).sha256


@settings(max_examples=25, deadline=None)
@given(
    values=st.lists(NOTES, min_size=1, max_size=5),
    changed=NOTES,
    data=st.data(),
)
def test_order_of_insertion_never_counts_and_every_cell_does(
    tmp_path_factory: pytest.TempPathFactory,
    values: list[str | None],
    changed: str | None,
    data: st.DataObject,
) -> None:
    scratch = tmp_path_factory.getbasetemp()
    rows = list(enumerate(values))
    place = data.draw(st.sampled_from(range(len(rows))))
    other = [*rows[:place], (place, changed), *rows[place + 1 :]]

    before = hash_rows(rows, scratch)

    assert hash_rows(data.draw(st.permutations(rows)), scratch) == before
    assert (hash_rows(other, scratch) == before) == (other == rows)


def test_the_hash_of_a_database_is_that_of_its_sorted_tables() -> None:
    a, b = TableContent("a", 1, "11", ("k",)), TableContent("b", 2, "22", ("k",))
    assert database_content_hash([b, a]) == hashlib.sha256(b"a 11\nb 22\n").hexdigest()
    assert database_content_hash([a]) != database_content_hash([a, b])
