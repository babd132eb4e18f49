"""Heads in several rows of which it is lost how many columns each stands over.

Every way to place them is tried: each head stands over columns of its own, in their order, and
reaches down to a column where no head is below it. They are read where all that make sense mean
the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, combinations, islice, pairwise, product

from doelenboom.sources.accounts.extraction.tables.columns import ASIDE, Column, columns_of
from doelenboom.sources.accounts.extraction.tables.head_rows import Row
from doelenboom.sources.accounts.extraction.tables.heads import flows_in, names_column, phases_in

_MOST_WAYS = 2_000
"""Ways to place heads that are tried; of more none counts."""


def heads_of_rows(rows: Sequence[Row], width: int, labels: int) -> list[str]:
    """Return the head of each of so many columns of amounts; none where it is not certain.

    A row may begin with what stands over one column of names, over all of them, or over none.
    """
    cut = [list(_without_names(row, labels)) for row in rows]
    return sole_heads(way for each in product(*cut) for way in ways_to_place(each, width))


def sole_heads(ways: Iterable[Sequence[str]]) -> list[str]:
    """Return the heads of columns that all ways to place them which make sense mean; else none."""
    tried = list(islice(ways, _MOST_WAYS + 1))
    found = {_meaning(of): each for each in tried if _make_sense(of := columns_of(each))}
    return [*next(iter(found.values()))] if len(found) == 1 and len(tried) <= _MOST_WAYS else []


def ways_to_place(rows: Sequence[Row], width: int) -> Iterator[list[str]]:
    """Yield the heads of so many columns, for each way to place rows of heads over them."""
    return (list(chain.from_iterable(way)) for way in _ways(rows, width))


def _without_names(row: Row, labels: int) -> Iterator[Row]:
    """Yield the heads of a row that may be those of amounts."""
    yield row[1:]
    if row and names_column(row[0]):
        yield row
    if labels > 1 and not any(map(names_column, row[1:labels])):
        yield row[labels:]


def _ways(rows: Sequence[Row], width: int) -> Iterator[list[Row]]:
    """Yield the heads of the columns below each head of a first row, for each way to place them."""
    first, *rest = rows
    if not rest and len(first) == width:
        yield [(head,) for head in first]
    for alone in range(len(first) if rest and len(first) > 1 else 0):
        for below in _ways(rest, width - alone):
            for reaching in combinations(range(len(first)), alone):
                over = len(first) - alone
                for cuts in combinations(range(1, len(below)), over - 1):
                    groups = (below[start:end] for start, end in pairwise([0, *cuts, len(below)]))
                    way = [
                        (head,) if n in reaching else _joined(head, next(groups))
                        for n, head in enumerate(first)
                    ]
                    if all(way):
                        yield way


def _joined(head: str, groups: Sequence[Row]) -> Row:
    """Join a head with those below it; with none where one says what it says otherwise."""
    below = tuple(chain.from_iterable(groups))
    return (
        ()
        if any(_differ(head, each) for each in below)
        else tuple(f"{head} {each}".strip() for each in below)
    )


@lru_cache(maxsize=4096)
def _differ(head: str, below: str) -> bool:
    """Say whether two heads both name a flow, or a phase that is none of one budget."""
    phases, more = {*phases_in(head)}, {*phases_in(below)}
    of_budget = phases <= {"budget"} and more <= {"budget", "original_budget", "final_budget"}
    return bool((flows_in(head) and flows_in(below)) or (phases and more and not of_budget))


def _meaning(columns: Sequence[Column]) -> tuple[tuple[object, ...], ...]:
    return tuple((each.phase, each.year, each.flow, each.years) for each in columns)


def _make_sense(columns: Sequence[Column]) -> bool:
    """Say whether each column is another one, and each phase of a year has the same flows.

    One may have its balance alone.
    """
    named = [each for each in columns if each.holds not in ASIDE]
    kinds = [(each.phase, each.year, each.flow) for each in named]
    flows = {
        frozenset(flow for of, at, flow in kinds if (of, at) == (phase, year))
        for phase, year, _ in kinds
        if phase not in ("variance", "other", "saldo")
    }
    return (
        all(each.phase for each in named)
        and len({*kinds}) == len(kinds)
        and len(flows - {frozenset({"net"})}) <= 1
        and len(flows) > 0
    )
