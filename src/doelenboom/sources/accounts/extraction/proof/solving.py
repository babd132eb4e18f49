"""Which readings of the rows of a table can all be true at once.

Each row has a domain of readings, each identity spans some rows. A figure is settled when every
way to satisfy the identities gives it the same value. Where no way exists, the table contradicts
itself: a row stays settled only if no other reading of it would break as few identities. Knows
figures and places only.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from doelenboom.sources.accounts.extraction.proof.identities import (
    Identity,
    Values,
    holds,
    residual,
    summed,
)

MOST_STEPS = 5_000
MOST_ROWS = 100
MOST_DOUBTS = 200_000
"""Steps of the search per table, rows with several readings that hang together, and readings times
identities to weigh again; what is not proved within them is left open."""

Domain = Sequence[Values]


@dataclass(frozen=True)
class Solution:
    """What can be: the possible readings of each row by their place in its domain.

    `broken` are identities that no reading satisfies, `incomplete` those that only an empty cell
    can satisfy, by what it lacks, or of which the result is empty; `failed` are rows of which no
    reading satisfies its own sums, and `unproved` those of which no reading can be relied on.
    """

    possible: tuple[tuple[int, ...], ...]
    broken: tuple[Identity, ...]
    incomplete: tuple[Identity, ...] = ()
    failed: frozenset[int] = frozenset()
    unproved: frozenset[int] = frozenset()


class _OutOfStepsError(Exception):
    """The search took too many steps."""


def solve(
    domains: Sequence[Domain],
    identities: Sequence[Identity],
    first: Sequence[int] | None = None,
    unlisted: Collection[int] = (),
) -> Solution:
    """Find the readings of each row that take part in some way to satisfy the identities.

    A row without readings takes no part, nor do the identities it is in. Only the `first` so many
    readings of a row can satisfy its own sums (all, by default); the others matter where the
    table contradicts itself. Rows that are `unlisted` have readings that are not in their domain.
    """
    first = first or [len(domain) for domain in domains]
    known = [i for i in identities if all(domains[row] for row in i.rows)]
    own = defaultdict(list)
    for identity in known:
        if len(identity.rows) == 1:
            own[identity.result[0]].append(identity)
    joint = [identity for identity in known if len(identity.rows) > 1]
    good = [_by_own_sums(row, domain[: first[row]], own[row]) for row, domain in enumerate(domains)]
    left = [found or list(range(len(domains[row]))) for row, found in enumerate(good)]
    search = _Search(domains, left, joint)
    settled, unproved = search.run()
    settled, doubted = _doubt_broken(domains, settled, known, unlisted)
    unproved |= doubted
    broken = _broken(known, domains, settled)
    return Solution(
        tuple(map(tuple, settled)),
        tuple(broken),
        tuple(_incomplete([i for i in known if i not in broken], domains, settled)),
        frozenset(row for row, found in enumerate(good) if domains[row] and not found),
        frozenset(row for row in unproved if len(domains[row]) > 1),
    )


def _by_own_sums(row: int, domain: Domain, own: Sequence[Identity]) -> list[int]:
    """Return the readings that satisfy the identities within their row."""
    return [n for n, values in enumerate(domain) if all(holds(i, {row: values}) for i in own)]


def _broken(
    identities: Sequence[Identity], domains: Sequence[Domain], settled: Sequence[Sequence[int]]
) -> list[Identity]:
    """Return the identities that fail whichever of the possible readings are true."""
    sure = {row: domains[row][found[0]] for row, found in enumerate(settled) if len(found) == 1}
    return [
        identity
        for identity in identities
        if not (
            holds(identity, sure)
            if identity.rows <= sure.keys()
            else _in_reach(
                identity, {row: [domains[row][n] for n in settled[row]] for row in identity.rows}
            )
        )
    ]


def _incomplete(
    identities: Sequence[Identity], domains: Sequence[Domain], settled: Sequence[Sequence[int]]
) -> Iterator[Identity]:
    """Yield the identities that hold for no reading where what is empty counts for nothing.

    Also those of which all is stated but a result in the same row.
    """
    for identity in identities:
        possible = {row: [domains[row][n] for n in settled[row]] for row in identity.rows}
        row, column = identity.result
        if any(values[column] is None for values in possible[row]):
            sole = len(identity.rows) == len(possible[row]) == 1
            lacks = sole and _lacks(identity, possible[row][0])
        else:
            lacks = not _in_reach(identity, possible, empty=(0,))
        if lacks:
            yield identity


def _lacks(identity: Identity, values: Values) -> bool:
    """Say whether the result of a sum within a row is empty, and all of which it is made stated."""
    stated = all(values[column] for (_, column), _ in identity.terms)
    (row, column), allowed = identity.result, identity.tolerance
    return stated and values[column] is None and abs(summed(identity, {row: values})) > allowed


def _in_reach(
    identity: Identity, possible: Mapping[int, Sequence[Values]], empty: Sequence[int] = ()
) -> bool:
    """Say whether an identity can hold between the least and the most that its rows can be.

    What is `empty` may be anything, unless said what it counts for.
    """
    least = most = 0
    for (row, column), sign in (
        (identity.result, 1),
        *((place, -sign) for place, sign in identity.terms),
    ):
        stated = [value for v in possible[row] if (value := v[column]) is not None]
        silent = len(stated) < len(possible[row])
        if silent and not empty:
            return True
        known = [sign * value for value in (*stated, *(empty if silent else ()))]
        least, most = least + min(known), most + max(known)
    return least <= identity.tolerance and most >= -identity.tolerance


class _Search:
    """Looks for ways to satisfy the joint identities over rows with several readings."""

    def __init__(
        self, domains: Sequence[Domain], left: Sequence[Sequence[int]], joint: Sequence[Identity]
    ) -> None:
        self.domains, self.left = domains, left
        self.many = [row for row, found in enumerate(left) if len(found) > 1]
        fixed = {row: domains[row][found[0]] for row, found in enumerate(left) if len(found) == 1}
        self.joint = [i for i in joint if i.rows & set(self.many)]
        self.fixed = fixed
        self.steps = 0

    def run(self) -> tuple[list[list[int]], set[int]]:
        """Return the possible readings of each row, and the rows that could not be proved.

        Where no way satisfies all identities one of them is wrong in the source; that leaves
        every row in them that can be read in another way unproved.
        """
        settled = [list(found) for found in self.left]
        unproved: set[int] = set()
        for rows, identities in self._parts():
            try:
                found = self._supported(rows, identities) if len(rows) <= MOST_ROWS else {}
            except _OutOfStepsError:
                found = {}
            if not any(found.values()):
                unproved |= {row for identity in identities for row in identity.rows}
            for row, readings in found.items():
                settled[row] = sorted(readings) or settled[row]
        return settled, unproved

    def _parts(self) -> Iterator[tuple[list[int], list[Identity]]]:
        """Divide the rows with several readings in parts that share no identity."""
        waiting = set(self.many)
        of_row = defaultdict(list)
        for identity in self.joint:
            for row in identity.rows & waiting:
                of_row[row].append(identity)
        while waiting:
            part, grown = set(), {min(waiting)}
            while grown:
                part |= grown
                waiting -= grown
                near = {identity for row in grown for identity in of_row[row]}
                grown = {row for identity in near for row in identity.rows} & waiting
            yield (
                sorted(part, key=lambda row: len(self.left[row])),
                [i for i in self.joint if i.rows & part],
            )

    def _supported(
        self, rows: Sequence[int], identities: Sequence[Identity]
    ) -> dict[int, set[int]]:
        """Return for each row the readings for which some way through all rows exists."""
        seen: dict[int, set[int]] = {row: set() for row in rows}
        for row in rows:
            for reading in self.left[row]:
                if reading in seen[row]:
                    continue
                others = [other for other in rows if other != row]
                way = self._way({row: reading}, others, identities)
                for at, chosen in (way or {}).items():
                    seen[at].add(chosen)
        return seen

    def _way(
        self, chosen: dict[int, int], rows: Sequence[int], identities: Sequence[Identity]
    ) -> dict[int, int] | None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise _OutOfStepsError
        last = next(reversed(chosen))
        if not all(self._may_hold(i, chosen) for i in identities if last in i.rows):
            return None
        if not rows:
            return chosen
        for reading in self.left[rows[0]]:
            way = self._way({**chosen, rows[0]: reading}, rows[1:], identities)
            if way:
                return way
        return None

    def _may_hold(self, identity: Identity, chosen: Mapping[int, int]) -> bool:
        """Say whether an identity can still hold; where rows are open, by its least and most."""
        values = dict(self.fixed)
        values.update({row: self.domains[row][reading] for row, reading in chosen.items()})
        if all(row in values for row in identity.rows):
            return holds(identity, values)
        possible = {
            row: [values[row]] if row in values else [self.domains[row][n] for n in self.left[row]]
            for row in identity.rows
        }
        return _in_reach(identity, possible)


def _doubt_broken(
    domains: Sequence[Domain],
    settled: list[list[int]],
    identities: Sequence[Identity],
    unlisted: Collection[int],
) -> tuple[list[list[int]], set[int]]:
    """Open a row again where an identity is broken and another reading breaks no more of them."""
    broken = _broken(identities, domains, settled)
    rows = {row for i in broken for row in i.rows}
    result = [list(found) for found in settled]
    effort = sum(len(domains[row]) for row in rows) * len(identities)
    if effort > MOST_DOUBTS:
        return result, rows
    for row in rows:
        if len(domains[row]) < 2:  # noqa: PLR2004
            continue
        mine = [i for i in identities if row in i.rows]
        counts = [
            len(_broken(mine, domains, [*settled[:row], [reading], *settled[row + 1 :]]))
            for reading in range(len(domains[row]))
        ]
        allowed = max(counts[reading] for reading in settled[row])
        result[row] = [n for n, count in enumerate(counts) if count <= allowed + 1]
    return result, rows & set(unlisted)


def proven_places(
    identities: Sequence[Identity], values: Mapping[int, Values]
) -> set[tuple[int, int]]:
    """Return the places of figures that take part in an identity that can be judged and holds."""
    found: set[tuple[int, int]] = set()
    for identity in identities:
        if all(row in values for row in identity.rows):
            left = residual(identity, values)
            if left is not None and abs(left) <= identity.tolerance:
                found |= {identity.result, *(place for place, _ in identity.terms)}
    return found
