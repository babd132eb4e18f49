"""What somebody meets who asks the server for the first time: the start, pages, the way on."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import httpx
import pytest

from tests.integration.served import Server, data_folder, publish, serving

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
SECONDS = 7


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    house = data_folder(tmp_path_factory.mktemp("pages") / "data")
    house.execute("comment on table marts.facts is '<b>Feiten</b> & meer. One row per fact.'")
    publish(house, 1)
    elsewhere = {"TZ": "Asia/Tokyo"}
    with serving(house, "--timeout", str(SECONDS), environment=elsewhere) as server:
        yield server


class _Page(HTMLParser):
    """What a page links to and loads, its language and its headings."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []
        self.language = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if tag == "html":
            self.language = given.get("lang") or ""
        if tag == "a":
            self.links.append(given.get("href") or "")
        assert "src" not in given and "onclick" not in given
        assert tag != "link" or given.get("href") == "data:,"


def _page(server: Server, path: str) -> _Page:
    with server.client() as client:
        answer = client.get(path, headers=BROWSER)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Security-Policy"].startswith(
        "default-src 'none'; style-src 'sha"
    )
    page = _Page(answer.text)
    assert page.language == "nl"
    assert page.tags.count("h1") == page.tags.count("main") == page.tags.count("title") == 1
    assert "script" not in page.tags
    return page


@pytest.mark.parametrize(
    "path", ["/", "/tables", "/tables/facts", "/tables/facts/rows", "/query?sql=select+1+as+x"]
)
def test_every_link_of_a_page_leads_somewhere(path: str, server: Server) -> None:
    page = _page(server, path)
    links = {link for link in page.links if link.startswith("/")}
    assert links
    with server.client() as client:
        for link in links:
            assert client.get(link, headers=BROWSER).status_code == 200, link


def test_the_start_says_release_tables_limits_and_how_to_ask(server: Server) -> None:
    with server.client() as client:
        text = client.get("/", headers=BROWSER).text
        start = client.get("/").json()
        health = client.get("/health").json()
    assert start["release"] == health["release"]
    assert start["made_at"] == "2026-01-02T01:30:00Z"
    assert (start["limits"]["rows"], start["limits"]["seconds"]) == (100_000, SECONDS)
    for word in (start["release"], "2026-01-02, 01:30 UTC", "100.000 rijen", f"{SECONDS} seconden"):
        assert word in text
    assert re.search(r"spending.*?Lasten &#39;s jaars, x € 1.000.*?4.*?2013–2018", text, re.DOTALL)
    assert server.url in text
    assert server.token not in text
    for link in start["links"].values():
        assert server.get(link).status_code == 200, link


def test_words_of_the_data_are_words_on_a_page(server: Server) -> None:
    with server.client() as client:
        for path in ("/", "/tables/facts", "/query?sql=select+'<b>x</b>'+as+\"<i>\""):
            text = client.get(path, headers=BROWSER).text
            assert "<b>" not in text and "<i>" not in text
            assert "&lt;b&gt;" in text


def test_rows_keep_their_digits_on_a_page_and_it_leads_to_the_next(server: Server) -> None:
    with server.client() as client:
        text = client.get("/tables/spending/rows?limit=2", headers=BROWSER).text
        assert "<td>-5.000</td>" in text
        following = next(link for link in _Page(text).links if "offset=2" in link)
        assert "<td>198542.000</td>" in client.get(following, headers=BROWSER).text
        large = client.get("/query?sql=select+repeat('x',3000000)+as+x", headers=BROWSER)
        assert large.headers["Content-Type"] == "application/json"


def test_a_browser_asks_for_the_token_and_is_told_how(server: Server) -> None:
    answer = httpx.get(server.url + "/", headers=BROWSER)
    assert answer.status_code == 401
    offered = answer.headers.get_list("WWW-Authenticate")
    assert [challenge.split()[0] for challenge in offered] == ["Basic", "Bearer"]
    assert "wachtwoord is het token" in answer.text
    assert "spending" not in answer.text and "Z-" not in answer.text
    assert httpx.get(server.url + "/", auth=("", server.token)).status_code == 200


@pytest.mark.parametrize("mode", ["cors", "no-cors", "websocket"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_of_another_site_has_nothing_asked(site: str, mode: str, server: Server) -> None:
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}
    with server.client() as client:
        assert client.get("/query?sql=select+1", headers=headers).status_code == 403
        followed = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"}
        assert client.get("/query?sql=select+1", headers=followed).status_code == 200


TOLD = {
    "/tabels": (404, "nothing at /tabels; the nearest: /tables", "/tables"),
    "/tables/": (404, "nothing at /tables/; the nearest: /tables", "/tables"),
    "/nothing": (404, "nothing at /nothing", "/"),
    "/tables/spendings": (
        404,
        "'spendings' here, /tables lists them; the nearest: spending",
        "/tables/spending",
    ),
    "/tables/xyz": (404, "no table 'xyz' here, /tables lists them", "/tables"),
    "/tables/spending/rows?fiscal_yer=1": (400, "lists them; the nearest: fiscal_year", None),
    "/tables/spending/rows?fiscal_year=x": (400, "with 'x', expected a whole number", None),
    "/tables/spending/rows?limit=x": (400, "limit=x: expected a valid integer", None),
    "/tables/spending/rows?limit=100001": (400, "less than or equal to 100000", None),
    "/tables/spending/rows?format=xml": (400, "expected 'json', 'csv' or 'parquet'", None),
    "/tables/spending/rows?release=x": (400, "expected the id of a release", None),
    "/tables/spending/rows?release=20200101T000000Z-00000000": (410, "no longer", "/releases"),
    "/query": (400, "sql is not given", "/query?sql=from%20information_schema.columns"),
    "/query?sql=select+amount_kuer+from+marts.spending": (400, 'bindings: "amount_keur"', None),
    "/query?sql=from+spendin": (400, 'Did you mean "spending"', None),
    "/query?sql=select+1+form+x": (400, 'near "x", at character', None),
    "/query?sql=from+range(100001)": (422, "more than 100000 rows", "/#grenzen"),
}


@pytest.mark.parametrize("path", TOLD)
def test_a_refusal_says_what_was_expected_and_the_way_on(path: str, server: Server) -> None:
    status, told, way = TOLD[path]
    with server.client() as client:
        answer = client.get(path)
        problem = answer.json()
        assert (answer.status_code, problem["status"]) == (status, status)
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert told in problem["detail"]
        assert "\n" not in problem["detail"]
        table = "/tables/spending" if path.startswith("/tables/spending/") else None
        assert problem["next"][0]["url"] == (way or table or problem["next"][0]["url"])
        for each in problem["next"]:
            assert client.get(each["url"]).status_code == 200, each
        page = client.get(path, headers=BROWSER)
        assert page.status_code == status
        assert "Hoe verder" in page.text
        assert set(_Page(page.text).links) >= {each["url"] for each in problem["next"]}


def test_a_method_that_there_is_not_is_told_which_there_are(server: Server) -> None:
    with server.client() as client:
        answer = client.delete("/tables/facts/rows")
        assert answer.headers["Allow"] == "GET, HEAD"
        assert "expected GET, HEAD" in answer.json()["detail"]
        assert client.put("/query").headers["Allow"] == "GET, POST"
        for path in ("/", "/tables", "/tables/facts", "/tables/facts/rows"):
            head = client.head(path)
            assert (head.status_code, head.content) == (200, b""), path


@pytest.mark.parametrize("body", [b"{", b"[]", b"sql=x", b"{}", b'{"sql": 1}'])
def test_a_body_that_is_no_statement_is_told_what_one_is(body: bytes, server: Server) -> None:
    with server.client() as client:
        headers = {"Content-Type": "application/json"}
        answer = client.post("/query", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith("The body")
    assert "pydantic" not in answer.text


def test_times_of_the_log_are_in_utc_and_say_so(server: Server) -> None:
    server.get("/tables")
    lines = server.log.read_text().splitlines()
    assert lines
    for line in lines:
        moment = datetime.strptime(line.split()[0], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        assert abs(datetime.now(UTC) - moment) < timedelta(hours=1)


def test_answers_in_parquet_follow_one_that_was_not_read_to_its_end(server: Server) -> None:
    with server.client() as client:
        for _ in range(8):  # more than there are processes
            assert client.get("/tables/generation/rows?limit=1").status_code == 200
        for _ in range(8):
            answer = client.get("/query?sql=select+1+as+x&format=parquet")
            assert answer.content[:4] == b"PAR1"
