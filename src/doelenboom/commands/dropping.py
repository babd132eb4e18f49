"""`inbox`: files that people drop, looked at before the night takes them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from doelenboom.commands.arguments import Command, Group
from doelenboom.commands.options import FormatOption, load_settings
from doelenboom.commands.terminal import Format, say, waiting, write_rows
from doelenboom.errors import RefusedError

if TYPE_CHECKING:
    from doelenboom.ingestion.checking import Checked

COLUMNS = ("file", "place", "table", "taken", "column", "value", "rule", "expected")

NOT_KNOWN = (
    "Only the night that takes them can tell whether programmes are known, and whether rows fit"
    " what else is known: other tables of the programme, and what CBS has."
)

CHAPTER = "a chapter, which is read at night and then reviewed"

app = typer.Typer()
inbox_app = typer.Typer(
    cls=Group,
    help="What is dropped in the inbox: look at it first, or start from a template.",
    epilog="Example: doelenboom inbox template indicators --out indicatoren.xlsx",
    no_args_is_help=True,
)
app.add_typer(inbox_app, name="inbox")


@inbox_app.command(
    cls=Command,
    epilog="Example: doelenboom inbox check kostentabel.xlsx --failures corrections",
)
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE", help="CSV files and workbooks. Default: the inbox."),
    ] = None,
    style: FormatOption = Format.table,
    failures: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Where to write, for each file with refused rows, a workbook of them to correct.",
        ),
    ] = None,
) -> None:
    """Say row by row what would be taken or refused, without loading; exit code 1 if any is.

    The kind of a file is known by its head, in Dutch or English. As a table only refused rows are
    listed; other formats list those that would be taken, too. Each file is looked at by itself:
    whether its rows fit what else is known is told by the night that takes them.
    """
    from doelenboom.ingestion.checking import check_files

    settings = load_settings()
    with waiting("reading"):
        found = check_files(settings, files or [])
    if not found:
        say(f"{settings.inbox_dir}: nothing lies there", err=True)
    rows = [row for checked in found for row in _rows(checked)]
    shown = [row for row in rows if not row[3]] if style is Format.table else rows
    if shown or style is not Format.table:
        write_rows(COLUMNS, shown, style)
    for checked in found:
        for sentence in _told(checked):
            say(sentence, err=bool(checked.refusal) or style is not Format.table)
    if any(checked.delivery and checked.delivery.tables for checked in found):
        say(NOT_KNOWN, err=style is not Format.table)
    if failures is not None:
        _write_failures(found, failures)
    if any(checked.is_refused for checked in found):
        raise typer.Exit(1)


@inbox_app.command(
    cls=Command,
    epilog="Example: doelenboom inbox template programme_finance --out kostentabel.xlsx",
)
def template(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="A table of the accounts package. Default: list."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The workbook to write. Default: NAME.xlsx here."),
    ] = None,
) -> None:
    """Write a workbook to fill in and drop in the inbox, or list which there are.

    It has Dutch heads, drop-downs for codes, a row that was published as an example, and a sheet
    that explains every column.
    """
    from doelenboom.sources.inbox.templates import template_names, write_template

    seeds = load_settings().project_dir / "seeds"
    if name is None:
        write_rows(("name", "title"), template_names(seeds), Format.table)
        return
    path = out or Path(f"{name}.xlsx")
    if path.suffix.lower() != ".xlsx":
        raise RefusedError(f"{path}: a template is a workbook, expected a name that ends in .xlsx")
    write_template(name, path, seeds)
    say(path)


def _rows(checked: "Checked") -> Iterator[tuple[object, ...]]:
    """Give a row for each row that would be taken, and for each fault of one that would not."""
    if checked.delivery is None:
        return
    for table in checked.delivery.tables:
        for row in table.rows:
            yield checked.name, row["source_line"], table.table, True, None, None, None, None
    for refused in checked.delivery.refused:
        place = f"{refused.sheet}!{refused.row}" if refused.sheet else str(refused.row or "")
        told = (refused.column, refused.value, refused.rule, refused.expected)
        yield checked.name, place, None, False, *told


def _told(checked: "Checked") -> Iterator[str]:
    """Sum up a file in sentences."""
    if checked.delivery is None:
        yield f"{checked.name}: {checked.refusal or CHAPTER}"
        return
    taken = [f"{len(table.rows)} of {table.table}" for table in checked.delivery.tables]
    refused = {(row.sheet, row.row) for row in checked.delivery.refused}
    yield (
        f"{checked.name}: {', '.join(taken) if taken else 'no rows'} would be taken,"
        f" {len(refused)} refused"
    )
    for note in checked.delivery.notes:
        yield f"{checked.name}: {note}"


def _write_failures(found: Sequence["Checked"], folder: Path) -> None:
    from doelenboom.sources.inbox.failures import write_failures

    folder.mkdir(parents=True, exist_ok=True)
    for checked in found:
        if checked.delivery is not None and checked.delivery.refused:
            path = folder / f"{Path(checked.delivery.name).stem}_geweigerd.xlsx"
            write_failures(checked.delivery, path)
            say(path)


@inbox_app.command(
    "withdraw", cls=Command, epilog="Example: doelenboom inbox withdraw cijfers.xlsx"
)
def withdraw_file(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="The name of a file that was taken in.")
    ],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why, for whoever reads it later.")
    ] = "",
) -> None:
    """Take a delivery back: what it replaced is published again by the next night."""
    from doelenboom.ingestion.withdrawing import withdraw
    from doelenboom.lock import only_writer

    settings = load_settings()
    with only_writer(settings.state_dir):
        gone, earlier = withdraw(settings, file, reason)
    again = (
        f"its delivery of {earlier.manifest.acceptance.on} counts again"
        if earlier
        else "what it replaced counts again"
    )
    say(f"{gone.manifest.name}: withdrawn; {again}, from the next `doelenboom run` on")
