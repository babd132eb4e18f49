"""The command line: one command per arrow; parse arguments, call one function, set the exit code.

No rule about a figure lives here, and no layout (`terminal`). The only module of the package
that starts orchestration, inside `run` and `fetch`; what is slow to import is imported inside
its command.
"""

import atexit
import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated

import typer
from typer.exceptions import TyperException

from doelenboom.arguments import Command, key_values, years_between
from doelenboom.errors import DoelenboomError, RefusedError
from doelenboom.sources.cbs.datasets import DATASETS
from doelenboom.terminal import (
    Format,
    own_words_only,
    rows_shown,
    steps_shown,
    waiting,
    write_rows,
    write_tree,
)

if TYPE_CHECKING:
    from doelenboom.publication.resources import DuckDBResources
    from doelenboom.settings import Settings
    from doelenboom.sources.cbs.declaring import Dataset
    from orchestration.refresh import TableNews  # noqa: TID251 (see `fetch`)
    from orchestration.run import NightOutcome  # noqa: TID251 (see `run`)

FAILED = 1
USAGE = 2
TYPER_INTERRUPTED = 130
"""What Typer returns in the place of a KeyboardInterrupt."""

INTERRUPTED = "interrupted; what is published is untouched"

DATASET_NAMES = tuple(dataset.name for dataset in DATASETS)
CHANGE_COLUMNS = ("table", "added", "removed", "changed", "note")
DIFFERENCE_COLUMNS = ("table", "row_key", "column", "change", "old", "new")
CHECK_COUNTS = "select status, count(*) from marts.data_quality group by all order by all"
NIGHT_STEPS = (
    "parse",
    "sources__cbs",
    "sources__inputs",
    "accounts_package",
    "raw_cbs",
    "dbt_models",
    "publication__candidate",
    "checks__check_results",
    "dbt_data_quality",
    "publication__release",
)

app = typer.Typer(
    name="doelenboom",
    help="An open data warehouse for Dutch municipalities: what did we want, do, and pay. "
    "Start with `run`, then ask with `query`.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
fetch_app = typer.Typer(
    help="Bring in data from outside.",
    epilog="Example: doelenboom fetch cbs --dataset iv3",
    no_args_is_help=True,
)
app.add_typer(fetch_app, name="fetch")


FormatOption = Annotated[
    Format,
    typer.Option(
        "--format", help="How rows are written: to read, for a spreadsheet, for a program."
    ),
]


def main() -> None:
    """Run the command of this process and end it with the exit code of the contract."""
    atexit.register(_mute)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    code = execute(sys.argv[1:])
    if code and threading.active_count() > 1:
        _leave_at_once(code)
    sys.exit(code)


def _leave_at_once(code: int) -> None:
    """End without waiting for threads: one may wait minutes for an answer nobody needs now."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _mute() -> None:
    """Send what comes after the last word to nowhere.

    DuckDB 2.0's binding writes a page about references it kept while the interpreter ends.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def execute(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; an error is one sentence on standard error."""
    debug = "--debug" in arguments
    words = [word for word in arguments if word != "--debug"]
    logging.raiseExceptions = debug  # a log that cannot be written is no news of its own
    try:
        code = app(words, prog_name="doelenboom", standalone_mode=False)
        if code == TYPER_INTERRUPTED:
            raise KeyboardInterrupt
    except (Exception, KeyboardInterrupt) as error:
        if debug:
            traceback.print_exc()
        sentence, code = _verdict(error)
        if sentence:
            sys.stderr.write(f"doelenboom: {sentence}\n")
    return int(code or 0)


def _verdict(error: BaseException) -> tuple[str, int]:
    """Put any error in one sentence, with the exit code that the contract gives it."""
    match error:
        case DoelenboomError():
            return str(error), error.exit_code
        case TyperException():
            sentence = " ".join(error.format_message().split())
            return sentence.replace(": Value error, ", ": "), USAGE
        case typer.Abort() | KeyboardInterrupt():
            return INTERRUPTED, FAILED
        case _:
            return _reason(error), FAILED


def _reason(error: BaseException) -> str:
    """Put an error that is not ours in one sentence."""
    from doelenboom.faults import reason_of

    try:
        return str(reason_of(error, _settings().data_dir))
    except DoelenboomError as unusable:
        return str(unusable)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"doelenboom {version('doelenboom')}")
        raise typer.Exit


@app.callback(epilog="Example: doelenboom run")
def options(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Say which version this is."
        ),
    ] = False,
    _debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error, with any command.")
    ] = False,
) -> None:
    """Take the options that every command has; `execute` has read `--debug` already."""


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
        typer.Option("--full", help="Build everything and publish, also when nothing changed."),
    ] = False,
) -> None:
    """Run the nightly job in this process: check the sources, build, prove, publish.

    What is published changes in one step at the very end, or not at all. Inputs that did not
    change since the last release publish nothing.
    """
    settings = _settings()
    outcome = _run_night(settings, full=full, refresh=refresh)
    if outcome.published:
        typer.echo(f"Published release {outcome.release_id}")
    else:
        typer.echo(f"Nothing changed since release {outcome.release_id}; nothing was published.")
    typer.echo(f"Database: {settings.published}")
    with suppress(KeyboardInterrupt):  # published is published
        for line in _night_report(settings) if outcome.published else ():
            typer.echo(line)
        for sentence in outcome.stale:
            typer.echo(f"Stale: {sentence}")


@fetch_app.command(
    "cbs",
    cls=Command,
    epilog="Example: doelenboom fetch cbs --dataset iv3 --years 2017-2025",
)
def fetch_cbs(
    dataset: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help=f"What to fetch, once for each: {', '.join(DATASET_NAMES)}. Default: all.",
        ),
    ] = None,
    years: Annotated[
        str | None,
        typer.Option(
            metavar="YEARS",
            help="A year or a range, 2018 or 2017-2025, of the tables that hold one year each"
            " (iv3, areas, key_figures). Others are fetched whole. Default: all declared years.",
        ),
    ] = None,
    accept_shrunken: Annotated[
        bool,
        typer.Option(
            "--accept-shrunken",
            help="Land a table also when it has lost rows or columns since it was last landed.",
        ),
    ] = False,
    style: FormatOption = Format.table,
) -> None:
    """Land tables of CBS, as sent: only what changed, and from where an earlier fetch stopped.

    A table lands as a whole or not at all. What the catalog does not list is `absent`. The next
    `run` builds with what is landed.
    """
    wanted = _datasets(dataset or [])
    news = _fetch_cbs(_settings(), wanted, years_between(years), accept_shrunken)
    rows = [(item.dataset, item.year, item.table, item.outcome, item.rows) for item in news]
    write_rows(("dataset", "year", "table", "outcome", "rows"), rows, style)
    failures = [item.failure for item in news if item.failure]
    if failures:
        rest = f" ({len(failures) - 1} more failed)" if len(failures) > 1 else ""
        raise RefusedError(f"{failures[0]}{rest}")


@app.command(
    cls=Command,
    epilog='Example: doelenboom query "from marts.programme_results" --format csv',
)
def query(
    sql: Annotated[
        str,
        typer.Argument(
            metavar="SQL",
            help="One statement in DuckDB's SQL, between quotes. It can only read.",
        ),
    ],
    style: FormatOption = Format.table,
) -> None:
    """Ask what is published, in SQL.

    The tables are in schema marts; `show all tables` lists them.
    """
    from doelenboom.publication.reader import run_query

    settings = _settings()
    with waiting("querying"):
        result = run_query(settings.published, sql, resources=_duckdb(settings))
    write_rows(result.columns, result.rows, style)


@app.command(cls=Command, epilog="Example: doelenboom releases --format json")
def releases(style: FormatOption = Format.table) -> None:
    """List what was published when, the newest first, and which of it readers see now."""
    from doelenboom.publication.releases import current_release, list_releases

    settings = _settings()
    current = current_release(settings.published, settings.releases_dir)
    now = current.release_id if current else None
    rows = [
        (r.release_id, r.run_date, len(r.tables), r.content_hash, r.release_id == now)
        for r in list_releases(settings.releases_dir)
    ]
    write_rows(("release", "run_date", "tables", "content_hash", "current"), rows, style)


@app.command(
    cls=Command,
    epilog="Example: doelenboom diff 20261123T023012Z-41734479 20261124T023009Z-6373c9ff",
)
def diff(
    old: Annotated[
        str, typer.Argument(metavar="ID", help="The earlier release, as `releases` lists it.")
    ],
    new: Annotated[str, typer.Argument(metavar="ID", help="The later release.")],
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
    style: FormatOption = Format.table,
) -> None:
    """Show what changed between two releases: tables, rows by their key, and cells.

    As CSV and JSON the list of differences alone.
    """
    from doelenboom.publication.diff import compare_releases
    from doelenboom.publication.releases import find_release

    settings = _settings()
    with waiting("comparing"):
        pair = [find_release(settings.releases_dir, name) for name in (old, new)]
        found = compare_releases(
            *pair,
            tables=[name.removeprefix("marts.") for name in table or []],
            sources=sources,
            limit=limit,
            resources=_duckdb(settings),
        )
    if style is Format.table and not found.tables:
        typer.echo("The releases hold the same rows.")
        return
    if style is Format.table:
        write_rows(CHANGE_COLUMNS, [astuple(change) for change in found.tables], style)
    if found.differences or style is not Format.table:
        write_rows(DIFFERENCE_COLUMNS, [astuple(each) for each in found.differences], style)
    if found.more:
        typer.echo(f"{found.more} more differences: --limit shows more of them", err=True)


@app.command(
    cls=Command,
    epilog="Example: doelenboom trace programme_results \\\n"
    "net_cost_after_reserves_actual_keur municipality_code=GM0153 \\\n"
    "fiscal_year=2018 programme_code=2.1",
)
def trace(
    table: Annotated[
        str,
        typer.Argument(
            metavar="TABLE",
            help="A table of schema marts, with or without `marts.` before its name.",
        ),
    ],
    column: Annotated[
        str, typer.Argument(metavar="COLUMN", help="The column that holds the figure.")
    ],
    key: Annotated[
        list[str],
        typer.Argument(metavar="KEY=VALUE", help="Columns and values that single out its row."),
    ],
) -> None:
    """Show the way one published figure came: mart, staging, source file and line."""
    from doelenboom.publication.releases import current_release
    from doelenboom.publication.trace import trace_figure

    values = key_values(key)
    settings = _settings()
    with waiting("tracing"):
        current = current_release(settings.published, settings.releases_dir)
        figure = trace_figure(
            settings.published,
            table.removeprefix("marts."),
            column,
            values,
            file_hashes={file.path: file.sha256 for file in current.inputs} if current else {},
            data_dir=settings.data_dir,
            resources=_duckdb(settings),
        )
    write_tree(figure)


def _settings() -> "Settings":
    from doelenboom.settings import load_settings

    return load_settings()


def _run_night(settings: "Settings", full: bool, refresh: bool) -> "NightOutcome":
    from orchestration.run import run_night  # noqa: TID251 (the way of `run`)

    with steps_shown(NIGHT_STEPS) as on_step, own_words_only():
        return run_night(settings, full=full, refresh=refresh, on_step=on_step)


def _datasets(names: Sequence[str]) -> "list[Dataset]":
    for name in names:
        if name not in DATASET_NAMES:
            expected = ", ".join(DATASET_NAMES)
            raise typer.BadParameter(f"there is no dataset {name!r}, expected one of {expected}")
    return [dataset for dataset in DATASETS if dataset.name in (names or DATASET_NAMES)]


def _fetch_cbs(
    settings: "Settings", datasets: "list[Dataset]", years: range, accept_shrunken: bool
) -> "list[TableNews]":
    from orchestration.refresh import fetch_cbs  # noqa: TID251 (the way of `fetch`)

    with rows_shown("fetching") as on_rows:
        return fetch_cbs(
            settings, datasets, years, accept_shrunken=accept_shrunken, on_rows=on_rows
        )


def _duckdb(settings: "Settings") -> "DuckDBResources":
    from doelenboom.publication.resources import DuckDBResources

    return DuckDBResources(settings.memory_limit, settings.threads, settings.effective_spill_dir)


def _night_report(settings: "Settings") -> Iterator[str]:
    """Say what the release holds: its checks, and the headline figures."""
    from doelenboom.publication.headlines import headline_lines
    from doelenboom.publication.reader import run_query

    counts = run_query(settings.published, CHECK_COUNTS, resources=_duckdb(settings))
    yield "Checks: " + ", ".join(f"{count} {status}" for status, count in counts.rows)
    yield from headline_lines(settings.published)
