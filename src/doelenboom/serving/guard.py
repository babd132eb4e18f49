"""What stands before every endpoint: token, size and form of a request, headers, the access log.

Pure ASGI, so that a client's leaving reaches the endpoint. The log holds the path of a request,
never what follows its question mark, and no header.
"""

import asyncio
import base64
import binascii
import hmac
import logging
import time
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from doelenboom.errors import in_one_line
from doelenboom.serving.limits import ASK_SECONDS, MOST_BODY_BYTES
from doelenboom.serving.problems import AGAIN, HEALTH, START, ProblemError, problem

RELEASE_HEADER = "Doelenboom-Release"
OPEN_PATHS = frozenset({"/health"})
CHALLENGES = ('Basic realm="doelenboom", charset="UTF-8"', 'Bearer realm="doelenboom"')
"""One header each: Chromium asks for no password when both stand in one."""

POLICY = "default-src 'none'; frame-ancestors 'none'"
"""What an answer may load, unless it says so itself."""

CLOSING = {"Connection": "close"}
"""What more such a client sends is not read."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Vary": "Accept, Authorization",
}

logger = logging.getLogger(__name__)


class Guard:
    """An app behind its guard. `token` is what clients show, as Bearer or as Basic's password."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answering = _Answering(scope, send)
        try:
            _refuse_two_lengths(scope)
            _refuse_broken(scope)
            _refuse_other_sites(scope)
            self._refuse_stranger(scope)
            await self._app(scope, _limited(scope, receive), answering)
        except ProblemError as error:
            await problem(scope, error)(scope, receive, answering)
        except asyncio.CancelledError:  # the grace is over
            ending = ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "The server is ending")
            await problem(scope, ending)(scope, receive, answering)
        finally:
            answering.log()

    def _refuse_stranger(self, scope: Scope) -> None:
        if scope["path"] in OPEN_PATHS:
            return
        given = _credential(Headers(scope=scope).get("authorization", ""))
        if not hmac.compare_digest(given, self._token):
            raise ProblemError(
                HTTPStatus.UNAUTHORIZED,
                "A token is needed: send it as Authorization: Bearer TOKEN, or as the password of"
                " basic authentication, with any user name",
                ways=[AGAIN, HEALTH],
            )


class _Answering:
    """Sends an answer with the headers of every answer, and remembers what to log of it."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self._state: Mapping[str, object] = scope.setdefault("state", {})
        self._status = 0
        self._began = time.monotonic()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            headers.setdefault("Content-Security-Policy", POLICY)
            headers.setdefault("Cache-Control", "private, no-cache")
            if self._status == HTTPStatus.UNAUTHORIZED:
                for challenge in CHALLENGES:
                    headers.append("WWW-Authenticate", challenge)
            if release := self._state.get("release"):
                headers[RELEASE_HEADER] = str(release)
        await self._send(message)

    def log(self) -> None:
        client = (self._scope.get("client") or ("-",))[0]
        path = self._scope.get("raw_path", b"").partition(b"?")[0].decode("ascii", "replace")
        logger.info(
            "%s %s %r %s %.0f ms %s",
            *(client, in_one_line(self._scope["method"]), in_one_line(path)),
            self._status or "no answer",
            *((time.monotonic() - self._began) * 1000, self._state.get("release", "-")),
        )


def _refuse_two_lengths(scope: Scope) -> None:
    """Refuse a body of which two lengths are given, and what follows: others may read it otherwise.

    https://www.rfc-editor.org/rfc/rfc9112#section-6.1
    """
    headers = Headers(scope=scope)
    if "transfer-encoding" in headers and "content-length" in headers:
        raise ProblemError(
            HTTPStatus.BAD_REQUEST,
            "The request has both Content-Length and Transfer-Encoding: expected one of them",
            CLOSING,
        )


def _refuse_broken(scope: Scope) -> None:
    """Refuse an address that is not UTF-8: it would be read as another one."""
    for part in (scope.get("raw_path", b""), scope["query_string"]):
        try:
            unquote_to_bytes(part).decode()
        except UnicodeDecodeError as error:
            raise ProblemError(HTTPStatus.BAD_REQUEST, "The address is not UTF-8") from error


def _refuse_other_sites(scope: Scope) -> None:
    """Refuse what a page of another site has a browser ask, but a link that is followed.

    A browser that knows the token would send it along; such a page cannot read the answer, and
    could keep all queries busy.
    """
    headers = Headers(scope=scope)
    if (
        headers.get("sec-fetch-site") in ("cross-site", "same-site")
        and headers.get("sec-fetch-mode") != "navigate"
    ):
        raise ProblemError(
            HTTPStatus.FORBIDDEN, "A page of another site may not ask here", ways=[START]
        )


def _credential(header: str) -> bytes:
    """Read the token of a header `Authorization`; nothing when there is none."""
    scheme, _, value = header.strip().partition(" ")
    match scheme.lower():
        case "bearer":
            return value.strip().encode()
        case "basic":
            try:
                return base64.b64decode(value.strip(), validate=True).partition(b":")[2]
            except binascii.Error:
                return b""
        case _:
            return b""


def _limited(scope: Scope, receive: Receive) -> Receive:
    """Receive a request whose body is no larger than allowed and comes within a deadline."""
    left = MOST_BODY_BYTES
    deadline: float | None = asyncio.get_running_loop().time() + ASK_SECONDS
    _refuse_body(int(Headers(scope=scope).get("content-length", "0")) > left)

    async def receive_some() -> Message:
        nonlocal left, deadline
        try:
            async with asyncio.timeout_at(deadline):
                message = await receive()
        except TimeoutError as error:
            sentence = f"The request has not come whole within {ASK_SECONDS} seconds"
            raise ProblemError(HTTPStatus.REQUEST_TIMEOUT, sentence, CLOSING) from error
        if message["type"] == "http.request":
            left -= len(message.get("body", b""))
            _refuse_body(left < 0)
            if not message.get("more_body"):
                deadline = None
        return message

    return receive_some


def _refuse_body(too_large: bool) -> None:
    if too_large:
        raise ProblemError(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"The body of the request is larger than {MOST_BODY_BYTES >> 10} kB",
            CLOSING,
        )
