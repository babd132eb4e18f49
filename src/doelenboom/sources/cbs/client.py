"""Asking CBS: one client per service, patient with named faults and with nothing else.

Retried with growing waits: no connection, a connection that broke, a timeout, 429 (as long as
`Retry-After` says) and 5xx. Any other status, and any body that is not what was asked, ends the
fetch in one sentence. Bodies are returned as sent (a compressed transfer undone), up to a size
and within a time; nobody but the service itself is asked.
"""

import asyncio
import copy
import math
import random
import threading
import time
import zlib
from collections.abc import Mapping
from concurrent.futures import CancelledError
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from types import TracebackType
from urllib.parse import quote, urlencode

import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    sleep_using_event,
    stop_after_attempt,
)

from doelenboom.errors import in_one_line
from doelenboom.sources.cbs.faults import ContentError, UnreachableError

TRIES = 5
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.5, 60.0
TIMEOUT = httpx.Timeout(connect=15, read=120, write=30, pool=None)
ANSWER_SECONDS = 300.0
"""Seconds in which an answer is whole: a page of 10,000 rows may take a minute."""

PARALLEL_REQUESTS = 4
MOST_REDIRECTS = 5
LARGEST_PAGE = 16 << 20
"""Bytes after which an answer is refused: a page of 10,000 rows takes a few million."""

_USER_AGENT = "doelenboom (open data warehouse for Dutch municipalities)"
_HEADERS = {
    "Accept": "application/json, */*;q=0.1",
    "Accept-Encoding": "gzip",
    "User-Agent": _USER_AGENT,
}
_BROKEN = (httpx.NetworkError, httpx.TimeoutException, httpx.RemoteProtocolError)


class _PassingFaultError(Exception):
    """A fault that may be gone at the next try; `wait` is what the source asks for, in seconds."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class CbsClient:
    """A connection to one service of CBS, while it is entered; safe to share between threads.

    `base_url` has no slash at its end. `cancel` ends waiting tries when it is set. Requests are
    made in a loop of their own: only there can one be ended whatever the server is sending.
    """

    def __init__(self, base_url: str, first_wait: float = FIRST_WAIT_SECONDS) -> None:
        self.base_url = base_url
        self.cancelled = threading.Event()
        self._first_wait = first_wait
        self._until, self._seconds = math.inf, math.inf
        self._http = httpx.AsyncClient(
            timeout=TIMEOUT,
            headers=_HEADERS,
            limits=httpx.Limits(max_connections=PARALLEL_REQUESTS),
        )

    def __enter__(self) -> "CbsClient":
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._run, daemon=True).start()
        return self

    def _run(self) -> None:
        self._loop.run_forever()
        self._loop.close()

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.cancelled.set()
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)

    async def _hang_up(self) -> None:
        """End what is under way, and every connection."""
        under_way = asyncio.all_tasks() - {asyncio.current_task()}
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        await self._http.aclose()

    def within(self, seconds: float) -> "CbsClient":
        """Give the same client with a time, from now on, in which all is asked that is asked."""
        limited = copy.copy(self)
        limited._until, limited._seconds = time.monotonic() + seconds, seconds
        return limited

    def url(self, path: str, options: Mapping[str, str] | None = None) -> str:
        """Write the URL of a path of the service, with query options such as `$filter`."""
        query = urlencode(options or {}, quote_via=quote, safe="$'(),")
        return f"{self.base_url}{path}{'?' if query else ''}{query}"

    def refuse_when_cancelled(self) -> None:
        """Raise UnreachableError when the fetch was stopped from outside."""
        if self.cancelled.is_set():
            raise UnreachableError(f"{self.base_url}: the fetch was stopped")

    def get(self, url: str, largest: int = LARGEST_PAGE) -> bytes:
        """Return the body that a URL answers with, of `largest` bytes at most.

        Raises UnreachableError after the last try and when the time is over, ContentError for a
        status that another try does not change, an answer that is too large or packed in an
        unknown way, and a URL of another host.
        """
        tries = Retrying(
            stop=stop_after_attempt(TRIES),
            wait=self._wait,
            sleep=sleep_using_event(self.cancelled),
            retry=retry_if_exception_type(_PassingFaultError),
            reraise=True,
        )
        try:
            return tries(self._try, url, largest)
        except _PassingFaultError as fault:
            raise UnreachableError(f"{url}: {fault} ({TRIES} tries)") from fault

    def _try(self, url: str, largest: int) -> bytes:
        self.refuse_when_cancelled()
        left = self._until - time.monotonic()
        if left <= 0:
            raise UnreachableError(f"{url}: not asked, {self._seconds:g} seconds are over")
        asking = asyncio.run_coroutine_threadsafe(self._answer(url, largest), self._loop)
        seconds = min(ANSWER_SECONDS, left)
        try:
            return asking.result(seconds)
        except TimeoutError as error:
            asking.cancel()
            raise UnreachableError(f"{url}: no whole answer in {seconds:.3g} seconds") from error
        except CancelledError as error:
            raise UnreachableError(f"{url}: the fetch was stopped") from error
        except _BROKEN as error:
            raise _PassingFaultError(_in_words(error)) from error
        except (httpx.HTTPError, httpx.InvalidURL, zlib.error) as error:
            raise ContentError(f"{url}: {_in_words(error)}") from error

    async def _answer(self, url: str, largest: int) -> bytes:
        asked = self._of_service(url)
        for _ in range(1 + MOST_REDIRECTS):
            async with self._http.stream("GET", asked) as answer:
                if answer.next_request is None:
                    _judge_status(url, answer)
                    return await _read(url, answer, largest)
                asked = self._of_service(str(answer.next_request.url))
        raise ContentError(f"{url} is redirected more than {MOST_REDIRECTS} times")

    def _wait(self, state: RetryCallState) -> float:
        """Seconds until the next try: what the source asks, else twice as long each time."""
        fault = state.outcome.exception() if state.outcome else None
        if isinstance(fault, _PassingFaultError) and fault.wait is not None:
            return fault.wait
        doubled = self._first_wait * float(2 ** (state.attempt_number - 1))
        return min(doubled * random.uniform(1, 1.5), LONGEST_WAIT_SECONDS)

    def _of_service(self, url: str) -> httpx.URL:
        """Read a URL before it is asked; what CBS names without TLS is asked with it."""
        own = httpx.URL(self.base_url)
        try:
            asked = httpx.URL(url)
        except httpx.InvalidURL as error:
            raise ContentError(f"{in_one_line(url)} is no URL: {error}") from error
        if (asked.scheme, asked.port, own.scheme) == ("http", None, "https"):
            asked = asked.copy_with(scheme="https")
        if _origin(asked) != _origin(own):
            raise ContentError(f"{in_one_line(url)} leads to another host than {self.base_url}")
        return asked


def _origin(url: httpx.URL) -> tuple[str, bytes, int | None]:
    return url.scheme, url.raw_host, url.port


def _judge_status(url: str, answer: httpx.Response) -> None:
    status = answer.status_code
    said = f"status {status} {answer.reason_phrase}".rstrip()
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = _retry_after(answer.headers.get("Retry-After"))
        if wait is not None and wait > LONGEST_WAIT_SECONDS:
            raise UnreachableError(f"{url}: {said}, and asks to wait {wait:.0f} seconds")
        raise _PassingFaultError(said, wait)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise _PassingFaultError(said)
    if status != HTTPStatus.OK:
        raise ContentError(f"{url}: {said}")


async def _read(url: str, answer: httpx.Response, largest: int) -> bytes:
    """Read a body, unpacked piece by piece: never more than one byte too many is made of it."""
    encoding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("gzip", "identity"):
        raise ContentError(f"{url} is packed as {encoding!r}, expected gzip or nothing")
    gzip = zlib.decompressobj(zlib.MAX_WBITS | 16) if encoding == "gzip" else None
    body = bytearray()
    async for piece in answer.aiter_raw():
        body += gzip.decompress(piece, largest + 1 - len(body)) if gzip else piece
        if len(body) > largest:
            raise ContentError(f"{url} answers with more than {largest} bytes")
    if gzip and not gzip.eof:
        raise _PassingFaultError("the packed answer breaks off")
    return bytes(body)


def _retry_after(text: str | None) -> float | None:
    """Read a `Retry-After` header: seconds, or a date; None when there is no readable one."""
    if text is None:
        return None
    if text.strip().isdecimal():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None


def _in_words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".removesuffix(": ")
