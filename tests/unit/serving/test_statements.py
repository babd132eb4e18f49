"""What a statement may ask; what it may not is tried on a real server in tests/integration."""

from collections.abc import Iterator

import duckdb
import pytest

from doelenboom.errors import RefusedError
from doelenboom.serving.statements import refuse_the_machine


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create schema marts; create table marts.t as select 1 as a, 2 as k")
        yield connection


@pytest.mark.parametrize(
    "sql",
    [
        "from marts.t",
        "select a from memory.marts.t where a not in (select k from marts.t);",
        "with x as (from marts.t) from x",
        "describe marts.t",
        "summarize marts.t",
        "show all tables",
        "from information_schema.columns",
        "select table_name, comment from duckdb_tables()",
        "select view_name, comment from duckdb_views()",
        "from range(3)",
        "select unnest([1, 2])",
        "pivot marts.t on k in (1, 2) using sum(a)",
        "explain select a from marts.t",
        "EXPLAIN ANALYZE from marts.t",
        "explain (format json) from marts.t",
        "values (1)",
        "select 'duckdb_settings()'",
    ],
)
def test_reading_what_is_published_is_allowed(
    sql: str, connection: duckdb.DuckDBPyConnection
) -> None:
    refuse_the_machine(connection, sql)
    assert connection.execute(sql).fetchall()


@pytest.mark.parametrize(
    "sql",
    [
        "explain (select 1) select current_setting('x')",
        "explain(select current_setting('x'))",
        "/* explain */ explain select current_setting('x')",
        "pivot marts.t on k using sum(a)",
        "select * from marts.t union all select current_setting('threads'), 1",
        "select a from marts.t order by current_setting('threads')",
        "select a from marts.t, lateral (select current_setting('threads'))",
        "select case when true then CURRENT_SETTING('threads') end",
        'select U&"d\\0075ckdb_settings"() from duckdb_settings()',
    ],
)
def test_no_way_round_is_left(sql: str, connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(RefusedError):
        refuse_the_machine(connection, sql)
