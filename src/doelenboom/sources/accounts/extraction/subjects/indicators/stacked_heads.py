"""Heads of indicators of which each stands on lines of its own: the ways to read them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from doelenboom.sources.accounts.extraction.subjects.indicators.columns import (
    LONGEST_GROUP,
    LONGEST_HEAD,
    VALUES,
    Heads,
    IsStatutory,
    indicator_column,
    is_head,
    is_value,
)
from doelenboom.sources.accounts.extraction.subjects.indicators.evidence import indicator_columns
from doelenboom.sources.accounts.extraction.subjects.indicators.headings import headings, with_lost
from doelenboom.sources.accounts.extraction.subjects.indicators.stacked_rows import (
    Columns,
    end_of,
    ends,
    row_fits,
)
from doelenboom.sources.accounts.extraction.tables.heads import YEAR
from doelenboom.sources.accounts.extraction.words.vocabulary import section_of

MOST_HEADS = 24
_BEFORE_VALUES = 8
"""Cells of a row that may stand before its first value."""

_ABBREVIATION = 5
_SAMPLE = 5
_ENOUGH = 2


@dataclass(frozen=True)
class Way:
    """A way to read heads: where they begin and end, what the columns are, how well rows fit."""

    start: int
    end: int
    heads: Heads
    score: int
    titled: bool

    def worth(self) -> tuple[int, bool, int]:
        """Return how well rows fit, whether no title is a head, and how many heads are read."""
        return self.score, not self.titled, self.end - self.start


def may_be_head(text: str) -> bool:
    """Say whether a text is short enough for a head, and no sentence."""
    sentence = len(text) > _ABBREVIATION and text.endswith(".")
    return len(text) <= LONGEST_HEAD and not sentence


def ways(texts: Sequence[str], stop: int, is_statutory: IsStatutory) -> Iterator[Way]:
    """Yield the ways to read heads above a first value by which rows fit."""
    for end in range(max(stop - _BEFORE_VALUES, _ENOUGH), stop + 1):
        for start in range(end - 1, max(end - MOST_HEADS, 0) - 1, -1):
            if not may_be_head(texts[start]):
                break
            if _goes_on_above(texts[:start]) or not _may_be_heads(texts, start, end, is_statutory):
                continue
            if YEAR.fullmatch(texts[end - 1]) and YEAR.fullmatch(texts[end]):
                continue  # the heads go on below
            for heads in with_lost(headings(texts[start:end]), texts[end:]):
                found = _columns(texts, end, heads, is_statutory)
                if found and found[1] > 0:
                    kinds, score = found
                    titled = bool(section_of(texts[start]))
                    yield Way(start, end, Heads(heads, kinds), score, titled)


def _is_head(skipped: Sequence[str], is_statutory: IsStatutory) -> bool:
    """Say whether the last of the texts between heads and rows is a head that was left out."""
    text = skipped[-1]
    known = indicator_column(text).kind in (*VALUES, "year") and not is_statutory(text)
    return known and not any(map(is_value, skipped))


def _may_be_heads(texts: Sequence[str], start: int, end: int, is_statutory: IsStatutory) -> bool:
    """Say whether texts have a head of values and one of names, or names of the law below them."""
    kinds = {indicator_column(text).kind for text in texts[start:end]}
    named = "name" in kinds or any(map(is_statutory, texts[end : end + 2 * _BEFORE_VALUES]))
    return named and bool(kinds & {*VALUES, ""})


def _goes_on_above(above: Sequence[str]) -> bool:
    """Say whether a text above heads is one of them."""
    text = above[-1] if above else ""
    known = indicator_column(text).kind not in ("", "field")
    return known and len(text) <= LONGEST_GROUP and not section_of(text)


def _columns(
    texts: Sequence[str], end: int, heads: Sequence[str], is_statutory: IsStatutory
) -> tuple[Columns, int] | None:
    """Return what the columns are below heads, and how well rows fit; None where none does.

    What they are is seen again in the rows that fit.
    """
    width = len(heads)
    found: tuple[Columns, int] | None = None
    if [indicator_column(head).kind for head in heads].count("name") > 1:
        return None
    least = 1 if indicator_column(heads[0]).kind else _ENOUGH
    chunks = [texts[at : at + width] for at in range(end, len(texts), width)][:_SAMPLE]
    for sample in ([], chunks[:1], chunks, [texts[end + 1 : end + 1 + width]]):
        columns = indicator_columns(heads, sample, is_statutory)
        rows, score = _whole_rows(texts, end, columns, is_statutory)
        if len(rows) >= least:
            columns = indicator_columns(heads, rows, is_statutory)
            rows, score = _whole_rows(texts, end, columns, is_statutory)
        if len(rows) >= least and (found is None or score > found[1]):
            found = columns, score
    return found


def _whole_rows(
    texts: Sequence[str], end: int, columns: Columns, is_statutory: IsStatutory
) -> tuple[list[Sequence[str]], int]:
    """Return the whole rows below heads, of which the first must begin near, and their cells.

    Values between them count against these.
    """
    kinds = [column.kind for column in columns]
    if not is_head(columns) or any(kind in VALUES for kind in kinds[: kinds.index("name")]):
        return [], 0
    rows: list[Sequence[str]] = []
    at, score, width = end, 0, len(columns)
    if is_value(texts[end]) and kinds[0] not in ("number", "field", ""):
        return [], 0
    while at < len(texts) and (rows or at <= end + width) and not ends(texts[at]):
        if row_fits(texts, at, columns, is_statutory):
            rows.append(texts[at : at + width])
            score += width
            at += width
            continue
        if not rows and _is_head(texts[end : at + 1], is_statutory):
            return [], 0
        after = end_of(texts, at, columns, is_statutory) if rows else at + 1
        lost = sum(map(is_value, texts[at:after]))
        score -= 2 * lost if after - at > width else 0
        at = after
    return rows, score
