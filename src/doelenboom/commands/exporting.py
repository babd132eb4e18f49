"""`export`: tables of what is published as files for other tools."""

from pathlib import Path
from typing import Annotated

import typer

from doelenboom.commands.arguments import Command, comma_separated
from doelenboom.commands.options import duckdb_resources, load_settings
from doelenboom.commands.terminal import waiting

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
FolderOption = Annotated[
    Path,
    typer.Option(
        metavar="DIR", help="The folder for the files; those of the same name are replaced."
    ),
]


@app.command(
    cls=Command,
    epilog="Example: doelenboom export taakveld_spending dim_taakveld --format xlsx,csv",
)
def export(
    table: TablesArgument = None,
    *,
    style: FormatsOption = None,
    out: FolderOption = Path("export"),
) -> None:
    """Write published tables as files, with labels, units and sources.

    CSV and Parquet come with a datapackage.json that describes them. A workbook holds all tables
    that are named, a guide, and sheets with every column and every source.
    """
    from doelenboom.publication.export.table_files import FileFormat, export_tables
    from doelenboom.publication.reading.releases import published_release

    formats = comma_separated(style or [FileFormat.xlsx], FileFormat)
    settings = load_settings()
    with waiting("exporting"):
        files = export_tables(
            published_release(settings.published, settings.releases_dir),
            [name.removeprefix("marts.") for name in table or []],
            formats,
            out,
            resources=duckdb_resources(settings),
        )
    for path in files:
        typer.echo(path)
