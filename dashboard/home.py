"""The first page: search, the programmes that are in, and every municipality."""

from collections.abc import Iterator

from dashboard.addresses import municipality_path, programme_path
from dashboard.marts import Marts
from dashboard.menu import SITE
from dashboard.pages import Page, Pages


def pages(marts: Marts, pages: Pages) -> Iterator[Page]:
    """Make the first page."""
    municipalities = marts.rows("municipalities")
    yield pages.page(
        "index.html",
        "index.html",
        menu=SITE,
        present=[row for row in municipalities if row["valid_to"] is None],
        abolished=[row for row in municipalities if row["valid_to"] is not None],
        programmes=marts.rows("programme_results"),
        municipality_path=municipality_path,
        programme_path=programme_path,
    )
