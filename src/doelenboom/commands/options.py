"""What several commands share: options for a format and a release, and what DuckDB may use."""

from typing import TYPE_CHECKING, Annotated

import typer

from doelenboom.commands.arguments import moment
from doelenboom.commands.terminal import Format

if TYPE_CHECKING:
    from doelenboom.publication.manifest import Release
    from doelenboom.settings import Settings
    from doelenboom.storage.resources import DuckDBResources

FormatOption = Annotated[
    Format,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="How rows are written: table, to read; csv, for a spreadsheet; json, jsonl or"
        " parquet, for a program; or markdown.",
    ),
]

ReleaseOption = Annotated[
    str | None,
    typer.Option("--release", metavar="ID", help="A release, as `releases` lists it."),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="What readers saw then: a date (its end, in Amsterdam) or a time, as"
        " 2026-08-15T12:00.",
    ),
]


def load_settings() -> "Settings":
    """Read the environment. Raises RefusedError naming the variable that cannot be used."""
    from doelenboom import settings

    return settings.load_settings()


def duckdb_resources(settings: "Settings") -> "DuckDBResources":
    """Say what DuckDB may use in a command that reads."""
    from doelenboom.storage.resources import DuckDBResources

    return DuckDBResources(settings.memory_limit, settings.threads, settings.effective_spill_dir)


def chosen_release(
    settings: "Settings", release_id: str | None = None, as_of: str | None = None
) -> "Release":
    """Find the release that two options ask for, else the one that is published; held to its seal.

    Raises BadParameter when both are given, RefusedError when there is no such release and when
    its database is not as it was sealed.
    """
    from doelenboom.publication.reading.history import release_as_of
    from doelenboom.publication.reading.releases import find_release, published_release
    from doelenboom.publication.reading.sealed import held_to_seal

    if release_id is not None and as_of is not None:
        raise typer.BadParameter("--release and --as-of both say which release: give one")
    if release_id is not None:
        return held_to_seal(find_release(settings.releases_dir, release_id))
    if as_of is not None:
        return held_to_seal(release_as_of(settings.published_dir, moment(as_of)))
    return held_to_seal(published_release(settings.published, settings.releases_dir))
