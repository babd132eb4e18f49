"""Any request to `serve` is answered or refused in a sentence; rows that come are its table's."""

import json
import select
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from tests.fuzz.changes import Change, changed, changed_bytes, changes
from tests.fuzz.conftest import Fuzz
from tests.fuzz.sentences import refuse_no_sentence
from tests.integration.served import Server, data_folder, publish, serving

PATIENCE = 0.2
"""Seconds for an answer; where it takes longer the request may not be whole, and is ended."""

PATHS = (
    "/health",
    "/",
    "/releases",
    "/tables",
    "/tables/facts",
    "/tables/facts/rows",
    "/tables/facts/rows?format=csv&order=title.desc,fact_no",
    "/tables/facts/rows?fact_no=gte.2&select=fact_no,title&limit=2&offset=1",
    "/tables/facts/rows?title=in.(x,y)&release=20260102T013000Z-00000000",
    "/tables/generation/rows?format=parquet",
    "/query?sql=select+count(*)+as+n+from+marts.facts&format=json",
    "/query?sql=from%20facts%20where%20title%20%3D%20'x'&format=csv",
    "/openapi.json",
    "/docs",
)
STATEMENTS = (
    "select count(*) as n from marts.facts",
    "from facts order by title limit 2 offset 1",
    "explain select 1",
    "with t as (select range as n from range(10)) select sum(n) over (order by n) from t",
    "select [1, 2, 3][2], {'a': 1}, 'x' || title from facts",
    "describe facts",
    "from duckdb_tables()",
)
TOKENS = (
    *(
        "\r\n",
        "\n",
        "\r\n\r\n",
        ":",
        " ",
        "\x00",
        "%00",
        "%ff",
        "%2e%2e%2f",
        "../",
        "//",
        "?",
        "&",
        "#",
    ),
    *(
        "Content-Length: 5\r\n",
        "Content-Length: -1\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Host: y\r\n",
    ),
    *(
        "Accept: text/html\r\n",
        "Accept: */*;q=x\r\n",
        "Range: bytes=0-1\r\n",
        "Range: bytes=9-\r\n",
    ),
    *(
        'If-None-Match: "',
        "Expect: 100-continue\r\n",
        "Upgrade: websocket\r\n",
        "HEAD",
        "POST",
        "PRI",
    ),
    *(
        "Authorization: Basic !!\r\n",
        "Authorization: Bearer é\r\n",
        "Sec-Fetch-Site: cross-site\r\n",
    ),
    *(
        "'",
        '"',
        ";",
        "--",
        "/*",
        "(",
        ")" * 50,
        "(" * 3_000,
        "union all from facts",
        "select",
        "::int",
    ),
    *(
        "current_setting('threads')",
        "read_text('/etc/passwd')",
        "'/etc/passwd'",
        "drop table facts",
    ),
    *("limit=0", "limit=1e9", "order=x", "select=title", "eq.", "in.(", "not.null", "format=xml"),
    *("9" * 400, "\\ud800", "🎉", "x" * 70_000, "null", "cast('x' as int)", "1/0", "generation"),
)


@dataclass(frozen=True)
class Input:
    """A good request by its number, and changes of it: of its path or statement, of all of it."""

    good: int
    asked: tuple[Change, ...] = ()
    made: tuple[Change, ...] = ()


INPUTS = st.builds(
    Input,
    st.integers(0, len(PATHS) + 3 * len(STATEMENTS) - 1),
    changes(TOKENS, most=2).map(tuple),
    st.integers(0, 3).flatmap(lambda n: changes(TOKENS, most=3 * (n == 3)).map(tuple)),
)
KNOWN_CHANGES = (
    Change("put", 60_000, 1, "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
    Change("put", 60_000, 1, "\r\n" * 3),
    Change("put", 1_000, 1, "a" * 70_000),
    Change("put", 0, 1, "\x16\x03\x01\x00"),
    Change("cut", 30_000, 1, ""),
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    house = data_folder(Path(tmp_path_factory.mktemp("fuzzed")))
    publish(house, 1)
    with serving(
        house, "--timeout", "3", environment={"DOELENBOOM_MEMORY_LIMIT": "800MB"}
    ) as ready:
        yield ready


def _request(given: Input, token: str) -> bytes:
    head = f"Host: x\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n"
    if given.good < len(PATHS):
        path = changed(PATHS[given.good], given.asked)
        request = f"GET {path} HTTP/1.1\r\n{head}\r\n".encode("utf-8", "replace")
    else:
        statement = changed(STATEMENTS[given.good % len(STATEMENTS)], given.asked)
        body = json.dumps({"sql": statement}).encode()
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        request = f"POST /query HTTP/1.1\r\n{head}\r\n".encode() + body
    return changed_bytes(request, given.made)


def _answer(server: Server, request: bytes) -> tuple[HTTPResponse | None, bytes]:
    """Send bytes, and no more where nothing comes of them; it may be closed without an answer."""
    with socket.create_connection(server.address, timeout=20) as connection:
        with suppress(OSError):  # it may be refused before it was all sent
            connection.sendall(request)
            if not select.select([connection], [], [], PATIENCE)[0]:
                connection.shutdown(socket.SHUT_WR)
        response = HTTPResponse(connection, method="HEAD" if request[:4] == b"HEAD" else "GET")
        try:
            response.begin()
            return response, response.read()
        except (HTTPException, ConnectionError):
            return None, b""


def test_any_request_is_answered_or_refused_in_a_sentence(
    fuzz: Fuzz[Input], server: Server
) -> None:
    everything = server.get("/tables/facts/rows").json()

    def check(given: Input) -> str:
        response, body = _answer(server, _request(given, server.token))
        if response is None:
            assert server.process.poll() is None
            return "closed"
        assert response.status < 500 or response.status == 503, (response.status, body)
        assert b"Traceback" not in body
        assert b"root:" not in body
        if response.getheader("Content-Type", "").startswith("application/problem+json") and body:
            refuse_no_sentence(json.loads(body)["detail"])
        if response.status == 200 and given.good in (5, 7, 8) and body.startswith(b"[\n{"):
            _refuse_other(json.loads(body), everything)
        return f"{response.status // 100}xx"

    known = [Input(number, made=(made,)) for number in (0, 7, 14) for made in KNOWN_CHANGES]
    fuzz(INPUTS, check, known)
    answer = server.ask("select count(*) as n from marts.facts")
    assert answer.json() == [{"n": len(everything)}], answer.text
    log = server.log.read_text()
    assert "Traceback" not in log
    assert server.token not in log


def _refuse_other(rows: list[dict[str, Any]], everything: list[dict[str, Any]]) -> None:
    """Fail on a row that is none of the table."""
    for row in rows:
        assert any(row.items() <= each.items() for each in everything), row
