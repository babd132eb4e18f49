"""The history by commit as a picture: how many times the floor and the imports a night takes."""

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

WIDTH, PANEL, LEFT, RIGHT, TOP, BOTTOM = 760, 260, 48, 132, 34, 30
COLOURS = {"night": "#1b6f8a", "dbt build": "#8a5a1b", "unchanged": "#5b8a1b"}
TITLES = {"bundled": "The bundled figures", "iv3": "All of Iv3"}
LABELS = 9
TICKS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30)


def draw(lines: Sequence[Mapping[str, Any]]) -> str:
    """Draw a panel per kind of data as SVG; the ratios stand on a logarithmic scale."""
    parts = [
        part
        for place, data in enumerate(TITLES)
        for part in _panel([row for row in lines if row["data"] == data], data, place * PANEL)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {PANEL * len(TITLES)}"'
        ' font-family="sans-serif" font-size="11">\n'
        f'<rect width="100%" height="100%" fill="white"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _panel(lines: Sequence[Mapping[str, Any]], data: str, top: int) -> Iterator[str]:
    rows = [row for row in lines if "to_yardstick" in row]
    yield _text(LEFT, top + 18, f"{TITLES[data]}: seconds / (floor + imports)", size=13)
    values = [row["to_yardstick"][name] for row in rows for name in COLOURS if _has(row, name)]
    if not values:
        return
    least, most = min(0.9, *values) / 1.3, max(1.1, *values) * 1.3

    def height(value: float) -> float:
        share = math.log(value / least) / math.log(most / least)
        return top + PANEL - BOTTOM - share * (PANEL - BOTTOM - TOP)

    def place(number: int) -> float:
        return LEFT + 30 + number * (WIDTH - LEFT - RIGHT - 60) / max(1, len(rows) - 1)

    for tick in (tick for tick in TICKS if least <= tick <= most):
        y = height(tick)
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
        yield _text(LEFT - 6, y + 4, f"{tick:g}", anchor="end")
    every = math.ceil(len(rows) / LABELS)
    for number, row in list(enumerate(rows))[::every]:
        yield _text(place(number), top + PANEL - 10, row["commit"], anchor="middle", size=9)
    for name, colour in COLOURS.items():
        points = [
            (place(number), height(row["to_yardstick"][name]), row["to_yardstick"][name])
            for number, row in enumerate(rows)
            if _has(row, name)
        ]
        yield from _line(points, name, colour)


def _has(row: Mapping[str, Any], name: str) -> bool:
    return name in row["to_yardstick"]


def _line(points: Sequence[tuple[float, float, float]], name: str, colour: str) -> Iterator[str]:
    if not points:
        return
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y, _ in points)
    yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>'
    for x, y, value in points:
        yield (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}">'
            f"<title>{name}: {value:.2f}</title></circle>"
        )
    x, y, value = points[-1]
    yield _text(WIDTH - RIGHT + 8, y + 4, f"{name} {value:.2f}", colour=colour)


def _text(
    x: float, y: float, words: str, *, anchor: str = "start", size: int = 11, colour: str = "#333"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"'
        f' fill="{colour}">{escape(words)}</text>'
    )
