"""What has landed: deliveries by source, dataset and table; read only."""

import re
from collections.abc import Iterator
from pathlib import Path

from doelenboom.errors import RefusedError
from doelenboom.landing.delivery import Delivery, read_delivery, refuse_odd_name

DELIVERY_ID = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")


def deliveries(landing_dir: Path, source: str, dataset: str, table: str) -> list[Delivery]:
    """List the deliveries of a table, oldest first; none when it never landed.

    Raises RefusedError for a damaged one, and for a folder that is none.
    """
    return [read_delivery(folder) for folder in _folders(landing_dir, source, dataset, table)]


def latest(landing_dir: Path, source: str, dataset: str, table: str) -> Delivery | None:
    """Return the newest delivery of a table, or None. Raises RefusedError as `deliveries`."""
    folders = _folders(landing_dir, source, dataset, table)
    return read_delivery(folders[-1]) if folders else None


def all_latest(landing_dir: Path, source: str) -> list[Delivery]:
    """List the newest delivery of each table of a source, sorted by dataset and table."""
    tables = list(_tables(landing_dir / source))
    found = [latest(landing_dir, source, dataset, table) for dataset, table in tables]
    return [delivery for delivery in found if delivery is not None]


def _tables(folder: Path) -> Iterator[tuple[str, str]]:
    for dataset in _subfolders(folder):
        for table in _subfolders(dataset):
            yield dataset.name, table.name


def _folders(landing_dir: Path, source: str, dataset: str, table: str) -> list[Path]:
    for name in (source, dataset, table):
        refuse_odd_name(name)
    found = _subfolders(landing_dir / source / dataset / table)
    for folder in found:
        if not DELIVERY_ID.fullmatch(folder.name):
            raise RefusedError(f"{folder} is no delivery: its name is not a time and a hash")
    return found


def _subfolders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
