"""The stand-in understands filters as CBS does, and refuses what CBS would refuse."""

import duckdb
import pytest

from tests.cbs_server.odata import OptionError, parse_filter, parse_query

ROWS = [("GM0153   ", "0.1   ", 5.0), ("GM0141   ", "0.10  ", None), ("PV23     ", "0.1   ", 0.0)]


def chosen(text: str) -> list[int]:
    """Numbers of the rows that a filter lets through."""
    found = parse_filter(text, ["region", "code", "amount"])
    connection = duckdb.connect()
    connection.execute("create table rows (region varchar, code varchar, amount double)")
    connection.executemany("insert into rows values (?, ?, ?)", ROWS)
    sql = f"select rowid from rows where {found.sql} order by 1"
    return [number for (number,) in connection.execute(sql, found.values).fetchall()]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("region eq 'GM0153   '", [0]),
        ("region eq 'GM0153'", []),
        ("trim(region) eq 'GM0153'", [0]),
        ("startswith(region,'GM')", [0, 1]),
        ("startswith(code,'0.1')", [0, 1, 2]),
        ("substringof('23',region)", [2]),
        ("amount ne null and amount ne 0", [0]),
        ("amount eq null or amount le 0", [1, 2]),
        ("not (amount eq 0) and (region eq 'x' or code eq '0.1   ')", [0]),
        ("region eq 'd''Arc' or amount gt -1.5", [0, 2]),
        ("amount ge 5 or amount lt 0.5 and region eq 'x'", [0]),
        ("not amount ne null", [1]),
    ],
)
def test_a_filter_lets_through_what_it_says(text: str, rows: list[int]) -> None:
    assert chosen(text) == rows


@pytest.mark.parametrize(
    "text",
    [
        "colour eq 'x'",
        "region eq",
        "region like 'x'",
        "(amount eq 0",
        "amount eq 0)",
        "amount gt null",
        "startswith(region)",
        "'",
    ],
)
def test_a_filter_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(OptionError):
        parse_filter(text, ["region", "amount"])


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"$expand": "x"}, "$expand is not supported"),
        ({"$select": "region,colour"}, "there is no column colour"),
        ({"$orderby": "colour"}, "there is no column colour"),
        ({"$orderby": "region down"}, "cannot read $orderby at 'region down'"),
        ({"$top": "-1"}, "$top is '-1', expected a whole number"),
        ({"$skip": "x"}, "$skip is 'x', expected a whole number"),
        ({"$inlinecount": "all"}, "$inlinecount is 'all', expected none or allpages"),
    ],
)
def test_an_option_that_cannot_be_read_is_refused(options: dict[str, str], told: str) -> None:
    with pytest.raises(OptionError) as refusal:
        parse_query(options, ["region", "amount"])
    assert str(refusal.value) == told


def test_a_query_says_what_its_options_say() -> None:
    options = {"$select": "amount, region", "$orderby": "amount desc,region", "$top": "3"}
    query = parse_query({**options, "$skip": "2"}, ["region", "amount"])
    assert query.columns == ("amount", "region")
    assert query.order == '"amount" desc, "region"'
    assert (query.skip, query.top, query.counted) == (2, 3, False)
