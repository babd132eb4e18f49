"""Each fault does what it says, so that a test which survives it has survived something."""

import http.client
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest

from tests.cbs_server import faults
from tests.cbs_server.server import CbsServer, Fault
from tests.cbs_server.tables import iv3_rows, iv3_table

ROWS = "/ODataFeed/odata/45042NED/TypedDataSet?$format=json&$inlinecount=allpages"
SECOND = f"{ROWS}&$skip=3"


@pytest.fixture
def server() -> Iterator[CbsServer]:
    cells = [(f"GM{n:04d}", "X005", "6.1", "L1.1", 1.0, 1.0) for n in range(10)]
    table = iv3_table(2018, iv3_rows(2018, cells), {}, {}, identifier="45042NED")
    with CbsServer([table], page_size=3) as running:
        yield running


def ask(server: CbsServer, target: str = SECOND) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=5)
    connection.request("GET", target)
    return connection.getresponse()


def document(server: CbsServer, target: str = SECOND) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(ask(server, target).read())
    return found


def test_a_fault_comes_to_those_that_match_and_as_often_as_planned(server: CbsServer) -> None:
    server.fail(r"skip=3$", faults.status(503), times=2)
    statuses = [ask(server, target).status for target in (ROWS, SECOND, SECOND, SECOND)]
    assert statuses == [200, 503, 503, 200]
    server.fail("skip=3", faults.status(503), times=9)
    server.heal()
    assert ask(server).status == 200


def test_a_fault_comes_over_an_answer_that_is_kept(server: CbsServer) -> None:
    server.keep_answers()
    right = document(server)
    server.fail("skip=3", faults.truncated)
    assert not ask(server).read().endswith(b"}")
    assert document(server) == right


def test_a_connection_ends_before_an_answer(server: CbsServer) -> None:
    server.fail("skip=3", faults.dropped)
    with pytest.raises(http.client.RemoteDisconnected):
        ask(server)


def test_a_connection_ends_in_the_middle_of_the_body(server: CbsServer) -> None:
    whole = len(ask(server).read())
    server.fail("skip=3", faults.broken_off)
    answer = ask(server)
    assert answer.headers["Content-Length"] == str(whole)
    with pytest.raises(http.client.IncompleteRead) as broken:
        answer.read()
    assert len(broken.value.partial) == whole // 2


def test_half_a_body_comes_as_if_it_were_whole(server: CbsServer) -> None:
    whole = ask(server).read()
    server.fail("skip=3", faults.truncated)
    assert ask(server).read() == whole[: len(whole) // 2]


def test_a_status_comes_with_the_headers_that_were_given(server: CbsServer) -> None:
    server.fail("skip=3", faults.status(429, Retry_After="7"))
    server.fail("skip=3", faults.status(429))
    first, second = ask(server), ask(server)
    assert (first.status, first.headers["Retry-After"]) == (429, "7")
    assert (second.status, second.headers["Retry-After"]) == (429, None)


@pytest.mark.parametrize(
    ("fault", "content_type", "begins"),
    [
        (faults.html_page, "text/html", b"<!DOCTYPE html>"),
        (faults.atom, "application/atom+xml;charset=utf-8", b"<?xml"),
        (faults.json_error, None, b'{"odata.error":'),
        (faults.empty, None, b""),
    ],
)
def test_something_else_comes_with_status_200(
    server: CbsServer, fault: Fault, content_type: str | None, begins: bytes
) -> None:
    usual = ask(server).headers["Content-Type"]
    server.fail("skip=3", fault)
    answer = ask(server)
    assert (answer.status, answer.headers["Content-Type"]) == (200, content_type or usual)
    body = answer.read()
    assert body.startswith(begins)
    assert b'"value":[' not in body


def test_a_late_answer_is_the_right_one(server: CbsServer) -> None:
    right = document(server)
    server.fail("skip=3", faults.slow(0.01))
    assert document(server) == right


@pytest.mark.parametrize(
    ("fault", "skip"), [(faults.looping_link, "3"), (faults.page_dropped, "9")]
)
def test_a_link_leads_to_its_own_page_or_past_the_next(
    server: CbsServer, fault: Fault, skip: str
) -> None:
    right = document(server)
    server.fail("skip=3", fault)
    found = document(server)
    assert right["odata.nextLink"] == f"{server.url}{ROWS}&$skip=6"
    assert found == {**right, "odata.nextLink": f"{server.url}{ROWS}&$skip={skip}"}


def test_a_link_leads_to_another_host(server: CbsServer) -> None:
    server.fail("skip=3", faults.link_elsewhere)
    assert urlsplit(document(server)["odata.nextLink"]).hostname == "127.0.0.2"


def test_a_link_is_missing(server: CbsServer) -> None:
    right = document(server)
    server.fail("skip=3", faults.last_page_dropped)
    del right["odata.nextLink"]
    assert document(server) == right


def test_a_page_is_served_again_under_the_link_of_another(server: CbsServer) -> None:
    first, right = document(server, ROWS), document(server)
    server.fail("skip=3", faults.repeated(server.answer(ROWS, "json")))
    assert document(server) == {**right, "value": first["value"]}


def test_a_page_is_short_and_has_a_next_one(server: CbsServer) -> None:
    right = document(server)
    server.fail("skip=3", faults.short_page)
    assert document(server) == {**right, "value": []}


def test_a_row_has_a_column_too_many_or_too_few(server: CbsServer) -> None:
    columns = set(document(server)["value"][-1])
    server.fail("skip=3", faults.unknown_column)
    server.fail("skip=3", faults.missing_column)
    assert set(document(server)["value"][-1]) - columns == {"k_3ePlaatsing_3"}
    assert columns - set(document(server)["value"][-1]) == {"Categorie"}


def test_a_count_is_wrong_or_absent(server: CbsServer) -> None:
    assert document(server)["odata.count"] == "10"
    server.fail("skip=3", faults.wrong_count)
    server.fail("skip=3", faults.without_count)
    assert document(server)["odata.count"] == "11"
    assert "odata.count" not in document(server)
