"""`releases` and `diff`: what was published when, and what changed in between."""

from dataclasses import astuple
from typing import Annotated

import typer

from doelenboom.arguments import Command
from doelenboom.commands.options import FormatOption, duckdb_resources, load_settings
from doelenboom.terminal import Format, waiting, write_rows

CHANGE_COLUMNS = ("table", "added", "removed", "changed", "note")
DIFFERENCE_COLUMNS = ("table", "row_key", "column", "change", "old", "new")

app = typer.Typer()


@app.command(cls=Command, epilog="Example: doelenboom releases --format json")
def releases(style: FormatOption = Format.table) -> None:
    """List what was published when, the newest first, and which of it readers see now."""
    from doelenboom.publication.releases import current_release, list_releases

    settings = load_settings()
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

    settings = load_settings()
    with waiting("comparing"):
        pair = [find_release(settings.releases_dir, name) for name in (old, new)]
        found = compare_releases(
            *pair,
            tables=[name.removeprefix("marts.") for name in table or []],
            sources=sources,
            limit=limit,
            resources=duckdb_resources(settings),
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
