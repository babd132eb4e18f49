"""JSON, CSV, Parquet or a page: which of them a request asks for."""

from collections.abc import Sequence
from enum import StrEnum

MEDIA_TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
PAGE_TYPE = "text/html"
MOST_RANGES = 20
"""Media types that are looked at in one `Accept`."""

Range = tuple[str, float]
"""A media type, or a family of them, and how much it is liked."""


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
    ranges = _ranges(accept)
    liked = [(_quality(style.media_type, ranges), style) for style in RowFormat]
    best = max(quality for quality, _ in liked)
    return next(style for quality, style in liked if quality == best) if best > 0 else None


def prefers_page(accept: str | None) -> bool:
    """Tell whether a header `Accept` names a page and likes it better than JSON, as browsers do."""
    ranges = _ranges(accept or "")
    named = any(kind == PAGE_TYPE for kind, _ in ranges)
    return named and _quality(PAGE_TYPE, ranges) > _quality(RowFormat.json.media_type, ranges)


def _ranges(accept: str) -> list[Range]:
    return [_range(text) for text in accept.split(",")[:MOST_RANGES]]


def _range(text: str) -> Range:
    kind, *parameters = (part.strip().lower() for part in text.split(";"))
    quality = next((part[2:] for part in parameters if part.startswith("q=")), "1")
    try:
        return kind, float(quality)
    except ValueError:
        return kind, 0.0


def _quality(media_type: str, ranges: Sequence[Range]) -> float:
    """How much a form is liked: by its own name, else by its family, else by anything."""
    kind = media_type.partition(";")[0]
    for name in (kind, kind.partition("/")[0] + "/*", "*/*"):
        for given, quality in ranges:
            if given == name:
                return quality
    return 0.0
