"""Reading one part: page after page, each judged before it is handed on.

While one page is judged and kept, the next ones are under way.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from doelenboom.sources.cbs.client import CbsClient
from doelenboom.sources.cbs.pages import Page, read_count, read_page
from doelenboom.sources.cbs.plan import Part

PAGES_AHEAD = 8
"""Pages that may wait in memory: as long as it takes to write a row group of Parquet."""

BYTES_AHEAD = 16 << 20
"""Bytes of them, when they are as large as the page before them; one page waits in any case."""


def read_part(client: CbsClient, part: Part, kept: Iterable[tuple[str, bytes]]) -> Iterator[Page]:
    """Yield the pages of a part: those kept from an earlier fetch (URL and body), then the rest.

    Kept pages are judged like the others, and not asked for again. Raises ContentError when a
    page or the whole is not what it should be, UnreachableError when CBS does not answer.
    """
    sequence = part.judge()
    for page in _read_ahead(_pages(client, part.url, kept)):
        if sequence.count is None and part.count_url is not None:
            sequence.count = _count(client, part.count_url) if page.count is None else page.count
        sequence.accept(page)
        yield page
    if sequence.count is not None:
        sequence.finish(part.url, sequence.count)


def _pages(client: CbsClient, first: str, kept: Iterable[tuple[str, bytes]]) -> Iterator[Page]:
    url: str | None = first
    for kept_url, body in kept:
        page = read_page(kept_url, body)
        url = page.next_link
        yield page
    while url is not None:
        page = read_page(url, client.get(url))
        url = page.next_link
        yield page


def _read_ahead(pages: Iterator[Page]) -> Iterator[Page]:
    """Ask for the next pages, one after the other, in a thread while the caller is busy."""
    pool = ThreadPoolExecutor(1)
    upcoming = deque([pool.submit(next, pages, None)])
    try:
        while (page := upcoming.popleft().result()) is not None:
            ahead = min(PAGES_AHEAD, max(1, BYTES_AHEAD // len(page.body)))
            while len(upcoming) < ahead:
                upcoming.append(pool.submit(next, pages, None))
            yield page
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _count(client: CbsClient, url: str) -> int:
    """Ask the source's own count where it did not come with the first page."""
    return read_count(url, client.get(url).decode("utf-8-sig", "replace").strip(), "as answer")
