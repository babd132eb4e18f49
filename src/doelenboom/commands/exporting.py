"""`export`: tables of what is published as files for other tools."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from doelenboom.commands.arguments import Command, comma_separated
from doelenboom.commands.options import chosen_release, duckdb_resources, load_settings
from doelenboom.commands.parameters import (
    ClusterOption,
    MeasureOption,
    MunicipalityOption,
    PeerGroupOption,
    ReportOption,
    YearOption,
    parameters_given,
)
from doelenboom.commands.terminal import say, waiting

if TYPE_CHECKING:
    from doelenboom.settings import Settings

app = typer.Typer()


TablesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="TABLE",
        help="Tables of schema marts, with or without `marts.` before the name. Default: all.",
        show_default=False,
    ),
]
FormatsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        metavar="csv,parquet,xlsx",
        help="One or more, with commas between. Default: xlsx, a workbook that explains itself"
        " in Dutch.",
        show_default=False,
    ),
]
OutOption = Annotated[
    Path,
    typer.Option(
        metavar="DIR or FILE.xlsx",
        help="The folder for the files, or the one workbook to make; what has the same name is"
        " replaced.",
    ),
]


QuestionOption = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="A workbook of one question, as `ask` lists them."),
]


@app.command(
    cls=Command,
    epilog="Example: doelenboom export taakveld_spending dim_taakveld --out report.xlsx",
)
def export(
    table: TablesArgument = None,
    *,
    style: FormatsOption = None,
    out: OutOption = Path("export"),
    question: QuestionOption = None,
    municipality: MunicipalityOption = None,
    year: YearOption = None,
    report: ReportOption = None,
    cluster: ClusterOption = None,
    measure: MeasureOption = None,
    peer_group: PeerGroupOption = None,
) -> None:
    """Write published tables as files, with labels, units and sources.

    CSV and Parquet come with a datapackage.json that describes them. A workbook holds all tables
    that are named, a guide, and sheets with every column and every source; when none is named, the
    tables that are not too long, and it says where the others are. With --question a workbook holds
    the answer to one of the questions that `ask` lists, for the options that it takes.
    """
    from doelenboom.publication.export.table_files import FileFormat, export_tables

    formats = comma_separated(style or [FileFormat.xlsx], FileFormat)
    folder, workbook = _folder_and_workbook(out, formats)
    settings = load_settings()
    asked = {
        "municipality": municipality,
        "year": year,
        "report": report,
        "cluster": cluster,
        "measure": measure,
        "peer_group": peer_group,
    }
    if question is not None:
        if table or list(formats) != ["xlsx"]:
            raise typer.BadParameter(
                "--question makes one workbook: leave tables and other formats out, or take"
                f" `doelenboom ask {question} --format csv`"
            )
        say(_export_question(settings, question, asked, folder / (workbook or f"{question}.xlsx")))
        return
    if any(asked.values()):
        given = ", ".join(f"--{name.replace('_', '-')}" for name, value in asked.items() if value)
        raise typer.BadParameter(f"{given}: of which --question? `doelenboom ask` lists them")
    with waiting("exporting"):
        exported = export_tables(
            chosen_release(settings),
            [name.lower().removeprefix("marts.") for name in table or []],
            formats,
            folder,
            workbook=workbook,
            resources=duckdb_resources(settings),
        )
    for path in exported.files:
        say(path)
    for left in exported.left_out:
        say(
            f"not in the workbook: marts.{left.table}, {left.rows:,} rows, in\n  {left.parquet}\n"
            f"  {'as a workbook' if left.fits else 'a part that fits a sheet'}: {left.command}"
        )


def _export_question(settings: "Settings", name: str, asked: dict[str, Any], path: Path) -> Path:
    """Write the workbook of a question and return its path."""
    from doelenboom.publication.export.question_file import export_question
    from doelenboom.publication.reading.questions import question_called, values_for

    question, resources = question_called(name), duckdb_resources(settings)
    given = parameters_given(question, **asked)
    release = chosen_release(settings)
    values = values_for(question, given, database=release.database, resources=resources)
    with waiting("exporting"):
        return export_question(release, question, values, path, resources=resources)


def _folder_and_workbook(out: Path, formats: Sequence[str]) -> tuple[Path, str | None]:
    """Tell a folder from a workbook in one. Raises BadParameter for a file that is not made so."""
    if out.suffix.lower() == ".xlsx" and not out.is_dir():
        if list(formats) != ["xlsx"]:
            raise typer.BadParameter(
                f"--out {out} is one workbook and --format asks for {', '.join(formats)}: name a"
                " folder, or leave --format out"
            )
        return out.parent, out.name
    if out.suffix.lower() in (".csv", ".parquet") and not out.is_dir():
        raise typer.BadParameter(
            f"--out {out} is no folder: tables are written into one, each file named for its table"
        )
    return out, None
