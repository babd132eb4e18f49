"""The content hash depends on rows and nothing else."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doelenboom.errors import RefusedError
from doelenboom.publication.content import TableContent, content_of, database_content_hash
from doelenboom.storage import ordered
from doelenboom.storage.ordered import ordered_csv
from doelenboom.storage.tables import Column, Table

NOTES = st.one_of(st.none(), st.sampled_from(["", "a", '"', ",", "\n", "é"]))


T = Table("t", (Column("k", "INTEGER", True, None),), ("k",), None)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute("create schema marts")
        yield opened


def csv_of(connection: duckdb.DuckDBPyConnection, table: Table) -> str:
    written = bytearray()
    ordered_csv(connection, "memory", table, written.extend)
    return written.decode()


def test_the_hash_is_that_of_the_csv_in_key_order(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "create table marts.t (k varchar, n integer, d date, x decimal(18,3), b boolean);"
        "insert into marts.t values ('b', 1, null, 2, true), ('a', 2, '2018-12-31', 1.5, false),"
        " ('a', 1, null, null, null), ('', 1, null, 0, null)"
    )
    csv = 'k,n,d,x,b\n"",1,,0.000,\na,1,,,\na,2,2018-12-31,1.500,false\nb,1,,2.000,true\n'
    table = replace(T, key=("k", "n"))

    assert csv_of(connection, table) == csv
    sha256 = hashlib.sha256(csv.encode()).hexdigest()
    assert content_of(connection, "memory", table) == TableContent("t", 4, sha256, ("k", "n"))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("varchar", "concat('é''\"', n % 7)"),
        ("integer", "n % 7 - 3"),
        ("date", "date '2018-12-31' + (n % 7)::integer"),
        ("double", "(n % 7) / 3"),
        ("decimal(18,3)", "(n % 7) / 3"),
        ("boolean", "n % 2 = 0"),
    ],
)
def test_in_parts_it_is_the_same_csv(
    kind: str,
    value: str,
    connection: duckdb.DuckDBPyConnection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connection.execute(
        f"create table marts.t (k {kind}, n integer, v varchar);"
        f"insert into marts.t select {value}, n, if(n % 3 = 0, null, repeat(',\n', n % 5)::varchar)"
        " from (select n from range(1000) as r(n) order by hash(n)) as shuffled"
    )
    table = replace(T, columns=(Column("k", kind.upper(), True, None),), key=("k", "n"))
    whole = csv_of(connection, table)
    assert len(whole) > 5_000

    for most in (1, 100, 300, 999):
        monkeypatch.setattr(ordered, "MOST_SORTED", most)
        assert csv_of(connection, table) == whole


def test_a_null_in_the_key_is_refused(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "create view marts.t as select * from (values (1, 1), (1, null), (2, null)) as v(k, n)"
    )
    with pytest.raises(RefusedError, match=r"marts\.t has 2 rows .* key is null: k, n"):
        csv_of(connection, replace(T, key=("k", "n")))


def test_rows_that_a_part_leaves_out_are_missed(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.execute("create table marts.t (k integer); insert into marts.t values (1), (2), (3)")
    monkeypatch.setattr(ordered, "MOST_SORTED", 1)
    monkeypatch.setattr(ordered, "_parts", lambda *_: ["where k = 1", "where k = 3"])
    with pytest.raises(RefusedError, match=r"Of 3 rows of marts\.t, 2 were written"):
        csv_of(connection, T)


def test_who_cannot_take_the_csv_says_why(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create table marts.t as select n as k from range(1000000) as r(n)")

    def full(piece: memoryview) -> None:
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space left on device"):
        ordered_csv(connection, "memory", T, full)


def test_a_table_that_cannot_be_read_is_no_empty_one(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.CatalogException):
        csv_of(connection, T)
    connection.execute("create view marts.t as select error('broken') as k, 1 as n")
    with pytest.raises(duckdb.InvalidInputException, match="broken"):
        csv_of(connection, T)


def hash_rows(rows: list[tuple[int, str | None]]) -> str:
    with duckdb.connect() as connection:
        connection.execute("create schema marts; create table marts.t (k integer, v varchar)")
        for row in rows:
            connection.execute("insert into marts.t values (?, ?)", row)
        return content_of(connection, "memory", T).sha256


@pytest.mark.slow
@settings(max_examples=25)
@given(
    values=st.lists(NOTES, min_size=1, max_size=5),
    changed=NOTES,
    data=st.data(),
)
def test_order_of_insertion_never_counts_and_every_cell_does(
    values: list[str | None],
    changed: str | None,
    data: st.DataObject,
) -> None:
    rows = list(enumerate(values))
    place = data.draw(st.sampled_from(range(len(rows))))
    other = [*rows[:place], (place, changed), *rows[place + 1 :]]

    before = hash_rows(rows)

    assert hash_rows(data.draw(st.permutations(rows))) == before
    assert (hash_rows(other) == before) == (other == rows)


def test_the_hash_of_a_database_is_that_of_its_sorted_tables() -> None:
    a, b = TableContent("a", 1, "11", ("k",)), TableContent("b", 2, "22", ("k",))
    assert database_content_hash([b, a]) == hashlib.sha256(b"a 11\nb 22\n").hexdigest()
    assert database_content_hash([a]) != database_content_hash([a, b])
