"""`run`, the nightly job in this process."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from doelenboom.commands.arguments import Command
from doelenboom.commands.options import duckdb_resources, load_settings
from doelenboom.commands.terminal import own_words_only, say, steps_shown
from doelenboom.errors import LONGEST_SENTENCE, in_one_line

if TYPE_CHECKING:
    from doelenboom.settings import Settings
    from orchestration.run import NightOutcome

CHECK_COUNTS = "select status, count(*) from marts.data_quality group by all"
INBOX_RESULTS = """
    select check_name, subject, observed
    from marts.data_quality
    where kind = 'inbox' and status not in ('pass', 'info')
    order by subject, check_name
"""
REFUSING = ("chapter_is_read", "file_is_taken", "row_is_taken")
"""Checks by which a file, or a row of it, is refused."""

NIGHT_STEPS = (
    "parse",
    "sources__cbs",
    "sources__inputs",
    "raw__cbs",
    "raw__chapters",
    "sources__accounts",
    "dbt_models",
    "publication__candidate",
    "check_results",
    "dbt_data_quality",
    "publication__release",
    "publication__site",
)

app = typer.Typer()


@app.command(cls=Command, epilog="Example: doelenboom run --refresh")
def run(
    refresh: Annotated[
        bool,
        typer.Option(
            "--refresh",
            help="Ask the live sources first; what cannot be asked is used as it was landed.",
        ),
    ] = False,
    full: Annotated[
        bool,
        typer.Option(
            "--full",
            help="Build everything and publish, also when nothing changed; not what was rolled back"
            " from.",
        ),
    ] = False,
) -> None:
    """Run the nightly job in this process: check the sources, build, prove, publish.

    What is published changes in one step at the very end, or not at all. Inputs that did not
    change since the last release publish nothing.
    """
    settings = load_settings()
    outcome = _run_night(settings, full=full, refresh=refresh)
    if outcome.published:
        say(f"Published release {outcome.release_id}")
    elif outcome.held_back:
        say(
            f"Release {outcome.held_back} was rolled back from, so it is not published again until"
            f" an input file or the commit changes; readers see {outcome.release_id}."
        )
    else:
        say(f"Nothing changed since release {outcome.release_id}; nothing was published.")
    say(f"Database: {settings.published}")
    with suppress(KeyboardInterrupt):  # published is published
        for line in _night_report(settings) if outcome.published else ():
            say(line)
        for sentence in outcome.stale:
            say(f"Stale: {sentence}")
        for sentence in outcome.notes:
            say(f"Note: {sentence}")
        for line in _inbox_report(settings):
            say(line)
        for line in _where_reported(settings):
            say(line)


def _where_reported(settings: "Settings") -> Iterator[str]:
    from doelenboom.reports import newest_report

    if newest := newest_report(settings.reports_dir):
        yield f"Report: {newest}"


def _run_night(settings: "Settings", full: bool, refresh: bool) -> "NightOutcome":
    from orchestration.run import run_night

    with steps_shown(NIGHT_STEPS) as on_step, own_words_only():
        return run_night(settings, full=full, refresh=refresh, on_step=on_step)


def _night_report(settings: "Settings") -> Iterator[str]:
    """Say what the release holds: its checks, what is in, and the headline figures."""
    from doelenboom.publication.reading.headlines import headline_lines
    from doelenboom.publication.reading.reader import run_query
    from doelenboom.publication.reading.scope import scope_lines

    resources = duckdb_resources(settings)
    counts = run_query(settings.published, CHECK_COUNTS, resources=resources)
    yield checks_line(dict(counts.rows))
    yield from scope_lines(settings.published, resources=resources)
    yield from headline_lines(settings.published)


def checks_line(counts: Mapping[str, int]) -> str:
    """Say how many checks had which outcome, in the order of the list of outcomes."""
    from doelenboom.codes import codes

    told = [
        f"{counts[status]} {status.replace('_', ' ')}"
        for status in codes("dq_status")
        if status in counts
    ]
    return f"Checks: {', '.join(told)}"


def _inbox_report(settings: "Settings") -> Iterator[str]:
    """Say which files in the inbox were refused, and what of the others waits for a person."""
    from doelenboom.publication.reading.reader import run_query

    found = run_query(settings.published, INBOX_RESULTS, resources=duckdb_resources(settings)).rows
    for check, subject, observed in found:
        name, _, row = check.partition(" ")
        what = "Refused" if name in REFUSING else "To check"
        place = f"{subject}, row {row}" if row else subject
        yield in_one_line(f"{what}: {place}: {observed}", LONGEST_SENTENCE)
    if any(check.partition(" ")[0] not in REFUSING for check, _, _ in found):
        folder = settings.review_dir
        yield f"Packages and reports for review: {folder}; see `doelenboom review list`"
