"""Real candidates in DuckDB: a good one, and copies of it with planted faults."""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

Spoil = Callable[..., Path]


@pytest.fixture(scope="session")
def good_candidate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A candidate on which every check passes; not to be written to."""
    path = tmp_path_factory.mktemp("candidate") / "candidate.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(Path(__file__).with_name("good_marts.sql").read_text(encoding="utf-8"))
    return path


@pytest.fixture
def spoil(good_candidate: Path, tmp_path: Path) -> Spoil:
    """Give a copy of the good candidate on which the SQL statements were executed."""

    def spoilt(*faults: str) -> Path:
        path = tmp_path / "candidate.duckdb"
        shutil.copyfile(good_candidate, path)
        with duckdb.connect(str(path)) as connection:
            for fault in faults:
                connection.execute(fault)
        return path

    return spoilt
