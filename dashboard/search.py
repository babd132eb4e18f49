"""What the search on the first page knows: names and where they lead, in one script."""

import json
from collections.abc import Iterator

from dashboard.addresses import municipality_path, programme_path
from dashboard.marts import Marts
from dashboard.pages import Page, slug, without_hidden
from dashboard.terms import TERMS

PATH = "static/search-data.js"
KEY = ("municipality_code", "fiscal_year", "programme_code")

Group = tuple[str, str, str, list[tuple[str, str]]]
"""What some entries are, how their addresses begin and end, and each with its own part of it."""


def pages(marts: Marts) -> Iterator[Page]:
    """Make the script that holds all entries, for a page that is opened from a folder too."""
    groups = [
        [without_hidden(what), start, end, [[without_hidden(name), part] for name, part in entries]]
        for what, start, end, entries in (
            *_municipalities(marts),
            *_programmes(marts),
            *_words(marts),
        )
        if entries
    ]
    text = json.dumps(groups, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    yield Page(PATH, f"window.searchGroups = {text};\n")


def _municipalities(marts: Marts) -> Iterator[Group]:
    place, page = "gemeente/", "/index.html"
    by_state: dict[str, list[tuple[str, str]]] = {"gemeente": [], "opgeheven gemeente": []}
    for row in marts.rows("municipalities"):
        part = municipality_path(row["municipality_code"])[len(place) : -len(page)]
        what = "gemeente" if row["valid_to"] is None else "opgeheven gemeente"
        by_state[what].append((row["municipality_name"], part))
        others = [(other, part) for other in (row["also_called"] or "").split("|") if other]
        yield f"{what} {row['municipality_name']}", place, page, others
    for what, entries in by_state.items():
        yield what, place, page, entries


def _programmes(marts: Marts) -> Iterator[Group]:
    indicators = marts.by("indicator_results", *KEY)
    for row in marts.rows("programme_results"):
        where = f"{row['municipality_name']} {row['fiscal_year']}"
        path = programme_path(row)
        yield f"programma, {where}", path, "", [(row["programme_name"], "")]
        named = indicators.get(tuple(row[column] for column in KEY), [])
        path = programme_path(row, "indicatoren")
        yield f"indicator, {where}", path, "", [(each["indicator_name"], "") for each in named]


def _words(marts: Marts) -> Iterator[Group]:
    measures = [(row["indicator_name"], row["indicator_code"]) for row in marts.rows("measures")]
    yield "maat", "vergelijken.html#maat=", "", measures
    yield "begrip", "begrippen.html#", "", [(term, slug(term.lower())) for term, _ in TERMS]
