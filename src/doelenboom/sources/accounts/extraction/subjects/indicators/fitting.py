"""Whether cells are of the kind of their columns, and where they stand if empty ones are lost."""

from collections.abc import Sequence

from doelenboom.sources.accounts.extraction.numbers.scores import read_score
from doelenboom.sources.accounts.extraction.subjects.indicators.columns import (
    FORMS,
    LONGEST_TEXT,
    VALUES,
    IndicatorColumn,
    indicator_column,
)
from doelenboom.sources.accounts.extraction.tables.heads import YEAR
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, whole
from doelenboom.sources.accounts.extraction.words.vocabulary import AFTER_INDICATORS, MEASURE

_NEEDED = ("name", "year")
"""What a row has where its empty cells are lost."""

_LONGEST = {"source": LONGEST_TEXT, "text": 2 * LONGEST_TEXT}
_LONGEST_MARK = 20
"""Letters of a cell that says what its row is, as `Mijlpaal`."""

_TOLD_VALUE = whole(r"(?:[<>≤≥±~]|max\.?|min\.?|in)?\s?€?\s?\d.{0,40}", ANY_CASE)
"""A target, or a value of elsewhere, in more words than a value alone."""


def fits(cell: str, column: IndicatorColumn) -> bool:
    """Say whether a cell is of the kind of its column."""
    kind = column.kind
    if kind in VALUES:
        told = kind != "score" and _TOLD_VALUE.fullmatch(cell)
        return bool(told or read_score(cell)) and not YEAR.fullmatch(cell)
    if kind in FORMS:
        ends = kind == "name" and AFTER_INDICATORS.fullmatch(cell)
        return bool(FORMS[kind].fullmatch(cell)) and not ends
    if kind == "unit":
        return bool(MEASURE.search(cell)) and len(cell) <= LONGEST_TEXT
    if kind in ("", "area", "field"):
        short = kind != "field" and len(cell) <= _LONGEST_MARK
        target = short and indicator_column(cell).kind == "target"
        return not target and (kind != "area" or not read_score(cell)) and len(cell) <= LONGEST_TEXT
    return read_score(cell) is None and len(cell) <= _LONGEST[kind]


def fit(cells: Sequence[str], columns: Sequence[IndicatorColumn]) -> bool:
    """Say whether there is a cell for each column, of its kind."""
    return len(cells) == len(columns) and all(
        fits(cell, column) for cell, column in zip(cells, columns, strict=True)
    )


def placed(cells: Sequence[str], columns: Sequence[IndicatorColumn]) -> tuple[str, ...] | None:
    """Put cells below their columns where empty ones are lost; None where no single way is left.

    The first and the last column that each can have, with all others in order, must be one. A text
    with more than one is left out, a value with more than one leaves no certain row.
    """
    first = _first_places(cells, columns)
    last = _first_places(cells[::-1], columns[::-1])
    if first is None or last is None:
        return None
    row = [""] * len(columns)
    for cell, one, other in zip(cells, first, reversed(last), strict=True):
        if one == len(columns) - 1 - other:
            row[one] = cell
        elif read_score(cell) is not None:
            return None
    needed = [cell for cell, column in zip(row, columns, strict=True) if column.kind in _NEEDED]
    return tuple(row) if all(needed) else None


def _first_places(cells: Sequence[str], columns: Sequence[IndicatorColumn]) -> list[int] | None:
    places: list[int] = []
    for cell in cells:
        after = places[-1] + 1 if places else 0
        place = next((n for n in range(after, len(columns)) if fits(cell, columns[n])), None)
        if place is None:
            return None
        places.append(place)
    return places
