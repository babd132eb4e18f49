"""`extract`: chapters of annual accounts become the files of the accounts package."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from doelenboom.commands.arguments import Command
from doelenboom.commands.options import load_settings
from doelenboom.commands.terminal import Format, say, waiting, write_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doelenboom.sources.accounts.extraction.package.extract import ChapterOutcome

app = typer.Typer()


@app.command(
    cls=Command,
    epilog="Example: doelenboom extract chapter.html \\\n"
    "--municipality GM0153 --year 2018 --out extracted",
)
def extract(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            help="Chapters as text (UTF-8 or Windows-1252), HTML saved from a browser, or PDF.",
        ),
    ],
    municipality: Annotated[
        str, typer.Option(help="The municipality, by its name of that year or its code at CBS.")
    ],
    year: Annotated[int, typer.Option(min=1900, max=2100, help="The year of the accounts.")],
    out: Annotated[
        Path,
        typer.Option(
            metavar="DIR",
            help="Where the files come; those of an earlier extraction there are replaced.",
        ),
    ],
) -> None:
    """Read chapters of annual accounts into tidy CSV files, with what to check.

    Every figure is held against the sums of its table. What they leave open is left empty and
    stands in issues.csv; report.md is for the person who reviews.
    """
    from doelenboom.sources.accounts.extraction.package.extract import extract_files

    with waiting("reading"):
        chapters = extract_files(
            files, municipality, year, out, load_settings().project_dir / "seeds"
        )
    _show(chapters, out)


def _show(chapters: "Sequence[ChapterOutcome]", out: Path) -> None:
    rows = [
        (chapter.name, chapter.programme_code, table, count)
        for chapter in chapters
        for table, count in chapter.rows.items()
    ]
    write_rows(("file", "programme", "table", "rows"), rows, Format.table)
    for chapter in chapters:
        if chapter.differences is not None:
            count = chapter.differences
            verdict = (
                f"FAILED CHECK, {count} cells differ" if count else "no difference without a reason"
            )
            say(f"{chapter.name} beside the reviewed chapter: {verdict}")
    issues = sum(len(chapter.issues) for chapter in chapters)
    say(f"{issues} points to check: {out / 'report.md'}")
