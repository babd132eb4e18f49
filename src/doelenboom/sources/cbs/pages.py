"""One answer of CBS read and judged: an OData v3 page, and a sequence of them.

What is found wrong is named with its URL; nothing is mended or skipped. A page is good when it is
whole JSON with rows, has the columns that its table declares, repeats no row of a page before it,
and is full when another one follows. A sequence is good when it has as many rows as the source
itself counts. What columns hold is judged in `columns`.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import pyarrow as pa
import pyarrow.compute as pc

from doelenboom.arrow_json import NotRowsError, Rows, read_rows
from doelenboom.errors import in_one_line
from doelenboom.sources.cbs.columns import Kind, judge_columns
from doelenboom.sources.cbs.faults import ContentError

FEED_PAGE_ROWS = 10_000
"""Rows of each Feed page that another one follows (CBS, "StatLine als open data")."""

MOST_ROWS = 5_000_000
"""Rows that a table may count: all of Iv3 has three million, in ten tables."""

MOST_UNCOUNTED_PAGES = 5
"""Pages of what the source does not count: properties, and the codes of a dimension."""

LONGEST_LINK = 1_000
"""Characters: a link to the next page repeats the filter."""

_COUNT = re.compile(r"[0-9]{1,18}")

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

    def records(self, names: Collection[str]) -> list[Row]:
        """Give some columns of the rows as mappings, of those that are there; for small tables."""
        found = [name for name in dict.fromkeys(names) if name in self.rows.columns]
        columns = [self.rows.column(name) for name in found]
        return pa.table(columns, found).to_pylist() if found else []


def read_page(url: str, body: bytes) -> Page:
    """Read a body as an OData v3 page. Raises ContentError saying what it is instead."""
    start = body[:40].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"{"):
        begins = in_one_line(start.decode("utf-8", "replace"))
        what = f"what begins with {begins!r}" if start else "nothing"
        raise ContentError(f"{url} answers with {what}, expected JSON")
    try:
        rows = read_rows(body)
    except NotRowsError as error:
        why = in_one_line(str(error))
        raise ContentError(f"{url} answers with JSON that is no page of rows: {why}") from error
    envelope = rows.envelope
    if "odata.error" in envelope:
        raise ContentError(f"{url} answers with an error: {_message(envelope['odata.error'])}")
    return Page(url, body, rows, _next_link(url, envelope), _count(url, envelope))


def _message(error: object) -> str:
    """Take the words out of `{"message": {"value": ...}}`, or whatever else was sent."""
    message = error.get("message", error) if isinstance(error, dict) else error
    text = message.get("value", message) if isinstance(message, dict) else message
    return in_one_line(_shown(text))


def _shown(value: object) -> str:
    """Write a member of the document; one that is not a single value by its kind."""
    return type(value).__name__ if isinstance(value, dict | list) else str(value)


def _next_link(url: str, envelope: Mapping[str, object]) -> str | None:
    link = envelope.get("odata.nextLink")
    if not link:
        return None
    try:
        if isinstance(link, str) and len(link) <= LONGEST_LINK:
            return urljoin(url, link)
    except ValueError:
        pass
    shown = in_one_line(_shown(link))
    raise ContentError(f"{url} has {shown!r} as odata.nextLink, expected a URL")


def _count(url: str, envelope: Mapping[str, object]) -> int | None:
    count = envelope.get("odata.count")
    return None if count is None else read_count(url, _shown(count), "as odata.count")


def read_count(url: str, text: str, where: str) -> int:
    """Read a number of rows. Raises ContentError when it is none, or more than we take."""
    if not _COUNT.fullmatch(text):
        shown = in_one_line(text, 40)
        raise ContentError(f"{url} has {shown!r} {where}, expected a number of rows")
    if int(text) > MOST_ROWS:
        raise ContentError(f"{url} has {text} {where}, expected at most {MOST_ROWS} rows")
    return int(text)


@dataclass
class PageSequence:
    """The pages of one query, judged as they come.

    `key` is the column that no two rows share, if there is one; `needed` the columns that every
    page has, `filled` those that are null in no row, `known` those that it may have (None: any),
    `kinds` what columns hold. `count` is the source's own, once it is known.
    """

    key: str | None
    needed: Collection[str]
    filled: Collection[str] = ()
    known: Collection[str] | None = None
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    count: int | None = None
    rows: int = 0
    _links: set[str] = field(default_factory=set)
    _keys: list[tuple[Any, Any, pa.Array]] = field(default_factory=list)

    def accept(self, page: Page) -> None:
        """Judge the next page. Raises ContentError naming what is wrong with it."""
        self._links.add(page.url)
        self.rows += page.size
        if page.size:
            self._judge_columns(page)
            self._judge_repetition(page)
        self._judge_next(page)

    def finish(self, url: str, source_count: int) -> None:
        """Compare the rows of all pages with the source's own count of the query at `url`."""
        if self.rows != source_count:
            raise ContentError(f"{url}: {self.rows} rows came, the source counts {source_count}")

    def _judge_columns(self, page: Page) -> None:
        columns = page.rows.columns
        for name in self.needed:
            if name not in columns:
                raise ContentError(f"{page.url} has no column {name}")
        judge_columns(page.url, page.rows, self.kinds, self.filled)
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
        if self.count is None and len(self._links) >= MOST_UNCOUNTED_PAGES:
            raise ContentError(f"{page.url} is page {len(self._links)} and has a next page")
        if self.count is not None and self.rows >= self.count:
            raise ContentError(
                f"{page.url} has a next page after {self.rows} rows, the source counts {self.count}"
            )
