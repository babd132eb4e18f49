"""How an answer is shown: so many rows as fit a reader, in any format, and why there are none."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from doelenboom.commands.layout import Numbers
from doelenboom.commands.terminal import (
    ROWS_SHOWN,
    Format,
    Look,
    say,
    waiting,
    write_answer,
    write_parquet,
)
from doelenboom.errors import RefusedError
from doelenboom.row_text import Row

if TYPE_CHECKING:
    from doelenboom.publication.reading.reader import Reading
    from doelenboom.storage.resources import DuckDBResources

LimitOption = Annotated[
    int | None, typer.Option(min=0, help="Write at most so many rows, in any format.")
]
EveryOption = Annotated[
    bool,
    typer.Option(
        "--all", help=f"Show all rows of a table, not the first {ROWS_SHOWN}; in a pager if long."
    ),
]
VerticalOption = Annotated[
    bool, typer.Option("--vertical", help="Show each value of a table on a line of its own.")
]
NumbersOption = Annotated[
    Numbers, typer.Option(help="Thousands in a table: 1234.5 plain, 1.234,5 as in Dutch, 1,234.5.")
]


@dataclass(frozen=True)
class Asked:
    """A statement with its parameters, and the words that say which municipalities it is about."""

    sql: str
    about: str
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """How many rows are written: at most `limit`, or of a table the first unless `every`."""

    limit: int | None
    every: bool


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


def show_answer(
    database: Path,
    asked: Asked,
    *,
    resources: "DuckDBResources",
    extent: Shown,
    style: Format,
    look: Look,
) -> None:
    """Put a statement to a database and write its rows.

    An answer without rows says on standard error what is not in. Raises as `reading` does.
    """
    from doelenboom.publication.reading.absent import why_empty
    from doelenboom.publication.reading.reader import reading

    to_be_read = style is Format.table and extent.limit is None and not extent.every
    most = ROWS_SHOWN if to_be_read else extent.limit
    with reading(database, resources) as published:
        if style is Format.parquet:
            write_parquet(published.record_batches(asked.sql, asked.parameters, most))
            return
        with waiting("querying"):
            answer = published.answer(asked.sql, asked.parameters)
            shown = FirstRows(answer.batches, most)
        write_answer(answer.columns, iter(shown), style, replace(look, widest="--vertical"))
        if shown.are_not_all and to_be_read:
            sys.stdout.flush()
            say(f"… of {_rows_in_all(published, asked)} rows (--all)")
    if not shown.count and not shown.are_not_all:
        say("No rows.", err=True)
        for sentence in why_empty(database, asked.about, resources=resources):
            say(sentence, err=True)


def _rows_in_all(published: "Reading", asked: Asked) -> str:
    """Count the rows of a statement, where DuckDB can count them without giving them."""
    try:
        return f"{published.count(asked.sql, asked.parameters):,}"
    except RefusedError:
        return f"more than {ROWS_SHOWN}"
