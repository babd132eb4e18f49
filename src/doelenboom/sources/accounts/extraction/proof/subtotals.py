"""Rows that add up the rows above or below them, whatever they are called.

A programme above its themes, a theme below its products: as lines of their own they would count
twice. Only amounts say so, in every column that the row has, and more than one; or in several, in
all but one of them or with large amounts, so that what the others have is wrong. Of a row that is
known to be no line two columns say so, or one where all others are nearly so.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate, takewhile

from doelenboom.sources.accounts.extraction.numbers.printed import SCALE
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.words.patterns import opening

_SEVERAL = 3
"""Columns in which a row adds up others that tell it does, though some do not."""

_FEWEST, _MOST = 2, 60
"""Rows that are added up, and columns in which they do so, at least; rows at most."""

_CODE = opening(r"(\d{1,3}(?:\.\d{1,3})*)(?![\d,])")

_LEAST, _HUGE = 20 * SCALE, 200 * SCALE
"""What adds up by chance in two columns is smaller, and in three of many."""

_NEAR = 20
"""A sum is near a total of which it misses no more than one such part."""

_MOST_SUMS = 64
"""Sums in one column of rows that may be read in several ways; of more nothing is said."""

Amounts = tuple[int | None, ...]
Options = tuple[frozenset[int], ...]
"""What the amount of each column may be; nothing is nil."""


def subtotals(
    rows: Sequence[TableRow],
    lines: Collection[int],
    beside: Collection[int] = (),
    *,
    nearly: bool = False,
) -> dict[int, tuple[int, ...]]:
    """Return the rows among `lines` that add up others, and the columns in which they do not.

    By their places. What they add up is just above or below, and may be `beside` as well: rows that
    are no lines, and that sums may hold. A row that adds up one other has the number of which that
    of the other is a part. With `nearly` fewer columns are enough.
    """
    options = {n: _options(rows[n]) for n in (*lines, *beside) if rows[n].readings}
    totals = {n: tuple(cell.value for cell in rows[n].sole) for n in lines}
    totals = {n: each for n, each in totals.items() if any(each)}
    codes = {n: match[1] for n in options if (match := _CODE.match(rows[n].label))}
    found: dict[int, tuple[int, ...]] = {}
    while added := _adding(totals, options, codes, found, nearly=nearly):
        found |= added
    return found


def _options(row: TableRow) -> Options:
    return tuple(
        frozenset(cell.value or 0 for cell in column)
        for column in zip(*(reading.cells for reading in row.readings), strict=True)
    )


def _adding(
    totals: Mapping[int, Amounts],
    options: Mapping[int, Options],
    codes: Mapping[int, str],
    known: Collection[int],
    *,
    nearly: bool,
) -> dict[int, tuple[int, ...]]:
    left = sorted(options.keys() - known)
    found: dict[int, tuple[int, ...]] = {}
    for at, n in enumerate(left):
        for near in (left[at + 1 : at + 1 + _MOST], left[max(at - _MOST, 0) : at][::-1]):
            under = bool(near) and n in codes and codes.get(near[0], "").startswith(f"{codes[n]}.")
            parts = [options[m] for m in near]
            fewest = 1 if under else _FEWEST
            missed = _missed(totals[n], parts, fewest, nearly=nearly) if n in totals else None
            if missed is not None and len(missed) <= len(found.get(n, missed)):
                found[n] = missed
    return found


def _missed(
    total: Amounts, parts: Sequence[Options], fewest: int, *, nearly: bool
) -> tuple[int, ...] | None:
    """Return the columns in which a row is not the sum of the rows from it on that it adds up.

    By rounding at most; None where it adds up none.
    """
    columns = [n for n, value in enumerate(total) if value is not None]
    large = [n for n in columns if abs(total[n] or 0) >= _LEAST]
    huge = [n for n in large if abs(total[n] or 0) >= _HUGE]
    if len(large) < _FEWEST:
        return None
    several = list(takewhile(lambda part: len(part) == len(total), parts))
    missed: dict[int, list[int]] = {count: [] for count in range(fewest, len(several) + 1)}
    near, enough = (set(missed), _FEWEST) if nearly else (set(), _SEVERAL)
    for n in columns:
        for count, sums in enumerate(accumulate((part[n] for part in several), _added), 1):
            if len(sums) > _MOST_SUMS:
                missed = {few: missing for few, missing in missed.items() if few < count}
                break
            allowed = SCALE * (count + 1) / 2
            off = min(abs(each - (total[n] or 0)) for each in sums)
            if count in missed and off > allowed:
                missed[count].append(n)
                if off * _NEAR > abs(total[n] or 0):
                    near.discard(count)
        missed = {
            count: missing
            for count, missing in missed.items()
            if len(missing) <= 1 or count in near or sum(n not in missing for n in huge) >= enough
        }
        if not missed:
            return None
    told = [
        tuple(missing)
        for count, missing in missed.items()
        if not missing
        or (len(missing) == 1 and sum(n not in missing for n in large) >= _SEVERAL)
        or len({total[n] for n in huge if n not in missing and _of_two(several[:count], n)})
        >= (1 if count in near else enough)
    ]
    return min(told, key=len, default=None)


def _of_two(parts: Sequence[Options], column: int) -> bool:
    """Say whether two parts or more are an amount in a column for sure."""
    return sum(0 not in part[column] for part in parts) >= _FEWEST


def _added(sums: frozenset[int], amounts: frozenset[int]) -> frozenset[int]:
    return frozenset(each + amount for each in sums for amount in amounts)
