"""The HTTP server: catalog, feed and API of some tables, with a log of requests and with faults."""

import re
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import duckdb
import orjson
import pyarrow as pa

from tests.cbs_server.odata import Filter, OptionError, parse_filter
from tests.cbs_server.tables import Table

JSON_TYPE = "application/json;odata=minimalmetadata;streaming=true;charset=utf-8"
API_LIMIT = 10_000
KNOWN_OPTIONS = {"$filter", "$select", "$top", "$skip", "$format", "$inlinecount"}


@dataclass
class Answer:
    """What is sent; `send` is how much of the body, if less than its headers promise."""

    body: bytes
    status: int = 200
    content_type: str = JSON_TYPE
    headers: dict[str, str] = field(default_factory=dict)
    send: int | None = None
    drop: bool = False


Fault = Callable[[Answer], Answer]
"""Turns the right answer into the one that is sent."""


@dataclass
class Planned:
    """A fault for requests whose path and query match, so many times."""

    pattern: str
    fault: Fault
    times: int


class CbsServer:
    """Serves tables on loopback while it is entered; both services may be this one."""

    def __init__(self, tables: Iterable[Table] = (), page_size: int = 10_000) -> None:
        self._page_size = page_size
        self._tables: dict[str, Table] = {}
        self._faults: list[Planned] = []
        self._canned: dict[str, bytes] | None = None
        self._lock = threading.Lock()
        self._database = duckdb.connect()
        self._results: dict[tuple[object, ...], pa.Table] = {}
        self.requests: list[str] = []
        for table in tables:
            self.replace(table)

    def __enter__(self) -> "CbsServer":
        self._http = _QuietServer(("127.0.0.1", 0), _handler(self))
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
        """Close the port: nobody answers any more."""
        self._http.shutdown()
        self._http.server_close()

    def replace(self, table: Table) -> None:
        """Publish a table, in place of an earlier state of it."""
        with self._lock:
            self._tables[table.identifier] = table
            self._database.register("incoming", table.rows)
            self._database.execute(f'create or replace table "{table.identifier}" as from incoming')
            self._database.unregister("incoming")
            self._results.clear()

    def fail(self, pattern: str, fault: Fault, times: int = 1) -> None:
        """Plan a fault for the next requests whose path and query match a regular expression."""
        self._faults.append(Planned(pattern, fault, times))

    def heal(self) -> None:
        """Forget the faults that are planned."""
        self._faults.clear()

    def keep_answers(self) -> None:
        """Render each answer once, and send it from memory when it is asked again."""
        self._canned = {}

    def requests_for(self, identifier: str) -> list[str]:
        """The paths that were asked of one table."""
        return [path for path in self.requests if f"/{identifier}" in path]

    def answer(self, target: str, accept: str) -> Answer:
        """Answer a request, with the fault that is planned for it."""
        path = unquote(target)
        self.requests.append(path)
        if self._canned is not None and target in self._canned:
            return Answer(self._canned[target])
        right = self._right_answer(target, accept)
        if self._canned is not None and right.status == 200:
            self._canned[target] = right.body
        for planned in self._faults:
            if planned.times and re.search(planned.pattern, path):
                planned.times -= 1
                return planned.fault(right)
        return right

    def _right_answer(self, target: str, accept: str) -> Answer:
        url = urlsplit(target)
        options = dict(parse_qsl(url.query))
        try:
            if unknown := set(options) - KNOWN_OPTIONS:
                raise OptionError(f"{sorted(unknown)[0]} is not supported")
            as_json = options.get("$format") == "json" or "json" in accept
            if not as_json and not url.path.endswith("/$count"):
                return Answer(b"<?xml version='1.0'?><feed/>", content_type="application/atom+xml")
            return self._route(url.path, options)
        except (OptionError, KeyError) as error:
            message = {"lang": "nl", "value": str(error)}
            status = 404 if isinstance(error, KeyError) else 400
            return Answer(orjson.dumps({"odata.error": {"code": "", "message": message}}), status)

    def _route(self, path: str, options: Mapping[str, str]) -> Answer:
        if path == "/ODataCatalog/Tables":
            rows = [t.catalog_row(number) for number, t in enumerate(self._tables.values())]
            return self._envelope(path, rows)
        match = re.fullmatch(r"/OData(Feed|Api)/[oO][dD]ata/(\w+)(?:/(\w+)(/\$count)?)?/?", path)
        if match is None:
            raise KeyError(path)
        table = self._tables[match[2]]
        match match[3]:
            case None:
                names = ["UntypedDataSet", "TypedDataSet", "DataProperties", *table.dimensions]
                base = f"{self.url}{path.rstrip('/')}"
                return self._envelope(path, [{"name": n, "url": f"{base}/{n}"} for n in names])
            case "DataProperties":
                return self._envelope(path, table.properties)
            case "TypedDataSet":
                return self._typed(path, table, options, match[1] == "Feed", bool(match[4]))
            case entity:
                return self._envelope(path, table.dimensions[entity])

    def _typed(
        self, path: str, table: Table, options: Mapping[str, str], feed: bool, count_only: bool
    ) -> Answer:
        columns = table.rows.column_names
        where = (
            parse_filter(options["$filter"], columns) if "$filter" in options else Filter("true")
        )
        chosen = options.get("$select", ",".join(columns)).split(",")
        found = self._found(table, where, chosen)
        count = found.num_rows
        if count_only:
            return Answer(str(count).encode(), content_type="text/plain")
        skip, top = int(options.get("$skip", 0)), int(options.get("$top", count))
        if not feed and min(top, count - skip) > API_LIMIT:
            message = {"lang": "nl", "value": "query returns more than 10000 records"}
            return Answer(orjson.dumps({"odata.error": {"code": "", "message": message}}), 500)
        rows = found.slice(skip, min(top, self._page_size)).to_pylist()
        extra: dict[str, Any] = {}
        if options.get("$inlinecount") == "allpages":
            extra["odata.count"] = str(count)
        if feed and "$top" not in options and skip + len(rows) < count:
            query = {**options, "$skip": str(skip + self._page_size)}
            words = urlencode(query, quote_via=quote, safe="$'(),")
            extra["odata.nextLink"] = f"{self.url}{path}?{words}"
        return self._envelope(path, rows, extra)

    def _found(self, table: Table, where: Filter, columns: list[str]) -> pa.Table:
        """All rows of a query in the order of their ID; kept until the table is replaced."""
        query = (table.identifier, where.sql, tuple(where.values), tuple(columns))
        with self._lock:
            if query not in self._results:
                names = ", ".join(f'"{name}"' for name in columns)
                sql = f'select {names} from "{table.identifier}" where {where.sql} order by "ID"'
                found = self._database.sql(sql, params=where.values)
                self._results[query] = found.to_arrow_table()
            return self._results[query]

    def _envelope(
        self, path: str, rows: Iterable[Mapping[str, Any]], extra: Mapping[str, Any] | None = None
    ) -> Answer:
        extra = extra or {}
        document: dict[str, Any] = {
            "odata.metadata": f"{self.url}{path.rsplit('/', 1)[0]}/$metadata"
        }
        if "odata.count" in extra:
            document["odata.count"] = extra["odata.count"]
        document["value"] = list(rows)
        if "odata.nextLink" in extra:
            document["odata.nextLink"] = extra["odata.nextLink"]
        return Answer(orjson.dumps(document))


class _QuietServer(ThreadingHTTPServer):
    """A client that went away, or was killed, is no news."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


def _handler(server: CbsServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

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
            self.end_headers()
            self.wfile.write(answer.body[: answer.send])
            if answer.send is not None:
                self.wfile.flush()
                self.close_connection = True

        def log_message(self, format: str, *_words: Any) -> None:
            pass

    return Handler
