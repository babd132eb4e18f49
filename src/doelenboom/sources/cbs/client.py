"""Asking CBS: one client per service, patient with named faults and with nothing else.

Retried with growing waits: no connection, a connection that broke, a timeout, 429 (as long as
`Retry-After` says) and 5xx. Any other status, and any body that is not what was asked, ends the
fetch in one sentence. Bodies are returned as sent (a compressed transfer undone).
"""

import random
import threading
from collections.abc import Mapping
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

from doelenboom.sources.cbs.faults import ContentError, UnreachableError

TRIES = 5
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.5, 60.0
TIMEOUT = httpx.Timeout(connect=15, read=120, write=30, pool=None)
PARALLEL_REQUESTS = 4
LARGEST_BODY = 512 * 1024 * 1024
"""Bytes after which an answer is refused: a page of 10,000 rows takes a few million."""

_USER_AGENT = "doelenboom (open data warehouse for Dutch municipalities)"
_BROKEN = (httpx.NetworkError, httpx.TimeoutException, httpx.RemoteProtocolError)


class _PassingFaultError(Exception):
    """A fault that may be gone at the next try; `wait` is what the source asks for, in seconds."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class CbsClient:
    """A connection to one service of CBS; safe to share between threads.

    `base_url` has no slash at its end. `cancel` ends waiting tries when it is set.
    """

    def __init__(self, base_url: str, first_wait: float = FIRST_WAIT_SECONDS) -> None:
        self.base_url = base_url
        self.cancelled = threading.Event()
        self._first_wait = first_wait
        self._http = httpx.Client(
            timeout=TIMEOUT,
            headers={"Accept": "application/json, */*;q=0.1", "User-Agent": _USER_AGENT},
            limits=httpx.Limits(max_connections=PARALLEL_REQUESTS),
            follow_redirects=True,
        )

    def __enter__(self) -> "CbsClient":
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.cancelled.set()
        self._http.close()

    def url(self, path: str, options: Mapping[str, str] | None = None) -> str:
        """Write the URL of a path of the service, with query options such as `$filter`."""
        query = urlencode(options or {}, quote_via=quote, safe="$'(),")
        return f"{self.base_url}{path}{'?' if query else ''}{query}"

    def refuse_when_cancelled(self) -> None:
        """Raise UnreachableError when the fetch was stopped from outside."""
        if self.cancelled.is_set():
            raise UnreachableError(f"{self.base_url}: the fetch was stopped")

    def get(self, url: str) -> bytes:
        """Return the body that a URL answers with.

        Raises UnreachableError after the last try, ContentError for a status that another
        try does not change, an answer that is too large, and a URL of another host.
        """
        self._refuse_other_host(url)
        tries = Retrying(
            stop=stop_after_attempt(TRIES),
            wait=self._wait,
            sleep=sleep_using_event(self.cancelled),
            retry=retry_if_exception_type(_PassingFaultError),
            reraise=True,
        )
        try:
            return tries(self._try, url)
        except _PassingFaultError as fault:
            raise UnreachableError(f"{url}: {fault} ({TRIES} tries)") from fault

    def _try(self, url: str) -> bytes:
        self.refuse_when_cancelled()
        try:
            with self._http.stream("GET", url) as answer:
                self._refuse_other_host(str(answer.url))
                _judge_status(url, answer)
                return _read(url, answer)
        except _BROKEN as error:
            raise _PassingFaultError(_in_words(error)) from error
        except httpx.HTTPError as error:
            raise ContentError(f"{url}: {_in_words(error)}") from error

    def _wait(self, state: RetryCallState) -> float:
        """Seconds until the next try: what the source asks, else twice as long each time."""
        fault = state.outcome.exception() if state.outcome else None
        if isinstance(fault, _PassingFaultError) and fault.wait is not None:
            return fault.wait
        doubled = self._first_wait * float(2 ** (state.attempt_number - 1))
        return min(doubled * random.uniform(1, 1.5), LONGEST_WAIT_SECONDS)

    def _refuse_other_host(self, url: str) -> None:
        asked, own = httpx.URL(url).host, httpx.URL(self.base_url).host
        if asked != own:
            raise ContentError(f"{url} leads to another host than {self.base_url}")


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


def _read(url: str, answer: httpx.Response) -> bytes:
    chunks, size = [], 0
    for chunk in answer.iter_bytes():
        chunks.append(chunk)
        size += len(chunk)
        if size > LARGEST_BODY:
            raise ContentError(f"{url} answers with more than {LARGEST_BODY} bytes")
    return b"".join(chunks)


def _retry_after(text: str | None) -> float | None:
    """Read a `Retry-After` header: seconds, or a date; None when there is no readable one."""
    if text is None:
        return None
    if text.strip().isdecimal():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def _in_words(error: httpx.HTTPError) -> str:
    name = type(error).__name__
    return f"{name}: {' '.join(str(error).split())}".removesuffix(": ")
