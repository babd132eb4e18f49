"""How long the client waits, how often it tries, and what it does not try again."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from doelenboom.sources.cbs.client import TRIES, CbsClient
from doelenboom.sources.cbs.faults import ContentError, UnreachableError
from tests.cbs_server import faults
from tests.cbs_server.server import CbsServer

CATALOG = "/ODataCatalog/Tables?$format=json"


class Waits(threading.Event):
    """Takes no time to wait, and writes down how long it would have been."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.seconds.append(timeout or 0.0)
        return self.is_set()


@pytest.fixture
def server() -> Iterator[CbsServer]:
    with CbsServer() as running:
        yield running


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def client(server: CbsServer, waits: Waits) -> Iterator[CbsClient]:
    with CbsClient(server.url) as connected:
        connected.cancelled = waits
        yield connected


def test_a_wait_is_as_long_as_the_source_asks(
    server: CbsServer, client: CbsClient, waits: Waits
) -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    server.fail("Catalog", faults.status(429, Retry_After="17"))
    server.fail("Catalog", faults.status(429, Retry_After=at))
    client.get(server.url + CATALOG)
    assert waits.seconds[0] == 17
    assert waits.seconds[1] == pytest.approx(40, abs=5)


def test_waits_grow_from_try_to_try_until_the_last(
    server: CbsServer, client: CbsClient, waits: Waits
) -> None:
    server.fail("Catalog", faults.status(503), times=100)
    with pytest.raises(UnreachableError, match=rf"status 503 Service Unavailable \({TRIES} tries"):
        client.get(server.url + CATALOG)
    assert len(server.requests) == TRIES
    assert len(waits.seconds) == TRIES - 1
    assert all(earlier < later for earlier, later in pairwise(waits.seconds))


@pytest.mark.parametrize("code", [400, 403, 404])
def test_a_status_that_stays_is_not_asked_for_again(
    server: CbsServer, client: CbsClient, waits: Waits, code: int
) -> None:
    server.fail("Catalog", faults.status(code), times=100)
    with pytest.raises(ContentError, match=f"status {code}"):
        client.get(server.url + CATALOG)
    assert len(server.requests) == 1
    assert waits.seconds == []


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://cbs.test/a", "https://cbs.test/a"),
        ("https://cbs.test:443/a", "https://cbs.test/a"),
        ("http://cbs.test/a", "https://cbs.test/a"),
        ("http://cbs.test:8080/a", None),
        ("https://cbs.test:8443/a", None),
        ("https://cbs.test.example/a", None),
        ("https://cbs.test@example/a", None),
        ("ftp://cbs.test/a", None),
        ("//cbs.test/a", None),
        ("http://[::1", None),
        ("https://cbs.test/" + "a" * 70_000, None),
    ],
)
def test_only_the_service_itself_is_asked_and_with_tls_where_it_has_it(
    url: str, asked: str | None
) -> None:
    client = CbsClient("https://cbs.test")
    if asked is None:
        with pytest.raises(ContentError, match=r"leads to another host|is no URL"):
            client._of_service(url)
    else:
        assert str(client._of_service(url)) == asked
