"""Comparing, drawn: marks stand where their values are, and what does not fit is counted."""

import hashlib
import json
import re

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.compare_charts import Year, decimals, narrowest, strip, trend
from dashboard.compare_data import runs, script
from dashboard.compare_values import Saying, _numbered, _of_itself, _values
from dashboard.maps import BOUNDARIES, boundaries, class_of, drawn

AXIS = (0.0, 100.0, 20.0)


def test_a_strip_has_dots_for_few_and_strokes_for_many() -> None:
    few = strip(AXIS, [10, 50, 90], 50, (10, 50, 90))
    assert [mark.x for mark in few.dots] == [12.2, 49.0, 85.8] and few.line == ""
    assert few.own is not None and few.own.x == few.median == 49.0
    assert few.band == (12.2, 73.6)
    many = strip(AXIS, [float(value) for value in range(20)], 0, None)
    assert many.dots == [] and many.line.startswith("M0 0h6v1h2v-1")
    assert many.band is None and many.median is None
    assert [tick.label for tick in many.ticks] == ["0", "20", "40", "60", "80", "100"]


def test_dots_that_would_cover_each_other_are_stacked_and_all_within_the_strip() -> None:
    told = strip(AXIS, [50.0] * 5, 50, None)
    assert len({mark.y for mark in told.dots}) == 5
    assert all(0 < mark.y < told.floor < told.height for mark in told.dots)


def test_what_is_beyond_the_scale_is_counted_and_the_municipality_stays_in_sight() -> None:
    told = strip(AXIS, [-5, 50, 200, 300], 1000, (50, 50, 200))
    assert (told.below, told.above, len(told.dots)) == (1, 2, 1)
    assert told.own is not None and told.own.x == 95.0 and told.anchor == "end"


@given(st.lists(st.floats(0, 100), min_size=16, max_size=60))
def test_every_stroke_is_one_up_or_down(values: list[float]) -> None:
    steps = re.findall(r"h(\d+)(v-?1)", strip(AXIS, values, None, None).line)
    assert [way for _, way in steps] == [("v1", "v-1")[n % 2] for n in range(len(steps))]
    assert sum(int(step) for step, _ in steps) <= 200


def test_a_trend_has_a_gap_where_there_is_no_value() -> None:
    rows = [
        Year(2019, 10, 5, 10, 15),
        Year(2020, None, None, None, None),
        Year(2021, 90, 80, 90, 95),
        Year(2022, 90, 80, 90, 95),
    ]
    told = trend(AXIS, rows, [(2019, "first"), (2021, "break"), (2023, "after")])
    assert told.own == "M0 131M2 45 3 45"
    assert told.band.count("M") == 2
    assert [tick.label for tick in told.breaks] == ["break"]
    assert told.own_label is not None and told.median_label is not None
    assert abs(told.own_label - told.median_label) == 16


def test_the_narrowest_scale_that_holds_the_values_is_chosen() -> None:
    axes = [(0.0, 100.0, 20.0), (0.0, 10.0, 2.0), (5.0, 10.0, 1.0)]
    assert narrowest(axes, [6, 9]) == (5.0, 10.0, 1.0)
    assert narrowest(axes, [1, 9]) == (0.0, 10.0, 2.0)
    assert narrowest(axes, [1000]) == (0.0, 100.0, 20.0)
    assert narrowest([], [1]) is None


def test_figures_have_as_many_decimals_as_the_steps_ask() -> None:
    assert [decimals(step) for step in (200, 5, 2.5, 0.5, 0.25)] == [0, 0, 1, 1, 2]


def test_runs_are_years_that_follow_each_other() -> None:
    assert list(runs([2017, 2018, 2020])) == [(2017, 2018), (2020, 2020)]


def test_a_script_is_named_for_a_file_and_holds_json() -> None:
    page = script("iv3_expenses_6.81.accounts", {"a": None})
    assert page.path == "vergelijken/data/iv3_expenses_6.81.accounts.js"
    assert page.text == 'doelenboom.take("iv3_expenses_6.81.accounts",{"a":null});\n'
    with pytest.raises(ValueError, match="cannot be the name of a file"):
        script("../a", {})


@pytest.mark.parametrize(
    ("word", "reasons", "saying"),
    [
        ("comparable", None, Saying(0, "", ())),
        (
            "caution",
            "Van 2 van de 9 andere gemeenten in de groep is er een waarde die meetelt",
            Saying(0, "", ()),
        ),
        (
            "caution",
            "Baten zijn 101 % van de lasten: of anderen meebetalen; Slechts 1 van de 3 andere"
            " gemeenten in de groep heeft een waarde die meetelt: te weinig voor een mediaan",
            Saying(1, "Baten zijn # % van de lasten: of anderen meebetalen", ("101",)),
        ),
        ("not_comparable", "Centrumtaak", Saying(2, "Centrumtaak", ())),
    ],
)
def test_what_is_said_of_a_group_is_told_apart(
    word: str, reasons: str | None, saying: Saying
) -> None:
    assert _of_itself(word, reasons) == saying


PLACES = {"A": 0, "B": 1, "C": 2}


def values(*rows: tuple[str, int, str, str | None, bool, str | None]) -> pa.Table:
    """Give rows of boundary, year, municipality, value, whether a peer and reasons as the mart."""
    names = ("boundary", "fiscal_year", "municipality_code", "value", "is_peer")
    columns = dict(zip((*names, "comparability_reasons"), zip(*rows, strict=True), strict=True))
    value = pa.array(columns["value"], pa.string()).cast(pa.decimal128(18, 6))
    reasons = pa.array(columns["comparability_reasons"], pa.string())
    word = ["caution" if each else "comparable" for each in columns["comparability_reasons"]]
    told = {"value": value, "comparability": word, "comparability_reasons": reasons}
    return pa.table({**{name: list(columns[name]) for name in names}, **told})


def test_todays_boundaries_have_what_differs_from_those_of_the_year() -> None:
    table = values(
        ("as_reported", 2020, "A", "0.1", True, None),
        ("as_reported", 2020, "C", "123456789.123457", False, "Baten zijn 9 % van de lasten"),
        ("as_reported", 2021, "A", None, True, None),
        ("current", 2020, "A", "0.1", True, None),
        ("current", 2020, "C", "3", True, "Baten zijn 8 % van de lasten"),
        ("current", 2021, "A", None, True, None),
        ("current", 2022, "B", "4", True, "Centrumtaak"),
    )
    assert _values(*_numbered(table, PLACES)) == {
        "as_reported": {
            2020: {
                "v": [0.1, None, 123456789.123457],
                "l": "021",
                "s": [0, 0, [1, "9"]],
                "no": [2],
            },
            2021: {"v": [], "l": "", "s": [], "no": []},
        },
        "current": {
            2020: [[2, 3.0, 1, 1, [1, "8"]]],
            2021: [],
            2022: [[1, 4.0, 1, 1, 2]],
        },
        "sayings": ["", "Baten zijn # % van de lasten", "Centrumtaak"],
    }


def test_a_municipality_that_is_in_no_group_stops_the_site() -> None:
    with pytest.raises(KeyError, match="GM9999"):
        _numbered(values(("current", 2020, "GM9999", "1", True, None)), PLACES)


def test_the_boundaries_are_those_that_were_bundled() -> None:
    described = json.loads(BOUNDARIES.with_name("datapackage.json").read_text(encoding="utf-8"))
    (resource,) = described["resources"]
    content = BOUNDARIES.read_bytes()
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert resource["bytes"] == len(content)
    assert len(boundaries()) == 342
    fields = {
        field["name"]: field["constraints"]["pattern"] for field in resource["schema"]["fields"]
    }
    for code, path in boundaries().items():
        assert re.fullmatch(fields["municipality_code"], code)
        assert re.fullmatch(fields["path"], path), code


def test_a_drawn_map_is_small_and_has_every_municipality_once() -> None:
    shown = {code: number % 6 or None for number, code in enumerate(boundaries())}
    svg = drawn(shown)
    assert len(svg.encode()) <= 70_000
    assert svg.count("M") == sum(path.count("M") for path in boundaries().values()) + 2
    assert svg.count("url(#h)") == 1


def test_a_value_that_compares_with_nobody_is_in_no_class() -> None:
    legend = [{"class_no": 4, "lowest_value": 1, "highest_value": 3}]
    row = {"value": 2, "is_peer": True, "comparability": "caution"}
    assert class_of(row, legend) == 4
    for other in ({"value": None}, {"is_peer": False}, {"comparability": "not_comparable"}):
        assert class_of({**row, **other}, legend) is None
