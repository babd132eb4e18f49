"""What every municipality of a report is compared with, by numpy, from values and members alone.

Holds no test and shares nothing with the models: it reads who has which value, who is a peer and
who is in which group, and measures each group anew without each of its members.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
STATISTICS = ("peers_total", "peers_n", "peer_p25", "peer_median", "peer_p75", "percentile")

ROWS = f"""
    select
        municipality_code, measure_code, peer_group_code, is_peer,
        {", ".join(f"cast({name} as double) as {name}" for name in ("value", *STATISTICS))}
    from marts.municipality_comparison
    where fiscal_year = ? and report = ? and boundary = 'as_reported'
"""
MEMBERS = """
    select peer_group_code, list(municipality_code order by municipality_code)
    from marts.peer_group_members where fiscal_year = ? and boundary = 'as_reported' group by 1
"""


@dataclass(frozen=True)
class Group:
    """A group of a report: what is published of it, and what its values give.

    Arrays of shape (statistics, rows); `published` is in the order of `STATISTICS`.
    """

    code: str
    published: Floats
    computed: Floats


def groups_of(marts: duckdb.DuckDBPyConnection, year: int, report: str) -> Iterator[Group]:
    """Compute every row of the comparison of a report, group by group."""
    rows = marts.execute(ROWS, [year, report]).fetchnumpy()
    codes, municipality = np.unique(rows["municipality_code"].astype(str), return_inverse=True)
    measures, measure = np.unique(rows["measure_code"].astype(str), return_inverse=True)
    value = np.ma.filled(rows["value"], np.nan)
    values = np.full((len(codes), len(measures)), np.nan)
    values[municipality, measure] = value
    peers = np.full(values.shape, np.nan)
    counts = rows["is_peer"].astype(bool)
    peers[municipality[counts], measure[counts]] = value[counts]

    groups = rows["peer_group_code"].astype(str)
    order = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.r_[True, groups[order][1:] != groups[order][:-1]])
    members = dict(marts.execute(MEMBERS, [year]).fetchall())
    for place in np.split(order, starts[1:]):
        code = str(groups[place[0]])
        in_group = np.flatnonzero(np.isin(codes, members[code]))
        computed = np.full((len(STATISTICS), len(place)), np.nan)
        for own in np.unique(municipality[place]):
            mine = municipality[place] == own
            others = in_group[in_group != own]
            spread = _held_against(values[own], peers[others])
            computed[:, mine] = spread[:, measure[place[mine]]]
        published = np.array([np.ma.filled(rows[name][place], np.nan) for name in STATISTICS])
        yield Group(code, published, computed)


def _held_against(own: Floats, others: Floats) -> Floats:
    """The statistics of one municipality against others, a column per measure."""
    total = len(others)
    n = (~np.isnan(others)).sum(axis=0)
    figures = np.full((len(STATISTICS), others.shape[1]), np.nan)
    figures[:2] = [np.full_like(n, total), n]
    enough = n >= 5
    if total and enough.any():
        ranked = np.sort(others[:, enough], axis=0)  # what is not a number comes last
        columns = np.arange(ranked.shape[1])
        for line, share in enumerate((0.25, 0.5, 0.75), start=2):
            position = (n[enough] - 1) * share
            below = np.floor(position).astype(int)
            above = np.ceil(position).astype(int)
            low, high = ranked[below, columns], ranked[above, columns]
            figures[line, enough] = low + (high - low) * (position - below)
    whole = (n >= 10) & (n >= 0.8 * total) & ~np.isnan(own)
    figures[5, whole] = (others[:, whole] < own[whole]).sum(axis=0) * 100 / n[whole]
    return figures
