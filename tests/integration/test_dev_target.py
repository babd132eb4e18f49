"""dbt by hand in a fresh clone: nothing set, nothing made before, and a night at work beside it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from doelenboom.lock import only_writer
from doelenboom.settings import Settings
from tests.integration.test_wrong_input import copy_project

DBT = Path(sys.executable).with_name("dbt")
MART = "dim_price_index"


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("clone"))


@pytest.fixture(scope="module")
def night_at_work(clone: Path) -> Iterator[Path]:
    """The warehouse of a night under way: the lock is taken, the file open for writing."""
    settings = Settings(data_dir=clone / "data")
    settings.warehouse.parent.mkdir(parents=True)
    settings.state_dir.mkdir()
    with only_writer(settings.state_dir), duckdb.connect(str(settings.warehouse)) as connection:
        connection.execute("create table mine as select 1 as one")
        yield settings.warehouse


def dbt(clone: Path, *words: str) -> str:
    """Run the command line of dbt in the clone, with none of our variables set."""
    unset = {name: text for name, text in os.environ.items() if "DOELENBOOM_" not in name}
    done = subprocess.run(
        [DBT, *words],
        env={**unset, "PYTHONPATH": f"{clone / 'src'}{os.pathsep}{clone}"},
        cwd=clone,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.prove
def test_build_show_and_docs_work_and_leave_the_night_alone(
    clone: Path, night_at_work: Path
) -> None:
    chosen = [MART, "iv3_cells", "data_quality"]
    selected = [f"+{name}" for name in chosen]
    dbt(clone, "build", "--indirect-selection", "cautious", "--select", *selected)
    assert "price_index_code" in dbt(clone, "show", "--select", MART, "--output", "json")
    dbt(clone, "docs", "generate")
    assert (clone / "target" / "catalog.json").is_file()
    with duckdb.connect(str(clone / "data/dev/doelenboom.duckdb"), read_only=True) as built:
        [(rows,)] = built.execute(f"select count(*) from marts.{MART}").fetchall()
    assert rows > 0
    with duckdb.connect(str(night_at_work)) as night:
        assert night.execute("select table_name from duckdb_tables()").fetchall() == [("mine",)]


@pytest.mark.prove
def test_raw_tables_that_a_night_made_are_left_as_they_are(
    clone: Path, night_at_work: Path
) -> None:
    dbt(clone, "show", "--select", "stg_cbs__pages")
    pages = clone / "data" / "raw" / "cbs" / "pages" / "pages.parquet"
    before = pages.stat()
    dbt(clone, "show", "--select", "stg_cbs__pages")
    assert (pages.stat().st_mtime_ns, pages.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
