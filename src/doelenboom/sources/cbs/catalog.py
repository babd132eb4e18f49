"""Which tables there are: the catalog of a service, searched by title.

New years are found here, without a change of code.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from doelenboom.sources.cbs.client import CbsClient
from doelenboom.sources.cbs.declaring import Dataset, squeezed
from doelenboom.sources.cbs.faults import ContentError
from doelenboom.sources.cbs.pages import Row, read_page

CATALOG_PATH = "/ODataCatalog/Tables"
CATALOG_COLUMNS = ("Identifier", "Title", "Modified")

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
    """Read the whole catalog of a service. Raises ContentError, UnreachableError."""
    url: str | None = client.url(CATALOG_PATH, {"$format": "json"})
    rows: list[Row] = []
    read: set[str] = set()
    while url is not None:
        if url in read:
            raise ContentError(f"{url} is a page of the catalog that leads to itself")
        read.add(url)
        page = read_page(url, client.get(url))
        found = page.records()
        for number, row in enumerate(found, 1):
            for name in CATALOG_COLUMNS:
                if not isinstance(row.get(name), str):
                    raise ContentError(f"{url} row {number} has no text as {name}")
        rows += found
        url = page.next_link
    return rows


def find_tables(catalog: Sequence[Row], dataset: Dataset) -> list[FoundTable]:
    """Find the tables of a dataset, by year.

    Raises ContentError when two tables claim the same dataset and year: which of them is right
    is not guessed.
    """
    found: dict[int | None, FoundTable] = {}
    for row in catalog:
        match = re.fullmatch(dataset.title, squeezed(row["Title"]), re.IGNORECASE)
        if match is None:
            continue
        identifier = row["Identifier"].strip()
        if not _IDENTIFIER.fullmatch(identifier):
            raise ContentError(f"the catalog lists a table with the identifier {identifier!r}")
        year = int(match["year"]) if dataset.yearly else None
        if year is not None and year < dataset.first_year:
            continue
        if year in found:
            both = f"{found[year].identifier} and {identifier}"
            raise ContentError(f"the catalog lists {both} as {squeezed(row['Title'])!r}")
        table = FoundTable(dataset, identifier, squeezed(row["Title"]), year, row["Modified"])
        found[year] = table
    return [found[year] for year in sorted(found, key=lambda year: year or 0)]
