"""Vergelijken: any measure beside others in the browser, the main ones without a script."""

from collections import defaultdict
from collections.abc import Iterator

from dashboard import compare_data, compare_values
from dashboard.addresses import compare_path, map_path, municipality_path
from dashboard.compare_municipality import ACCOUNTS, CSV_COLUMNS, Static, main_measures
from dashboard.marts import Marts
from dashboard.menu import SITE
from dashboard.pages import Page, Pages
from dashboard.tables import csv_page


def pages(marts: Marts, pages: Pages) -> Iterator[Page]:
    """Make the page, the data that it asks for, and the pages that need neither."""
    places = compare_data.Places(marts)
    years: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for measure, report, of, page in compare_values.of_measures(marts, places):
        years[measure][report] = of
        yield page
    yield compare_data.base(marts, places, years)
    yield from compare_data.of_neighbours(marts, places)
    yield pages.page("compare.html", "vergelijken.html", menu=SITE)
    static = Static(marts)
    drawn = marts.by("compare_classes", "measure_code", "report")
    yield pages.page(
        "compare_index.html",
        "vergelijken/index.html",
        menu=SITE,
        municipalities=[
            row for row in marts.rows("compare_names") if row["municipality_code"] in static.codes
        ],
        maps=[row for row in main_measures(marts) if (row["indicator_code"], ACCOUNTS) in drawn],
        compare_path=compare_path,
        map_path=map_path,
    )
    for code in static.codes:
        fields = static.fields(code)
        yield pages.page(
            "compare_municipality.html",
            compare_path(code),
            menu=SITE,
            municipality_path=municipality_path,
            compare_path=compare_path,
            **fields,
        )
        yield csv_page(
            compare_path(code).replace(".html", ".csv"), CSV_COLUMNS, static.every_year(code)
        )
