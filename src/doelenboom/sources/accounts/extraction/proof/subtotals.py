"""Rows that add up the rows above or below them, whatever they are called.

A programme above its themes, a theme below its products: as lines of their own they would count
twice. Only amounts say so, in every column that the row has, and more than one.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate

from doelenboom.sources.accounts.extraction.numbers.printed import SCALE
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.words.patterns import opening

_FEWEST, _MOST = 2, 60
"""Rows that are added up, and columns in which they do so, at least; rows at most."""

_CODE = opening(r"(\d{1,3}(?:\.\d{1,3})*)(?![\d,])")

_LEAST = 20 * SCALE
"""What adds up in two columns by chance is smaller."""

Amounts = tuple[int | None, ...]


def subtotals(
    rows: Sequence[TableRow], lines: Collection[int], beside: Collection[int] = ()
) -> set[int]:
    """Return the places of the rows among `lines` that add up others, just above or below.

    These may be `beside` as well: rows that are no lines, and that sums may hold. A row that adds
    up one other has the number of which that of the other is a part.
    """
    amounts = {n: tuple(cell.value for cell in rows[n].sole) for n in (*lines, *beside)}
    codes = {n: match[1] for n in amounts if (match := _CODE.match(rows[n].label))}
    amounts = {n: each for n, each in amounts.items() if any(each)}
    found: set[int] = set()
    while added := _adding(amounts, codes, found) - {*beside}:
        found |= added
    return found


def _adding(
    amounts: Mapping[int, Amounts], codes: Mapping[int, str], known: Collection[int]
) -> set[int]:
    left = sorted(amounts.keys() - known)
    found = set()
    for at, n in enumerate(left):
        for near in (left[at + 1 : at + 1 + _MOST], left[max(at - _MOST, 0) : at][::-1]):
            under = bool(near) and n in codes and codes.get(near[0], "").startswith(f"{codes[n]}.")
            if _adds_up(amounts[n], [amounts[m] for m in near], 1 if under else _FEWEST):
                found.add(n)
    return found


def _adds_up(total: Amounts, parts: Sequence[Amounts], fewest: int) -> bool:
    """Say whether a row is the sum of some of the rows from it on, by rounding at most."""
    columns = [n for n, value in enumerate(total) if value is not None]
    large = [n for n in columns if abs(total[n] or 0) >= _LEAST]
    same = [part for part in parts if len(part) == len(total)]
    if len(large) < _FEWEST or len(same) < len(parts):
        return False
    sums = [list(accumulate(part[n] or 0 for part in same)) for n in columns]
    return any(
        all(abs(sums[m][k] - (total[n] or 0)) <= SCALE * (k + 2) / 2 for m, n in enumerate(columns))
        for k in range(fewest - 1, len(same))
    )
