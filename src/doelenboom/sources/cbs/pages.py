"""One answer of CBS read and judged: an OData v3 page, and a sequence of them.

What is found wrong is named with its URL; nothing is mended or skipped. A page is good when it is
whole JSON with rows, has the columns that its table declares, repeats no row of a page before it,
and is full when another one follows. A sequence is good when it has as many rows as the source
itself counts.
"""

from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import orjson

from doelenboom.sources.cbs.faults import ContentError

FEED_PAGE_ROWS = 10_000
"""Rows of each Feed page that another one follows (CBS, "StatLine als open data")."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """A page as sent: `body` bytes, its rows, the link to the next one, the source's count."""

    url: str
    body: bytes
    rows: tuple[Row, ...]
    next_link: str | None
    count: int | None


def read_page(url: str, body: bytes) -> Page:
    """Read a body as an OData v3 page. Raises ContentError saying what it is instead."""
    document = _document(url, body)
    if "odata.error" in document:
        raise ContentError(f"{url} answers with an error: {_message(document['odata.error'])}")
    rows = document.get("value")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ContentError(f"{url} answers with JSON without a list of rows as `value`")
    next_link = document.get("odata.nextLink")
    if next_link is not None and not isinstance(next_link, str):
        raise ContentError(f"{url} has {next_link!r} as odata.nextLink, expected a URL")
    following = urljoin(url, next_link) if next_link else None
    return Page(url, body, tuple(rows), following, _count(url, document))


def _document(url: str, body: bytes) -> dict[str, Any]:
    start = body[:40].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"{"):
        what = f"what begins with {start.decode('utf-8', 'replace')!r}" if start else "nothing"
        raise ContentError(f"{url} answers with {what}, expected JSON")
    try:
        document: dict[str, Any] = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise ContentError(f"{url} answers with JSON that is not whole: {error}") from error
    return document


def _message(error: object) -> str:
    """Take the words out of `{"message": {"value": ...}}`, or whatever else was sent."""
    message = error.get("message", error) if isinstance(error, dict) else error
    text = message.get("value", message) if isinstance(message, dict) else message
    return " ".join(str(text).split())


def _count(url: str, document: Mapping[str, Any]) -> int | None:
    count = document.get("odata.count")
    if count is None:
        return None
    if not str(count).isdecimal():
        raise ContentError(f"{url} has {count!r} as odata.count, expected a number of rows")
    return int(count)


@dataclass
class PageSequence:
    """The pages of one query, judged as they come.

    `key` is the column that no two rows share, if there is one; `needed` the columns that every
    row has, `known` those that it may have (None: any).
    """

    key: str | None
    needed: Collection[str]
    known: Collection[str] | None = None
    rows: int = 0
    _links: set[str] = field(default_factory=set)
    _keys: list[tuple[Any, Any, Sequence[Any]]] = field(default_factory=list)

    def accept(self, page: Page) -> None:
        """Judge the next page. Raises ContentError naming what is wrong with it."""
        self._links.add(page.url)
        self._judge_columns(page)
        self._judge_repetition(page)
        self._judge_next(page)
        self.rows += len(page.rows)

    def finish(self, url: str, source_count: int) -> None:
        """Compare the rows of all pages with the source's own count of the query at `url`."""
        if self.rows != source_count:
            raise ContentError(f"{url}: {self.rows} rows came, the source counts {source_count}")

    def _judge_columns(self, page: Page) -> None:
        for columns in {tuple(row): None for row in page.rows}:
            if missing := [name for name in self.needed if name not in columns]:
                number = _first(page, columns)
                raise ContentError(f"{page.url} row {number} has no column {missing[0]}")
            if self.known is None:
                continue
            if unknown := [name for name in columns if name not in self.known]:
                number = _first(page, columns)
                raise ContentError(
                    f"{page.url} row {number} has the unknown column {unknown[0]},"
                    f" expected {', '.join(sorted(self.known))}"
                )

    def _judge_repetition(self, page: Page) -> None:
        """Refuse rows that were there before; only pages whose range overlaps are compared."""
        if self.key is None or not page.rows:
            return
        keys = _keys_of(page, self.key)
        if len(set(keys)) != len(keys):
            raise ContentError(f"{page.url} has rows with the same {self.key}")
        low, high = min(keys), max(keys)
        for earlier_low, earlier_high, earlier in self._keys:
            if low <= earlier_high and earlier_low <= high and (again := {*keys} & {*earlier}):
                raise ContentError(
                    f"{page.url} repeats {len(again)} rows of an earlier page,"
                    f" such as the one with {self.key} {min(again)}"
                )
        self._keys.append((low, high, keys))

    def _judge_next(self, page: Page) -> None:
        if page.next_link is None:
            return
        if page.next_link in self._links:
            raise ContentError(f"{page.url} leads to {page.next_link}, which was already read")
        if len(page.rows) < FEED_PAGE_ROWS:
            raise ContentError(
                f"{page.url} has {len(page.rows)} rows and a next page,"
                f" expected {FEED_PAGE_ROWS} on each page but the last"
            )


def _keys_of(page: Page, name: str) -> Sequence[Any]:
    """The keys of all rows, numbers packed: ten million of them take 80 megabytes."""
    keys = [row[name] for row in page.rows]
    kinds = {type(key) for key in keys}
    if kinds <= {int}:
        return array("q", keys)
    if kinds != {str}:
        raise ContentError(f"{page.url} has a {name} that is neither all text nor all numbers")
    return keys


def _first(page: Page, columns: tuple[str, ...]) -> int:
    """The number of the first row with exactly these columns."""
    return next(number for number, row in enumerate(page.rows, 1) if tuple(row) == columns)
