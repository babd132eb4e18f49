"""What the tests of the accounts package share."""

import shutil
from pathlib import Path

import pytest

from tests.unit.sources.accounts.good_package import HEADER, ROWS, SCHEMA


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Write a small package that is accepted."""
    folder = tmp_path / "seeds" / "accounts"
    folder.mkdir(parents=True)
    shutil.copy(SCHEMA, folder)
    for name, rows in ROWS.items():
        (folder / f"{name}.csv").write_text(f"{HEADER[name]}\n{rows}", encoding="utf-8")
    return folder
