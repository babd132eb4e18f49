"""Charts: what is drawn is where its figure says, within the chart."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dashboard.geometry import Scale, around, swarm, ticks

VALUES = st.floats(min_value=-1e7, max_value=1e7, allow_nan=False).map(
    lambda value: round(value, 3)
)


@given(st.lists(VALUES, max_size=20))
def test_all_values_and_nothing_itself_lie_within_the_ticks(values: list[float]) -> None:
    found = around(values)
    assert 2 <= len(found) <= 15
    assert found[0] <= min([0, *values]) and found[-1] >= max([0, *values])
    scale = Scale(found[0], found[-1])
    assert all(0 <= scale.place(value) <= 100 for value in values)


def test_ticks_are_round() -> None:
    assert ticks(0, 13166) == [0, 5000, 10000, 15000]
    assert ticks(0, 0) == [0, 0.2]
    assert ticks(-3, 7, about=4) == [-5, -2.5, 0, 2.5, 5, 7.5]


def test_a_bar_is_as_long_as_its_value() -> None:
    scale = Scale(-50, 150, start=10, end=90)
    assert scale.place(-50) == 10 and scale.place(150) == 90
    assert scale.length(-50) == scale.length(50) == 20


@given(st.lists(st.floats(0, 100, allow_nan=False), max_size=60))
def test_no_two_points_of_a_swarm_cover_each_other(places: list[float]) -> None:
    rows = swarm(places, 2)
    assert len(rows) == len(places)
    by_row: dict[int, list[float]] = {}
    for place, row in zip(places, rows, strict=True):
        by_row.setdefault(row, []).append(place)
    for members in by_row.values():
        members.sort()
        assert all(b - a >= 2 for a, b in pairwise(members))
