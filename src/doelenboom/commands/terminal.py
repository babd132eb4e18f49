"""How rows, trees and progress look on a terminal, and in a pipe.

Knows nothing of releases or figures. Progress goes to standard error, and only when standard
output is a terminal.
"""

import io
import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, islice
from typing import TYPE_CHECKING, Protocol

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from doelenboom.commands.layout import Columns, Numbers, fitting, folded, texts, upright, wrapped
from doelenboom.errors import RefusedError
from doelenboom.row_text import Row, csv_line, json_record, unique_names

if TYPE_CHECKING:
    import pyarrow as pa

UNWRAPPED = 100_000
"""Columns wide: wide enough that nothing is wrapped when the output is no terminal."""


ROWS_SHOWN = 40
"""Rows that a table shows unless more are asked for."""

GUIDE = 4
"""Cells of the lines of a tree, for each level."""

LABEL_AT_LEAST = 20
"""Cells of a label, however deep it stands."""

FEW_ROWS = 3
"""So many rows are shown upright where not all their columns fit."""


class Format(StrEnum):
    """How rows are written on standard output."""

    table = "table"
    csv = "csv"
    json = "json"
    jsonl = "jsonl"
    markdown = "markdown"
    parquet = "parquet"


@dataclass(frozen=True)
class Look:
    """How a table reads: one line per value where `vertical`, figures marked as `numbers` says.

    What is `paged` comes in the reader's pager where it is longer than the terminal. `widest` is
    the option that shows the columns that find no room.
    """

    vertical: bool = False
    numbers: Numbers = Numbers.plain
    paged: bool = False
    widest: str = ""


class TreeNode(Protocol):
    """A tree of labels: what it is, where in it, and what it came from."""

    @property
    def label(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def children(self) -> Sequence["TreeNode"]: ...


def say(text: object, *, err: bool = False) -> None:
    """Write sentences, broken at blanks where a terminal ends."""
    typer.echo(wrapped(str(text), (_errors() if err else _output()).width), err=err)


def write_rows(columns: Sequence[str], rows: Iterable[Row], style: Format) -> None:
    """Write rows in a format, as `write_answer` does."""
    write_answer(columns, iter([list(rows)]), style, Look())


def write_answer(
    columns: Sequence[str], batches: Iterator[Sequence[Row]], style: Format, look: Look
) -> None:
    """Write rows as they come: as a table, CSV, a JSON list, JSON lines, Markdown or Parquet.

    In CSV null is nothing and empty text `""`, in JSON a column name that comes back gets a
    number (`x`, `x_2`), and what is no number in JSON (NaN, infinity) is null. Raises
    `RefusedError` for Parquet on a terminal, which is no text.
    """
    match style:
        case Format.table:
            _write_table(columns, batches, look)
        case Format.csv:
            _write_lines(chain([columns], chain.from_iterable(batches)), csv_line)
        case Format.json:
            _write_json(columns, batches)
        case Format.jsonl:
            names = unique_names(columns)
            rows = chain.from_iterable(batches)
            _write_lines(rows, lambda row: f"{json_record(names, row)}\n")
        case Format.markdown:
            _write_markdown(columns, batches, look)
        case Format.parquet:
            import pyarrow as pa

            records = list(chain.from_iterable(batches))
            cells = zip(*records, strict=True) if records else ([] for _ in columns)
            table = pa.table([pa.array(list(each)) for each in cells], unique_names(columns))
            write_parquet(table.to_reader())


def write_parquet(batches: "pa.RecordBatchReader") -> None:
    """Write record batches as Parquet on standard output.

    Raises `RefusedError` on a terminal.
    """
    import pyarrow.parquet as pq

    if sys.stdout.isatty():
        raise RefusedError("Parquet is no text: send it to a file, as in `> rows.parquet`")
    with pq.ParquetWriter(sys.stdout.buffer, batches.schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)


def write_tree(root: TreeNode) -> None:
    """Write a tree, one node per line."""
    from rich.tree import Tree

    output = _output()

    def branch(node: TreeNode, width: int) -> Tree:
        lines = folded(f"{node.label}  {node.detail}".rstrip(), max(width, LABEL_AT_LEAST))
        tree = Tree(Text("\n".join(lines)))
        for child in node.children:
            tree.add(branch(child, width - GUIDE))
        return tree

    output.print(branch(root, output.width))


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
    return Console(file=sys.stderr, width=None if sys.stderr.isatty() else UNWRAPPED)


def _output() -> Console:
    return Console(width=None if sys.stdout.isatty() else UNWRAPPED)


def _write_table(columns: Sequence[str], batches: Iterator[Sequence[Row]], look: Look) -> None:
    """Write a table; in the reader's pager if asked, on a terminal that it does not fit."""
    lines = _table_lines(columns, batches, look)
    if not (look.paged and sys.stdout.isatty()):
        sys.stdout.writelines(lines)
        return
    first = list(islice(lines, _output().height))
    if len(first) < _output().height:
        sys.stdout.writelines(first)
        return
    import click

    click.echo_via_pager(chain(first, lines))


def _table_lines(
    columns: Sequence[str], batches: Iterator[Sequence[Row]], look: Look
) -> Iterator[str]:
    """Lay out a table that fits; upright if asked, and where few rows have no room for all."""
    output = _output()
    fitted: Columns | None = None
    written = 0
    begun = list(islice(batches, 2))
    for rows in chain(begun, batches):
        cells = texts(columns, rows, look.numbers)
        if fitted is None:
            fitted = fitting(columns, rows, cells, output.width, are_all=len(begun) == 1)
            few = len(rows) <= FEW_ROWS and bool(fitted.left_out or fitted.same)
            look = replace(look, vertical=look.vertical or few or not fitted.names)
        if look.vertical:
            for number, row in enumerate(cells, start=written + 1):
                text = "\n".join([f"-- {number}", *upright(columns, row, output.width)])
                yield from _drawn(output, Text(text))
        else:
            wider = not fitted.hold(rows, cells)
            fitted = fitting(columns, rows, cells, output.width) if wider else fitted
            yield from _drawn(output, fitted.table(cells, with_header=wider or not written))
        written += len(rows)
    if fitted is None:
        yield from _drawn(output, fitting(columns, [], [], output.width).table([]))
    elif not look.vertical:
        shows = f" ({look.widest})" if look.widest else ""
        for told, names, hint in (
            ("The same in these rows", fitted.same, ""),
            ("Too wide for this terminal", fitted.left_out, shows),
        ):
            sentence = f"{told}: {', '.join(names)}{hint}"
            yield from _drawn(output, Text(wrapped(sentence, output.width))) if names else ()


def _drawn(output: Console, shown: Table | Text) -> Iterator[str]:
    """Give the lines of what is shown, without the blanks at their ends."""
    with output.capture() as drawn:
        output.print(shown)
    for line in drawn.get().splitlines():
        yield f"{line.rstrip()}\n"


def _write_lines(rows: Iterable[Row], line: Callable[[Row], str]) -> None:
    for row in rows:
        sys.stdout.write(line(row))


def _write_json(columns: Sequence[str], batches: Iterator[Sequence[Row]]) -> None:
    names, begun = unique_names(columns), False
    for row in chain.from_iterable(batches):
        sys.stdout.write(f"{',' if begun else '['}\n  {json_record(names, row)}")
        begun = True
    sys.stdout.write("\n]\n" if begun else "[]\n")


def _write_markdown(columns: Sequence[str], batches: Iterator[Sequence[Row]], look: Look) -> None:
    first = next(batches, [])
    numeric = fitting(columns, first, [], UNWRAPPED).numeric
    sides = ["---:" if figures else "---" for figures in numeric]
    begun = [list(columns), sides, *texts(columns, first, look.numbers)]
    later = (row for rows in batches for row in texts(columns, rows, look.numbers))
    for cells in chain(begun, later):
        safe = (cell.replace("|", r"\|").replace("\n", "<br>") for cell in cells)
        sys.stdout.write(f"| {' | '.join(safe)} |\n")
