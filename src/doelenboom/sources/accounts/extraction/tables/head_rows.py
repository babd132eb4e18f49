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

    Certain only where the heads below come again for each of them, are the years of the last,
    beside heads that have their own, or leave one head for each run of them; else there are none.
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
        placed = _over_runs(row, rows[-1]) or _over_groups(row, rows[-1], labels)
        if len(row) < width == len(rows[-1]) and placed:
            found.append(placed)
            continue
        again = below == below[:each] * len(own) and len(set(below[:each])) == each
        if len(row) < width and not (all(own) and each > 1 and again):
            return []
        spread = own if len(row) == width else [(head, *[""] * (each - 1)) for head in own]
        found.append((*row[:labels], *(text for part in spread for text in part)))
    return [*found, rows[-1]] if below else []


def _are_marks(row: Row) -> bool:
    cells = [cell for cell in row if cell]
    return all(map(_MARK.fullmatch, cells)) and any("=" in cell for cell in cells)


def _over_runs(row: Row, below: Row) -> Row:
    """Put the heads of a row over the places below that are blank, and over runs that are not."""
    starts = [n for n, text in enumerate(below) if not text or not n or not below[n - 1]]
    if len(starts) != len(row):
        return ()
    placed = dict(zip(starts, row, strict=True))
    return tuple(placed.get(n, "") for n in range(len(below)))


def _over_groups(row: Row, below: Row, labels: int) -> Row:
    """Put the heads of a row over groups of heads below, of which one begins where one comes again.

    Certain where a group is of several, in the order of the first, and there are as many as heads.
    """
    starts: list[int] = []
    group: set[str] = set()
    for n, text in enumerate(below[labels:], labels):
        if not starts or text in group:
            starts.append(n)
            group = set()
        group.add(text)
    ends = [*starts[1:], len(below)][: len(starts)]
    groups = [below[start:end] for start, end in zip(starts, ends, strict=True)]
    alike = bool(groups) and all(
        group == tuple(text for text in groups[0] if text in group) for group in groups
    )
    several = 1 < len(starts) < len(below) - labels and alike
    if not (several and len(starts) == len(row) - labels and all(row[labels:])):
        return ()
    placed = dict(zip(starts, row[labels:], strict=True))
    return tuple(row[n] if n < labels else placed.get(n, "") for n in range(len(below)))


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
