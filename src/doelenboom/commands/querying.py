"""`query` and `trace`: what is published, and the way one figure of it came."""

from typing import Annotated

import typer

from doelenboom.commands.arguments import Command, key_values
from doelenboom.commands.options import (
    AsOfOption,
    FormatOption,
    ReleaseOption,
    chosen_release,
    duckdb_resources,
    load_settings,
)
from doelenboom.commands.terminal import Format, waiting, write_rows, write_tree

app = typer.Typer()


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
    release: ReleaseOption = None,
    as_of: AsOfOption = None,
    style: FormatOption = Format.table,
) -> None:
    """Ask what is published, in SQL.

    The tables are in schema marts; `show all tables` lists them. With --release or --as-of the
    question is put to an earlier release. An answer without rows says what is not in of the
    municipalities and years that were asked for.
    """
    from doelenboom.publication.reading.absent import why_empty
    from doelenboom.publication.reading.reader import run_query

    settings = load_settings()
    with waiting("querying"):
        chosen = chosen_release(settings, release, as_of)
        database = chosen.database if chosen else settings.published
        result = run_query(database, sql, resources=duckdb_resources(settings))
    write_rows(result.columns, result.rows, style)
    if not result.rows:
        typer.echo("No rows.", err=True)
        for sentence in why_empty(database, sql, resources=duckdb_resources(settings)):
            typer.echo(sentence, err=True)


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
    *,
    depth: Annotated[
        int | None,
        typer.Option(min=1, help="Follow every input, lists too, so many levels deep."),
    ] = None,
    all_inputs: Annotated[
        bool, typer.Option("--all", help="List all inputs, not the first ten.")
    ] = False,
    release: ReleaseOption = None,
    as_of: AsOfOption = None,
) -> None:
    """Show how one published figure came: what it is made of, down to page, file and line.

    A figure that is made of a few others is followed to its sources; of a longer list the first
    ten are shown.
    """
    from doelenboom.errors import NoRowError, RefusedError
    from doelenboom.publication.lineage.trace import Extent, trace_figure
    from doelenboom.publication.reading.absent import why_empty
    from doelenboom.publication.reading.releases import current_release

    values = key_values(key)
    settings = load_settings()
    with waiting("tracing"):
        chosen = chosen_release(settings, release, as_of)
        traced = chosen or current_release(settings.published, settings.releases_dir)
        database = chosen.database if chosen else settings.published
        try:
            figure = trace_figure(
                database,
                table.removeprefix("marts."),
                column,
                values,
                file_hashes={file.path: file.sha256 for file in traced.inputs} if traced else {},
                data_dir=settings.data_dir,
                resources=duckdb_resources(settings),
                extent=Extent(depth, all_inputs),
            )
        except NoRowError as error:
            told = why_empty(database, " ".join(key), resources=duckdb_resources(settings))
            raise RefusedError(" ".join([f"{error}.", *told]) if told else str(error)) from error
    write_tree(figure)
