"""What changed since the release before, why, and which published figures were wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from dashboard.marts import Marts
from dashboard.menu import SITE
from dashboard.pages import Page, Pages
from dashboard.tables import csv_page
from doelenboom.publication.lineage.diff import Difference, ReleaseComparison, compare_releases
from doelenboom.publication.manifest import Release
from doelenboom.storage.resources import DuckDBResources

FEW_ROWS = 100_000
"""Tables of more rows are told by name alone: reading them costs a site its minute."""

SHOWN = 100
"""Changed figures that the page lists."""

CORRECTIONS = "correcties.csv"
CORRECTION_COLUMNS = (
    *("release_id", "table_name", "key", "column_name", "old_value", "new_value"),
    *("reason", "known_since"),
)
GROUPS = {
    "landed": "nieuwe levering",
    "seeds": "nagekeken jaarstukken en verwijzingen",
    "models": "berekening",
    "checks": "controles",
    "code": "programma",
    "pages": "pagina’s van deze site",
    "tools": "gereedschap",
    "commit": "versie van het programma",
}

WAYS = {"added": "de rij kwam erbij", "removed": "de rij ging weg"}
"""What became of a row that is in one release only."""


@dataclass(frozen=True)
class Changes:
    """What differs between two releases; `unread` has large tables that differ, not compared.

    Of these it knows how many rows there were and are.
    """

    found: ReleaseComparison
    unread: dict[str, tuple[int, int]]

    @property
    def tables(self) -> int:
        """How many tables differ."""
        return len(self.found.tables) + len(self.unread)

    @property
    def figures(self) -> list[Difference]:
        """The listed differences of numbers, the largest of each table first."""
        return [each for each in self.found.differences if each.difference is not None]


def pages(
    marts: Marts,
    pages: Pages,
    release: Release,
    before: Release | None,
    resources: DuckDBResources,
) -> Iterator[Page]:
    """Make the page of changes and the file of corrections."""
    corrections = marts.rows("corrections")
    by_reason = groupby(corrections, key=lambda row: (row["known_since"], row["reason"]))
    yield pages.page(
        "wijzigingen.html",
        "wijzigingen.html",
        menu=SITE,
        release=release,
        before=before,
        changes=compared(release, before, SHOWN, resources) if before else None,
        groups=GROUPS,
        ways=WAYS,
        titles=titles_of(marts),
        reasons=[(since, reason, list(rows)) for (since, reason), rows in by_reason],
        corrections_path=CORRECTIONS if corrections else None,
    )
    if corrections:
        yield csv_page(CORRECTIONS, CORRECTION_COLUMNS, corrections)


def titles_of(marts: Marts) -> dict[str, str]:
    """Say of each table what it is about."""
    return {row["table_name"]: row["purpose"] for row in marts.rows("tables")}


def compared(release: Release, before: Release, shown: int, resources: DuckDBResources) -> Changes:
    """Compare a release with the one before, and list so many differences."""
    unread = _unread(release, before)
    small = [
        table.name
        for table in release.tables
        if table.rows <= FEW_ROWS and table.name not in unread
    ]
    found = compare_releases(before, release, tables=small, limit=shown, resources=resources)
    return Changes(found, unread)


def _unread(release: Release, before: Release) -> dict[str, tuple[int, int]]:
    """Count the rows of the large tables that differ: in one release only, or with other rows."""
    hashes = [{table.name: table for table in each.tables} for each in (before, release)]
    differing = sorted(
        name for name in {*hashes[0], *hashes[1]} if hashes[0].get(name) != hashes[1].get(name)
    )
    rows = {
        name: tuple(each[name].rows if name in each else 0 for each in hashes) for name in differing
    }
    return {name: (was, now) for name, (was, now) in rows.items() if max(was, now) > FEW_ROWS}
