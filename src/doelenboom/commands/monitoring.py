"""`status` and `report`: is what readers see whole, and what did the last night come to?"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import typer

from doelenboom.commands.arguments import Command
from doelenboom.commands.options import FormatOption, load_settings
from doelenboom.commands.terminal import Format, say, write_rows

if TYPE_CHECKING:
    from doelenboom.nights import Night
    from doelenboom.settings import Settings

LATE_AFTER = timedelta(hours=30)
"""So long after a night began the next one is late: a day, and time for it to run."""

COLUMNS = ("what", "is_well", "told", "since")

app = typer.Typer()


@dataclass(frozen=True)
class _Line:
    """One thing that is looked at: whether it is well, what is told of it, since when (UTC)."""

    what: str
    is_well: bool
    told: str
    since: datetime | None


@app.command(cls=Command, epilog="Example: doelenboom status --format json || echo 'look at it'")
def status(style: FormatOption = Format.table) -> None:
    """Say whether what is published is whole and the last night went well; exit code 1 if not.

    Looks at the published file (against its seal), the last night (whether it ended, failed, or is
    over 30 hours ago) and the sources that are asked at night. Asks nothing of the network.
    """
    from doelenboom.publication.release_times import utc_text
    from doelenboom.reports import newest_report

    settings = load_settings()
    lines = [_published(settings), _night(settings), _sources(settings)]
    rows = [
        (line.what, line.is_well, line.told, line.since and utc_text(line.since)) for line in lines
    ]
    write_rows(COLUMNS, rows, style)
    newest = newest_report(settings.reports_dir)
    if style is Format.table and newest:
        say(f"Report of the last night: {newest}")
    if not all(line.is_well for line in lines):
        raise typer.Exit(1)


@app.command(cls=Command, epilog="Example: doelenboom report")
def report() -> None:
    """Print what the last night came to, in Dutch, and where its page is.

    The page says the same with more of it: what is new, what changed and by how much, what failed
    or is stale, contradictions, results of the inbox, and commands to trace with.
    """
    from doelenboom.errors import RefusedError
    from doelenboom.reports import newest_report

    newest = newest_report(load_settings().reports_dir)
    if newest is None:
        raise RefusedError("no night is reported yet: `doelenboom run` writes a report")
    say(newest.with_suffix(".txt").read_text(encoding="utf-8").rstrip())
    say(f"Page: {newest}")


def _published(settings: "Settings") -> _Line:
    from doelenboom.errors import RefusedError
    from doelenboom.publication.reading.history import promotions
    from doelenboom.publication.reading.releases import published_release
    from doelenboom.publication.reading.sealed import held_to_seal

    try:
        release = held_to_seal(published_release(settings.published, settings.releases_dir))
        known = promotions(settings.published_dir)
    except RefusedError as error:
        return _Line("published", False, str(error), None)
    return _Line("published", True, f"release {release.release_id}", known[-1].promoted)


def _night(settings: "Settings") -> _Line:
    from doelenboom.nights import NIGHT, last_night

    night = last_night(settings.night_file)
    if night is None:
        return _Line("last night", False, "no night is on record", None)
    if night.ended is None:
        return _under_way(settings, night)
    if NIGHT in night.incidents:
        failed = night.incidents[NIGHT]
        return _Line("last night", False, f"failed: {failed.what}", failed.since)
    if datetime.now(UTC) - night.began > LATE_AFTER:
        return _Line("last night", False, "none since the one that ended then", night.ended)
    return _Line("last night", True, "ended well", night.ended)


def _under_way(settings: "Settings", night: "Night") -> _Line:
    """Tell a night that runs from one whose process is gone: that one holds no lock."""
    from doelenboom.errors import RunActiveError
    from doelenboom.lock import only_writer
    from doelenboom.nights import SILENT

    try:
        with only_writer(settings.state_dir):
            return _Line("last night", False, f"failed: {SILENT}", night.began)
    except RunActiveError:
        late = datetime.now(UTC) - night.began > LATE_AFTER
        return _Line("last night", not late, "is under way", night.began)


def _sources(settings: "Settings") -> _Line:
    from doelenboom.ingestion.cbs.landed import stale_sources
    from doelenboom.nights import SOURCES, last_night

    stale = stale_sources(settings)
    if not stale:
        return _Line("sources", True, "as fresh as wanted", None)
    night = last_night(settings.night_file)
    known = night and night.incidents.get(SOURCES)
    return _Line("sources", False, "; ".join(stale), known.since if known else None)
