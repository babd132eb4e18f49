"""Charts laid out from rows: bars that stand in the rows of a table, and intervals of indicators.

What a bar shows is a column of a mart; here it only gets its place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.geometry import Scale, around
from dashboard.marts import Row


@dataclass(frozen=True)
class Bar:
    """One bar: where it starts, how wide it is, how it is filled; places in percent.

    `came_from` and `goes_to` are where lines to the bars before and after it stand.
    """

    start: float
    width: float
    fill: str
    came_from: float | None = None
    goes_to: float | None = None


@dataclass(frozen=True)
class Axis:
    """Ticks with their places in percent, and where nothing stands."""

    ticks: Sequence[tuple[float, float]]
    zero: float


@dataclass(frozen=True)
class Interval:
    """A score beside its target: places in percent, None for what is not known."""

    axis: Axis
    score: float | None
    low: float | None
    high: float | None
    target: float | None
    previous: float | None


def waterfall(steps: Sequence[Row]) -> tuple[Axis, list[Bar | None]]:
    """Lay out steps one under the other; a step without an amount has no bar."""
    known = [step for step in steps if step["amount_keur"] is not None]
    ends = [step[end] for step in known for end in ("start_keur", "end_keur")]
    scale, axis = _scale(around(ends))
    reached = [scale.place(step["end_keur"]) for step in known]
    bars = {
        step["step_no"]: Bar(
            start=min(scale.place(step["start_keur"]), scale.place(step["end_keur"])),
            width=scale.length(step["amount_keur"]),
            fill=_fill(step),
            came_from=reached[index - 1] if index else None,
            goes_to=reached[index] if index + 1 < len(known) else None,
        )
        for index, step in enumerate(known)
    }
    return axis, [bars.get(step["step_no"]) for step in steps]


def bars(values: Iterable[Decimal | None]) -> tuple[Axis, list[Bar | None]]:
    """Lay out bars from nothing, one for each value that is known."""
    every = list(values)
    scale, axis = _scale(around(value for value in every if value is not None))
    return axis, [
        None
        if value is None
        else Bar(
            start=min(scale.place(0), scale.place(value)),
            width=scale.length(value),
            fill="fill" if value >= 0 else "less",
        )
        for value in every
    ]


@dataclass(frozen=True)
class Beside:
    """A bar, and where the median of others stands; None for what is not known."""

    bar: Bar | None
    median: float | None


def compared(rows: Sequence[Row], value: str, median: str) -> tuple[Axis, list[Beside]]:
    """Lay out bars of a value with the median of others on them."""
    known = [row[column] for row in rows for column in (value, median) if row[column] is not None]
    scale, axis = _scale(around(known))
    return axis, [
        Beside(
            bar=None
            if row[value] is None
            else Bar(scale.place(0), scale.length(row[value]), "fill"),
            median=None if row[median] is None else scale.place(row[median]),
        )
        for row in rows
    ]


def interval(indicator: Row) -> Interval | None:
    """Lay out a score with its margin, target and previous score; None where there is none."""
    score, margin = indicator["score"], indicator["margin_of_error"]
    target, previous = indicator["target"], indicator["previous_score"]
    ends = [score - margin, score + margin] if score is not None and margin is not None else []
    known = [value for value in (score, target, previous, *ends) if value is not None]
    if score is None or len(known) < 2:  # noqa: PLR2004 (a score beside something)
        return None
    scale, axis = _scale(around(known, about=3, zero=False), start=4, end=96)
    low, high = (scale.place(end) for end in ends) if ends else (None, None)
    return Interval(
        axis=axis,
        score=scale.place(score),
        low=low,
        high=high,
        target=None if target is None else scale.place(target),
        previous=None if previous is None else scale.place(previous),
    )


def _scale(ticks: Sequence[float], start: float = 0, end: float = 100) -> tuple[Scale, Axis]:
    scale = Scale(ticks[0], ticks[-1], start, end)
    return scale, Axis([(tick, scale.place(tick)) for tick in ticks], scale.place(0))


def _fill(step: Row) -> str:
    if step["step_kind"] == "level":
        return "level"
    return "fill" if step["amount_keur"] >= 0 else "less"
