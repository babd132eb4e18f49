"""JSON, CSV or Parquet: which of them a request asks for."""

from enum import StrEnum

MEDIA_TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
MOST_RANGES = 20
"""Media types that are looked at in one `Accept`."""


class RowFormat(StrEnum):
    """The forms in which rows are sent."""

    json = "json"
    csv = "csv"
    parquet = "parquet"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self]


def accepted(accept: str | None) -> RowFormat | None:
    """Return the form that a header `Accept` likes best, JSON without one; None when none fits."""
    if not accept:
        return RowFormat.json
    ranges = [_range(text) for text in accept.split(",")[:MOST_RANGES]]
    liked = [(_quality(style, ranges), style) for style in RowFormat]
    best = max(quality for quality, _ in liked)
    return next(style for quality, style in liked if quality == best) if best > 0 else None


def _range(text: str) -> tuple[str, float]:
    kind, *parameters = (part.strip().lower() for part in text.split(";"))
    quality = next((part[2:] for part in parameters if part.startswith("q=")), "1")
    try:
        return kind, float(quality)
    except ValueError:
        return kind, 0.0


def _quality(style: RowFormat, ranges: list[tuple[str, float]]) -> float:
    """How much a form is liked: by its own name, else by its family, else by anything."""
    kind = style.media_type.partition(";")[0]
    for name in (kind, kind.partition("/")[0] + "/*", "*/*"):
        for given, quality in ranges:
            if given == name:
                return quality
    return 0.0
