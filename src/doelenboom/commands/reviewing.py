"""`review`: figures that were read from chapters, judged by a person; and deliveries taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from doelenboom.commands.arguments import Command, Group, key_values
from doelenboom.commands.options import FormatOption, load_settings
from doelenboom.commands.terminal import Format, say, waiting, write_rows

if TYPE_CHECKING:
    from doelenboom.settings import Settings

app = typer.Typer()
review_app = typer.Typer(
    cls=Group,
    help="Judge what was read from the chapters in the inbox.",
    epilog="Example: doelenboom review list",
    no_args_is_help=True,
)
app.add_typer(review_app, name="review")

ChapterArgument = Annotated[
    str,
    typer.Argument(
        metavar="CHAPTER", help="A chapter, as `review list` names it, or the end of its name."
    ),
]
ByOption = Annotated[
    str, typer.Option("--by", metavar="NAME", help="Who judges: a name or a function.")
]
ReasonOption = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help="Why, for whoever reads it later.")
]


@contextmanager
def _writing(settings: "Settings") -> Iterator[None]:
    """Write alone: a night under way reads what is written here."""
    from doelenboom.lock import only_writer

    with only_writer(settings.state_dir):
        yield


@review_app.command("list", cls=Command, epilog="Example: doelenboom review list")
def list_chapters(style: FormatOption = Format.table) -> None:
    """List the chapters that were read, with what is open in each.

    A night reads them: put a page below the inbox as GM0153/2018/page.html and run
    `doelenboom run`.
    """
    from doelenboom.ingestion.reviewed import reviewed_chapters
    from doelenboom.raw.vintages import MADE_HERE

    rows = [
        (
            chapter.name,
            chapter.programme["programme_code"],
            chapter.programme["programme_name"],
            sum(len(found) for name, found in chapter.rows.items() if name not in MADE_HERE),
            len(chapter.points),
            len(chapter.contradictions),
            chapter.state,
            chapter.judged_by,
        )
        for chapter in reviewed_chapters(load_settings())
    ]
    write_rows(
        ("chapter", "programme", "name", "rows", "points", "contradictions", "state", "by"),
        rows,
        style,
    )


@review_app.command(
    "show", cls=Command, epilog="Example: doelenboom review show GM0153/2018/page.html"
)
def show_chapter(
    chapter: ChapterArgument,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Where the page comes; default: state/review."),
    ] = None,
) -> None:
    """Write a page with the text of a chapter beside the figures that were read in it."""
    from doelenboom.ingestion.review_page import write_page
    from doelenboom.ingestion.reviewed import find_chapter

    settings = load_settings()
    with waiting("reading"):
        path = write_page(settings, find_chapter(settings, chapter), out)
    say(f"{path}")


@review_app.command(
    "accept",
    cls=Command,
    epilog="Example: doelenboom review accept GM0153/2018/page.html \\\n--by 'Controller Enschede'",
)
def accept_chapter(
    chapter: ChapterArgument,
    by: ByOption,
    on: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="When, as 2026-11-30; today.")
    ] = None,
    naming: Annotated[
        list[str] | None,
        typer.Option(
            "--naming",
            metavar="LINE",
            help="A line on which the chapter contradicts itself, and that is published so; once"
            " for each.",
        ),
    ] = None,
) -> None:
    """Accept the figures of a chapter; the next night publishes them."""
    from doelenboom.ingestion.reviewed import find_chapter
    from doelenboom.ingestion.reviewing import accept
    from doelenboom.raw.vintages import MADE_HERE

    settings = load_settings()
    day = _day(on)
    with _writing(settings):
        found = find_chapter(settings, chapter)
        kept = accept(settings, found, by, day, named=naming or ())
    rows = sum(table.rows for table in kept.manifest.tables if table.name not in MADE_HERE)
    say(f"{found.name}: {rows} rows accepted by {by}; the next `doelenboom run` publishes them")


@review_app.command(
    "correct",
    cls=Command,
    epilog="Example: doelenboom review correct GM0153/2018/page.html programme_finance \\\n"
    "source_line=428 actual_keur=198542 --reason 'De bladzijde drukt 198.542'",
)
def correct_chapter(
    chapter: ChapterArgument,
    table: Annotated[str, typer.Argument(metavar="TABLE", help="A table of the package.")],
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="KEY=VALUE... COLUMN=VALUE",
            help="What singles out one row, and last the cell that changes; nothing is an empty"
            " cell.",
        ),
    ],
    reason: ReasonOption,
    by: ByOption = "",
) -> None:
    """Correct one cell of what was read from a chapter; the chapter itself stays as it is."""
    from doelenboom.ingestion.reviewed import find_chapter
    from doelenboom.ingestion.reviewing import correct

    key, last = key_values(words[:-1]), key_values(words[-1:])
    [(column, value)] = last.items()
    settings = load_settings()
    with _writing(settings):
        found = find_chapter(settings, chapter)
        after = correct(
            settings, found, table, key, column=column, value=value, reason=reason, by=by
        )
    left = len(after.contradictions)
    say(f"{after.name}: {table}.{column} is {value or 'empty'}; {left} contradictions are open")


@review_app.command(
    "refuse",
    cls=Command,
    epilog="Example: doelenboom review refuse GM0153/2018/page.html \\\n--reason 'Verkeerd jaar'",
)
def refuse_chapter(chapter: ChapterArgument, reason: ReasonOption, by: ByOption = "") -> None:
    """Refuse a chapter: nothing of it is published."""
    from doelenboom.ingestion.reviewed import find_chapter
    from doelenboom.ingestion.reviewing import refuse

    settings = load_settings()
    with _writing(settings):
        found = find_chapter(settings, chapter)
        refuse(settings, found, reason, by)
    say(f"{found.name}: refused")


def _day(words: str | None) -> date | None:
    """Read a day that is not ahead. Raises BadParameter for another word."""
    if words is None:
        return None
    try:
        day = date.fromisoformat(words)
    except ValueError as error:
        raise typer.BadParameter(f"{words!r} is not a date, as 2026-11-30") from error
    if day > date.today():
        raise typer.BadParameter(f"{words} has not come yet")
    return day
