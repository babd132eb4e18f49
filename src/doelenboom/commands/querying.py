"""`query` and `trace`: what is published, and the way one figure of it came."""

import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
from doelenboom.commands.terminal import (
    ROWS_SHOWN,
    Format,
    Look,
    waiting,
    write_answer,
    write_parquet,
    write_tree,
)
from doelenboom.errors import RefusedError
from doelenboom.row_text import Row

if TYPE_CHECKING:
    from doelenboom.publication.reading.reader import Reading

app = typer.Typer()


class FirstRows:
    """The first rows of an answer, at most so many; the first of them are computed at once.

    `count` says how many were given, `are_not_all` whether there are more.
    """

    def __init__(self, batches: Iterator[Sequence[Row]], most: int | None) -> None:
        self._batches = chain([next(batches, [])], batches)
        self._most = most
        self.count = 0
        self.are_not_all = False

    def __iter__(self) -> Iterator[Sequence[Row]]:
        for batch in self._batches:
            rows = batch if self._most is None else batch[: self._most - self.count]
            self.count += len(rows)
            if rows:
                yield rows
            if len(rows) < len(batch):
                self.are_not_all = True
                return


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
    limit: Annotated[
        int | None, typer.Option(min=0, help="Write at most so many rows, in any format.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help=f"Show all rows of a table, not the first {ROWS_SHOWN}.")
    ] = False,
    vertical: Annotated[
        bool, typer.Option("--vertical", help="Show each value of a table on a line of its own.")
    ] = False,
    numbers: Annotated[
        Numbers,
        typer.Option(help="Thousands in a table: 1234.5 plain, 1.234,5 as in Dutch, 1,234.5."),
    ] = Numbers.plain,
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
    from doelenboom.publication.reading.absent import why_empty
    from doelenboom.publication.reading.reader import reading

    statement = _statement(sql, file)
    settings = load_settings()
    resources = duckdb_resources(settings)
    chosen = chosen_release(settings, release, as_of)
    database = chosen.database if chosen else settings.published
    to_be_read = style is Format.table and limit is None and not every
    most = ROWS_SHOWN if to_be_read else limit
    with reading(database, resources) as published:
        if style is Format.parquet:
            write_parquet(published.record_batches(statement, most))
            return
        with waiting("querying"):
            answer = published.answer(statement)
            shown = FirstRows(answer.batches, most)
        write_answer(answer.columns, iter(shown), style, Look(vertical, numbers))
        if shown.are_not_all and to_be_read:
            sys.stdout.flush()
            typer.echo(f"… of {_rows_in_all(published, statement)} rows (--all)")
    if not shown.count and not shown.are_not_all:
        typer.echo("No rows.", err=True)
        for sentence in why_empty(database, statement, resources=resources):
            typer.echo(sentence, err=True)


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


def _rows_in_all(published: "Reading", statement: str) -> str:
    """Count the rows of a statement, where DuckDB can count them without giving them."""
    try:
        return f"{published.count(statement):,}"
    except RefusedError:
        return f"more than {ROWS_SHOWN}"


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
    from doelenboom.errors import NoRowError
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
