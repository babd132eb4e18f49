"""A server that answers badly costs its table, in one sentence: no other, no memory, no night."""

import logging
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import orjson
import pytest

from doelenboom.errors import LONGEST_SENTENCE
from doelenboom.ingestion.cbs import fetch as fetch_module
from doelenboom.ingestion.cbs.fetch import FetchResult, fetch_cbs
from doelenboom.ingestion.cbs.landed import refresh_raw
from doelenboom.settings import Settings
from doelenboom.sources.cbs import catalog as catalog_module
from doelenboom.sources.cbs import client as client_module
from doelenboom.sources.cbs.datasets import AREAS, CPI, IV3
from tests.cbs_server import faults
from tests.cbs_server.server import CbsServer, Fault
from tests.cbs_server.service import Answer
from tests.cbs_server.small import MUNICIPALITIES, PROVINCES, areas_table
from tests.cbs_server.tables import Cell, cpi_table, iv3_rows, iv3_table

DEADLINE_SECONDS = 20
"""Each of these fetches takes well under a second; what hangs is ended."""

CELLS: list[Cell] = [
    ("GM0153", "X005", "6.1", "B3.1", 100.5, 101.5),
    ("GM0153", "X005", "6.1", "L1.1", 20.5, 20.5),
]
IV3_TABLE = iv3_table(
    2018,
    iv3_rows(2018, CELLS),
    {"GM0153": "Enschede"},
    {"6.1": "Samenkracht"},
    identifier="45042NED",
)
AREAS_TABLE = areas_table(2018, PROVINCES, MUNICIPALITIES, identifier="83859NED")
DATASETS = [IV3, AREAS, CPI]

CATALOG = "Catalog/Tables"
ROWS = "45042NED/TypedDataSet"
PROPERTIES = "45042NED/DataProperties"
CODES = "45042NED/Categorie"


@pytest.fixture(autouse=True)
def deadline() -> Iterator[None]:
    def end(*_: object) -> None:
        raise AssertionError(f"not done in {DEADLINE_SECONDS} seconds")

    signal.signal(signal.SIGALRM, end)
    signal.alarm(DEADLINE_SECONDS)
    yield
    signal.alarm(0)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "LONGEST_WAIT_SECONDS", 0.01)


@pytest.fixture
def server() -> Iterator[CbsServer]:
    with CbsServer([IV3_TABLE, AREAS_TABLE, cpi_table({2018: 103.0})]) as running:
        yield running


def fetch(server: CbsServer, tmp_path: Path) -> dict[str, FetchResult]:
    settings = Settings(data_dir=tmp_path, cbs_url=server.url, cbs_iv3_url=server.url)
    return {result.dataset: result for result in fetch_cbs(settings, DATASETS)}


def landed(tmp_path: Path) -> set[str]:
    return {path.parts[-4] for path in (tmp_path / "landing").rglob("manifest.json")}


def refused(server: CbsServer, tmp_path: Path, dataset: str = "iv3") -> str:
    """Fetch all, expect that only this dataset fails, and return its sentence."""
    results = fetch(server, tmp_path)
    others = {"iv3", "areas", "cpi"} - {dataset}
    assert {name for name, result in results.items() if result.outcome == "landed"} == others
    assert landed(tmp_path) == others
    failure = results[dataset].failure
    assert failure is not None
    assert failure.isprintable()
    assert len(failure) <= LONGEST_SENTENCE
    return failure


def rows_of(*cells: bytes) -> Fault:
    return faults.sent(b'{"odata.count": "1", "value": [{%s}]}' % b", ".join(cells))


def wide() -> Fault:
    rows = [{f"k{number}": 1} for number in range(10_000)]
    return faults.sent(orjson.dumps({"odata.count": "10000", "value": rows}))


def each_row(**changes: Any) -> Fault:
    """Every row with other values; `...` takes one away."""

    def change(document: dict[str, Any]) -> None:
        for row in document["value"]:
            for name, value in changes.items():
                row[name] = value
                if value is ...:
                    del row[name]

    return faults.edited(change)


def member(name: str, value: object) -> Fault:
    def change(document: dict[str, Any]) -> None:
        document[name] = value

    return faults.edited(change)


def said(message: str) -> Fault:
    return faults.sent(orjson.dumps({"odata.error": {"message": {"value": message}}}))


HUGE = 'x\x1b[31mrood\x07\u202e" ' + "y" * 100_000
LISTS, OBJECTS = b"[" * 20_000 + b"]" * 20_000, b'{"a":' * 20_000 + b"1" + b"}" * 20_000

BAD: dict[str, tuple[str, Fault, str]] = {
    "nested lists": (ROWS, rows_of(b'"ID": ' + LISTS), "depth limit exceeded"),
    "nested objects": (PROPERTIES, rows_of(b'"ID": ' + OBJECTS), "depth limit exceeded"),
    "nested in the envelope": (ROWS, faults.sent(b'{"a": %s}' % LISTS), "depth limit exceeded"),
    "a column per row": (ROWS, wide(), "10000 rows with 10000 columns, expected at most"),
    "a row of columns": (
        ROWS,
        faults.sent(orjson.dumps({"value": [{f"k{number}": 1 for number in range(2_001)}]})),
        "1 rows with 2001 columns",
    ),
    "many objects": (ROWS, faults.sent(b'{"value": [%s{}]}' % (b"{}," * 100_000)), "more than"),
    "a list as a cell": (ROWS, each_row(Categorie=["L1.1"]), "no single value in row 1, column C"),
    "NaN": (ROWS, faults.replaced(b":20.5,", b":NaN,"), "in row 2, column k_1ePlaatsing_1"),
    "Infinity": (ROWS, faults.replaced(b":20.5,", b":-Infinity,"), "in row 2, column k_1ePlaat"),
    "1e308": (ROWS, faults.replaced(b":20.5,", b":1e308,"), "row 2 has 1e+308 as k_1ePlaatsing_1"),
    "3e9": (ROWS, faults.replaced(b":20.5,", b":3000000000,"), "has 3000000000.0 as k_1ePlaat"),
    "1e400": (ROWS, faults.replaced(b":20.5,", b":1e400,"), "in row 2, column k_1ePlaatsing_1"),
    "broken UTF-8": (ROWS, faults.replaced(b"L1.1", b"L1.\xff"), "no UTF-8, in row 2, column Cat"),
    "a control": (ROWS, faults.replaced(b"L1.1", rb"L1.\u001b"), r"row 2 has 'L1.\x1b "),
    "a long title": (CODES, each_row(Title="y" * 2001), "row 1 has 'yyyy"),
    "a text as figure": (ROWS, each_row(k_1ePlaatsing_1="veel"), "has 'veel' as k_1ePlaatsing_1"),
    "a number as code": (ROWS, each_row(Gemeenten=153), "row 1 has 153 as Gemeenten"),
    "true as ID": (ROWS, each_row(ID=True), "row 1 has True as ID, expected a whole number"),
    "a number as key": (PROPERTIES, each_row(Key=7), "row 1 has 7 as Key, expected text"),
    "no key": (PROPERTIES, each_row(Key=...), "has no column Key"),
    "a null as key": (PROPERTIES, each_row(Key=None), "row 1 has no Key"),
    "a list as key": (PROPERTIES, each_row(Key=["ID"]), "no single value in row 1, column Key"),
    "a path as key": (PROPERTIES, each_row(Key="../../x"), "with the key '../../x'"),
    "a list as title": (PROPERTIES, each_row(Title=[1]), "no single value in row 1, column Title"),
    "a number as code's key": (CODES, each_row(Key=1), "row 1 has 1 as Key, expected text"),
    "a null as code's key": (CODES, each_row(Key=None), "row 1 has no Key"),
    "no code's key": (CODES, each_row(Key=...), "has no column Key"),
    "a count of 5,000 digits": (ROWS, member("odata.count", "9" * 5_000), "999…' as odata.count"),
    "a count as list": (ROWS, member("odata.count", [1]), "no single value as `odata.count`"),
    "more than we take": (ROWS, member("odata.count", "9999999999"), "at most 5000000 rows"),
    "no URL": (ROWS, member("odata.nextLink", "http://[::1"), "'http://[::1' as odata.nextLink"),
    "a long link": (ROWS, member("odata.nextLink", "/" + "y" * 70_000), "yyy…' as odata.nextLink"),
    "another port": (
        ROWS,
        member("odata.nextLink", "http://127.0.0.1:9/x"),
        "rows and a next page",
    ),
    "packed twice": (ROWS, faults.packed("gzip, gzip"), "is packed as 'gzip, gzip'"),
    "packed otherwise": (ROWS, faults.packed("br"), "is packed as 'br', expected gzip"),
    "not packed": (ROWS, faults.status(200, Content_Encoding="gzip"), "incorrect header check"),
    "an error of 100 kB": (ROWS, said(HUGE), 'answers with an error: x [31mrood " yyy'),
    "an error page of controls": (ROWS, faults.sent(HUGE.encode()), "begins with 'x [31mrood"),
}


@pytest.mark.parametrize("name", BAD)
def test_an_answer_that_is_none_costs_its_table_alone(
    server: CbsServer, tmp_path: Path, name: str
) -> None:
    pattern, fault, told = BAD[name]
    server.fail(pattern, fault, times=100)
    failure = refused(server, tmp_path)
    assert told in failure
    assert "45042NED" in failure


def test_a_packed_answer_lands(server: CbsServer, tmp_path: Path) -> None:
    server.fail(ROWS, faults.packed("gzip"), times=100)
    assert fetch(server, tmp_path)["iv3"].outcome == "landed"


@pytest.mark.parametrize("part", [ROWS, PROPERTIES, CODES])
def test_a_byte_order_mark_lands_and_stops_no_later_night(
    server: CbsServer, tmp_path: Path, part: str
) -> None:
    server.fail(part, faults.replaced(b'{"odata.metadata"', b'\xef\xbb\xbf{"odata.metadata"'))
    assert fetch(server, tmp_path)["iv3"].outcome == "landed"
    shutil.rmtree(tmp_path / "raw")
    refresh_raw(Settings(data_dir=tmp_path))


def test_what_inflates_is_refused_before_it_did(server: CbsServer, tmp_path: Path) -> None:
    server.fail(ROWS, faults.packed("gzip", b" " * (64 << 20)))
    assert "answers with more than 16777216 bytes" in refused(server, tmp_path)


def test_an_area_that_is_its_own_parent_is_refused(server: CbsServer, tmp_path: Path) -> None:
    def change(document: dict[str, Any]) -> None:
        for row in document["value"]:
            row["ParentID"] = row["ID"]

    server.fail("83859NED/DataProperties", faults.edited(change))
    assert "in more than 20 groups, by the ParentID of" in refused(server, tmp_path, "areas")


def without_end(url: Callable[[int], str], rows: Callable[[int], list[Any]]) -> Fault:
    """A full page whenever one is asked, and always a link to another."""
    numbers = count()

    def change(_: Answer) -> Answer:
        number = next(numbers)
        document = {"odata.count": "25000", "value": rows(number), "odata.nextLink": url(number)}
        return Answer(orjson.dumps(document))

    return change


def cells(number: int) -> list[dict[str, Any]]:
    return [
        {
            "ID": number * 10_000 + place,
            "TaakveldBalanspost": "6.1   ",
            "Categorie": "L1.1    ",
            "Verslagsoort": "2018X005",
            "Gemeenten": "GM0153   ",
            "k_1ePlaatsing_1": 1.0,
            "k_2ePlaatsing_2": 1.0,
        }
        for place in range(10_000)
    ]


def test_rows_end_at_their_own_count(server: CbsServer, tmp_path: Path) -> None:
    fault = without_end(lambda number: f"{server.url}/{ROWS}?page={number}", cells)
    server.fail(ROWS, fault, times=1_000)
    assert "has a next page after 30000 rows, the source counts 25000" in refused(server, tmp_path)
    assert len(server.requests_for(ROWS)) <= 3 + 8


def test_codes_end_after_a_few_pages(server: CbsServer, tmp_path: Path) -> None:
    def codes(number: int) -> list[dict[str, Any]]:
        return [{"Key": f"L{number}.{place}", "Title": "x"} for place in range(10_000)]

    fault = without_end(lambda number: f"{server.url}/{CODES}?page={number}", codes)
    server.fail(CODES, fault, times=1_000)
    assert "is page 5 and has a next page" in refused(server, tmp_path)
    assert len(server.requests_for(CODES)) <= 5 + 8


def tables(number: int) -> list[dict[str, Any]]:
    return [{"Identifier": f"{number}NED", "Title": "x", "Modified": "2020-01-01T00:00:00"}]


@pytest.mark.parametrize(
    ("rows", "told", "requests"),
    [
        (lambda _: tables(0), "no table that was not listed before", 2),
        (lambda _: [], "no table that was not listed before", 1),
        (tables, "has more than 100 pages", 100),
        (lambda _: [{"Identifier": 7, "Title": "x", "Modified": "y"}], "has 7 as Identifier", 1),
        (lambda _: [{"Identifier": "x", "Title": None, "Modified": "y"}], "row 1 has no Title", 1),
        (lambda _: [{"Title": "x", "Modified": "y"}], "has no column Identifier", 1),
    ],
)
def test_a_catalog_ends(
    server: CbsServer,
    tmp_path: Path,
    rows: Callable[[int], list[Any]],
    told: str,
    requests: int,
) -> None:
    with CbsServer([IV3_TABLE]) as other:
        fault = without_end(lambda number: f"{other.url}/{CATALOG}?page={number}", rows)
        other.fail(CATALOG, fault, times=1_000)
        settings = Settings(data_dir=tmp_path, cbs_url=server.url, cbs_iv3_url=other.url)
        results = {result.dataset: result for result in fetch_cbs(settings, DATASETS)}
        assert len(other.requests) == requests
    assert told in (results["iv3"].failure or "")
    assert landed(tmp_path) == {"areas", "cpi"}


def test_a_catalog_is_no_larger_than_it_may_be(
    server: CbsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog_module, "LARGEST_CATALOG", 100)
    failures = [result.failure or "" for result in fetch(server, tmp_path).values()]
    assert all("answers with more than 100 bytes" in failure for failure in failures)


@pytest.mark.parametrize("prompt_headers", [True, False])
def test_an_answer_that_trickles_is_waited_for_no_longer_than_an_answer_may_take(
    server: CbsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prompt_headers: bool
) -> None:
    monkeypatch.setattr(client_module, "ANSWER_SECONDS", 2.0)
    server.fail(ROWS, faults.trickling(0.1, prompt_headers=prompt_headers), times=100)
    assert "no whole answer in 2 seconds" in refused(server, tmp_path)
    assert len(server.requests_for(ROWS)) == 1


def test_a_table_that_takes_too_long_waits_for_the_next_fetch(
    server: CbsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.fail("45042NED/(Categorie|Verslagsoort)", faults.slow(1.2), times=2)
    with monkeypatch.context() as short:
        short.setattr(fetch_module, "TABLE_SECONDS", 2.0)
        failure = refused(server, tmp_path)
    assert re.search(r"no whole answer in [\d.]+ seconds|not asked, 2 seconds are over", failure)
    server.heal()
    server.requests.clear()
    assert fetch(server, tmp_path)["iv3"].outcome == "landed"
    assert server.requests_for(PROPERTIES) == []


@pytest.mark.parametrize("date", ["Mon, 01 Jan 2026 00:00:00 +99999999999999", "9" * 5_000, "-1"])
def test_a_time_to_wait_that_is_none_is_no_error(
    server: CbsServer, tmp_path: Path, date: str
) -> None:
    server.fail(ROWS, faults.status(429, Retry_After=date), times=100)
    assert "status 429" in refused(server, tmp_path)


def test_a_redirect_is_followed_on_the_service_itself(server: CbsServer, tmp_path: Path) -> None:
    server.fail(ROWS, faults.redirected(f"{server.url}/ODataFeed/odata/{ROWS}?$format=json"))
    assert fetch(server, tmp_path)["iv3"].outcome == "landed"


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_port_is_not_asked(
    server: CbsServer, tmp_path: Path, code: int
) -> None:
    with CbsServer([IV3_TABLE]) as other:
        server.fail(ROWS, faults.redirected(f"{other.url}/ODataFeed/odata/{ROWS}", code), times=9)
        failure = refused(server, tmp_path)
        assert f"{other.url}/ODataFeed/odata/{ROWS} leads to another host" in failure
        assert other.requests == []


@pytest.mark.parametrize("place", ["Content-Length: 0", "http://[::1", "//"])
def test_a_redirect_to_no_url_is_told(server: CbsServer, tmp_path: Path, place: str) -> None:
    server.fail(ROWS, faults.redirected(place), times=9)
    assert ROWS in refused(server, tmp_path)


def test_a_redirect_to_itself_ends(server: CbsServer, tmp_path: Path) -> None:
    server.fail(ROWS, faults.redirected(f"{server.url}/{ROWS}"), times=1_000)
    assert "is redirected more than 5 times" in refused(server, tmp_path)


def test_a_next_page_on_another_port_is_not_asked(server: CbsServer, tmp_path: Path) -> None:
    with CbsServer() as other:
        fault = without_end(lambda _: f"{other.url}/{ROWS}", cells)
        server.fail(ROWS, fault)
        assert f"{other.url}/{ROWS} leads to another host than" in refused(server, tmp_path)
        assert other.requests == []


def test_nothing_of_it_is_logged_as_it_came(
    server: CbsServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.fail(ROWS, said(HUGE))
    refused(server, tmp_path)
    assert all(record.getMessage().isprintable() for record in caplog.records)
