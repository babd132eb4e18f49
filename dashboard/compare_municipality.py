"""A municipality beside others without a script: its main measures of the latest year."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from dashboard import compare_charts as charts
from dashboard.figures import number
from dashboard.marts import Marts, Row
from dashboard.pages import lower_first

ACCOUNTS = "accounts"
"""The report that pages without a script and drawn maps show."""

NO_FIGURE = "geen cijfer"

CSV_COLUMNS = (
    *("municipality_code", "measure_code", "fiscal_year", "peer_group_code", "value"),
    *("peers_total", "peers_n", "peer_p25", "peer_median", "peer_p75", "percentile"),
    "comparability",
)

LONG_NAME = 13
"""Letters of a name that have room at the end of a line."""

MOST_NAMED = 5
"""Municipalities beyond a scale that are named; the others are counted."""

Peer = tuple[Row, float]
"""A row whose value counts for others, with that value."""


def title_of(name: str) -> str:
    """Give what a measure is about: its name without the side of it."""
    return name.partition(": ")[2] or name


def main_measures(marts: Marts) -> list[Row]:
    """Give the measures that have pages of their own: the total first, then the clusters."""
    return marts.rows("compare_main_measures")


class Static:
    """The pages without JavaScript: the main measures of every municipality of the latest year."""

    def __init__(self, marts: Marts) -> None:
        rows = marts.rows("compare_static")
        self._years = sorted({row["fiscal_year"] for row in rows})
        self._measures = main_measures(marts)
        self._rows = marts.by("compare_static", "municipality_code", "measure_code")
        self._peers: dict[tuple[str, int, str], list[Peer]] = defaultdict(list)
        for row in rows:
            if row["is_peer"] and row["value"] is not None:
                key = (row["measure_code"], row["fiscal_year"], row["peer_group_code"])
                self._peers[key].append((row, float(row["value"])))
        self._axes = {
            (row["measure_code"], row["peer_group_code"], row["fiscal_year"]): row
            for row in marts.rows("compare_static_scales")
        }
        self._trends: dict[str, set[charts.Axis]] = defaultdict(set)
        for row in marts.rows("compare_static_scales"):
            trend = _axis(row, "trend_low", "trend_high", "trend_step")
            self._trends[row["measure_code"]].add(trend)
        self._breaks = marts.by("compare_breaks", "measure_code")
        self._neighbours = marts.by("compare_neighbours", "municipality_code", "fiscal_year")
        words = marts.rows("compare_words")
        self._words = {(row["list_name"], row["code"]): row["label_nl"] for row in words}
        latest = [row for row in rows if row["fiscal_year"] == self._years[-1]] if rows else []
        self.codes = sorted({row["municipality_code"] for row in latest})

    def fields(self, code: str) -> dict[str, Any]:
        """Give what the page of a municipality shows."""
        year = self._years[-1]
        measures = []
        for measure in self._measures:
            rows = self._rows.get((code, measure["indicator_code"]), [])
            if rows and rows[-1]["fiscal_year"] == year:
                measures.append(self._measure(measure, rows, rows[-1]))
                first = rows[-1]
        near = self._neighbours.get((code, year), [])
        return {
            "code": code,
            "name": first["municipality_name"],
            "year": year,
            "span": f"{self._years[0]}–{year}",
            "group_lower": lower_first(first["peer_group_name"]),
            "measures": measures,
            "neighbours": [
                {**row, "theme": self._words["structure_theme", row["main_difference"]]}
                for row in near
            ],
        }

    def every_year(self, code: str) -> Iterator[Row]:
        """Give every year of the main measures of a municipality."""
        for measure in self._measures:
            yield from self._rows.get((code, measure["indicator_code"]), [])

    def comparable(self, code: str, year: int, clusters: Sequence[str]) -> list[dict[str, Any]]:
        """Give the measures of clusters that are `comparable` in a year, in their order."""
        by_subject = {measure["subject_code"]: measure for measure in self._measures}
        found = []
        for measure in (by_subject[cluster] for cluster in clusters if cluster in by_subject):
            rows = self._rows.get((code, measure["indicator_code"]), [])
            for row in rows:
                if row["fiscal_year"] == year and row["comparability"] == "comparable":
                    group = lower_first(row["peer_group_name"])
                    found.append({**self._measure(measure, rows, row), "group_lower": group})
        return found

    def _measure(self, measure: Row, rows: Sequence[Row], row: Row) -> dict[str, Any]:
        key = (measure["indicator_code"], row["fiscal_year"], row["peer_group_code"])
        axis_row = self._axes.get((key[0], key[2], key[1]))
        title = title_of(measure["indicator_name"])
        told: dict[str, Any] = {
            "id": measure["subject_code"],
            "title": title,
            "finding": f"{title}: {_finding(row)}",
            "sentence": _sentence(row),
            "comparability": self._words["comparability", row["comparability"]],
            "reasons": row["comparability_reasons"] or "",
            "strip": None,
            "trend": None,
            **_cells(row),
        }
        if axis_row is None:
            return told
        axis = _axis(axis_row, "low", "high", "step")
        peers = [peer for peer in self._peers[key] if peer[0] is not row]
        spread = None if row["peer_median"] is None else [float(row[q]) for q in QUARTILES]
        own = None if row["value"] is None else float(row["value"])
        told["strip"] = charts.strip(axis, [value for _, value in peers], own, spread)
        told["beyond"] = _beyond(axis, peers)
        drawn = [
            charts.Year(
                each["fiscal_year"], *(_float(each[name]) for name in ("value", *QUARTILES))
            )
            for each in rows
        ]
        values = [v for y in drawn for v in (y.value, y.p25, y.median, y.p75) if v is not None]
        trend_axis = charts.narrowest(self._trends[key[0]], values)
        if trend_axis and len(drawn) > 1:
            digits = charts.decimals(trend_axis[2])
            told |= {
                "trend": charts.trend(trend_axis, drawn, self._breaks_of(key[0])),
                "span": f"{drawn[0].year}–{drawn[-1].year}",
                "own_words": _label(row["municipality_name"], rows[-1]["value"], digits),
                "median_words": _label("mediaan", rows[-1]["peer_median"], digits),
                "rows": [{"year": each["fiscal_year"], **_cells(each)} for each in rows],
            }
        return told

    def _breaks_of(self, measure_code: str) -> list[tuple[int, str]]:
        rows = self._breaks.get((measure_code,), [])
        return [(row["first_year"], self._words["break_kind", row["break_kind"]]) for row in rows]


QUARTILES = ("peer_p25", "peer_median", "peer_p75")


def _axis(row: Row, low: str, high: str, step: str) -> charts.Axis:
    return float(row[low]), float(row[high]), float(row[step])


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


def _euro(value: Any) -> str:
    return NO_FIGURE if value is None else number(value)


def _cells(row: Row) -> dict[str, str]:
    half = NO_FIGURE
    if row["peer_median"] is not None:
        half = f"{number(row['peer_p25'])} tot {number(row['peer_p75'])}"
    return {
        "value": _euro(row["value"]),
        "median": _euro(row["peer_median"]),
        "half": half,
        "n": f"{row['peers_n']} van {row['peers_total']}",
        "peers_n": str(row["peers_n"]),
    }


def _finding(row: Row) -> str:
    if row["value"] is None:
        return NO_FIGURE
    if row["peer_median"] is None:
        return f"{number(row['value'])} euro; te weinig gemeenten voor een mediaan"
    return f"{number(row['value'])} euro, mediaan {number(row['peer_median'])}"


def _sentence(row: Row) -> str:
    """Say what a row says, from its fields alone."""
    n = f"n = {row['peers_n']} van {row['peers_total']}"
    if row["peer_median"] is None:
        return f"Van de andere hebben er {row['peers_n']} een waarde die meetelt ({n})."
    low, median, high = (number(row[quartile]) for quartile in QUARTILES)
    spread = (
        f"De helft van de andere ligt tussen {low} en {high} euro, de middelste op {median} ({n})"
    )
    if row["percentile"] is None:
        return f"{spread}."
    return f"{spread}; {number(row['percentile'])} % geeft minder uit."


def _label(name: str, value: Any, digits: int) -> str:
    """Name a line by the figure that it ends on: that alone where the name has no room."""
    if value is None:
        return ""
    figure = number(value, digits)
    return figure if len(name) > LONG_NAME else f"{name} {figure}"


def _beyond(axis: charts.Axis, peers: Sequence[Peer]) -> str:
    """Name who is beyond the scale, the highest first."""
    low, high, _ = axis
    beyond = [row for row, value in peers if not low <= value <= high]
    if not beyond:
        return ""
    beyond.sort(key=lambda row: row["value"], reverse=True)
    named = [f"{r['municipality_name']}, {number(r['value'])} euro" for r in beyond[:MOST_NAMED]]
    if len(beyond) > MOST_NAMED:
        named.append(f"en nog {len(beyond) - MOST_NAMED}")
    return f"Buiten de schaal (►): {'; '.join(named)}."
