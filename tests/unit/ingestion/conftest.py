"""A data folder with the seeds of the project, fed with files."""

import csv
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from doelenboom.landing.accepted import counted_deliveries
from doelenboom.raw.accounts import accounts_in_force
from doelenboom.settings import PROJECT_DIR, Settings

LONG_AGO = time.time() - 3600


class Folder:
    """The data folder: what is dropped in it, and the accounts in force."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def drop(self, name: str, text: str | bytes) -> Path:
        """Put a file in the inbox that nobody has written in for an hour."""
        path = self.settings.inbox_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        os.utime(path, (LONG_AGO, LONG_AGO))
        return path

    def rows(self, table: str, **wanted: str) -> list[dict[str, str]]:
        """Give the rows of a table that count and have these cells."""
        counted = counted_deliveries(self.settings.landing_dir)
        found = accounts_in_force(PROJECT_DIR / "seeds", counted).tables[table]
        rows = [dict(zip(found.columns, row.cells, strict=True)) for row in found.rows]
        return [row for row in rows if all(row[name] == cell for name, cell in wanted.items())]

    def files(self) -> list[str]:
        inbox = self.settings.inbox_dir
        return sorted(
            path.relative_to(inbox).as_posix() for path in inbox.rglob("*") if path.is_file()
        )


def csv_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """Write rows of the package as a CSV file, without what follows from the file itself."""
    lines = [";".join(name for name in rows[0] if not name.startswith("source_"))]
    lines += [
        ";".join(str(cell) for name, cell in row.items() if not name.startswith("source_"))
        for row in rows
    ]
    return "\n".join(lines) + "\n"


def seed_rows(table: str) -> list[dict[str, str]]:
    path = PROJECT_DIR / "seeds" / "accounts" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(Settings(data_dir=tmp_path / "data"))
