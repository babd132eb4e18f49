"""The page of a municipality's finances: what it owns and owes, budgets, income, organisation."""

from collections.abc import Iterator, Sequence
from typing import Any

from dashboard.addresses import municipality_path, position_path
from dashboard.labels import labels_of
from dashboard.marts import Marts, Row
from dashboard.menu import SITE, Entry
from dashboard.pages import Page, Pages
from dashboard.tables import csv_page

INCOME = (
    ("position_levies", "local_levies_pct", "Lokale heffingen", "van alle baten"),
    ("position_grants", "state_grants_pct", "Uitkeringen van het Rijk", "van alle baten"),
)
ORGANISATION = (
    ("position_overhead", "overhead_pct", "Overhead", "van alle lasten"),
    ("position_hire", "hired_staff_pct", "Inhuur", "van lonen en inhuur samen"),
    (
        "position_joint",
        "joint_arrangements_pct",
        "Gemeenschappelijke regelingen",
        "van alle lasten",
    ),
)
"""Queries of shares, the column that each is about, what it is called and what it is a share of."""

SECTIONS = (
    ("herkomst", "Lokale heffingen en uitkeringen van het Rijk", INCOME),
    ("organisatie", "Overhead, inhuur en gemeenschappelijke regelingen", ORGANISATION),
)
"""Parts of the page that tell of shares: where it is on the page, its heading and its shares."""


def pages(marts: Marts, pages: Pages) -> Iterator[Page]:
    """Make the page of each municipality that delivered accounts, and its position as a file."""
    labels = labels_of(marts)
    by_municipality = {
        name: marts.by(name, "municipality_code")
        for name in ("position", "position_ratios", "position_prudence", "position_accuracy")
    }
    funds = marts.by("position_fund", "municipality_code")
    sections = [
        (
            place,
            heading,
            [
                (marts.by(name, "municipality_code"), column, word, of)
                for name, column, word, of in shares
            ],
        )
        for place, heading, shares in SECTIONS
    ]
    for row in marts.rows("municipalities"):
        code = row["municipality_code"]
        key = (code,)
        position, ratios, prudence, accuracy = (
            found.get(key, []) for found in by_municipality.values()
        )
        if not position:
            continue
        path = position_path(code)
        yield pages.page(
            "financien.html",
            path,
            menu=_menu(code, path),
            municipality=row,
            position=position,
            ratios=_ratios(ratios),
            prudence=prudence,
            accuracy=_newest(accuracy),
            fund=_fund(funds.get(key, [])),
            sections=[
                (
                    place,
                    heading,
                    *_shares(
                        [
                            (found.get(key, []), column, word, of)
                            for found, column, word, of in shares
                        ]
                    ),
                )
                for place, heading, shares in sections
            ],
            labels=labels,
            municipality_path=municipality_path,
            file_path=_file_path(code),
        )
        yield csv_page(_file_path(code), tuple(position[0]), position)


def _menu(code: str, path: str) -> tuple[Entry, ...]:
    return (Entry("Gemeente", municipality_path(code)), Entry("Financiën", path), *SITE[1:])


def _file_path(code: str) -> str:
    return position_path(code).replace(".html", ".csv")


def _ratios(rows: Sequence[Row]) -> tuple[list[int], dict[str, dict[int, Row]]]:
    """Put the years of a ratio side by side, as printed where that is known, from the newest."""
    found: dict[str, dict[int, Row]] = {}
    for row in rows:
        years = found.setdefault(row["ratio_name"], {})
        before = years.get(row["fiscal_year"])
        if before is None or row["printed_value"] is not None or before["printed_value"] is None:
            years[row["fiscal_year"]] = row
    return sorted({year for years in found.values() for year in years}), found


def _newest(rows: Sequence[Row]) -> list[Row]:
    """Keep the rows of the last year that there are."""
    last = max((row["fiscal_year"] for row in rows), default=None)
    return [row for row in rows if row["fiscal_year"] == last]


def _fund(rows: Sequence[Row]) -> list[Row]:
    """Keep what the newest circular about the last year allocates to what has taakvelden."""
    newest = max(
        ((row["fiscal_year"], row["circular"][1:], row["circular"]) for row in rows), default=None
    )
    return [
        row
        for row in rows
        if newest == (row["fiscal_year"], row["circular"][1:], row["circular"])
        and row["value_status"] != "not_applicable"
    ]


def _shares(
    found: Sequence[tuple[Sequence[Row], str, str, str]],
) -> tuple[list[int], list[dict[str, Any]]]:
    """Put the years of each share side by side, with what it is a share of and its caution."""
    years = sorted({row["fiscal_year"] for rows, *_ in found for row in rows})
    laid_out = [
        {
            "name": name,
            "of": of,
            "caution": next((row["caution_text"] for row in rows), ""),
            "years": {
                row["fiscal_year"]: {
                    "share": row[column],
                    "median": row["peer_median_pct"],
                    "status": row["value_status"],
                }
                for row in rows
            },
        }
        for rows, column, name, of in found
    ]
    return years, laid_out
