"""`tables`, `describe` and `find`: what there is to ask, and by which code."""

from dataclasses import astuple, fields
from typing import Annotated

import typer

from doelenboom.commands.arguments import Command
from doelenboom.commands.options import FormatOption, duckdb_resources, load_settings
from doelenboom.commands.terminal import ROWS_SHOWN, Format, write_rows

app = typer.Typer()


@app.command(cls=Command, epilog="Example: doelenboom tables --format csv")
def tables(style: FormatOption = Format.table) -> None:
    """List the published tables: what each is, its rows and years.

    `describe` tells more of one.
    """
    from doelenboom.publication.reading.catalogue import TableSummary, summaries

    settings = load_settings()
    listed = summaries(settings.published, resources=duckdb_resources(settings))
    if style is Format.table:
        rows = [(t.name, t.label, t.rows, _span(t.first_year, t.last_year)) for t in listed]
        write_rows(("table", "what", "rows", "years"), rows, style)
    else:
        write_rows([field.name for field in fields(TableSummary)], map(astuple, listed), style)


@app.command(cls=Command, epilog="Example: doelenboom describe cluster_spending")
def describe(
    table: Annotated[
        str,
        typer.Argument(
            metavar="TABLE",
            help="A table of schema marts, with or without `marts.` before its name.",
        ),
    ],
    style: FormatOption = Format.table,
) -> None:
    """Describe a table: its columns with label and unit, its key, joins and some rows."""
    from doelenboom.publication.export.units import unit_of
    from doelenboom.publication.reading.catalogue import description
    from doelenboom.storage.tables import split_comment

    settings = load_settings()
    told = description(settings.published, table, resources=duckdb_resources(settings))
    names = [column.name for column in told.table.columns]
    rows = [
        (
            column.name,
            "key" if column.name in told.table.key else "",
            column.type,
            split_comment(column.comment)[0],
            unit_of(column.name, names),
            split_comment(column.comment)[1],
        )
        for column in told.table.columns
    ]
    columns = ("column", "key", "type", "label", "unit", "description")
    if style is not Format.table:
        write_rows(columns, rows, style)
        return
    label, text = split_comment(told.table.comment)
    typer.echo(f"marts.{told.table.name}: {label}\n{text}\n")
    write_rows(columns[:-1], [row[:-1] for row in rows], style)
    if told.joins:
        typer.echo("\n".join(["", *told.joins]))
    if told.rows:
        typer.echo()
        write_rows(names, told.rows, style)


@app.command(cls=Command, epilog="Example: doelenboom find jeugd")
def find(
    word: Annotated[
        str,
        typer.Argument(metavar="WORD", help="A name or a part of it; accents and case are free."),
    ],
    style: FormatOption = Format.table,
) -> None:
    """Find the code of a municipality, cluster, measure, taakveld, programme, group or column."""
    from doelenboom.publication.reading.catalogue import found

    settings = load_settings()
    rows = found(settings.published, word, resources=duckdb_resources(settings))
    first = rows[:ROWS_SHOWN] if style is Format.table else rows
    write_rows(("kind", "code", "name"), first, style)
    if len(first) < len(rows):
        typer.echo(f"… of {len(rows):,} (--format csv gives all)")
    if not rows:
        typer.echo("Nothing is called so.", err=True)


def _span(first: int | None, last: int | None) -> str:
    """Write the years of a table: nothing, one, or the first and the last."""
    years = [str(year) for year in (first, last) if year is not None]
    return "-".join(dict.fromkeys(years))
