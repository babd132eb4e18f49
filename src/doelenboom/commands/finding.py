"""`tables`, `describe` and `find`: what there is to ask, and by which code."""

from dataclasses import astuple, fields
from typing import Annotated

import typer

from doelenboom.commands.arguments import Command
from doelenboom.commands.options import (
    FormatOption,
    chosen_release,
    duckdb_resources,
    load_settings,
)
from doelenboom.commands.terminal import ROWS_SHOWN, Format, say, write_rows

SHOWN_OF_COLUMNS = (0, 1, 3, 4, 2)
"""What a table shows of a column: its type last, which a narrow terminal can do without."""

app = typer.Typer()


@app.command(cls=Command, epilog="Example: doelenboom tables --format csv")
def tables(style: FormatOption = Format.table) -> None:
    """List the published tables: what each is, its rows and years, and what it answers.

    `describe` tells more of one; CSV and JSON have the example of each here too.
    """
    from doelenboom.publication.reading.catalogue import TableSummary, summaries

    settings = load_settings()
    listed = summaries(chosen_release(settings).database, resources=duckdb_resources(settings))
    if style is Format.table:
        rows = [
            (t.name, t.label, t.rows, _span(t.first_year, t.last_year), t.first_question)
            for t in listed
        ]
        write_rows(("table", "what", "rows", "years", "answers"), rows, style)
        say("\n`doelenboom describe TABLE` has columns, joins and an example of each.")
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
    from doelenboom.glossary import split_comment
    from doelenboom.publication.export.units import unit_of
    from doelenboom.publication.reading.catalogue import description

    settings = load_settings()
    told = description(
        chosen_release(settings).database, table, resources=duckdb_resources(settings)
    )
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
    say(f"marts.{told.table.name}: {label}\n{text}\n")
    places = [place for place in SHOWN_OF_COLUMNS if any(row[place] for row in rows)]
    shown = [[row[place] for place in places] for row in rows]
    write_rows([columns[place] for place in places], shown, style)
    if told.about.sums:
        say(f"\nSums: {told.about.sums}")
    if told.joins:
        say("\n".join(["", *told.joins]))
    if told.about.example:
        say(f"\n{told.about.first_question}\n{told.about.example}")
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

    if not word.strip():
        raise typer.BadParameter("it is empty: give a name or a part of it")
    settings = load_settings()
    rows = found(chosen_release(settings).database, word, resources=duckdb_resources(settings))
    first = rows[:ROWS_SHOWN] if style is Format.table else rows
    write_rows(("kind", "code", "name"), first, style)
    if len(first) < len(rows):
        say(f"… of {len(rows):,} (--format csv gives all)")
    if not rows:
        say("Nothing is called so.", err=True)


def _span(first: int | None, last: int | None) -> str:
    """Write the years of a table: nothing, one, or the first and the last."""
    years = [str(year) for year in (first, last) if year is not None]
    return "-".join(dict.fromkeys(years))
