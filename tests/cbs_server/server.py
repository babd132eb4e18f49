"""The HTTP server of the stand-in: a log of requests, faults that are planned, the port."""

import re
import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from types import TracebackType
from typing import Any
from urllib.parse import unquote

from tests.cbs_server.service import Answer, Service
from tests.cbs_server.tables import Table

Fault = Callable[[Answer], Answer]
"""Turns the right answer into the one that is sent."""


@dataclass
class Planned:
    """A fault for requests whose path and query match, so many times."""

    pattern: str
    fault: Fault
    times: int


class CbsServer:
    """Serves tables on loopback while it is entered; both services may be this one.

    `requests` are the paths and queries that were asked, without percent signs; to be cleared by
    whoever reads it.
    """

    def __init__(self, tables: Iterable[Table] = (), page_size: int = 10_000) -> None:
        self._service = Service(page_size)
        self._faults: list[Planned] = []
        self._kept: dict[str, Answer] | None = None
        self._lock = threading.Lock()
        self.requests: list[str] = []
        for table in tables:
            self._service.replace(table)

    def __enter__(self) -> "CbsServer":
        self._http = _HttpServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def stop(self) -> None:
        """Close the port and every connection: nobody answers any more."""
        self._http.shutdown()
        self._http.server_close()
        self._http.hang_up()

    def replace(self, table: Table) -> None:
        """Publish a table, in place of an earlier state of it."""
        self._service.replace(table)
        self._forget()

    def remove(self, identifier: str) -> None:
        """Take a table out of the catalog and off the service."""
        self._service.remove(identifier)
        self._forget()

    def fail(self, pattern: str, fault: Fault, times: int = 1) -> None:
        """Plan a fault for the next requests whose path and query match a regular expression."""
        self._faults.append(Planned(pattern, fault, times))

    def heal(self) -> None:
        """Forget the faults that are planned."""
        self._faults.clear()

    def keep_answers(self) -> None:
        """Render each answer to `$format=json` once, and send it from memory from then on."""
        self._kept = {}

    def requests_for(self, identifier: str) -> list[str]:
        """The paths that were asked of one table."""
        return [path for path in self.requests if f"/{identifier}" in path]

    def answer(self, target: str, accept: str) -> Answer:
        """Answer a request, with the fault that is planned for it."""
        path = unquote(target)
        self.requests.append(path)
        right = self._right_answer(target, accept)
        fault = self._next_fault(path)
        return fault(right) if fault else right

    def _right_answer(self, target: str, accept: str) -> Answer:
        if self._kept is None or "$format=json" not in target:
            return self._service.answer(self.url, target, accept)
        if target not in self._kept:
            self._kept[target] = self._service.answer(self.url, target, accept)
        return replace(self._kept[target])

    def _next_fault(self, path: str) -> Fault | None:
        with self._lock:
            for planned in self._faults:
                if planned.times and re.search(planned.pattern, path):
                    planned.times -= 1
                    return planned.fault
        return None

    def _forget(self) -> None:
        if self._kept is not None:
            self._kept.clear()


class _HttpServer(ThreadingHTTPServer):
    """A client that went away, or was killed, is no news."""

    daemon_threads = True

    def __init__(self, *address_and_handler: Any) -> None:
        self._open: set[socket.socket] = set()
        super().__init__(*address_and_handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End the connections that clients keep open."""
        for connection in tuple(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


def _handler(server: CbsServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            answer = server.answer(self.path, self.headers.get("Accept", ""))
            if answer.drop:
                self.close_connection = True
                self.connection.close()
                return
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.pause:
                self._trickle(answer)
                return
            self.end_headers()
            self.wfile.write(answer.body[: answer.send])
            if answer.send is not None:
                self.wfile.flush()
                self.close_connection = True

        def _trickle(self, answer: Answer) -> None:
            connection, self.wfile = self.wfile, BytesIO()
            self.end_headers()
            head, self.wfile = self.wfile.getvalue(), connection
            prompt = len(head) if answer.prompt_headers else 0
            sent = head + answer.body
            self.wfile.write(sent[:prompt])
            for place in range(prompt, len(sent)):
                self.wfile.write(sent[place : place + 1])
                self.wfile.flush()
                time.sleep(answer.pause)

        def log_message(self, format: str, *_words: Any) -> None:
            pass

    return Handler
