"""`query` and `trace`: what is published, and the way one figure of it came."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from doelenboom.commands.answering import (
    Asked,
    EveryOption,
    LimitOption,
    NumbersOption,
    Shown,
    VerticalOption,
    show_answer,
)
from doelenboom.commands.arguments import Command, key_values
from doelenboom.commands.layout import Numbers
from doelenboom.commands.options import (
    AsOfOption,
    FormatOption,
    ReleaseOption,
    chosen_release,
    duckdb_resources,
    load_settings,
)
from doelenboom.commands.terminal import Format, Look, waiting, write_tree
from doelenboom.errors import RefusedError

app = typer.Typer()


@app.command(
    cls=Command,
    epilog='Example: doelenboom query "from marts.programme_results" --format csv',
)
def query(
    sql: Annotated[
        str | None,
        typer.Argument(
            metavar="SQL",
            help="One statement in DuckDB's SQL, between quotes; it can only read. Without it, or"
            " as -, it is read from standard input.",
        ),
    ] = None,
    *,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="PATH", help="A file with the statement, in its place."),
    ] = None,
    limit: LimitOption = None,
    every: EveryOption = False,
    vertical: VerticalOption = False,
    numbers: NumbersOption = Numbers.plain,
    release: ReleaseOption = None,
    as_of: AsOfOption = None,
    style: FormatOption = Format.table,
) -> None:
    """Ask what is published, in SQL.

    The tables are in schema marts; `show tables` lists them. With --release or --as-of the
    question is put to an earlier release. A figure is never cut: what finds no room is named below
    the table. An answer without rows says what is not in of the municipalities and years that
    were asked for.
    """
    statement = _statement(sql, file)
    settings = load_settings()
    show_answer(
        chosen_release(settings, release, as_of).database,
        Asked(statement, about=statement),
        resources=duckdb_resources(settings),
        extent=Shown(limit, every),
        style=style,
        look=Look(vertical, numbers, paged=every),
    )


def _statement(sql: str | None, file: Path | None) -> str:
    """Take the statement from its one place. Raises BadParameter when there are two, or none."""
    if file is not None and sql is not None:
        raise typer.BadParameter("a statement and --file both say what to ask: give one")
    if file is not None:
        from doelenboom.storage.files import refusing

        with refusing(f"{file} cannot be read"):
            return file.read_text(encoding="utf-8")
    piped = sql == "-" or (sql is None and not sys.stdin.isatty())
    statement = sys.stdin.read() if piped else sql
    if not statement or not statement.strip():
        raise typer.BadParameter("what to ask? Give a statement, --file, or standard input")
    return statement


@app.command(
    cls=Command,
    epilog="Example: doelenboom trace programme_results \\\n"
    "net_cost_after_reserves_actual_keur \\\n"
    "municipality_code=GM0153 fiscal_year=2018 programme_code=2.1",
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
        typer.Argument(
            metavar="KEY=VALUE",
            help="Columns and values that single out its row; a name will do for a code.",
        ),
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
    from doelenboom.errors import NoRowError
    from doelenboom.publication.lineage.trace import Extent, trace_figure
    from doelenboom.publication.reading.absent import why_empty
    from doelenboom.publication.reading.names import codes_of_key
    from doelenboom.publication.reading.reader import opened

    words = key_values(key)
    settings = load_settings()
    resources = duckdb_resources(settings)
    with waiting("tracing"):
        chosen = chosen_release(settings, release, as_of)
        with opened(chosen.database, resources) as published:
            values = codes_of_key(published, words)
        try:
            figure = trace_figure(
                chosen.database,
                table.removeprefix("marts."),
                column,
                values,
                file_hashes={file.path: file.sha256 for file in chosen.inputs},
                data_dir=settings.data_dir,
                resources=resources,
                extent=Extent(depth, all_inputs),
            )
        except NoRowError as error:
            asked = " ".join(f"{name}={value}" for name, value in values.items())
            told = why_empty(chosen.database, asked, resources=resources)
            raise RefusedError(" ".join([f"{error}.", *told]) if told else str(error)) from error
    write_tree(figure)
