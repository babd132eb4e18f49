"""The heads of the columns of a table of indicators, where they stand in one row or in two."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from doelenboom.sources.accounts.extraction.subjects.indicators.columns import (
    FORMS,
    VALUES,
    indicator_column,
)
from doelenboom.sources.accounts.extraction.tables.heads import YEAR

_LABELS = ("name", "number")


def joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Join two rows of heads; a head above stands over the empty cells to its right.

    One over a whole table is its title. What a head says by itself, as `Bron`, it is.
    """
    if not any(upper[1:]):
        return list(lower)
    heads: list[str] = []
    over = ""
    for high, low in zip(upper, lower, strict=True):
        over = high or over
        heads.append(_below(over, low) if low else high)
    return heads


def headings(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield the ways in which texts in their order are heads of columns: of one row, or of two.

    Of two rows only where it is certain which heads of the lower one stand below which: there is
    a run of them for each, one head is over all, or each has one below it.
    """
    yield list(texts)
    for split in range(1, len(texts) - 1):
        upper, lower = texts[:split], texts[split:]
        own = lower[:1] if indicator_column(lower[0]).kind in _LABELS else []
        below = lower[len(own) :]
        years = [text for text in below if YEAR.fullmatch(text)]
        others = [text for text in below if _is_below(text) and text not in years]
        runs = _runs(below)
        if (years and others) or not (years or len(runs) > 1):
            continue
        if not own and len(years) == len(below) <= len(upper):
            groups, beside = upper[len(upper) - len(below) :], upper[: len(upper) - len(below)]
            if all(map(_is_value, groups)) and not any(map(YEAR.fullmatch, groups)):
                yield [*beside, *map(_below, groups, below)]
                continue
        groups, beside = upper[len(upper) - len(runs) :], upper[: len(upper) - len(runs)]
        if (
            len(groups) == len(runs)
            and bool(own) != bool(beside)
            and _certain(groups, beside, below)
        ):
            under = zip(groups, runs, strict=True)
            yield [*beside, *own, *(_below(high, low) for high, run in under for low in run)]


def with_lost(ways: Iterator[list[str]], below: Sequence[str]) -> Iterator[list[str]]:
    """Yield heads, and heads with one that is empty: over numbers, names, or years behind names.

    What stands below them begins with a row, or with a title and a row. Below the last, of a text,
    there may be nothing in any row.
    """
    numbers = any(map(FORMS["number"].fullmatch, below[:2]))
    years = any(map(FORMS["year"].fullmatch, below[1:3]))
    for heads in ways:
        yield heads
        if numbers:
            yield ["", *heads]
        if years:
            yield [*heads[:1], "", *heads[1:]]
        if indicator_column(heads[0]).kind == "score":
            silent = len(heads) > 1 and indicator_column(heads[-1]).kind == "text"
            yield ["", *heads[: -1 if silent else None]]


def _certain(groups: Sequence[str], beside: Sequence[str], below: Sequence[str]) -> bool:
    """Say whether heads that stand over others can be told from those beside them."""
    kinds = [indicator_column(text).kind for text in groups]
    return (
        not any(map(_is_value, beside))
        and not any(map(YEAR.fullmatch, groups))
        and all(kind in ("", *VALUES) for kind in kinds)
        and (not beside or all(map(_is_below, below)))
    )


def _below(high: str, low: str) -> str:
    """Return what a head says with the one above it, which tells values apart and nothing else."""
    return f"{high} {low}" if _is_below(low) or not indicator_column(low).kind else low


def _is_below(text: str) -> bool:
    """Say whether a text may be a head of values below another one."""
    return indicator_column(text).kind in (*VALUES, "year")


def _is_value(text: str) -> bool:
    return indicator_column(text).kind in VALUES


def _runs(heads: Sequence[str]) -> list[list[str]]:
    """Divide heads where one comes again, where years begin anew, and where they begin or end."""
    runs = [[head] for head in heads[:1]]
    for before, head in pairwise(heads):
        years = [bool(YEAR.fullmatch(each)) for each in (before, head)]
        anew = head in runs[-1] or (all(years) and head <= before) or years[0] != years[1]
        if anew or not _is_below(head):
            runs.append([head])
        else:
            runs[-1].append(head)
    return runs
