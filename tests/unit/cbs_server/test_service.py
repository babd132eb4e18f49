"""The stand-in answers as CBS does: pages, counts, limits, formats, a log, and silence."""

import http.client
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import orjson
import pytest

from tests.cbs_server.server import CbsServer
from tests.cbs_server.service import JSON_TYPE
from tests.cbs_server.tables import Table, iv3_rows, iv3_table

FEED, API = "/ODataFeed/odata/45042NED", "/ODataApi/OData/45042NED"
ROWS = f"{FEED}/TypedDataSet?$format=json"


def table(municipalities: int, amount: float = 1.0) -> Table:
    codes = [f"GM{number:04d}" for number in range(municipalities)]
    cells = [(code, "X005", "6.1", "L1.1", amount, amount) for code in codes]
    names = dict.fromkeys(codes, "x")
    return iv3_table(2018, iv3_rows(2018, cells), names, {"6.1": "x"}, identifier="45042NED")


@pytest.fixture
def server() -> Iterator[CbsServer]:
    with CbsServer([table(7)], page_size=3) as running:
        yield running


def answer(server: CbsServer, target: str, accept: str = "*/*") -> tuple[int, str, bytes]:
    """Status, content type and body."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=5)
    connection.request("GET", target, headers={"Accept": accept})
    response = connection.getresponse()
    found = response.status, response.headers["Content-Type"], response.read()
    connection.close()
    return found


def document(server: CbsServer, target: str) -> Any:
    status, _, body = answer(server, target)
    assert status == 200, body
    return orjson.loads(body)


def pages(server: CbsServer, target: str) -> list[list[int]]:
    """IDs on each page, to the last."""
    found = []
    link: str | None = target
    while link is not None:
        page = document(server, link.removeprefix(server.url))
        found.append([row["ID"] for row in page["value"]])
        link = page.get("odata.nextLink")
    return found


def test_pages_follow_each_other_to_the_last_row(server: CbsServer) -> None:
    condition = quote("Verslagsoort eq '2018X005'")
    assert pages(server, f"{ROWS}&$filter={condition}") == [[0, 1, 2], [3, 4, 5], [6]]
    assert pages(server, f"{ROWS}&$skip=2&$top=4") == [[2, 3, 4], [5]]
    assert pages(server, f"{ROWS}&$orderby=ID%20desc&$top=2") == [[6, 5]]
    assert pages(server, f"{ROWS}&$skip=9") == [[]]


def test_a_link_carries_all_options_in_the_order_of_cbs(server: CbsServer) -> None:
    first = document(server, f"{ROWS}&$select=ID&$inlinecount=allpages")
    assert list(first) == ["odata.metadata", "odata.count", "value", "odata.nextLink"]
    assert first["odata.count"] == "7"
    assert first["value"] == [{"ID": 0}, {"ID": 1}, {"ID": 2}]
    link = f"{server.url}{ROWS}&$select=ID&$inlinecount=allpages&$skip=3"
    assert first["odata.nextLink"] == link


def test_the_count_is_of_all_rows_that_a_filter_lets_through(server: CbsServer) -> None:
    rows = f"{FEED}/TypedDataSet"
    regions = quote("Gemeenten eq 'GM0001   ' or Gemeenten eq 'GM0006   '")
    filtered = f"&$filter={regions}&$inlinecount=allpages&$top=1"
    assert document(server, ROWS + filtered)["odata.count"] == "2"
    assert answer(server, f"{rows}/$count")[2] == b"7"
    assert answer(server, f"{rows}/$count?$filter={regions}") == (200, "text/plain", b"2")


def test_zero_and_null_cells_are_rows_as_well(server: CbsServer) -> None:
    cells = [("GM0153", "X005", "6.1", "L1.1", 1.0, None), ("GM0153", "X005", "6.2", "B3.1", 0, 2)]
    rows = iv3_rows(2018, cells, silent=["GM0158"])
    server.replace(iv3_table(2018, rows, {}, {}, identifier="45042NED"))
    assert answer(server, f"{FEED}/TypedDataSet/$count")[2] == b"8"
    for condition, count in (
        ("k_1ePlaatsing_1 eq null", b"4"),
        ("k_1ePlaatsing_1 eq 0", b"3"),
        ("k_2ePlaatsing_2 ne null and k_2ePlaatsing_2 ne 0", b"1"),
    ):
        target = f"{FEED}/TypedDataSet/$count?$filter={quote(condition)}"
        assert answer(server, target)[2] == count


def test_figures_of_the_untyped_rows_are_text_and_a_dot_where_there_is_none(
    server: CbsServer,
) -> None:
    cells = [
        ("GM0153", "X005", "6.1", "L1.1", 12.0, None),
        ("GM0158", "X005", "6.1", "L1.1", 1.5, 2.0),
    ]
    server.replace(iv3_table(2018, iv3_rows(2018, cells), {}, {}, identifier="45042NED"))
    figures = "$select=ID,Gemeenten,k_1ePlaatsing_1,k_2ePlaatsing_2"
    rows = document(server, f"{FEED}/UntypedDataSet?$format=json&{figures}")["value"]
    assert [list(row.values()) for row in rows] == [
        [0, "GM0153   ", "12", "       ."],
        [1, "GM0158   ", "1.5", "2"],
    ]


def test_the_api_has_no_pages_and_refuses_more_than_10000_rows(server: CbsServer) -> None:
    rows = f"{API}/TypedDataSet?$format=json"
    assert pages(server, rows) == [[0, 1, 2, 3, 4, 5, 6]]
    server.replace(table(10_001))
    status, _, body = answer(server, rows)
    assert status == 500
    said = orjson.loads(body)["odata.error"]["message"]["value"]
    assert said == "query returns more than 10000 records"
    assert [len(page) for page in pages(server, f"{rows}&$top=10000")] == [10_000]


def test_json_must_be_asked_for(server: CbsServer) -> None:
    place = f"{FEED}/DataProperties"
    assert answer(server, place)[1:] == answer(server, f"{FEED}/TypedDataSet")[1:]
    assert answer(server, place)[2].startswith(b"<?xml")
    for target, accept in ((place, "application/json"), (f"{place}?$format=json", "*/*")):
        status, content_type, body = answer(server, target, accept)
        assert (status, content_type) == (200, JSON_TYPE)
        assert body.startswith(b'{"odata.metadata":"http://127.0.0.1:')


@pytest.mark.parametrize(
    ("target", "status", "told"),
    [
        (f"{ROWS}&$colour=1", 400, "$colour is not supported"),
        (f"{ROWS}&$filter=Gemeenten%20eq%201", 400, "Could not convert"),
        (f"{ROWS}&$filter=Kleur%20eq%201", 400, "there is no column Kleur"),
        (f"{FEED}/DataProperties?$format=json&$select=Kleur", 400, "there is no column Kleur"),
        (f"{FEED}/Nothing?$format=json", 404, "there is no Nothing"),
        ("/ODataFeed/odata/45046NED?$format=json", 404, "there is no 45046NED"),
        ("/x?$format=json", 404, "there is no /x"),
    ],
)
def test_what_is_not_there_is_an_error_as_json(
    server: CbsServer, target: str, status: int, told: str
) -> None:
    found, _, body = answer(server, target)
    assert found == status
    assert told in orjson.loads(body)["odata.error"]["message"]["value"]


def test_every_entity_that_the_table_names_is_served(server: CbsServer) -> None:
    for root in (FEED, API):
        entities = document(server, f"{root}?$format=json")["value"]
        assert [entity["name"] for entity in entities] == [
            *("UntypedDataSet", "TypedDataSet"),
            *("TableInfos", "DataProperties", "CategoryGroups"),
            *("TaakveldBalanspost", "Categorie", "Verslagsoort", "Gemeenten"),
        ]
        for entity in entities:
            assert document(server, f"{entity['url']}?$format=json".removeprefix(server.url))


def test_codes_are_filtered_and_paged_as_rows_are(server: CbsServer) -> None:
    codes = f"{FEED}/Gemeenten?$format=json&$select=Key"
    condition = quote("trim(Key) eq 'GM0004'")
    page = document(server, f"{codes}&$filter={condition}")
    assert page["value"] == [{"Key": "GM0004   "}]
    assert "$skip=3" in document(server, codes)["odata.nextLink"]


def test_the_catalog_lists_what_is_published_now(server: CbsServer) -> None:
    condition = quote("Catalog eq 'IV3'")
    iv3 = f"/ODataCatalog/Tables?$format=json&$select=Identifier,Modified&$filter={condition}"
    first = {"Identifier": "45042NED", "Modified": "2020-09-22T02:00:00"}
    assert document(server, iv3)["value"] == [first]
    server.replace(table(2).revised("2021-01-01T02:00:00"))
    assert document(server, iv3)["value"] == [{**first, "Modified": "2021-01-01T02:00:00"}]
    assert pages(server, ROWS) == [[0, 1]]
    server.remove("45042NED")
    assert document(server, "/ODataCatalog/Tables?$format=json")["value"] == []
    assert answer(server, ROWS)[0] == 404


def test_kept_answers_are_those_of_the_table_that_is_published(server: CbsServer) -> None:
    server.keep_answers()
    first = [document(server, ROWS) for _ in range(2)]
    assert first[0] == first[1]
    server.replace(table(7, amount=5.0))
    assert document(server, ROWS)["value"][0]["k_1ePlaatsing_1"] == 5.0


def test_requests_are_written_down_as_they_were_meant(server: CbsServer) -> None:
    answer(server, "/ODataCatalog/Tables?$format=json")
    answer(server, f"{ROWS}&$filter=ID%20eq%203")
    assert server.requests == ["/ODataCatalog/Tables?$format=json", f"{ROWS}&$filter=ID eq 3"]
    assert server.requests_for("45042NED") == [f"{ROWS}&$filter=ID eq 3"]


def test_a_stopped_server_answers_nobody_not_even_on_an_open_connection(
    server: CbsServer,
) -> None:
    netloc = urlsplit(server.url).netloc
    connection = http.client.HTTPConnection(netloc, timeout=5)
    connection.request("GET", ROWS)
    connection.getresponse().read()
    server.stop()
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        connection.request("GET", ROWS)
        connection.getresponse()
    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection(netloc, timeout=5).connect()
