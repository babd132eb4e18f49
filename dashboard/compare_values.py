"""Every value of a measure, once, with what is said of it, its axes and its classes."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.compare_data import Places, script
from dashboard.marts import Marts, Row
from dashboard.pages import Page

COMPARABILITY = ("comparable", "caution", "not_comparable")

OF_THE_GROUP = re.compile(r"andere gemeenten? in de groep ")
"""How the sentences of `comparability_reasons` begin that tell of the group and its n."""

SHARE = re.compile(r"\d+(?:,\d+)?(?= % van de lasten)")
"""A figure that differs from one municipality to the next in a sentence that does not."""


def of_measures(marts: Marts, places: Places) -> Iterator[tuple[str, str, list[int], Page]]:
    """Write each measure and report: its code, the report, its years with a value, its data."""
    scales = marts.by("compare_scales", "measure_code", "report")
    classes = marts.by("compare_classes", "measure_code", "report")
    breaks = marts.by("compare_breaks", "measure_code")
    for measure, report, table in _parts(marts.table("compare_values")):
        values = _values(table, places)
        if not (years := [int(year) for year, row in values["as_reported"].items() if row["v"]]):
            continue
        data = {
            **values,
            **_scales(scales.get((measure, report), []), places),
            "classes": _classes(classes.get((measure, report), [])),
            "breaks": [
                [row["first_year"], row["break_kind"], row["reason"]]
                for row in breaks.get((measure,), [])
            ],
        }
        yield measure, report, years, script(f"{measure}.{report}", data)


@dataclass(frozen=True)
class Saying:
    """What is said of a value whoever it is compared with: how far it compares, and why."""

    level: int
    words: str
    figures: tuple[str, ...]


def _parts(table: pa.Table) -> Iterator[tuple[str, str, pa.Table]]:
    """Cut a table that is in the order of measure and report."""
    ends = [pc.run_end_encode(table.column(number).combine_chunks()) for number in (0, 1)]
    cuts = sorted({end for encoded in ends for end in encoded.run_ends.to_pylist()})
    for first, last in zip([0, *cuts], cuts, strict=False):
        yield (
            table["measure_code"][first].as_py(),
            table["report"][first].as_py(),
            table.slice(first, last - first),
        )


def _values(table: pa.Table, places: Places) -> dict[str, Any]:
    """Lay out values by boundary and year: a list by municipality, and what is said of them.

    Of today's boundaries only what differs from those of the year is there.
    """
    reasons = table["comparability_reasons"].combine_chunks().dictionary_encode()
    said = reasons.dictionary.to_pylist()
    columns = (
        table["boundary"].to_pylist(),
        table["fiscal_year"].to_pylist(),
        [places.municipality[code] for code in table["municipality_code"].to_pylist()],
        table["value"].cast(pa.string()).to_pylist(),
        table["is_peer"].to_pylist(),
        table["comparability"].to_pylist(),
        reasons.indices.to_pylist(),
    )
    of_itself = cache(lambda word, place: _of_itself(word, None if place is None else said[place]))
    years: dict[str, dict[int, dict[int, Value]]] = {"as_reported": {}, "current": {}}
    for boundary, year, municipality, value, is_peer, word, place in zip(*columns, strict=True):
        years[boundary].setdefault(year, {})[municipality] = (
            None if value is None else float(value),
            is_peer,
            of_itself(word, place),
        )
    reported, words = years["as_reported"], Words()
    return {
        "as_reported": {year: _laid_out(rows, words) for year, rows in reported.items()},
        "current": {
            year: _patches(rows, reported.get(year, {}), words)
            for year, rows in years["current"].items()
        },
        "sayings": list(words),
    }


def _of_itself(comparability: str, reasons: str | None) -> Saying:
    """Give what is said of a value without what is said of the group."""
    said = [part for part in (reasons or "").split("; ") if not OF_THE_GROUP.search(part)]
    words = "; ".join(said)
    if comparability == "caution" and not words:
        return Saying(0, "", ())
    figures = SHARE.findall(words)
    return Saying(COMPARABILITY.index(comparability), SHARE.sub("#", words), tuple(figures))


Value = tuple[float | None, bool, Saying]


class Words(dict[str, int]):
    """Sentences, each once, by number."""

    def told(self, saying: Saying) -> Any:
        """Give the number of a sentence, with the figures that it has a place for."""
        number = self.setdefault(saying.words, len(self))
        return [number, *saying.figures] if saying.figures else number


def _laid_out(rows: Mapping[int, Value], words: Words) -> dict[str, Any]:
    """Write a year as lists by municipality: values, levels, sayings; and who is no peer."""
    if all(value is None for value, _, _ in rows.values()):
        return {"v": [], "l": "", "s": [], "no": []}
    order = [rows.get(key) for key in range(max(rows) + 1)]
    return {
        "v": [row and row[0] for row in order],
        "l": "".join(str(row[2].level) if row else "2" for row in order),
        "s": [words.told(row[2]) if row else 0 for row in order],
        "no": sorted(key for key, row in rows.items() if not row[1]),
    }


def _patches(
    rows: Mapping[int, Value], reported: Mapping[int, Value], words: Words
) -> list[list[Any]]:
    """Write what of a year differs at today's boundaries."""
    return [
        [key, row[0], int(row[1]), row[2].level, words.told(row[2])]
        for key, row in sorted(rows.items())
        if reported.get(key) != row
    ]


def _scales(rows: Sequence[Row], places: Places) -> dict[str, Any]:
    """Give each axis once, and which one a group has in a year and over all years."""
    axes: dict[tuple[float, float, float], int] = {}
    of_year: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    of_all: dict[str, dict[int, int]] = defaultdict(dict)
    for row in rows:
        group = places.group[row["peer_group_code"]]
        for names, year in (
            (("low", "high", "step"), row["fiscal_year"]),
            (("trend_low", "trend_high", "trend_step"), None),
        ):
            low, high, step = (float(row[name]) for name in names)
            axis = axes.setdefault((low, high, step), len(axes))
            if year is None:
                of_all[row["boundary"]][group] = axis
            else:
                of_year[row["boundary"]][year] += [group, axis]
    return {"axes": [list(axis) for axis in axes], "axis": of_year, "trend": of_all}


def _classes(rows: Sequence[Row]) -> dict[int, list[list[float]]]:
    classes: dict[int, list[list[float]]] = defaultdict(list)
    for row in rows:
        bounds = (float(row["lowest_value"]), float(row["highest_value"]))
        classes[row["fiscal_year"]].append([row["class_no"], *bounds, row["municipalities_n"]])
    return classes
