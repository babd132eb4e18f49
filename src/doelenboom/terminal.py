"""How rows, trees and progress look on a terminal, and in a pipe.

Knows nothing of releases or figures. Progress goes to standard error, and only when standard
output is a terminal.
"""

import csv
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

import typer
from rich.console import Console

UNWRAPPED = 100_000
"""Columns wide: wide enough that nothing is wrapped when the output is no terminal."""

Row = Sequence[Any]


class Format(StrEnum):
    """How rows are written on standard output."""

    table = "table"
    csv = "csv"
    json = "json"


class Node(Protocol):
    """A tree of labels: what it is, where in it, and what it came from."""

    @property
    def label(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def children(self) -> Sequence["Node"]: ...


def write_rows(columns: Sequence[str], rows: Sequence[Row], style: Format) -> None:
    """Write rows as an aligned table, as CSV with null as nothing, or as a JSON list."""
    _WRITERS[style](columns, rows)


def write_tree(root: Node) -> None:
    """Write a tree, one node per line."""
    from rich.text import Text
    from rich.tree import Tree

    def branch(node: Node) -> Tree:
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
def waiting(what: str) -> Iterator[None]:
    """Show that something is under way."""
    if not sys.stdout.isatty():
        yield
        return
    with _errors().status(what):
        yield


def _errors() -> Console:
    return Console(stderr=True)


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
        table.add_row(*(Text(_as_text(value)) for value in row))
    _output().print(table)


def _write_csv(columns: Sequence[str], rows: Sequence[Row]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_as_text(value) for value in row] for row in rows)


def _write_json(columns: Sequence[str], rows: Sequence[Row]) -> None:
    records = [dict(zip(columns, row, strict=True)) for row in rows]
    typer.echo(json.dumps(records, ensure_ascii=False, indent=2, default=_as_json))


_WRITERS: Mapping[Format, Callable[[Sequence[str], Sequence[Row]], None]] = {
    Format.table: _write_table,
    Format.csv: _write_csv,
    Format.json: _write_json,
}


def _as_text(value: Any) -> str:
    """Write a value as ISO text; null is nothing."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _as_json(value: Any) -> Any:
    """Write what JSON has no word for: exact numbers as numbers, the rest as ISO text."""
    return float(value) if isinstance(value, Decimal) else str(value)
