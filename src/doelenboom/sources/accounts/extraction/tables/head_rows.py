"""Heads that stand in several rows: the head of each column, from the cells above it."""

from collections.abc import Sequence

from doelenboom.sources.accounts.extraction.tables.heads import YEAR
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, whole
from doelenboom.sources.accounts.extraction.words.texts import A_YEAR

Row = tuple[str, ...]

_TWO = 2
_MARK = whole(r"\(?[a-z]\)?(?:\s?=[a-z()+/ .−–-]*)?", ANY_CASE)
"""A letter for a column, and how it follows from others: `a`, `c = a + b`."""


def column_heads(rows: Sequence[Row], spread: bool) -> list[str]:
    """Join the heads of each column; a head over several columns counts for each of them.

    It does not reach below the next head of a row above it. Letters and sums of columns are none.
    """
    rows = [row for row in rows if not _are_marks(row)]
    heads = [""] * max((len(row) for row in rows), default=0)
    own: set[int] = set()
    for n, row in enumerate(rows):
        last, above = "", spread and n + 1 < len(rows)
        for column, text in enumerate([*row, *[""] * (len(heads) - len(row))]):
            if column:  # what stands over the labels is about them
                last = text or (last if above and column not in own else "")
            heads[column] = f"{heads[column]} {last if column else text}".strip()
        own.update(column for column, text in enumerate(row) if text)
    return heads


def over_their_columns(rows: Sequence[Row], width: int, labels: int) -> list[Row]:
    """Put heads over several columns, that take the place of one, back over those columns.

    Certain only where the heads below come again for each of them, or are the years of the last,
    beside heads that have their own; else there are none.
    """
    if all(len(row) == width for row in rows):
        return list(rows)
    if len(rows) == _TWO and (found := _over_years(rows[0], rows[1], width, labels)):
        return found
    below = rows[-1][labels:] if len(rows[-1]) == width else ()
    found = []
    for row in rows[:-1]:
        own = row[labels:]
        each = len(below) // max(len(own), 1)
        again = below == below[:each] * len(own) and len(set(below[:each])) == each
        if len(row) < width and not (all(own) and each > 1 and again):
            return []
        spread = own if len(row) == width else [(head, *[""] * (each - 1)) for head in own]
        found.append((*row[:labels], *(text for part in spread for text in part)))
    return [*found, rows[-1]] if below else []


def _are_marks(row: Row) -> bool:
    cells = [cell for cell in row if cell]
    return all(map(_MARK.fullmatch, cells)) and any("=" in cell for cell in cells)


def _over_years(upper: Row, years: Row, width: int, labels: int) -> list[Row]:
    """Put the last head of a row over the years below it, where all others have a year."""
    *dated, last = upper[labels:] or ("",)
    below = years[labels:]
    fits = len(dated) + len(below) == width - labels and len(below) > 1
    own = all(map(YEAR.search, dated)) and dated and last and not YEAR.search(last)
    if not (fits and own and all(map(A_YEAR.fullmatch, below))):
        return []
    beside = ("",) * len(dated)
    return [(*upper, *[""] * (len(below) - 1)), (*years[:labels], *beside, *below)]
