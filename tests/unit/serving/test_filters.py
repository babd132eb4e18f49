"""How the address of a page becomes SQL."""

from collections.abc import Iterator
from dataclasses import replace

import duckdb
import pytest

from doelenboom.errors import RefusedError
from doelenboom.serving.filters import Selection, page
from doelenboom.storage.tables import Column, Table, read_tables

TABLE = Table(
    "spending",
    (
        Column("code", "VARCHAR", True, None),
        Column("year", "INTEGER", True, None),
        Column("keur", "DECIMAL(18,3)", False, None),
        Column("share", "DOUBLE", False, None),
        Column("day", "DATE", False, None),
        Column("sure", "BOOLEAN", False, None),
    ),
    ("code", "year"),
    None,
)


def where(name: str, expression: str) -> tuple[str, tuple[str, ...]]:
    """The condition of one filter, and what is bound in it."""
    selection = page(TABLE, [(name, expression)], "code", None, limit=10)
    condition = selection.sql.partition(" where ")[2].partition(" order by ")[0]
    return condition, selection.values


def test_without_anything_a_page_is_the_table_in_the_order_of_its_key() -> None:
    assert page(TABLE, [], None, None, limit=10, offset=20) == Selection(
        'select "code", "year", "keur", "share", "day", "sure"'
        ' from "doelenboom"."marts"."spending" order by "code", "year" limit 10 offset 20',
        (),
        ("code", "year", "keur", "share", "day", "sure"),
    )


@pytest.mark.parametrize(
    ("name", "expression", "condition", "values"),
    [
        ("year", "2018", '"year" = cast(? as bigint)', ("2018",)),
        ("year", "gte.2018", '"year" >= cast(? as bigint)', ("2018",)),
        ("keur", "lt.-5.25", '"keur" < cast(? as decimal(38, 12))', ("-5.25",)),
        ("share", "gt.1e-3", '"share" > cast(? as double)', ("1e-3",)),
        ("day", "lte.2018-12-31", '"day" <= cast(? as date)', ("2018-12-31",)),
        ("sure", "neq.true", '"sure" <> cast(? as boolean)', ("true",)),
        ("code", "2.1", '"code" = cast(? as varchar)', ("2.1",)),
        ("code", "own_11.a", '"code" = cast(? as varchar)', ("own_11.a",)),
        ("code", "eq.gt.5", '"code" = cast(? as varchar)', ("gt.5",)),
        ("code", "", '"code" = cast(? as varchar)', ("",)),
        ("keur", "is.null", '"keur" is null', ()),
        ("keur", "is.not_null", '"keur" is not null', ()),
        (
            "code",
            'in.(a,"b,c")',
            '"code" in (cast(? as varchar), cast(? as varchar))',
            ("a", "b,c"),
        ),
    ],
)
def test_a_filter_binds_its_values(
    name: str, expression: str, condition: str, values: tuple[str, ...]
) -> None:
    assert where(name, expression) == (condition, values)


@pytest.mark.parametrize(
    ("name", "expression", "told"),
    [
        ("nope", "eq.1", "Table spending has no column 'nope', /tables/spending lists them"),
        (
            "yaer",
            "eq.1",
            "Table spending has no column 'yaer', /tables/spending lists them; the nearest: year",
        ),
        ("year", "like.2", "no operator 'like', only eq, neq"),
        ("year", "gte.x", "year is compared with 'x', expected a whole number"),
        ("year", "1.5", "expected a whole number"),
        ("year", "9" * 19, "expected a whole number"),
        ("keur", "1,5", "expected a number such as"),
        ("share", "nan", "expected a number such as"),
        ("share", "1e999", "expected a number such as"),
        ("day", "2018-02-30", "expected a date"),
        ("day", "20180228", "expected a date"),
        ("sure", "yes", "expected true or false"),
        ("code", "a\0b", "expected text"),
        ("keur", "is.5", "expected is.null or is.not_null"),
        ("code", "in.a", "expected 1 to 1000 values"),
        ("code", 'in.("a)', "expected 1 to 1000 values"),
        ("year", "in.(1,x)", "expected a whole number"),
    ],
)
def test_what_is_unknown_is_refused_in_one_sentence(name: str, expression: str, told: str) -> None:
    with pytest.raises(RefusedError, match=told) as refused:
        where(name, expression)
    assert "\n" not in str(refused.value)


def test_select_and_order_name_columns_and_the_key_decides_the_rest() -> None:
    sql = page(TABLE, [], "keur,code", "keur.desc,day", limit=10).sql
    assert sql.startswith('select "keur", "code" from')
    assert sql.endswith(
        'order by "keur" desc nulls last, "day" asc nulls last, "code", "year" limit 10 offset 0'
    )


@pytest.mark.parametrize(
    ("select", "order"), [("keur,keur", None), ("keur,", None), (None, "keur.up"), (None, "x")]
)
def test_select_and_order_refuse_what_is_no_column_or_direction(
    select: str | None, order: str | None
) -> None:
    with pytest.raises(RefusedError):
        page(TABLE, [], select, order, limit=10)


@pytest.fixture(scope="module")
def places() -> Iterator[tuple[duckdb.DuckDBPyConnection, Table]]:
    """A view of ten places in up to four years, and a connection to it."""
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as doelenboom; use doelenboom; create schema marts")
        connection.execute(
            "create table marts.places_storage as select 'GM' || a.range as municipality_code,"
            " (2015 + b.range)::smallint as fiscal_year, a.range * b.range as total"
            " from range(10) a, range(4) b where (a.range + b.range) % 3 <> 0;"
            " alter table marts.places_storage alter municipality_code set not null;"
            " alter table marts.places_storage alter fiscal_year set not null;"
            " create view marts.places as select municipality_code, fiscal_year::integer as"
            " fiscal_year, total from marts.places_storage"
        )
        (view,) = read_tables(connection, "doelenboom")
        assert view.view and view.key == ("municipality_code", "fiscal_year")
        yield connection, view


@pytest.mark.parametrize("filters", [[], [("fiscal_year", "gte.2016")], [("total", "eq.999")]])
def test_pages_of_a_view_are_those_of_a_table(
    filters: list[tuple[str, str]], places: tuple[duckdb.DuckDBPyConnection, Table]
) -> None:
    connection, view = places

    def rows(table: Table, limit: int, offset: int) -> list[tuple[object, ...]]:
        asked = page(table, filters, None, None, limit=limit, offset=offset)
        return connection.execute(asked.sql, asked.values).fetchall()

    all_rows = rows(replace(view, view=None), 100, 0)
    for limit in (1, 2, 5, 100):
        for offset in range(len(all_rows) + 2):
            expected = all_rows[offset : offset + limit]
            assert rows(view, limit, offset) == expected, (limit, offset)
