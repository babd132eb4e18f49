"""A query reads what is published, and can do nothing else."""

import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from doelenboom.errors import RefusedError
from doelenboom.publication.reading.reader import (
    open_published,
    read_batches,
    run_query,
    start_reading,
)
from doelenboom.storage.files import sha256_file
from doelenboom.storage.resources import DuckDBResources


def test_a_query_returns_names_types_and_rows_in_its_order(
    warehouse: Path, resources: DuckDBResources
) -> None:
    sql = "select fiscal_year, amount_keur, published_on, note from marts.spending order by 2 desc"
    result = run_query(warehouse, sql, resources=resources)
    assert result.columns == ["fiscal_year", "amount_keur", "published_on", "note"]
    assert result.types == ["INTEGER", "DECIMAL(18,3)", "DATE", "VARCHAR"]
    assert result.rows[0] == (2018, Decimal("198542.000"), date(2019, 6, 1), None)
    assert result.rows[-1][0] == 2013


@pytest.mark.parametrize(
    "sql",
    [
        "from marts.facts",
        "with f as (from marts.facts) select count(*) from f;",
        "describe marts.facts",
        "summarize marts.facts",
        "show all tables",
        "explain analyze select * from marts.facts",
        "pivot marts.spending on fiscal_year using sum(amount_keur) group by programme_code",
        "-- a remark\nvalues (1)",
    ],
)
def test_every_way_of_reading_works(sql: str, warehouse: Path, resources: DuckDBResources) -> None:
    result = run_query(warehouse, sql, resources=resources)
    assert result.rows
    assert len(result.columns) == len(result.types) == len(result.rows[0])


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("", "0 statements, expected one"),
        ("select 1; drop table marts.facts", "2 statements, expected one"),
        ("insert into marts.facts values (9, 'x')", "kind INSERT"),
        ("delete from marts.facts", "kind DELETE"),
        ("create temp table t as select 1", "kind CREATE"),
        ("create view v as select 1", "kind CREATE"),
        ("attach 'other.duckdb'", "kind ATTACH"),
        ("copy marts.facts to 'facts.csv'", "kind COPY"),
        ("export database 'all'", "kind EXPORT"),
        ("pragma database_list", "kind PRAGMA"),
        ("set threads = 1", "kind SET"),
        ("checkpoint", "kind CALL"),
        ("install spatial", "kind LOAD"),
        ("explain analyze insert into marts.facts values (9, 'x')", "read-only mode"),
        ("select * from read_csv('/etc/hosts')", "disabled by configuration"),
        ("select * from 'facts.parquet'", "disabled by configuration|does not exist"),
        ("select nope from marts.facts", 'column "nope" not found'),
        ("selct 1", "syntax error"),
        ("select $1", "parameters"),
    ],
)
def test_anything_else_is_refused_in_one_sentence(
    sql: str, told: str, warehouse: Path, resources: DuckDBResources
) -> None:
    before = sha256_file(warehouse)
    with pytest.raises(RefusedError, match=told) as refused:
        run_query(warehouse, sql, resources=resources)
    assert "\n" not in str(refused.value)
    assert sha256_file(warehouse) == before


def test_the_name_of_the_database_may_be_written_out(
    warehouse: Path, resources: DuckDBResources
) -> None:
    result = run_query(warehouse, "from doelenboom.marts.facts", resources=resources)
    assert result.rows[-1] == (3, None)


def test_queries_at_the_same_time_do_not_hinder_each_other(
    warehouse: Path, resources: DuckDBResources
) -> None:
    sql = "select count(*) from marts.facts, range(1000000)"
    with (
        duckdb.connect(str(warehouse), read_only=True),
        ThreadPoolExecutor(max_workers=4) as pool,
    ):
        results = pool.map(lambda _: run_query(warehouse, sql, resources=resources), range(8))
        assert [result.rows for result in results] == [[(3000000,)]] * 8


def test_a_replaced_file_is_seen_at_once_while_an_old_reader_is_open(
    warehouse: Path, tmp_path: Path, resources: DuckDBResources
) -> None:
    newer = tmp_path / "newer.duckdb"
    with duckdb.connect(str(newer)) as connection:
        connection.execute("create schema marts; create table marts.facts as select 7 as fact_no")
    with duckdb.connect(str(warehouse), read_only=True):
        newer.replace(warehouse)
        result = run_query(warehouse, "from marts.facts", resources=resources)
    assert result.rows == [(7,)]


@pytest.mark.parametrize("limit", ["1KB", "20MB"])
def test_a_query_out_of_memory_names_the_limit_and_not_the_file(
    limit: str, warehouse: Path, resources: DuckDBResources
) -> None:
    sql = "select string_agg(range::varchar) from range(20000000)"
    with pytest.raises(RefusedError) as refused:
        run_query(warehouse, sql, resources=replace(resources, memory_limit=limit))
    sentence = str(refused.value)
    assert sentence.startswith(f"The query needs more memory than the {limit} it may use")
    assert "DOELENBOOM_MEMORY_LIMIT" in sentence
    assert "\n" not in sentence
    assert str(warehouse) not in sentence


def test_a_long_query_ends_at_once_when_it_is_interrupted(
    warehouse: Path, resources: DuckDBResources
) -> None:
    sql = "select sum(a.range * b.range) from range(10000000) a, range(1000000) b"
    main = threading.main_thread().ident
    assert main is not None
    timer = threading.Timer(0.5, signal.pthread_kill, [main, signal.SIGINT])
    began = time.monotonic()
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        run_query(warehouse, sql, resources=resources)
    assert time.monotonic() - began < 5
    assert run_query(warehouse, "select 1", resources=resources).rows == [(1,)]


def test_a_missing_or_damaged_database_is_refused(
    tmp_path: Path, resources: DuckDBResources
) -> None:
    with pytest.raises(RefusedError, match="nothing is published yet: run `doelenboom run` first"):
        run_query(tmp_path / "none.duckdb", "select 1", resources=resources)
    damaged = tmp_path / "damaged.duckdb"
    damaged.write_bytes(b"x" * 20000)
    with pytest.raises(RefusedError, match="cannot be queried"):
        run_query(damaged, "select 1", resources=resources)


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("select amount_kuer from marts.spending", 'Candidate bindings: "amount_keur"'),
        ("from spendin", 'Did you mean "spending"?'),
        ("select note + 1 from marts.spending", "explicit type casts."),
    ],
)
def test_the_names_that_duckdb_offers_stand_in_the_sentence(
    sql: str, told: str, warehouse: Path, resources: DuckDBResources
) -> None:
    with pytest.raises(RefusedError) as refused:
        run_query(warehouse, sql, resources=resources)
    assert told in str(refused.value)
    assert "LINE 1" not in str(refused.value)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 500


def test_batches_are_read_as_they_are_asked(warehouse: Path, resources: DuckDBResources) -> None:
    """All rows were copied before the first was given: a large table took all memory."""
    with open_published(warehouse, resources) as connection:
        start_reading(connection, "from range(10)")  # and never read to its end
        names, reader = read_batches(connection, "from range(1000000000000)", (), 500)
        assert names == ["range"]
        assert reader.read_next_batch().column(0).to_pylist()[:2] == [0, 1]
