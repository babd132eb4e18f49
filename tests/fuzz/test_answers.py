"""Any answer of CBS lands as it was sent, or costs its table in a sentence."""

import copy
import gzip
import http.client
import json
import math
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import strategies as st

from doelenboom.errors import RefusedError
from doelenboom.ingestion.cbs import fetch as fetch_module
from doelenboom.ingestion.cbs.fetch import fetch_cbs
from doelenboom.landing import draft as draft_module
from doelenboom.landing.delivery import Delivery, page_bytes
from doelenboom.landing.store import latest
from doelenboom.settings import Settings
from doelenboom.sources.cbs import client as client_module
from doelenboom.sources.cbs.client import CbsClient
from doelenboom.sources.cbs.datasets import IV3
from doelenboom.sources.cbs.faults import ContentError
from tests.cbs_server.service import Service
from tests.cbs_server.tables import Cell, iv3_rows, iv3_table
from tests.fuzz.changes import Change, changed_bytes, changes
from tests.fuzz.conftest import Fuzz
from tests.fuzz.sentences import refuse_no_sentence

BASE = "http://127.0.0.1:1"
TABLE = "45042NED"
CELLS: list[Cell] = [
    ("GM0153", "X005", "6.1", "B3.1", 100.5, 101.5),
    ("GM0153", "X005", "6.1", "L1.1", 20.5, 20.5),
    ("GM0153", "X005", "6.2", "L1.1", 7.0, None),
]
TOKENS = (
    *(
        "[",
        "]",
        "{",
        "}",
        '"',
        ",",
        ":",
        "\\",
        "null",
        "NaN",
        "-Infinity",
        "true",
        "1e308",
        "1e400",
    ),
    *("-0", "0.1", "3000000000", '"ID":1,', '"value":[', '"odata.count":"2",', '"GM0153    "'),
    *('"odata.nextLink":"http://[::1",', '"odata.error":{"message":{"value":"x"}},', "\\ud800"),
    *('"odata.nextLink":"/",', "\\u0000", "\x1b", "\ufeff", "L1.2    ", "2018X004", "[" * 3_000),
    *('{"a":' * 3_000, "9" * 5_000, "<html>", "20.5", "1" * 40, '"k_1ePlaatsing_1":3,'),
)
KNOWN = (
    b'{"odata.count": "1", "value": [{"ID": ' + b"[" * 20_000 + b"]" * 20_000 + b"}]}",
    b'{"value": [{"ID": 1, "Key": 7}]}',
    b'{"value": [{"Key": null}, {"Key": ["ID"]}, {}]}',
    b'{"odata.count": "' + b"9" * 5_000 + b'", "value": []}',
    b'{"odata.nextLink": "http://[::1", "value": [{}]}',
    b'{"value": [{"ID": 1, "k_1ePlaatsing_1": NaN}]}',
    b'{"odata.error": {"message": {"value": "x\\u001b[31m' + b"y" * 100_000 + b'"}}}',
    b"\xff\xfe",
    b"",
)
"""What ended the process, the fetch or a later night."""


@dataclass(frozen=True)
class Input:
    """The number of an answer, and changes of it; or what is sent in its place."""

    answer: int
    made: tuple[Change, ...] = ()
    sent: bytes | None = None


INPUTS = st.builds(Input, st.integers(0, 11), changes(TOKENS, most=3).map(tuple))


class _Asked(CbsClient):
    """The client after the connection: what it is asked, some bodies answer."""

    def __init__(self, base_url: str, answer: Callable[[str], bytes]) -> None:
        self.base_url = base_url
        self.cancelled = threading.Event()
        self._until = self._seconds = math.inf
        self._said = answer

    def __enter__(self) -> "_Asked":
        return self

    def __exit__(self, *_: object) -> None:
        self.cancelled.set()

    def within(self, seconds: float) -> "_Asked":
        return copy.copy(self)

    def get(self, url: str, largest: int = client_module.LARGEST_PAGE) -> bytes:
        self.refuse_when_cancelled()
        body = self._said(str(self._of_service(url)))
        if len(body) > largest:
            raise ContentError(f"{url} answers with more than {largest} bytes")
        return body


@pytest.fixture(scope="module")
def service() -> Service:
    table = iv3_table(
        2018,
        iv3_rows(2018, CELLS),
        {"GM0153": "Enschede"},
        {"6.1": "Samenkracht", "6.2": "Toegang"},
        identifier=TABLE,
    )
    service = Service(page_size=10_000)
    service.replace(table)
    return service


def _fetched(folder: Path, answer: Callable[[str], bytes]) -> str | Delivery:
    """Fetch a table; its sentence where it was refused."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(fetch_module, "CbsClient", lambda base_url: _Asked(base_url, answer))
        patched.setattr(draft_module, "sync", lambda path: None)  # no disk is waited for
        settings = Settings(data_dir=folder, cbs_url=BASE, cbs_iv3_url=BASE)
        results = fetch_cbs(settings, [IV3])
    failures = [result.failure for result in results if result.failure]
    landed = latest(settings.landing_dir, "cbs", "iv3", TABLE)
    assert (landed is None) == (not any(result.outcome == "landed" for result in results))
    return landed or (failures or ["the catalog does not list it"])[0]


def test_any_answer_lands_as_it_was_sent_or_costs_its_table(
    fuzz: Fuzz[Input], service: Service
) -> None:
    answers: dict[str, bytes] = {}

    def good(url: str) -> bytes:
        if url not in answers:
            answer = service.answer(BASE, url.removeprefix(BASE), "application/json")
            if answer.status != 200:
                raise ContentError(f"{url}: status {answer.status}")
            answers[url] = answer.body
        return answers[url]

    with tempfile.TemporaryDirectory() as folder:
        assert isinstance(_fetched(Path(folder), good), Delivery)
    asked = list(answers)

    def check(given: Input) -> str:
        bad = asked[given.answer % len(asked)]
        body = changed_bytes(answers[bad], given.made) if given.sent is None else given.sent
        with tempfile.TemporaryDirectory() as folder:
            came = _fetched(Path(folder), lambda url: body if url == bad else good(url))
            if isinstance(came, str):
                refuse_no_sentence(came)
                return "refused"
            _refuse_other(came, Path(folder) / "raw" / "cbs" / IV3.rows_table)
        return "landed" if body == answers[bad] else "landed as changed"

    known = [Input(number, sent=body) for number in range(len(asked)) for body in KNOWN]
    fuzz(INPUTS, check, known)


def _refuse_other(delivery: Delivery, raw: Path) -> None:
    """Fail unless raw has each row as Python's own reader finds it in what was sent."""
    part = delivery.part(IV3.rows_table)
    sent = [
        row
        for page in part.pages
        for row in json.loads(page_bytes(delivery.folder, page), object_pairs_hook=_once)["value"]
    ]
    rows = pq.read_table(raw / f"{TABLE}.parquet").to_pylist()
    assert len(rows) == len(sent) == part.source_count
    for row, was in zip(rows, sent, strict=True):
        for key, name in part.columns.items():
            _refuse_unlike(row[name], was.get(key))


def _once(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    found = dict(pairs)
    assert len(found) == len(pairs), "a member that stands twice"
    return found


def _refuse_unlike(text: str | None, value: object) -> None:
    if isinstance(value, int | float):
        assert text is not None and float(text) == value, (text, value)
    else:
        assert text == value


RESPONSES = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n"
    + b'{"value": []}',
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b'6\r\n{"valu\r\n7\r\ne": []}\r\n0\r\n\r\n',
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"
    + gzip.compress(b'{"value": []}', mtime=0),
    b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
)
HEADERS = (
    *("\r\n", "\r\n\r\n", "\n", "\r", ":", " ", "0", "-1", "99999999999", "Content-Length: 5\r\n"),
    *(
        "Transfer-Encoding: chunked\r\n",
        "Content-Encoding: gzip, gzip\r\n",
        "HTTP/1.1 100 \r\n\r\n",
    ),
    *(
        "Location: http://[::1\r\n",
        "Location: //example.org/\r\n",
        "Location: file:///etc/passwd\r\n",
    ),
    *("Retry-After: Mon, 01 Jan 2026 00:00:00 +99999999999999\r\n", "Retry-After: -1\r\n"),
    *("\x00", "\x1b[31m", "HTTP/1.0", "200", "204", "999", "x" * 70_000, "FFFFFFFFFFFFFFFF\r\n"),
)
RAW_INPUTS = st.builds(
    Input, st.integers(0, len(RESPONSES) - 1), changes(HEADERS, most=3).map(tuple)
)


@pytest.fixture
def answering() -> Iterator[tuple[str, list[bytes]]]:
    """Give a port that answers whatever is asked with the bytes in a list, and hangs up."""
    sent: list[bytes] = [b""]
    listening = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                while b"\r\n\r\n" not in connection.recv(65_536):
                    pass
                connection.sendall(sent[0])

    threading.Thread(target=answer, daemon=True).start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}", sent
    listening.close()


def test_whatever_comes_over_the_line_is_the_body_that_was_sent_or_a_sentence(
    fuzz: Fuzz[Input], answering: tuple[str, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, sent = answering
    monkeypatch.setattr(client_module, "TRIES", 1)
    monkeypatch.setattr(client_module, "ANSWER_SECONDS", 5.0)
    with CbsClient(url, first_wait=0.0) as client:

        def check(given: Input) -> str:
            sent[0] = changed_bytes(RESPONSES[given.answer], given.made)
            try:
                body = client.get(f"{url}/x")
            except RefusedError as error:
                refuse_no_sentence(str(error))
                return "refused"
            expected = _body(sent[0])
            assert expected in (None, body)
            return "read"

        fuzz(RAW_INPUTS, check, [])


class _Line:
    """A connection that was read already, as `http.client` wants one."""

    def __init__(self, sent: bytes) -> None:
        self._sent = sent

    def makefile(self, _mode: str) -> BytesIO:
        return BytesIO(self._sent)


def _body(sent: bytes) -> bytes | None:
    """Read a response as another reader does; None where that takes it for none."""
    response = http.client.HTTPResponse(_Line(sent))  # type: ignore[arg-type]
    try:
        response.begin()
        body = response.read()
        return gzip.decompress(body) if response.getheader("Content-Encoding") else body
    except (http.client.HTTPException, OSError, ValueError, EOFError):
        return None
