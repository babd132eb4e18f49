"""Where things stand in a chart: x in percent, y in pixels, so that text keeps its size.

Knows numbers alone: no figure's name, no colour, no SVG.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

ROUND_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Scale:
    """A stretch of values laid out between two places; `place` gives percent to three decimals."""

    low: float
    high: float
    start: float = 0.0
    end: float = 100.0

    def place(self, value: float | Decimal) -> float:
        """Say where a value stands."""
        share = (float(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 3)

    def length(self, value: float | Decimal) -> float:
        """Say how long a bar from nothing to a value is, without sign."""
        return round(abs(self.place(value) - self.place(0)), 3)


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Give round values from at most `low` to at least `high`, some `about` of them."""
    span = (high - low) or abs(high) or 1.0
    rough = span / about
    power = 10.0 ** floor(log10(rough))
    step = next(power * round_step for round_step in ROUND_STEPS if power * round_step >= rough)
    first = floor(low / step)
    last = max(ceil(high / step), first + 1)
    return [round(place * step, 10) for place in range(first, last + 1)]


def around(values: Iterable[float | Decimal], about: int = 5, zero: bool = True) -> list[float]:
    """Give ticks around values, and around nothing unless told otherwise."""
    every = [float(value) for value in values]
    ends = [*every, 0.0] if zero or not every else every
    return ticks(min(ends), max(ends), about)


def swarm(places: Sequence[float], width: float) -> list[int]:
    """Stack points that would cover each other: for each its row, 0 on the line, then 1, -1, 2.

    `places` are those along the line, `width` is how far apart two on one row stand.
    """
    rows: list[int] = [0] * len(places)
    last: dict[int, float] = {}
    for index in sorted(range(len(places)), key=lambda point: places[point]):
        row = 0
        while row in last and places[index] - last[row] < width:
            row = -row if row > 0 else 1 - row
        rows[index] = row
        last[row] = places[index]
    return rows
