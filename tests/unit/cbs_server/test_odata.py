"""The stand-in understands filters as CBS does, and refuses what CBS would refuse."""

import urllib.error
import urllib.request
from urllib.parse import quote

import duckdb
import orjson
import pytest

from tests.cbs_server.odata import OptionError, parse_filter
from tests.cbs_server.server import CbsServer
from tests.cbs_server.tables import iv3_rows, iv3_table

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
    ],
)
def test_a_filter_lets_through_what_it_says(text: str, rows: list[int]) -> None:
    assert chosen(text) == rows


@pytest.mark.parametrize(
    "text", ["colour eq 'x'", "region eq", "region like 'x'", "(amount eq 0", "amount eq 0)", "'"]
)
def test_a_filter_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(OptionError):
        parse_filter(text, ["region", "amount"])


@pytest.fixture
def server() -> CbsServer:
    cells = [(f"GM{number:04d}", "X005", "6.1", "L1.1", 1.0, 1.0) for number in range(1, 8)]
    table = iv3_table(2018, iv3_rows(2018, cells), {}, {}, identifier="45042NED")
    return CbsServer([table], page_size=3)


def get(url: str, accept: str = "*/*") -> bytes:
    request = urllib.request.Request(url, headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=5) as answer:
        body: bytes = answer.read()
    return body


def test_pages_follow_each_other_to_the_last_row(server: CbsServer) -> None:
    with server:
        filtered = quote("Verslagsoort eq '2018X005'")
        link = f"{server.url}/ODataFeed/odata/45042NED/TypedDataSet?$format=json&$filter={filtered}"
        found = []
        while link:
            page = orjson.loads(get(link))
            found += [row["ID"] for row in page["value"]]
            link = page.get("odata.nextLink")
        assert found == list(range(7))
        count = get(f"{server.url}/ODataFeed/odata/45042NED/TypedDataSet/$count?$filter={filtered}")
        assert count == b"7"


def test_json_must_be_asked_for_and_unknown_things_are_errors(server: CbsServer) -> None:
    with server:
        place = f"{server.url}/ODataFeed/odata/45042NED"
        assert get(f"{place}/DataProperties").startswith(b"<?xml")
        assert get(f"{place}/DataProperties", "application/json").startswith(b'{"odata.metadata"')
        for wrong in (f"{place}/TypedDataSet?$colour=1", f"{place}/Nothing", f"{server.url}/x"):
            with pytest.raises(urllib.error.HTTPError):
                get(f"{wrong}{'&' if '?' in wrong else '?'}$format=json")
