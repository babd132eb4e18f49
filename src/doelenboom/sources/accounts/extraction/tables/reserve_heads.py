"""The heads of a table about reserves of which each stands on a line: the ways to read them.

In one row or in two, above the name of the first row and the headings over it.
"""

from collections.abc import Iterator, Sequence

from doelenboom.sources.accounts.extraction.tables.head_rows import Row, column_heads
from doelenboom.sources.accounts.extraction.tables.heads import is_phase
from doelenboom.sources.accounts.extraction.tables.reserve_columns import BALANCES, meaning_of
from doelenboom.sources.accounts.extraction.tables.reserve_sheets import mended, over_groups, says
from doelenboom.sources.accounts.extraction.tables.units import units_in
from doelenboom.sources.accounts.extraction.words.texts import A_YEAR
from doelenboom.sources.accounts.extraction.words.vocabulary import RESERVES

MOST_HEADINGS, LABELS = 5, 3
"""Texts between heads and the first amount, and those over names, before the heads."""

_MOST_COLUMNS = 30


def stacked_heads(
    texts: Sequence[str], first: int, runs: Sequence[int]
) -> Iterator[tuple[int, int, str, list[str]]]:
    """Yield where heads begin and end from a first text on, what stands over names, and the heads.

    There is one for each amount of the longest rows, behind which a sum of as many may stand.
    Heads in one row come before those in two.
    """
    widths = sorted({*runs, *(n - 1 for n in runs), *(n // 2 for n in runs)}, reverse=True)
    for ending in (_one_row, _two_rows):
        for width in (n for n in widths if 1 < n <= _MOST_COLUMNS):
            for end in range(len(texts) - 1, max(len(texts) - MOST_HEADINGS, first) - 1, -1):
                if any(map(_is_head, texts[end : label_place(texts)])):
                    break
                for start, label, heads in ending(texts[:end], width):
                    if start >= first and all(map(says, heads)):
                        yield start - first, end - first, label, heads


def label_place(texts: Sequence[str]) -> int:
    """Return where the name of a first row begins, which may be a phase and its year."""
    dated = len(texts) > 1 and A_YEAR.fullmatch(texts[-1]) and is_phase(texts[-2])
    return len(texts) - (2 if dated else 1)


def _is_head(text: str) -> bool:
    """Say whether a text above heads may be one of them: then there are more than were taken."""
    what = meaning_of(text).what
    named = what and not (what == "net" and (RESERVES.search(text) or units_in(text)))
    return bool(named or A_YEAR.fullmatch(text) or is_phase(text))


def _one_row(texts: Sequence[str], width: int) -> Iterator[tuple[int, str, list[str]]]:
    """Yield heads in a row; above years alone may stand on which day balances are."""
    start = len(texts) - width
    if start < 0:
        return
    heads, above = list(texts[start:]), texts[start - 1] if start else ""
    balances = meaning_of(above).what in BALANCES and not meaning_of(above).year
    if not _is_head(above) or (balances and all(meaning_of(head).alone for head in heads)):
        yield start, " ".join(texts[max(start - LABELS, 0) : start]), heads


def _two_rows(texts: Sequence[str], width: int) -> Iterator[tuple[int, str, list[str]]]:
    """Yield heads in two rows, with a text over the names between the rows or without."""
    for lower in range(2, min(width, len(texts)) + 1):
        below = tuple(texts[len(texts) - lower :])
        for between in (0, 1):
            for upper in range(2, width + 1):
                start = len(texts) - lower - between - upper
                above = texts[start - 1] if start > 0 else ""
                if start < 0 or (_is_head(above) and meaning_of(above).what not in BALANCES):
                    continue
                over = tuple(texts[start : start + upper])
                labels = [
                    *texts[max(start - LABELS, 0) : start],
                    *texts[start + upper :][:between],
                ]
                for rows in _placed(over, below, width):
                    heads = column_heads(mended(rows), spread=True)
                    yield start, " ".join(labels), heads[1:]


def _placed(over: Row, below: Row, width: int) -> Iterator[list[Row]]:
    """Yield two rows of heads, each in its column.

    They are as many, or below are those of what says nothing by itself, or those of groups.
    """
    silent = [n for n, text in enumerate(over) if not says(text)]
    if len(over) == len(below) == width:
        if not any(meaning_of(text).year or meaning_of(text).what in BALANCES for text in over):
            yield [("", *over), ("", *below)]
    elif len(over) == width and len(silent) == len(below):
        placed = dict(zip(silent, below, strict=True))
        yield [("", *over), ("", *(placed.get(n, "") for n in range(width)))]
    elif found := over_groups(("", *over), ("", *below), width + 1):
        yield found
