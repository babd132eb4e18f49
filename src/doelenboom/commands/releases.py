"""`releases`, `rollback` and `diff`: what was published when, going back, and what changed."""

import re
from collections.abc import Iterator
from dataclasses import astuple
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from doelenboom.commands.arguments import Command
from doelenboom.commands.options import (
    FormatOption,
    ReleaseOption,
    chosen_release,
    duckdb_resources,
    load_settings,
)
from doelenboom.commands.terminal import Format, say, waiting, write_rows

if TYPE_CHECKING:
    from doelenboom.publication.manifest import Release
    from doelenboom.publication.reading.history import PublishedPeriod
    from doelenboom.publication.release.rollback import Rollback
    from doelenboom.settings import Settings

RELEASE_COLUMNS = (
    *("release", "current", "promoted", "until", "rolled_back"),
    *("run_date", "tables", "content_hash"),
)
INPUT_COLUMNS = ("input", "name", "old", "new")
CHANGE_COLUMNS = (
    *("table", "added", "removed", "changed", "note", "largest", "largest_in", "built_from"),
)
DIFFERENCE_COLUMNS = ("table", "row_key", "column", "change", "old", "new", "difference")
VERIFIED_COLUMNS = ("release", "file", "found")
UNEXPLAINED_COLUMNS = ("table", "column", "cells", "example")
CAUSES_SHOWN = 3
DATED = re.compile(r"\d{4}-")
"""How a date begins, and no release."""

app = typer.Typer()


@app.command(cls=Command, epilog="Example: doelenboom releases --format json")
def releases(
    *,
    verify: Annotated[
        bool,
        typer.Option(
            "--verify",
            help="Read all files of all releases, or of the one that is named, and compare each"
            " with its seal; exit code 1 when one is not as it was sealed.",
        ),
    ] = False,
    release: ReleaseOption = None,
    style: FormatOption = Format.table,
) -> None:
    """List what was published when, the newest first, and which release readers see now.

    One row for each time that a release was what readers open: from `promoted` until `until`, in
    UTC. `rolled_back` says that it ended in going back. A release that was sealed and never
    promoted, because its night broke off in between, has neither. What retention removed is not
    listed. Below the table stands when a night last looked and found that nothing changed.
    """
    if verify:
        _verify(load_settings(), release, style)
        return
    if release is not None:
        raise typer.BadParameter("--release names the one to look at with --verify")
    from doelenboom.publication.reading.history import promotions, published_periods
    from doelenboom.publication.reading.releases import current_release, list_releases
    from doelenboom.publication.release.looks import last_look
    from doelenboom.publication.release_times import moment_of, utc_text

    settings = load_settings()
    current = current_release(settings.published, settings.releases_dir)
    past = published_periods(promotions(settings.published_dir))
    rows = [
        row
        for release in list_releases(settings.releases_dir)
        for row in _rows_of(release, past, release == current)
    ]
    rows.sort(key=lambda row: row[2] or moment_of(row[0]), reverse=True)
    if style is Format.table:
        rows = [
            tuple(utc_text(value) if isinstance(value, datetime) else value for value in row)
            for row in rows
        ]
    write_rows(RELEASE_COLUMNS, rows, style)
    look = last_look(settings.look_file)
    if style is Format.table and current and look and look.release_id == current.release_id:
        say(f"Looked at {utc_text(look.moment)}: nothing new since {look.release_id}.")


def _verify(settings: "Settings", release_id: str | None, style: Format) -> None:
    """Write what was found of each release, or of each file that is not as it was sealed."""
    from doelenboom.errors import RefusedError
    from doelenboom.publication.reading.releases import find_release, release_ids
    from doelenboom.publication.reading.sealed import WHOLE, verify

    if release_id is not None and release_id not in release_ids(settings.releases_dir):
        find_release(settings.releases_dir, release_id)
    names = release_ids(settings.releases_dir) if release_id is None else [release_id]
    with waiting("reading"):
        files = [file for name in reversed(names) for file in verify(settings.releases_dir / name)]
    damaged = [file for file in files if file.found != WHOLE]
    if style is not Format.table or damaged:
        told = damaged if style is Format.table else files
        write_rows(VERIFIED_COLUMNS, [astuple(file) for file in told], style)
    if damaged:
        hurt = len({file.release for file in damaged})
        raise RefusedError(
            f"{len(damaged)} of {len(files)} files in {hurt} of {len(names)} release(s) are not as"
            " they were sealed"
        )
    if style is Format.table:
        say(f"All {len(files)} files of {len(names)} release(s) are as they were sealed.")


def _rows_of(
    release: "Release", past: "list[PublishedPeriod]", is_current: bool
) -> Iterator[tuple[Any, ...]]:
    """Write a release as one row for each time that it was current, or one without."""
    held = (release.run_date, len(release.tables), release.content_hash)
    mine = [period for period in past if period.release_id == release.release_id]
    for period in mine:
        now = is_current and period.until is None
        seen = (period.promotion.promoted, period.until, period.rolled_back)
        yield (release.release_id, now, *seen, *held)
    if not mine:
        yield (release.release_id, is_current, None, None, False, *held)


@app.command(cls=Command, epilog="Example: doelenboom rollback 20261123T023012Z-41734479")
def rollback(
    release: Annotated[
        str, typer.Argument(metavar="ID", help="The release to go to, as `releases` lists it.")
    ],
) -> None:
    """Let readers see an earlier release again, or a later one that was rolled back from.

    Its database is compared with what was sealed first. What was rolled back from is not
    published again until an input file or the commit changes.
    """
    settings = load_settings()
    with waiting("rolling back"):
        outcome = _roll_back(settings, release)
    now, before = outcome.now, outcome.before
    if not outcome.changed:
        say(f"Readers see release {now.release_id} already; nothing was changed.")
        return
    was = before.release_id if before else "no whole release"
    say(f"Readers see release {now.release_id} of {now.run_date} now, and saw {was} before.")
    if outcome.backward:
        say(f"{was} is not published again until an input file or the commit changes.")
    say(f"Database: {settings.published}")


def _roll_back(settings: "Settings", release_id: str) -> "Rollback":
    from doelenboom.lock import only_writer
    from doelenboom.publication.release.rollback import roll_back

    with only_writer(settings.state_dir):
        return roll_back(release_id, settings.published_dir, datetime.now(UTC))


@app.command(
    cls=Command,
    epilog="Example: doelenboom diff 20261123T023012Z-41734479 20261124T023009Z-6373c9ff",
)
def diff(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help="The earlier release, as `releases` lists it, or a date: what readers saw at its"
            " end, in Amsterdam.",
        ),
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The later release, or a date.")],
    *,
    table: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Compare this table only; once for each. Default: all."),
    ] = None,
    sources: Annotated[
        bool,
        typer.Option("--sources", help="Compare also the columns that say where a figure is from."),
    ] = False,
    limit: Annotated[
        int, typer.Option(min=1, help="How many differences to list, all tables together.")
    ] = 50,
    corrections: Annotated[
        bool,
        typer.Option(
            "--corrections",
            help="List in seeds/exceptions/corrections.csv what the earlier release had wrong.",
        ),
    ] = False,
    style: FormatOption = Format.table,
) -> None:
    """Show what changed between two releases and why: inputs, tables, rows by their key, cells.

    Of each table the differences in numbers come first, the largest first, then all others in
    key order. `built_from` names the changed inputs that a table is built from. As CSV and JSON
    the list of differences alone. With `--corrections` the figures that changed for a reason in
    seeds/exceptions/correction_rules.csv are listed beside it, and those without one are shown.
    """
    from doelenboom.publication.lineage.diff import compare_releases

    settings = load_settings()
    pair = _named(settings, old), _named(settings, new)
    if corrections:
        _list_corrections(settings, *pair, style)
        return
    with waiting("comparing"):
        found = compare_releases(
            *pair,
            tables=[name.removeprefix("marts.") for name in table or []],
            sources=sources,
            limit=limit,
            resources=duckdb_resources(settings),
        )
    if style is Format.table and found.inputs:
        write_rows(INPUT_COLUMNS, [astuple(change) for change in found.inputs], style)
    if style is Format.table and found.why:
        say(found.why)
    if style is Format.table and not found.tables:
        say("The releases hold the same rows.")
        return
    if style is Format.table:
        rows = [(*astuple(each)[:-1], _causes(each.causes)) for each in found.tables]
        write_rows(CHANGE_COLUMNS, rows, style)
    if found.differences or style is not Format.table:
        write_rows(DIFFERENCE_COLUMNS, [astuple(each) for each in found.differences], style)
    if found.more:
        say(f"{found.more} more differences: --limit shows more of them", err=True)


def _list_corrections(settings: "Settings", old: "Release", new: "Release", style: Format) -> None:
    """Write the corrections of the earlier release; show, and refuse, what has no reason."""
    from doelenboom.errors import RefusedError
    from doelenboom.publication.lineage.corrections import (
        RULES,
        find_corrections,
        write_corrections,
    )

    seeds = settings.project_dir / "seeds"
    with waiting("comparing"):
        found, unexplained = find_corrections(old, new, seeds, duckdb_resources(settings))
    if unexplained:
        write_rows(UNEXPLAINED_COLUMNS, [astuple(each) for each in unexplained], style)
        raise RefusedError(
            f"{sum(each.cells for each in unexplained)} cells changed for no reason in"
            f" {seeds / RULES}: give one for each table and column above"
        )
    path = write_corrections(found, seeds)
    say(f"{len(found)} figures of {old.release_id} are corrected: {path}")


def _causes(causes: tuple[str, ...]) -> str:
    more = f" and {len(causes) - CAUSES_SHOWN} more" if len(causes) > CAUSES_SHOWN else ""
    return ", ".join(causes[:CAUSES_SHOWN]) + more


def _named(settings: "Settings", words: str) -> "Release":
    """Find a release by its id or by a date or time."""
    dated = DATED.match(words) is not None
    return chosen_release(settings, None if dated else words, words if dated else None)
