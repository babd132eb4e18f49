"""The map of the Netherlands: its boundaries for the browser, and a drawn map of each main measure.

A map in a file of its own can be shown by any page, but not coloured by it: each drawn map has its
classes in it. In the browser the paths come once, and are coloured there.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from dashboard.addresses import compare_path, map_path, municipality_path
from dashboard.compare_data import script
from dashboard.compare_municipality import ACCOUNTS, main_measures, title_of
from dashboard.figures import number
from dashboard.folder import STATIC
from dashboard.marts import Marts, Row
from dashboard.menu import SITE
from dashboard.pages import Page, Pages

BOUNDARIES = Path(__file__).with_name("boundaries") / "municipalities.csv"

SOURCE = "grenzen CBS/Kadaster, CC BY 4.0, vereenvoudigd"

WIDTH, HEIGHT = 1058, 1250

SHADES = ("lightest", "light", "half", "dark", "darkest")
"""The tokens of the stylesheet for the classes: one hue, in steps that stay apart in grey."""


@cache
def token(name: str) -> str:
    """Read a colour of the stylesheet, for a file that cannot use it."""
    css = (STATIC / "site.css").read_text(encoding="utf-8")
    (colour,) = re.findall(rf"--{name}: (#[0-9a-f]+);", css)
    return str(colour)


@cache
def boundaries() -> dict[str, str]:
    """Read the path of each municipality of today, by code."""
    with BOUNDARIES.open(encoding="utf-8", newline="") as file:
        return {row["municipality_code"]: row["path"] for row in csv.DictReader(file)}


def pages(marts: Marts, pages: Pages) -> Iterator[Page]:
    """Make the paths for the browser, and of each main measure the map of its latest year."""
    yield script("map", {"paths": boundaries(), "size": [WIDTH, HEIGHT]})
    classes = marts.by("compare_classes", "measure_code", "report")
    values = marts.by("map_values", "measure_code")
    for measure in main_measures(marts):
        of = classes.get((measure["indicator_code"], ACCOUNTS), [])
        if not of:
            continue
        year = max(row["fiscal_year"] for row in of)
        legend = [row for row in of if row["fiscal_year"] == year]
        rows = [r for r in values[measure["indicator_code"],] if r["fiscal_year"] == year]
        shown = {row["municipality_code"]: class_of(row, legend) for row in rows}
        path = map_path(measure["subject_code"])
        yield Page(path.replace(".html", ".svg"), drawn(shown))
        yield pages.page(
            "map.html",
            path,
            menu=SITE,
            title=title_of(measure["indicator_name"]),
            unit=measure["unit"],
            year=year,
            measure=measure["indicator_code"],
            image=path.replace(".html", ".svg"),
            legend=[_step(row) for row in legend],
            without=sum(1 for shade in shown.values() if shade is None),
            rows=[
                {
                    **row,
                    "shade": shown[row["municipality_code"]],
                    "shown": "geen cijfer" if row["value"] is None else number(row["value"]),
                }
                for row in rows
            ],
            finding=_finding(title_of(measure["indicator_name"]), legend),
            source=SOURCE,
            municipality_path=municipality_path,
            compare_path=compare_path,
        )


def class_of(row: Row, legend: Sequence[Row]) -> int | None:
    """Give the class that a value is in; None where it is missing or no comparison."""
    if row["value"] is None or not row["is_peer"] or row["comparability"] == "not_comparable":
        return None
    within = [r for r in legend if r["lowest_value"] <= row["value"] <= r["highest_value"]]
    return within[0]["class_no"] if within else None


def drawn(shown: Mapping[str, int | None]) -> str:
    """Draw a map as a file of its own, a path for each class."""
    paths: dict[int | None, list[str]] = defaultdict(list)
    for code, path in boundaries().items():
        paths[shown.get(code)].append(path)
    fills = {number: token(name) for number, name in enumerate(SHADES, 1)}
    every = "".join(
        f'<path fill="{fills[shade] if shade else "url(#h)"}" d="{"".join(of)}"/>'
        for shade, of in sorted(paths.items(), key=lambda pair: pair[0] or 0)
    )
    paper, line = token("paper"), token("soft")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 {WIDTH + 8} {HEIGHT + 8}"'
        f' stroke="{paper}" stroke-width="1.5" stroke-linejoin="round">'
        '<pattern id="h" width="9" height="9" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><path fill="{paper}" stroke="none" d="M0 0h9v9H0z"/>'
        f'<path stroke="{line}" stroke-width="2.5" d="M0 0v9"/></pattern>'
        f"{every}</svg>\n"
    )


def _step(row: Row) -> dict[str, object]:
    return {
        "class_no": row["class_no"],
        "bounds": f"{number(row['lowest_value'])} tot {number(row['highest_value'])}",
        "n": row["municipalities_n"],
    }


def _finding(title: str, legend: Sequence[Row]) -> str:
    low, high = legend[0], legend[-1]
    return (
        f"{title}: van {number(low['lowest_value'])} tot {number(high['highest_value'])} euro per"
        " inwoner"
    )
