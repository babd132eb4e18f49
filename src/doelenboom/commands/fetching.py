"""`fetch`: data brought in from outside."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from doelenboom.commands.arguments import Command, Group, years_between
from doelenboom.commands.options import FormatOption, load_settings
from doelenboom.commands.terminal import Format, rows_shown, write_rows
from doelenboom.errors import RefusedError
from doelenboom.sources.cbs.datasets import DATASETS

if TYPE_CHECKING:
    from doelenboom.ingestion.cbs.fetch import FetchResult
    from doelenboom.settings import Settings
    from doelenboom.sources.cbs.declaring import Dataset

DATASET_NAMES = tuple(dataset.name for dataset in DATASETS)

app = typer.Typer()
fetch_app = typer.Typer(
    cls=Group,
    help="Bring in data from outside.",
    epilog="Example: doelenboom fetch cbs --dataset iv3",
    no_args_is_help=True,
)
app.add_typer(fetch_app, name="fetch")


@fetch_app.command(
    "cbs",
    cls=Command,
    epilog="Example: doelenboom fetch cbs --dataset iv3 --years 2017-2025",
)
def fetch_cbs(
    dataset: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help=f"What to fetch, once for each: {', '.join(DATASET_NAMES)}. Default: all.",
        ),
    ] = None,
    years: Annotated[
        str | None,
        typer.Option(
            metavar="YEARS",
            help="A year or a range, 2018 or 2017-2025, of the tables that hold one year each"
            " (iv3, areas, key_figures). Others are fetched whole. Default: all declared years.",
        ),
    ] = None,
    accept_shrunken: Annotated[
        bool,
        typer.Option(
            "--accept-shrunken",
            help="Land a table also when it has lost rows or columns since it was last landed.",
        ),
    ] = False,
    style: FormatOption = Format.table,
) -> None:
    """Land tables of CBS, as sent: only what changed, and from where an earlier fetch stopped.

    A table lands as a whole or not at all. What the catalog does not list is `absent`. The next
    `run` builds with what is landed.
    """
    wanted = _datasets(dataset or [])
    results = _fetch_cbs(load_settings(), wanted, years_between(years), accept_shrunken)
    rows = [(item.dataset, item.year, item.table, item.outcome, item.rows) for item in results]
    write_rows(("dataset", "year", "table", "outcome", "rows"), rows, style)
    failures = [item.failure for item in results if item.failure]
    if failures:
        rest = f" ({len(failures) - 1} more failed)" if len(failures) > 1 else ""
        raise RefusedError(f"{failures[0]}{rest}")


def _datasets(names: Sequence[str]) -> "list[Dataset]":
    for name in names:
        if name not in DATASET_NAMES:
            expected = ", ".join(DATASET_NAMES)
            raise typer.BadParameter(f"there is no dataset {name!r}, expected one of {expected}")
    return [dataset for dataset in DATASETS if dataset.name in (names or DATASET_NAMES)]


def _fetch_cbs(
    settings: "Settings", datasets: "list[Dataset]", years: range, accept_shrunken: bool
) -> "list[FetchResult]":
    from doelenboom.ingestion.cbs.fetch import fetch_cbs

    with rows_shown("fetching") as on_rows:
        return fetch_cbs(
            settings, datasets, years, accept_shrunken=accept_shrunken, on_rows=on_rows
        )
