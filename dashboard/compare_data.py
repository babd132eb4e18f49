"""What the page Vergelijken asks for in the browser: scripts that hand it figures, one per measure.

From a folder a page may load classic scripts alone, so the data are calls with JSON in them:
`base.js` with names, groups and their members, one per measure and report with every value once,
one per municipality with its neighbours. Municipalities and groups are numbers: places in the
lists of base.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

from dashboard.marts import Marts, Row
from dashboard.pages import Page

FOLDER = "vergelijken/data"

SAFE = re.compile(r"[a-z0-9_.]+")

NEAREST, CODE = "nearest_10_", len("GM0000")
"""How the code of a group of neighbours is made: whose they are, and what was left out for it."""

NEAR_MEMBER = ("peer_group_code", "boundary", "fiscal_year", "municipality_code")

CHOSEN_FROM_FEW = "Structuurgelijke gemeenten gekozen uit "


def script(name: str, data: object) -> Page:
    """Write a call that hands data to the page. Raises `ValueError` for a name unfit for a file."""
    if not SAFE.fullmatch(name):
        raise ValueError(f"{name!r} cannot be the name of a file")
    told = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Page(f"{FOLDER}/{name}.js", f"doelenboom.take({json.dumps(name)},{told});\n")


@dataclass(frozen=True)
class Places:
    """What base numbers: municipalities by code, and peer groups other than neighbours."""

    marts: Marts

    @cached_property
    def names(self) -> dict[str, Row]:
        """Give the municipalities that are a member of some group, by code and in that order."""
        members = {row["municipality_code"] for row in self.marts.rows("compare_members")}
        rows = self.marts.rows("compare_names")
        return {r["municipality_code"]: r for r in rows if r["municipality_code"] in members}

    @cached_property
    def municipality(self) -> dict[str, int]:
        """Give the number of each municipality."""
        return {code: number for number, code in enumerate(self.names)}

    @cached_property
    def group(self) -> dict[str, int]:
        """Give the number of each peer group."""
        rows = self.marts.rows("compare_groups")
        return {row["peer_group_code"]: number for number, row in enumerate(rows)}


def base(marts: Marts, places: Places, years: Mapping[str, Mapping[str, list[int]]]) -> Page:
    """Write names, measures with the years that they have, groups and their members."""
    units: dict[str | None, int] = {}
    spans: dict[Spans, int] = {}
    sources: dict[str, int] = {}
    definitions: dict[str, int] = {}
    near = {
        row["measure_code"]: row["peer_group_code"][len(NEAREST) + CODE :]
        for row in marts.rows("compare_near_groups")
    }
    measures = [
        [
            row["indicator_code"],
            row["indicator_name"],
            units.setdefault(row["unit"], len(units)),
            sources.setdefault(row["source"], len(sources)),
            near.get(row["indicator_code"]),
            spans.setdefault(_spans(years[row["indicator_code"]]), len(spans)),
        ]
        for row in marts.rows("compare_measures")
        if row["indicator_code"] in years
    ]
    every = sorted(
        {year for of in years.values() for in_report in of.values() for year in in_report}
    )
    return script(
        "base",
        {
            "start": _start(marts, places),
            "municipalities": [
                [code, row["municipality_name"], int(row["valid_to"] is None)]
                for code, row in places.names.items()
            ],
            "groups": [
                [
                    row["peer_group_code"],
                    row["peer_group_name"],
                    definitions.setdefault(row["definition"], len(definitions)),
                ]
                for row in marts.rows("compare_groups")
            ],
            "definitions": list(definitions),
            "years": [every[0], every[-1]],
            "members": _members(marts, places, every),
            "measures": measures,
            "narrow": _narrow(marts),
            "spans": [dict(span) for span in spans],
            "units": list(units),
            "sources": list(sources),
            "words": {
                name: {row["code"]: row["label_nl"] for row in rows}
                for (name,), rows in marts.by("compare_words", "list_name").items()
            },
        },
    )


def _narrow(marts: Marts) -> dict[str, dict[int, str]]:
    """Give the years in which neighbours were chosen from few, with the words for it."""
    narrow: dict[str, dict[int, str]] = defaultdict(dict)
    for row in marts.rows("compare_narrow"):
        for words in row["comparability_reasons"].split("; "):
            if words.startswith(CHOSEN_FROM_FEW):
                narrow[row["boundary"]][row["fiscal_year"]] = words
    return narrow


def _start(marts: Marts, places: Places) -> dict[str, str]:
    """Choose what the page shows first: a municipality whose programme is in, if there is one."""
    read = [row["municipality_code"] for row in marts.rows("programme_results")]
    return {
        "gemeente": next((code for code in read if code in places.municipality), min(places.names)),
        "maat": "iv3_expenses_cluster_jeugd",
        "verslag": "accounts",
        "jaar": "",
        "groep": "size_class",
        "grenzen": "as_reported",
        "prijzen": "nominal",
    }


Spans = tuple[tuple[str, tuple[tuple[int, int], ...]], ...]


def _spans(years: Mapping[str, Sequence[int]]) -> Spans:
    return tuple((report, tuple(runs(of))) for report, of in years.items())


def _members(marts: Marts, places: Places, years: Sequence[int]) -> dict[str, list[list[Any]]]:
    """Give of each boundary and municipality its groups, with the years that it was a member.

    A group alone is a group of all years.
    """
    members: dict[str, list[list[Any]]] = {}
    keys = ("boundary", "peer_group_code", "municipality_code")
    for (boundary, group, municipality), rows in marts.by("compare_members", *keys).items():
        of = members.setdefault(boundary, [[] for _ in places.names])
        for first, last in runs(
            [row["fiscal_year"] for row in rows if row["fiscal_year"] in years]
        ):
            number = places.group[group]
            run = number if (first, last) == (years[0], years[-1]) else [number, first, last]
            of[places.municipality[municipality]].append(run)
    return members


def runs(years: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give the first and last of years that follow each other."""
    for _, numbered in groupby(enumerate(years), key=lambda pair: pair[1] - pair[0]):
        members = [year for _, year in numbered]
        yield members[0], members[-1]


def of_neighbours(marts: Marts, places: Places) -> Iterator[Page]:
    """Write of each municipality the neighbours that it is held against, and why they are those."""
    near: dict[str, dict[str, dict[str, list[Any]]]] = {}
    near_members = marts.table("compare_near_members")
    columns = (near_members[name].to_pylist() for name in NEAR_MEMBER)
    by_year = groupby(zip(*columns, strict=True), key=itemgetter(0, 1, 2))
    for (group, boundary, year), members_of_year in by_year:
        own = group.removeprefix(NEAREST)
        code, variant = own[:CODE], own[CODE:]
        members = [places.municipality[municipality] for *_, municipality in members_of_year]
        of = near.setdefault(code, {}).setdefault(boundary, {}).setdefault(variant, [])
        if of and of[-1][1] == year - 1 and of[-1][2] == members:
            of[-1][1] = year
        else:
            of.append([year, year, members])
    why = marts.by("compare_neighbours", "municipality_code", "fiscal_year")
    reasons: dict[str, list[Any]] = defaultdict(list)
    for (code, year), rows in why.items():
        told = [_neighbour(row, places) for row in rows]
        reasons[code].append([year, rows[0]["feature_year"], told])
    for code in places.names:
        yield script(code.lower(), {"near": near.get(code, {}), "why": reasons[code]})


def _neighbour(row: Row, places: Places) -> list[Any]:
    number = places.municipality[row["neighbour_code"]]
    return [number, float(row["distance"]), row["main_difference"], float(row["stability"])]
