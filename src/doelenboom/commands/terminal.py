"""How rows, trees and progress look on a terminal, and in a pipe.

Knows nothing of releases or figures. Progress goes to standard error, and only when standard
output is a terminal.
"""

import io
import logging
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr
from enum import StrEnum
from typing import Protocol

from rich.console import Console

from doelenboom.row_text import Row, as_text, csv_line, json_record, unique_names

UNWRAPPED = 100_000
"""Columns wide: wide enough that nothing is wrapped when the output is no terminal."""


class Format(StrEnum):
    """How rows are written on standard output."""

    table = "table"
    csv = "csv"
    json = "json"


class TreeNode(Protocol):
    """A tree of labels: what it is, where in it, and what it came from."""

    @property
    def label(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def children(self) -> Sequence["TreeNode"]: ...


def write_rows(columns: Sequence[str], rows: Sequence[Row], style: Format) -> None:
    """Write rows as an aligned table, as CSV, or as a JSON list of objects.

    In CSV null is nothing and empty text `""`, in JSON a column name that comes back gets a
    number (`x`, `x_2`), and what is no number in JSON (NaN, infinity) is null.
    """
    _WRITERS[style](columns, rows)


def write_tree(root: TreeNode) -> None:
    """Write a tree, one node per line."""
    from rich.text import Text
    from rich.tree import Tree

    def branch(node: TreeNode) -> Tree:
        tree = Tree(Text(f"{node.label}  {node.detail}".rstrip()))
        for child in node.children:
            tree.add(branch(child))
        return tree

    _output().print(branch(root))


@contextmanager
def steps_shown(steps: Sequence[str]) -> Iterator[Callable[[str], None]]:
    """Give what is called with the name of each step as it starts, to move a bar along."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    hidden = not sys.stdout.isatty()
    with Progress(*columns, console=_errors(), transient=True, disable=hidden) as bar:
        task = bar.add_task("starting", total=len(steps))

        def on_step(step: str) -> None:
            done = steps.index(step) if step in steps else None
            bar.update(task, description=step.replace("_", " "), completed=done)

        yield on_step


@contextmanager
def rows_shown(what: str) -> Iterator[Callable[[str, int], None]]:
    """Give what is called with a table's name and a number of rows, to count them on a line."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    hidden = not sys.stdout.isatty()
    with Progress(*columns, console=_errors(), transient=True, disable=hidden) as bar:
        task = bar.add_task(what, total=None)

        def on_rows(table: str, rows: int) -> None:
            bar.update(task, advance=rows)
            count = bar.tasks[task].completed
            bar.update(task, description=f"{what} {table}: {count:,.0f} rows in all")

        yield on_rows


@contextmanager
def own_words_only() -> Iterator[None]:
    """Keep what libraries say of themselves off standard error.

    Not so where faults of logging are shown as well (`logging.raiseExceptions`): somebody is
    looking for one.
    """
    if logging.raiseExceptions:
        yield
        return
    with redirect_stderr(io.StringIO()):
        yield


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show that something is under way."""
    if not sys.stdout.isatty():
        yield
        return
    with _errors().status(what):
        yield


def _errors() -> Console:
    return Console(file=sys.stderr)


def _output() -> Console:
    return Console(width=None if sys.stdout.isatty() else UNWRAPPED)


def _write_table(columns: Sequence[str], rows: Sequence[Row]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE)
    for column in columns:
        table.add_column(Text(column))
    for row in rows:
        table.add_row(*(Text(as_text(value)) for value in row))
    _output().print(table)


def _write_csv(columns: Sequence[str], rows: Sequence[Row]) -> None:
    for row in (columns, *rows):
        sys.stdout.write(csv_line(row))


def _write_json(columns: Sequence[str], rows: Sequence[Row]) -> None:
    names = unique_names(columns)
    text = ",\n".join(f"  {json_record(names, row)}" for row in rows)
    sys.stdout.write(f"[\n{text}\n]\n" if text else "[]\n")


_WRITERS: Mapping[Format, Callable[[Sequence[str], Sequence[Row]], None]] = {
    Format.table: _write_table,
    Format.csv: _write_csv,
    Format.json: _write_json,
}
