"""What the menu at the top of a page offers: that of the site, or that of one programme."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A word in the menu and the page that it leads to."""

    word: str
    path: str


SITE = (
    Entry("Gemeenten", "index.html"),
    Entry("Vergelijken", "vergelijken.html"),
    Entry("Taakvelden", "taakvelden.html"),
    Entry("Betrouwbaarheid", "betrouwbaarheid.html"),
    Entry("Wijzigingen", "wijzigingen.html"),
)
