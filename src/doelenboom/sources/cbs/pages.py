"""One answer of CBS read and judged: an OData v3 page, and a sequence of them.

What is found wrong is named with its URL; nothing is mended or skipped. A page is good when it is
whole JSON with rows, has the columns that its table declares, repeats no row of a page before it,
and is full when another one follows. A sequence is good when it has as many rows as the source
itself counts.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import pyarrow as pa
import pyarrow.compute as pc

from doelenboom.arrow_json import NotRowsError, Rows, read_rows
from doelenboom.sources.cbs.faults import ContentError

FEED_PAGE_ROWS = 10_000
"""Rows of each Feed page that another one follows (CBS, "StatLine als open data")."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """A page as sent: `body` bytes, its rows, the link to the next one, the source's count."""

    url: str
    body: bytes
    rows: Rows
    next_link: str | None
    count: int | None

    @property
    def size(self) -> int:
        """The number of rows."""
        return len(self.rows.values)

    def records(self) -> list[Row]:
        """Give the rows as mappings; for small tables."""
        records: list[Row] = self.rows.values.to_pylist()
        return records


def read_page(url: str, body: bytes) -> Page:
    """Read a body as an OData v3 page. Raises ContentError saying what it is instead."""
    start = body[:40].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"{"):
        what = f"what begins with {start.decode('utf-8', 'replace')!r}" if start else "nothing"
        raise ContentError(f"{url} answers with {what}, expected JSON")
    try:
        rows = read_rows(body.removeprefix(b"\xef\xbb\xbf"))
    except NotRowsError as error:
        raise ContentError(f"{url} answers with JSON that is no page of rows: {error}") from error
    envelope = rows.envelope
    if "odata.error" in envelope:
        raise ContentError(f"{url} answers with an error: {_message(envelope['odata.error'])}")
    link = envelope.get("odata.nextLink")
    if link is not None and not isinstance(link, str):
        raise ContentError(f"{url} has {link!r} as odata.nextLink, expected a URL")
    return Page(url, body, rows, urljoin(url, link) if link else None, _count(url, envelope))


def _message(error: object) -> str:
    """Take the words out of `{"message": {"value": ...}}`, or whatever else was sent."""
    message = error.get("message", error) if isinstance(error, dict) else error
    text = message.get("value", message) if isinstance(message, dict) else message
    return " ".join(str(text).split())


def _count(url: str, envelope: Mapping[str, object]) -> int | None:
    count = envelope.get("odata.count")
    if count is None:
        return None
    if not str(count).isdecimal():
        raise ContentError(f"{url} has {count!r} as odata.count, expected a number of rows")
    return int(str(count))


@dataclass
class PageSequence:
    """The pages of one query, judged as they come.

    `key` is the column that no two rows share, if there is one; `needed` the columns that every
    page has, `filled` those that are null in no row, `known` those that it may have (None: any).
    """

    key: str | None
    needed: Collection[str]
    filled: Collection[str] = ()
    known: Collection[str] | None = None
    rows: int = 0
    _links: set[str] = field(default_factory=set)
    _keys: list[tuple[Any, Any, pa.Array]] = field(default_factory=list)

    def accept(self, page: Page) -> None:
        """Judge the next page. Raises ContentError naming what is wrong with it."""
        self._links.add(page.url)
        if page.size:
            self._judge_columns(page)
            self._judge_repetition(page)
        self._judge_next(page)
        self.rows += page.size

    def finish(self, url: str, source_count: int) -> None:
        """Compare the rows of all pages with the source's own count of the query at `url`."""
        if self.rows != source_count:
            raise ContentError(f"{url}: {self.rows} rows came, the source counts {source_count}")

    def _judge_columns(self, page: Page) -> None:
        columns = page.rows.columns
        for name in self.needed:
            if name not in columns:
                raise ContentError(f"{page.url} has no column {name}")
        for name in self.filled:
            column = page.rows.column(name)
            if column.null_count:
                row = pc.index(pc.is_null(column), True).as_py() + 1
                raise ContentError(f"{page.url} row {row} has no {name}")
        known = columns if self.known is None else self.known
        for name in columns:
            if name not in known:
                row = pc.index(pc.is_valid(page.rows.column(name)), True).as_py() + 1
                raise ContentError(
                    f"{page.url} row {row} has the unknown column {name},"
                    f" expected {', '.join(sorted(known))}"
                )

    def _judge_repetition(self, page: Page) -> None:
        """Refuse rows that were there before; only pages whose range overlaps are compared."""
        if self.key is None:
            return
        keys = page.rows.column(self.key)
        if pc.count_distinct(keys).as_py() != len(keys):
            raise ContentError(f"{page.url} has rows with the same {self.key}")
        low, high = pc.min_max(keys).as_py().values()
        for earlier_low, earlier_high, earlier in self._keys:
            if keys.type != earlier.type:
                raise ContentError(f"{page.url} has {keys.type} as {self.key}, not {earlier.type}")
            if low > earlier_high or earlier_low > high:
                continue
            again = keys.filter(pc.is_in(keys, value_set=earlier))
            if len(again):
                raise ContentError(
                    f"{page.url} repeats {len(again)} rows of an earlier page,"
                    f" such as the one with {self.key} {again[0]}"
                )
        self._keys.append((low, high, keys))

    def _judge_next(self, page: Page) -> None:
        if page.next_link is None:
            return
        if page.next_link in self._links:
            raise ContentError(f"{page.url} leads to {page.next_link}, which was already read")
        if page.size < FEED_PAGE_ROWS:
            raise ContentError(
                f"{page.url} has {page.size} rows and a next page,"
                f" expected {FEED_PAGE_ROWS} on each page but the last"
            )
