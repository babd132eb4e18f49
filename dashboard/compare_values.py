"""Every value of a measure, once, with what is said of it, its axes and its classes."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

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


MEASURE = ("measure_code", "report")
OF_AXIS = ("boundary", "peer_group_code", "fiscal_year")
AXIS = ("low", "high", "step", "trend_low", "trend_high", "trend_step")


def of_measures(marts: Marts, places: Places) -> Iterator[tuple[str, str, list[int], Page]]:
    """Write each measure and report: its code, the report, its years with a value, its data."""
    scales = dict(_parts(_with_floats(marts.table("compare_scales"), *AXIS), *MEASURE))
    classes = marts.by("compare_classes", *MEASURE)
    breaks = marts.by("compare_breaks", "measure_code")
    table, sayings = _numbered(marts.table("compare_values"), places.municipality)
    for (measure, report), rows in _parts(table, *MEASURE):
        values = _values(rows, sayings)
        if not (years := [int(year) for year, row in values["as_reported"].items() if row["v"]]):
            continue
        data = {
            **values,
            **_scales(scales.get((measure, report)), places),
            "classes": _classes(classes.get((measure, report), [])),
            "breaks": [
                [row["first_year"], row["break_kind"], row["reason"]]
                for row in breaks.get((measure,), [])
            ],
        }
        yield measure, report, years, script(f"{measure}.{report}", data)


class Saying(NamedTuple):
    """What is said of a value whoever it is compared with: how far it compares, and why."""

    level: int
    words: str
    figures: tuple[str, ...]


Value = tuple[int, float | None, bool, int]
"""A municipality, its value, whether it counts as a peer, and what is said of it, by number."""

VALUE = ("place", "value", "is_peer", "saying")
TOLD = ["municipality_code", "comparability", "comparability_reasons"]
"""The columns of a value, and those of the mart that its numbers stand for."""


def _parts(table: pa.Table, *columns: str) -> Iterator[tuple[tuple[Any, ...], pa.Table]]:
    """Cut a table that is in the order of some columns: what they hold, and the rows with it."""
    ends = [pc.run_end_encode(table[column].combine_chunks()).run_ends for column in columns]
    cuts = sorted({0, *(end for of in ends for end in of.to_pylist())})
    for first, last in pairwise(cuts):
        key = tuple(table[column][first].as_py() for column in columns)
        yield key, table.slice(first, last - first)


def _with_floats(table: pa.Table, *columns: str) -> pa.Table:
    """Put the nearest floats in the place of decimals."""
    for name in columns:
        floats = table[name].cast(pa.string()).cast(pa.float64())
        table = table.set_column(table.column_names.index(name), name, floats)
    return table


def _numbered(table: pa.Table, places: Mapping[str, int]) -> tuple[pa.Table, list[Saying]]:
    """Put numbers in the place of municipalities and of what is said, and list the latter.

    Raises `KeyError` for a municipality that is in no group.
    """
    codes, words, reasons = (
        table[column].combine_chunks().dictionary_encode(null_encoding="encode") for column in TOLD
    )
    of_code = [places[code] for code in codes.dictionary.to_pylist()]
    width = len(reasons.dictionary)
    pairs = pc.add(pc.multiply(words.indices, width), reasons.indices).dictionary_encode()
    sayings: dict[Saying, int] = {}
    of_pair = []
    for pair in pairs.dictionary.to_pylist():
        word, reason = words.dictionary[pair // width], reasons.dictionary[pair % width]
        saying = _of_itself(word.as_py(), reason.as_py())
        of_pair.append(sayings.setdefault(saying, len(sayings)))
    numbered = (
        _with_floats(table, "value")
        .drop_columns(TOLD)
        .append_column("place", pa.array(of_code, pa.int32()).take(codes.indices))
        .append_column("saying", pa.array(of_pair, pa.int32()).take(pairs.indices))
    )
    return numbered, list(sayings)


def _values(table: pa.Table, sayings: Sequence[Saying]) -> dict[str, Any]:
    """Lay out values by boundary and year: a list by municipality, and what is said of them.

    Of today's boundaries only what differs from those of the year is there.
    """
    years: dict[str, dict[int, list[Value]]] = {"as_reported": {}, "current": {}}
    for (boundary, year), rows in _parts(table, "boundary", "fiscal_year"):
        columns = (rows[name].to_pylist() for name in VALUE)
        years[boundary][year] = list(zip(*columns, strict=True))
    reported, words = years["as_reported"], Words(sayings)
    return {
        "as_reported": {year: _laid_out(rows, words) for year, rows in reported.items()},
        "current": {
            year: _patches(rows, reported.get(year, []), words)
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


class Words(dict[str, int]):
    """Sentences, each once, by number."""

    def __init__(self, sayings: Sequence[Saying]) -> None:
        super().__init__()
        self.sayings = sayings

    def told(self, saying: int) -> Any:
        """Give the number of a sentence, with the figures that it has a place for."""
        _, words, figures = self.sayings[saying]
        number = self.setdefault(words, len(self))
        return [number, *figures] if figures else number


def _laid_out(rows: Sequence[Value], words: Words) -> dict[str, Any]:
    """Write a year as lists by municipality: values, levels, sayings; and who is no peer."""
    if all(value is None for _, value, _, _ in rows):
        return {"v": [], "l": "", "s": [], "no": []}
    told = {saying: words.told(saying) for saying in dict.fromkeys(row[3] for row in rows)}
    levels = {saying: str(words.sayings[saying].level) for saying in told}
    by_place = {row[0]: row for row in rows}
    order = [by_place.get(place) for place in range(rows[-1][0] + 1)]
    return {
        "v": [row and row[1] for row in order],
        "l": "".join(levels[row[3]] if row else "2" for row in order),
        "s": [told[row[3]] if row else 0 for row in order],
        "no": [row[0] for row in rows if not row[2]],
    }


def _patches(rows: Sequence[Value], reported: Sequence[Value], words: Words) -> list[list[Any]]:
    """Write what of a year differs at today's boundaries."""
    same = set(reported)
    return [
        [place, value, int(is_peer), words.sayings[saying].level, words.told(saying)]
        for place, value, is_peer, saying in rows
        if (place, value, is_peer, saying) not in same
    ]


def _scales(table: pa.Table | None, places: Places) -> dict[str, Any]:
    """Give each axis once, and which one a group has in a year and over all years."""
    axes: dict[tuple[float | None, ...], int] = {}
    of_year: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    of_all: dict[str, dict[int, int]] = defaultdict(dict)
    if table is not None:
        columns = (table[name].to_pylist() for name in (*OF_AXIS, *AXIS))
        for boundary, code, year, *axis in zip(*columns, strict=True):
            group = places.group[code]
            of_year[boundary][year] += [group, axes.setdefault(tuple(axis[:3]), len(axes))]
            of_all[boundary][group] = axes.setdefault(tuple(axis[3:]), len(axes))
    return {"axes": [list(axis) for axis in axes], "axis": of_year, "trend": of_all}


def _classes(rows: Sequence[Row]) -> dict[int, list[list[float]]]:
    classes: dict[int, list[list[float]]] = defaultdict(list)
    for row in rows:
        bounds = (float(row["lowest_value"]), float(row["highest_value"]))
        classes[row["fiscal_year"]].append([row["class_no"], *bounds, row["municipalities_n"]])
    return classes
