"""What several commands share: the option for a format, and what DuckDB may use."""

from typing import TYPE_CHECKING, Annotated

import typer

from doelenboom.terminal import Format

if TYPE_CHECKING:
    from doelenboom.publication.resources import DuckDBResources
    from doelenboom.settings import Settings

FormatOption = Annotated[
    Format,
    typer.Option(
        "--format", help="How rows are written: to read, for a spreadsheet, for a program."
    ),
]


def load_settings() -> "Settings":
    """Read the environment. Raises RefusedError naming the variable that cannot be used."""
    from doelenboom import settings

    return settings.load_settings()


def duckdb_resources(settings: "Settings") -> "DuckDBResources":
    """Say what DuckDB may use in a command that reads."""
    from doelenboom.publication.resources import DuckDBResources

    return DuckDBResources(settings.memory_limit, settings.threads, settings.effective_spill_dir)
