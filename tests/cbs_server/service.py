"""What the services of CBS answer when nothing goes wrong: catalog, feed and API of some tables."""

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import duckdb
import orjson
import pyarrow as pa

from tests.cbs_server.odata import OptionError, Query, parse_query
from tests.cbs_server.tables import Rows, Table

JSON_TYPE = "application/json;odata=minimalmetadata;streaming=true;charset=utf-8"
DATA_SETS = ("UntypedDataSet", "TypedDataSet")
API_LIMIT = 10_000
UNTYPED_MISSING = "       ."
ATOM = (
    b'<?xml version="1.0" encoding="utf-8"?>'
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title type="text">Tables</title></feed>'
)


@dataclass
class Answer:
    """What is sent; `send` is how much of the body, if less than its headers promise.

    With a `pause` it is sent byte by byte, so many seconds apart, from its headers or its body on.
    """

    body: bytes
    status: int = 200
    content_type: str = JSON_TYPE
    headers: dict[str, str] = field(default_factory=dict)
    send: int | None = None
    drop: bool = False
    pause: float = 0.0
    prompt_headers: bool = False


@dataclass(frozen=True)
class Entity:
    """What a path leads to: its columns and the rows in it that a query asks for.

    `limit` is how many rows one answer has at most, `refuses` whether more is an error rather
    than a next page.
    """

    columns: Sequence[str]
    found: Callable[[Query], "Found"]
    limit: int | None
    refuses: bool = False


@dataclass(frozen=True)
class Found:
    """Rows in their order: how many, and those from a place onward."""

    count: int
    rows: Callable[[int, int], Rows]


class Service:
    """Published tables, and the right answer to whatever is asked of them.

    Both services of CBS have the same paths and may be one. `page_size` is that of the feed.
    """

    def __init__(self, page_size: int) -> None:
        self._page_size = page_size
        self._tables: dict[str, Table] = {}
        self._lock = threading.Lock()
        self._database = duckdb.connect()
        self._results: dict[tuple[object, ...], pa.Table] = {}

    def replace(self, table: Table) -> None:
        """Publish a table, in place of an earlier state of it."""
        with self._lock:
            self._tables[table.identifier] = table
            self._database.register("incoming", table.rows)
            self._database.execute(f'create or replace table "{table.identifier}" as from incoming')
            self._database.unregister("incoming")
            self._results.clear()

    def remove(self, identifier: str) -> None:
        """Take a table out of the catalog and off the service."""
        with self._lock:
            del self._tables[identifier]
            self._database.execute(f'drop table "{identifier}"')
            self._results.clear()

    def answer(self, base: str, target: str, accept: str) -> Answer:
        """Answer a request for a path with its query; `base` is the server's own address."""
        url = urlsplit(target)
        options = dict(parse_qsl(url.query, keep_blank_values=True))
        path, counting, _ = url.path.rstrip("/").partition("/$count")
        try:
            entity = self._entity(base, path)
            query = parse_query(options, entity.columns)
            if counting:
                return Answer(str(entity.found(query).count).encode(), content_type="text/plain")
            if options.get("$format") != "json" and "json" not in accept:
                return Answer(ATOM, content_type="application/atom+xml;charset=utf-8")
            return _page(f"{base}{path}", options, query, entity)
        except KeyError as error:
            return _error(404, f"there is no {error.args[0]}")
        except (OptionError, duckdb.Error) as error:
            return _error(400, str(error))

    def _entity(self, base: str, path: str) -> Entity:
        """Find what a path leads to. Raises KeyError when there is nothing."""
        if path == "/ODataCatalog/Tables":
            tables = tuple(self._tables.values())
            return _listed([t.catalog_row(number) for number, t in enumerate(tables)], None)
        match = re.fullmatch(r"/OData(Feed|Api)/[oO][dD]ata/(\w+)(?:/(\w+))?", path)
        if match is None:
            raise KeyError(path)
        feed, table, name = match[1] == "Feed", self._tables[match[2]], match[3]
        limit = self._page_size if feed else API_LIMIT
        if name in DATA_SETS:
            return self._cells(table, limit, refuses=not feed, typed=name == "TypedDataSet")
        entities: dict[str, Rows] = {
            "TableInfos": [table.catalog_row(0)],
            "DataProperties": table.properties,
            "CategoryGroups": table.groups,
            **table.dimensions,
        }
        if name is None:
            names = (*DATA_SETS, *entities)
            return _listed([{"name": n, "url": f"{base}{path}/{n}"} for n in names], None)
        return _listed(entities[name], limit, refuses=not feed)

    def _cells(self, table: Table, limit: int, *, refuses: bool, typed: bool) -> Entity:
        def found(query: Query) -> Found:
            found_rows = self._rows(table.identifier, query)

            def rows(skip: int, size: int) -> Rows:
                records: Rows = found_rows.slice(skip, size).to_pylist()
                return records if typed else [_untyped(record) for record in records]

            return Found(found_rows.num_rows, rows)

        return Entity(table.rows.column_names, found, limit, refuses)

    def _rows(self, identifier: str, query: Query) -> pa.Table:
        """All rows of a query, in the order of their ID if no other is asked.

        Kept until a table is replaced, so that its pages cost one query.
        """
        where, order = query.where, query.order or '"ID"'
        asked = (identifier, where.sql, tuple(where.values), query.columns, order)
        with self._lock:
            if asked not in self._results:
                names = ", ".join(f'"{name}"' for name in query.columns)
                sql = f'select {names} from "{identifier}" where {where.sql} order by {order}'
                found = self._database.sql(sql, params=where.values)
                self._results[asked] = found.to_arrow_table()
            return self._results[asked]


def _untyped(record: Mapping[str, Any]) -> dict[str, Any]:
    """A row as UntypedDataSet has it: figures as text, and a dot where there is none."""
    texts = {
        name: str(value).removesuffix(".0")
        for name, value in record.items()
        if isinstance(value, float)
    }
    missing = {name: UNTYPED_MISSING for name, value in record.items() if value is None}
    return {**record, **texts, **missing}


def _listed(rows: Rows, limit: int | None, *, refuses: bool = False) -> Entity:
    """An entity of few rows, which need not have the same keys."""
    columns = list(dict.fromkeys(key for row in rows for key in row))

    def found(query: Query) -> Found:
        numbered = {name: [row.get(name) for row in rows] for name in columns}
        table = pa.table({"_place": list(range(len(rows))), **numbered})
        connection = duckdb.connect()
        connection.register("listed", table)
        sql = (
            f"select _place from listed where {query.where.sql} order by {query.order or '_place'}"
        )
        places = [place for (place,) in connection.execute(sql, query.where.values).fetchall()]
        chosen = [{n: rows[p][n] for n in query.columns if n in rows[p]} for p in places]
        return Found(len(chosen), lambda skip, size: chosen[skip : skip + size])

    return Entity(columns, found, limit, refuses)


def _page(url: str, options: Mapping[str, str], query: Query, entity: Entity) -> Answer:
    """One page of the rows that are asked for, with a link to the next."""
    found = entity.found(query)
    asked = max(0, found.count - query.skip)
    if query.top is not None:
        asked = min(query.top, asked)
    size = asked if entity.limit is None else min(asked, entity.limit)
    if entity.refuses and size < asked:
        return _error(500, f"query returns more than {entity.limit} records")
    document: dict[str, Any] = {"odata.metadata": _metadata(url)}
    if query.counted:
        document["odata.count"] = str(found.count)
    document["value"] = found.rows(query.skip, size)
    if size < asked:
        onward = {**options, "$skip": str(query.skip + size)}
        if query.top is not None:
            onward["$top"] = str(query.top - size)
        words = urlencode(onward, quote_via=quote, safe="$'(),")
        document["odata.nextLink"] = f"{url}?{words}"
    return Answer(orjson.dumps(document))


def _metadata(url: str) -> str:
    root, _, name = url.rpartition("/")
    if root.lower().endswith("/odata"):
        return f"{url}/$metadata"
    return f"{root}/$metadata#Cbs.OData.WebAPI.{name}"


def _error(status: int, text: str) -> Answer:
    message = {"lang": "nl", "value": text}
    return Answer(orjson.dumps({"odata.error": {"code": "", "message": message}}), status)
