"""The page of a municipality: its programmes, what it spends beside others, and what is missing."""

from collections.abc import Iterator, Sequence
from typing import Any

from dashboard import charts
from dashboard.addresses import (
    compare_path,
    line_path,
    municipality_path,
    position_path,
    programme_path,
)
from dashboard.labels import Labels, labels_of
from dashboard.marts import Marts, Row
from dashboard.menu import SITE, Entry
from dashboard.pages import Page, Pages
from dashboard.tables import csv_page

SPENDING_COLUMNS = (
    *("report", "fiscal_year", "cluster_code", "cluster_name", "eur_per_inhabitant"),
    *("peer_median", "peers_n", "comparability", "value_status"),
)


def pages(marts: Marts, pages: Pages) -> Iterator[Page]:
    """Make the page of each municipality, and its spending as a file."""
    labels = labels_of(marts)
    spending = marts.by("spending", "municipality_code")
    programmes = marts.by("programme_results", "municipality_code")
    gaps = marts.by("gaps", "municipality_code")
    became = marts.by("became", "predecessor_code")
    came_from = marts.by("came_from", "successor_code")
    years = marts.by("programme_budget_years", "municipality_code")
    reserves = marts.by("reserve_movements", "municipality_code")
    positions = marts.by("position", "municipality_code")
    for row in marts.rows("municipalities"):
        code = row["municipality_code"]
        spent = spending.get((code,), [])
        path = municipality_path(code)
        compared = bool(spent) and row["valid_to"] is None
        yield pages.page(
            "gemeente.html",
            path,
            menu=_menu(path, code, compared),
            municipality=row,
            programmes=programmes.get((code,), []),
            years=_years(years.get((code,), [])),
            reserves=reserves.get((code,), []),
            gaps=_gaps(gaps.get((code,), []), labels),
            became=became.get((code,), []),
            came_from=came_from.get((code,), []),
            compared=compared,
            position=next(reversed(positions.get((code,), [])), None),
            labels=labels,
            municipality_path=municipality_path,
            programme_path=programme_path,
            compare_path=compare_path,
            line_path=line_path,
            position_path=position_path,
            spending_path=_spending_path(code),
            **_latest(spent),
        )
        if spent:
            yield csv_page(_spending_path(code), SPENDING_COLUMNS, spent)


def _menu(path: str, code: str, compared: bool) -> tuple[Entry, ...]:
    compare = compare_path(code) if compared else "vergelijken.html"
    return (Entry("Gemeente", path), Entry("Vergelijken", compare), *SITE[2:])


def _spending_path(code: str) -> str:
    return municipality_path(code).replace("index.html", "lasten-per-inwoner.csv")


def _latest(spent: Sequence[Row]) -> dict[str, Any]:
    """Lay out the latest accounts that have figures, the largest amount first."""
    known = [
        row
        for row in spent
        if row["report"] == "accounts" and row["eur_per_inhabitant"] is not None
    ]
    year = max((row["fiscal_year"] for row in known), default=None)
    rows = [row for row in spent if row["report"] == "accounts" and row["fiscal_year"] == year]
    rows.sort(
        key=lambda row: (row["eur_per_inhabitant"] is None, -(row["eur_per_inhabitant"] or 0))
    )
    axis, laid_out = charts.compared(rows, "eur_per_inhabitant", "peer_median")
    comparable = [
        row
        for row in rows
        if row["comparability"] == "comparable"
        and None not in (row["eur_per_inhabitant"], row["peer_median"])
    ]
    return {
        "year": year,
        "spent": list(zip(rows, laid_out, strict=True)),
        "axis": axis,
        "comparable": next(iter(comparable), None),
    }


def _years(rows: Sequence[Row]) -> list[tuple[Row, dict[str, Row]]]:
    """Put the flows of a programme, year and phase side by side: its totals, or what has none."""
    found: dict[tuple[Any, ...], dict[str, Row]] = {}
    for row in rows:
        if row["is_total"] or row["programme_code"] == "document":
            key = ("fiscal_year", "programme_code", "line_item", "amount_year", "phase")
            found.setdefault(tuple(row[name] for name in key), {})[row["flow"]] = row
    return [(next(iter(flows.values())), flows) for flows in found.values()]


def _gaps(rows: Sequence[Row], labels: Labels) -> list[tuple[str, str, list[int]]]:
    """Say what is missing and why, with the years: `jaarrekening: baten per taakveld`."""
    years: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        report = labels["report"].get(row["report"])
        level = labels["coverage_level"].get(row["level"], row["level"])
        what = f"{level}, {report}" if report else level
        reason = row["reason"] or labels["coverage_extent"].get(row["status"], row["status"])
        years.setdefault((what, reason), []).append(row["fiscal_year"])
    return [(what, reason, sorted(when)) for (what, reason), when in years.items()]
