"""The project of chapters, fed from the command line: what is dropped, judged and published."""

import csv
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
from openpyxl import Workbook

from doelenboom import settings as settings_module
from doelenboom.cli import execute
from doelenboom.settings import PROJECT_DIR
from tests.integration.chapters_project import chapters_night
from tests.integration.small_night import SmallSettings

PAGE = PROJECT_DIR / "tests" / "fixtures" / "chapters" / "saved_page.html"
ALMELO = "GM0141/2018/page.html"


def rows_of_seed(table: str, **wanted: str) -> list[dict[str, str]]:
    """Give rows of a bundled table of the accounts package."""
    path = PROJECT_DIR / "seeds" / "accounts" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row for row in rows if all(row[name] == text for name, text in wanted.items())]


def write_workbook(path: Path, rows: Sequence[Mapping[str, Any]], sheet: str = "Blad1") -> None:
    """Write rows of the package as a controller would have them, numbers as numbers."""
    book = Workbook()
    page = book.active
    page.title = sheet
    left_out = ("source_document", "source_line")
    names = [name for name in rows[0] if name not in left_out]
    page.append(names)
    for row in rows:
        page.append([_cell(name, row[name]) for name in names])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def _cell(name: str, text: Any) -> Any:
    return float(text) if text and name.endswith("_keur") else text


class Fed:
    """A project with a data folder, asked as a person does."""

    def __init__(self, settings: SmallSettings, monkeypatch: Any) -> None:
        self.settings = settings
        monkeypatch.setattr(settings_module, "load_settings", lambda: settings)

    def run(self, *words: str) -> int:
        """Run a command of ours, and give its exit code."""
        return execute(words)

    def night(self) -> bool:
        """Run a night and say whether it published."""
        return chapters_night(self.settings).published

    def asked(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.settings.published), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def drop_page(self, name: str = ALMELO) -> Path:
        """Drop the saved page of a municipality that is not bundled."""
        page = self.settings.inbox_dir / name
        page.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PAGE, page)
        return page

    def files(self) -> list[str]:
        """Name what lies in the inbox and its folders."""
        inbox = self.settings.inbox_dir
        return sorted(
            path.relative_to(inbox).as_posix() for path in inbox.rglob("*") if path.is_file()
        )

    def told_of_files(self) -> dict[tuple[str, str], str]:
        """Give what is published of each file of the inbox: its status, by check and subject."""
        rows = self.asked(
            "select check_name, subject, status from marts.data_quality where kind = 'inbox'"
        )
        return {(name, subject): status for name, subject, status in rows}
