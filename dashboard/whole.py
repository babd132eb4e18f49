"""Pages about the whole release: taakvelden, reliability, terms, accessibility, the data."""

from collections.abc import Iterator

from dashboard.addresses import municipality_path, programme_path
from dashboard.labels import labels_of
from dashboard.marts import Marts, Row, grouped
from dashboard.menu import SITE
from dashboard.pages import Page, Pages
from dashboard.terms import TERMS

ASKS = ("fail", "broken", "warn")
"""Outcomes of a check that a reader should know of, the gravest first."""

WORD_LISTS = (
    ("verdict", "Oordeel over een indicator"),
    ("value_status", "Waarom een cijfer er is of ontbreekt"),
    ("comparability", "Vergelijkbaarheid"),
    ("reconciliation_status", "Uitkomst van een aansluiting"),
    ("margin_status", "Foutmarge"),
    ("action_status", "Stand van een actiepunt"),
)


def pages(marts: Marts, pages: Pages) -> Iterator[Page]:
    """Make each of them."""
    labels = labels_of(marts)
    programmes = marts.rows("programme_results")
    bridged = marts.by("programme_taakveld_bridge", *_KEY)
    yield pages.page(
        "alle-taakvelden.html",
        "taakvelden.html",
        menu=SITE,
        groups=grouped(marts.rows("taakvelden"), "main_taakveld_code", "main_taakveld_name"),
        programmes=[row for row in programmes if tuple(row[name] for name in _KEY) in bridged],
        programme_path=programme_path,
    )
    checks = marts.rows("checks")
    yield pages.page(
        "alle-controles.html",
        "betrouwbaarheid.html",
        menu=SITE,
        labels=labels,
        asking={status: _with_status(checks, status) for status in ASKS},
        counts=[
            (word, len(_with_status(checks, status)))
            for status, word in labels["dq_status"].items()
            if _with_status(checks, status)
        ],
        kinds=labels["dq_kind"],
        programmes=programmes,
        programme_path=programme_path,
        municipality_path=municipality_path,
    )
    yield pages.page(
        "begrippen.html",
        "begrippen.html",
        menu=SITE,
        terms=TERMS,
        labels=labels,
        word_lists=WORD_LISTS,
    )
    yield pages.page("toegankelijkheid.html", "toegankelijkheid.html", menu=SITE)
    yield pages.page("data.html", "data.html", menu=SITE, tables=marts.rows("tables"))


_KEY = ("municipality_code", "fiscal_year", "programme_code")


def _with_status(checks: list[Row], status: str) -> list[Row]:
    return [row for row in checks if row["status"] == status]
