"""Which tables there are: the catalog of a service, searched by title.

New years are found here, without a change of code.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from doelenboom.sources.cbs.client import CbsClient
from doelenboom.sources.cbs.columns import Kind, judge_columns
from doelenboom.sources.cbs.declaring import Dataset, squeezed
from doelenboom.sources.cbs.faults import ContentError
from doelenboom.sources.cbs.pages import Page, Row, read_page

CATALOG_PATH = "/ODataCatalog/Tables"
CATALOG_COLUMNS = ("Identifier", "Title", "Modified")
MOST_PAGES = 100
LARGEST_CATALOG = 48 << 20
"""Bytes of all its pages: that of StatLine has some thousands of tables, five kilobytes each."""

_IDENTIFIER = re.compile(r"[0-9A-Za-z_]{1,40}")


@dataclass(frozen=True)
class FoundTable:
    """A table that the catalog lists: `modified` is the source's own word for its state.

    `year` is that of the title, None for a table of many years.
    """

    dataset: Dataset
    identifier: str
    title: str
    year: int | None
    modified: str


def read_catalog(client: CbsClient) -> list[Row]:
    """Read the whole catalog of a service, as far as `CATALOG_COLUMNS` go.

    Raises ContentError, UnreachableError. Nothing says how many tables there are: each page brings
    some that were not there before, or the catalog has no end.
    """
    first = url = client.url(CATALOG_PATH, {"$format": "json"})
    rows: dict[str, Row] = {}
    left = LARGEST_CATALOG
    for _ in range(MOST_PAGES):
        page = read_page(url, client.get(url, left))
        left -= len(page.body)
        before = len(rows)
        rows |= {row["Identifier"]: row for row in _tables(page)}
        if page.next_link is None:
            return list(rows.values())
        if len(rows) == before:
            raise ContentError(f"{url} has a next page, and no table that was not listed before")
        url = page.next_link
    raise ContentError(f"{first} has more than {MOST_PAGES} pages")


def _tables(page: Page) -> list[Row]:
    if not page.size:
        return []
    for name in CATALOG_COLUMNS:
        if name not in page.rows.columns:
            raise ContentError(f"{page.url} has no column {name}")
    judge_columns(page.url, page.rows, dict.fromkeys(CATALOG_COLUMNS, Kind.text), CATALOG_COLUMNS)
    return page.records(CATALOG_COLUMNS)


def find_tables(catalog: Sequence[Row], dataset: Dataset) -> list[FoundTable]:
    """Find the tables of a dataset, by the year or the base year in their title.

    Raises ContentError when two tables claim the same dataset and year: which of them is right
    is not guessed.
    """
    found: dict[int, FoundTable] = {}
    for row in catalog:
        match = re.fullmatch(dataset.title, squeezed(row["Title"]), re.IGNORECASE)
        if match is None:
            continue
        identifier = row["Identifier"].strip()
        if not _IDENTIFIER.fullmatch(identifier):
            raise ContentError(f"the catalog lists a table with the identifier {identifier!r}")
        printed = int(next(iter(match.groupdict().values()), 0))
        if printed < dataset.first_year:
            continue
        if printed in found:
            both = f"{found[printed].identifier} and {identifier}"
            raise ContentError(f"the catalog lists {both} as {squeezed(row['Title'])!r}")
        year = printed if dataset.yearly else None
        table = FoundTable(dataset, identifier, squeezed(row["Title"]), year, row["Modified"])
        found[printed] = table
    return [found[printed] for printed in sorted(found)]
