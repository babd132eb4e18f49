"""The report of a night: what came of it, what changed for readers, what asks for a person.

A page that needs no other file, and the same as lines of text. Every count and figure is of the
releases; what a program says of a fault is repeated as it said it, in English.
"""

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.figures import day, exact, exact_signed, number
from dashboard.folder import STATIC
from dashboard.marts import Marts, Row
from dashboard.pages import Pages, without_hidden
from dashboard.whole import ASKS
from doelenboom.nights import NIGHT, SOURCES, Incident, Night
from doelenboom.publication.manifest import Release
from doelenboom.publication.reading.reader import reading
from doelenboom.publication.release_times import AMSTERDAM
from doelenboom.storage.resources import DuckDBResources

if TYPE_CHECKING:
    from dashboard.changes import Changes

SHOWN = 30
"""Changed figures, and results of checks of a kind, that a report lists; it counts the others."""

NAMED = 6
"""Changed inputs that the text names."""

TRACED = 5
"""Changed figures whose command to trace is written out."""

CONTRADICTION = "reconciliation"
KINDS = {
    CONTRADICTION: "Tegenspraak in de bronnen",
    "inbox": "Wat is aangeleverd",
    "": "Andere controles",
}
"""The parts of a report that tell of checks, by the kind of check; all other kinds come last.

How fresh sources are is told by the night itself.
"""

PAIR_ENDS = re.compile(r" (?=\w+=)")

TO_DO = {
    NIGHT: "Lezers zien wat zij al zagen. docs/runbook.md zegt per zin wat te doen is.",
    SOURCES: "Er is gerekend met wat eerder is opgehaald; docs/runbook.md, ‘A source is stale’.",
}


@dataclass(frozen=True)
class Checks:
    """Results of one kind that ask for a person: all, the new among them, and what is over.

    `says_more` tells that what was observed says more than the explanation in Dutch: not so of
    contradictions, whose explanation has the figures, and whose one difference is no Dutch figure.
    """

    title: str
    says_more: bool
    all: tuple[Row, ...]
    new: tuple[Row, ...]
    over: tuple[Row, ...]


@dataclass(frozen=True)
class NightReport:
    """A night as it began and ended, and what readers saw before and see now.

    `changes` is None where nothing changed or nothing can be compared.
    """

    began: Night
    ended: Night
    before: Release | None
    now: Release | None
    changes: "Changes | None"
    checks: tuple[Checks, ...]
    titles: Mapping[str, str]

    @property
    def is_new(self) -> bool:
        """Say whether readers see another release than when they were last told of one."""
        return self.ended.release != self.began.release

    @property
    def over(self) -> dict[str, Incident]:
        """What was wrong when the night began and no longer is."""
        open_now = self.ended.incidents
        return {kind: each for kind, each in self.began.incidents.items() if kind not in open_now}

    @property
    def outcome(self) -> str:
        """Say in a sentence or two what came of the night."""
        told = "De nacht is mislukt. " if NIGHT in self.ended.incidents else ""
        return told + self._readers_see()

    def _readers_see(self) -> str:
        release = self.ended.release
        if release is None:
            return "Er is nog niets gepubliceerd."
        if not self.is_new:
            return f"Er is niets nieuws gepubliceerd. Lezers zien uitgave {release}."
        if self.began.release and release < self.began.release:
            return f"Lezers zien de eerdere uitgave {release}: er is teruggegaan."
        new = f"Lezers zien de nieuwe uitgave {release}."
        if self.changes is None:
            return f"{new} Er is geen eerdere om mee te vergelijken."
        return f"{new} Anders dan in de vorige: {_tables(self.changes.tables)}."

    @property
    def commands(self) -> list[str]:
        """Give the commands that show more: what changed, and where the largest is from."""
        found = ["doelenboom status", "doelenboom releases"]
        if self.changes and self.before and self.now:
            found.append(f"doelenboom diff {self.before.release_id} {self.now.release_id}")
            found += [
                f"doelenboom trace {each.table} {each.column} {_quoted(each.row_key)}"
                for each in self.changes.figures[:TRACED]
            ]
        return found


def _tables(count: int) -> str:
    if count <= 1:
        return ("geen enkele tabel", "één tabel")[count]
    return f"{number(count)} tabellen"


def _quoted(row_key: str) -> str:
    """Write a key so that a shell takes each of its pairs as one word, whatever is in it."""
    return " ".join(shlex.quote(pair) for pair in PAIR_ENDS.split(row_key))


def report_of(
    began: Night,
    ended: Night,
    before: Release | None,
    now: Release | None,
    resources: DuckDBResources,
) -> NightReport:
    """Read what a report says of two releases; one that is not there or not whole is None.

    Raises as `reading` does, and `RefusedError` when the releases cannot be compared.
    """
    is_new = began.release != ended.release
    changes = None
    if is_new and before and now:
        from dashboard.changes import compared  # reads by what takes a second to import

        changes = compared(now, before, SHOWN, resources)
    rows, titles = _read(now, resources)
    earlier = _read(before, resources)[0] if is_new else rows
    checks = tuple(_checks(kind, rows, earlier) for kind in KINDS)
    return NightReport(began, ended, before, now, changes, checks, titles)


def _read(
    release: Release | None, resources: DuckDBResources
) -> tuple[list[Row], Mapping[str, str]]:
    """Read the results that ask for a person, and what each table is about where it says so."""
    if release is None:
        return [], {}
    tables = {table.name for table in release.tables}
    with reading(release.database, resources) as published:
        marts = Marts(published)
        rows = marts.rows("checks") if "data_quality" in tables else []
        about = marts.rows("tables") if "about" in tables else []
    asking = [row for row in rows if row["status"] in ASKS and row["kind"] != "freshness"]
    return asking, {row["table_name"]: row["purpose"] for row in about}


def _checks(kind: str, now: Iterable[Row], before: Iterable[Row]) -> Checks:
    found, earlier = (
        {
            (row["check_name"], row["subject"]): row
            for row in rows
            if row["kind"] == kind or (not kind and row["kind"] not in KINDS)
        }
        for rows in (now, before)
    )
    return Checks(
        KINDS[kind],
        kind != CONTRADICTION,
        tuple(found.values()),
        tuple(row for key, row in found.items() if key not in earlier),
        tuple(row for key, row in earlier.items() if key not in found),
    )


def page_of(report: NightReport, links: Mapping[str, str]) -> str:
    """Make the page; `links` are addresses by the words that lead to them."""
    from dashboard.changes import GROUPS, WAYS

    style = (STATIC / "site.css").read_text(encoding="utf-8")
    lines = [line for line in style.splitlines() if not line.startswith("@font-face")]
    page = Pages().page(
        "nachtverslag.html",
        "nachtverslag.html",
        report=report,
        style=Markup("\n".join(lines)),  # ours
        at=at,
        to_do=TO_DO,
        changes=report.changes,
        titles=report.titles,
        groups=GROUPS,
        ways=WAYS,
        shown=SHOWN,
        links=links,
    )
    return page.text


def text_of(report: NightReport) -> str:
    """Tell the same as lines for a log."""
    return "".join(f"{without_hidden(line)}\n" for line in _lines(report))


def at(moment: datetime) -> str:
    """Write a moment in Amsterdam, with the zone that tells the hour which comes twice."""
    local = moment.astimezone(AMSTERDAM)
    return f"{day(local)}, {local:%H.%M} uur ({local:%Z})"


def _lines(report: NightReport) -> Iterator[str]:
    ended = report.ended.ended or report.began.began
    yield f"Nacht van {at(report.began.began)} tot {at(ended)}. {report.outcome}"
    for kind, incident in report.ended.incidents.items():
        yield f"Mis, sinds {at(incident.since)}: {incident.what.rstrip('.')}. {TO_DO[kind]}"
    for incident in report.over.values():
        yield f"Voorbij: {incident.what}"
    if report.changes:
        yield from _changed(report.changes)
    for checks in report.checks:
        yield from _told(checks)
    yield f"Natrekken: {'; '.join(report.commands)}"


def _changed(changes: "Changes") -> Iterator[str]:
    names = [each.name for each in changes.found.inputs]
    if names:
        more = f" en {number(len(names) - NAMED)} andere" if len(names) > NAMED else ""
        yield f"Waardoor: {', '.join(names[:NAMED])}{more}"
    for table in changes.found.tables:
        largest = (
            f"; grootste verschil {exact_signed(table.largest)} in {table.largest_in}"
            if table.largest is not None
            else ""
        )
        yield (
            f"Tabel {table.table}: {number(table.added)} rijen erbij, {number(table.removed)} weg,"
            f" {number(table.changed)} anders{largest}{f' ({table.note})' if table.note else ''}"
        )
    for name, (was, now) in changes.unread.items():
        yield f"Tabel {name}: anders; {number(now)} rijen, en eerder {number(was)}"
    for each in changes.figures[:TRACED]:
        yield (
            f"Cijfer {each.table} {each.column} ({each.row_key}): was {exact(each.old or '')}, is"
            f" {exact(each.new or '')}"
        )


def _told(checks: Checks) -> Iterator[str]:
    if checks.all or checks.over:
        yield (
            f"{checks.title}: vraagt aandacht {number(len(checks.all))}, nieuw"
            f" {number(len(checks.new))}, voorbij {number(len(checks.over))}"
        )
    for row in checks.new[:SHOWN]:
        told = row["observed"] if checks.says_more else row["explanation"]
        yield f"Nieuw: {row['subject']} ({row['check_name']}): {told}"
    for row in checks.over[:SHOWN]:
        yield f"Voorbij: {row['subject']} ({row['check_name']})"
