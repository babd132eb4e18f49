"""Where the marks of a comparison stand: a strip of municipalities, and a trend beside its peers.

`static/compare.js` draws the same in the browser: x in percent, y in pixels, lines in a frame of a
thousand by its height that stretches without its strokes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from dashboard.figures import number
from dashboard.geometry import Scale, swarm

RASTER = 200
"""Places along a strip that ticks can have: those on the same one are drawn once."""

DOTS_UP_TO = 15
"""Peers that are drawn as dots; more are ticks."""

DOT_WIDTH = 3.8
"""Percent of the width that a dot takes on a phone."""

SHOWN_WHOLE = (5, 0.5)
"""Steps below which figures have a decimal, and a second one."""

NEAR_EDGE = 15
"""Percent of the width from an edge within which a name leans inward."""

ROW = 13
TOP, FOOT = 26, 24
STRIP_EDGES = (3.0, 95.0)
TREND_TOP, TREND_HEIGHT, TREND_FOOT = 34, 108, 22
TREND_EDGES = (13.0, 73.0)
APART = 16
"""Pixels between two lines of text."""

Axis = tuple[float, float, float]
Point = tuple[int, float]


@dataclass(frozen=True)
class Mark:
    """A point of a strip: percent and pixels."""

    x: float
    y: int


@dataclass(frozen=True)
class Tick:
    """A line of an axis, with its figure."""

    place: float
    label: str


@dataclass(frozen=True)
class Strip:
    """A strip of peers with the municipality among them."""

    height: int
    floor: int
    middle: int
    ticks: list[Tick]
    grid: str
    dots: list[Mark]
    line: str
    band: tuple[float, float] | None
    median: float | None
    own: Mark | None
    anchor: str
    below: int
    above: int


@dataclass(frozen=True)
class Trend:
    """Values by year beside the median and the band of the peers."""

    height: int
    ticks: list[Tick]
    grid: str
    frame: tuple[float, float]
    years: list[Tick]
    band: str
    median: str
    own: str
    breaks: list[Tick]
    own_label: float | None
    median_label: float | None


@dataclass(frozen=True)
class Year:
    """What a trend shows of a year; what is not there is None."""

    year: int
    value: float | None
    p25: float | None
    median: float | None
    p75: float | None


def decimals(step: float) -> int:
    """Say how many decimals a figure has beside an axis with such steps."""
    return sum(1 for least in SHOWN_WHOLE if step < least)


def axis_values(axis: Axis) -> list[float]:
    """Give the figures of an axis."""
    low, high, step = axis
    return [low + step * place for place in range(round((high - low) / step) + 1)]


def strip(
    axis: Axis, peers: Sequence[float], own: float | None, spread: Sequence[float] | None
) -> Strip:
    """Lay out a strip: peers on the axis, the quartiles of `spread`, and how many are beyond it."""
    low, high, step = axis
    scale = Scale(low, high, *STRIP_EDGES)
    near = sorted(value for value in peers if low <= value <= high)
    dots, line, rows = [], "", [0]
    if len(peers) <= DOTS_UP_TO:
        places = [scale.place(value) for value in near]
        rows = [*swarm(places, DOT_WIDTH), 0]
    middle = TOP + 12 + ROW * max(0, -min(rows))
    if len(peers) <= DOTS_UP_TO:
        dots = [
            Mark(round(place, 2), middle + ROW * row)
            for place, row in zip(places, rows, strict=False)
        ]
    else:
        line = _ticked(_stroke(scale, value) for value in near)
    floor = middle + 12 + ROW * max(0, *rows)
    shown = None if own is None else min(max(own, low), high)
    place = 50.0 if shown is None else round(scale.place(shown), 2)
    ticks = [
        Tick(round(scale.place(value), 2), number(value, decimals(step)))
        for value in axis_values(axis)
    ]
    return Strip(
        height=floor + FOOT,
        floor=floor,
        middle=middle,
        ticks=ticks,
        grid="".join(f"M{tick.place:g} 0v1" for tick in ticks),
        dots=dots,
        line=line,
        band=None if spread is None else _band(scale, low, high, spread),
        median=None if spread is None else _within(scale, spread[1]),
        own=None if own is None else Mark(place, middle),
        anchor="start" if place < NEAR_EDGE else "end" if place > 100 - NEAR_EDGE else "middle",
        below=sum(1 for value in peers if value < low),
        above=sum(1 for value in peers if value > high),
    )


@lru_cache(maxsize=10_000)  # a municipality has a stroke on the page of each of its peers
def _stroke(scale: Scale, value: float) -> int:
    return round(scale.place(value) * RASTER / 100)


def _ticked(places: Iterable[int]) -> str:
    """Draw a stroke by each place, each place once.

    It is one line up and down: what leads from stroke to stroke lies outside the frame, and is cut.
    """
    distinct = sorted(set(places))
    line, up = "", False
    for before, place in pairwise([0, *distinct]):
        line += f"h{place - before}" + ("v-1" if up else "v1")
        up = not up
    return line and f"M0 0{line}"


def _within(scale: Scale, value: float) -> float:
    return round(min(max(scale.place(value), 0), 100), 2)


def _band(scale: Scale, low: float, high: float, spread: Sequence[float]) -> tuple[float, float]:
    first, last = (min(max(value, low), high) for value in (spread[0], spread[2]))
    return round(scale.place(first), 2), round(scale.place(last) - scale.place(first), 2)


def trend(axis: Axis, rows: Sequence[Year], breaks: Iterable[tuple[int, str]]) -> Trend:
    """Lay out a trend over the years of its rows, in their order."""
    low, high, step = axis
    level = Scale(low, high, TREND_TOP + TREND_HEIGHT, TREND_TOP)
    first, last = rows[0].year, rows[-1].year
    along = Scale(first, max(last, first + 1), *TREND_EDGES)

    def point(year: int, value: float) -> str:
        return f"{year - first} {round(level.place(value))}"

    def path(values: Iterable[tuple[int, float | None]]) -> str:
        drawn, pen = "", "M"
        for year, value in values:
            if value is None:
                pen = "M"
            else:
                drawn, pen = drawn + pen + point(year, value), " "
        return drawn

    latest = rows[-1]
    own = None if latest.value is None else round(level.place(latest.value))
    median = None if latest.median is None else round(level.place(latest.median))
    if own is not None and median is not None and abs(own - median) < APART:
        own, median = (median - APART, median) if own <= median else (median + APART, median)
    ticks = [
        Tick(round(level.place(value)), number(value, decimals(step)))
        for value in axis_values(axis)
    ]
    return Trend(
        height=TREND_TOP + TREND_HEIGHT + TREND_FOOT,
        ticks=ticks,
        grid="".join(f"M-99 {tick.place:g}h999" for tick in ticks),
        frame=_frame(max(last, first + 1) - first),
        years=[
            Tick(round(along.place(row.year), 1), str(row.year))
            for row in rows
            if row.year == first or (row.year - first > 1 and (last - row.year) % 2 == 0)
        ],
        band="".join(
            "M" + " ".join(point(*end) for end in (*low_ends, *reversed(high_ends))) + "z"
            for low_ends, high_ends in _bands(rows)
        ),
        median=path((row.year, row.median) for row in rows),
        own=path((row.year, row.value) for row in rows),
        breaks=[
            Tick(round(along.place(year - 0.5), 2), words)
            for year, words in breaks
            if first < year <= last
        ],
        own_label=own,
        median_label=median,
    )


def _frame(years: int) -> tuple[float, float]:
    """Say where a frame starts and how wide it is, whose unit is a year and whose first is 0."""
    start, end = TREND_EDGES
    width = years * 100 / (end - start)
    return round(-start * width / 100, 3), round(width, 3)


def _bands(rows: Sequence[Year]) -> Iterator[tuple[list[Point], list[Point]]]:
    """Give the ends of the band for each run of years that have one."""
    low: list[Point] = []
    high: list[Point] = []
    for row in rows:
        if row.p25 is not None and row.p75 is not None:
            low.append((row.year, row.p25))
            high.append((row.year, row.p75))
        elif low:
            yield low, high
            low, high = [], []
    if low:
        yield low, high


def narrowest(axes: Iterable[Axis], values: Iterable[float]) -> Axis | None:
    """Choose the shortest of some axes that holds values; the longest where none does."""
    every = list(values)
    known = sorted(axes, key=lambda axis: axis[1] - axis[0])
    for low, high, step in known:
        if all(low <= value <= high for value in every):
            return low, high, step
    return known[-1] if known else None
