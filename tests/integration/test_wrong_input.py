"""Wrong seeds stop the run before publication, with one sentence and exit code 1.

The real command runs on a copy of the project with one seed altered; faults that are refused before
dbt begins are tried on the small project, whose seeds are the real ones.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from doelenboom.errors import RefusedError
from doelenboom.settings import PROJECT_DIR
from tests.conftest import DOELENBOOM
from tests.few_municipalities import keep_few
from tests.integration.small_night import SmallSettings, night

PARTS = (
    *("dbt_project.yml", "profiles.yml", "models", "macros", "seeds", "tests/data"),
    *("src", "orchestration"),
)
FINANCE = "seeds/accounts/programme_finance.csv"
TOTAL_EXPENSES_2013 = "expenses,true,66901,66596,60001,6595"


@dataclass(frozen=True)
class Fault:
    """A text of a seed, what it is replaced by, and what the sentence must say."""

    file: str
    text: str
    replacement: str
    sentence: str


REFUSED_UNREAD = {
    "duplicate key": Fault(
        FINANCE,
        "GM0153,2013,2.3,Welzijn,expenses",
        "GM0153,2013,2.3,Frontlijnsturing,expenses",
        f"{FINANCE}, row 8, columns municipality_code, fiscal_year, programme_code, line_item,"
        " flow: found 'GM0153, 2013, 2.3, Frontlijnsturing, expenses' as in row 2,"
        " expected each key once",
    ),
    "unknown municipality": Fault(
        "seeds/accounts/forecasts.csv",
        "GM0153,2018",
        "GM9999,2018",
        "seeds/accounts/forecasts.csv, row 4, column municipality_code: found 'GM9999',"
        " expected a municipality that existed in 2018",
    ),
    "text in a number of a reference seed": Fault(
        "seeds/benchmarks/price_index.csv",
        "2010,91.59",
        "2010,91.59 punten",
        "seeds/benchmarks/price_index.csv, row 2, column price_index: found '91.59 punten',"
        " expected a number such as 12345.6",
    ),
}
FAULTS = {
    "text in an amount": Fault(
        FINANCE,
        TOTAL_EXPENSES_2013,
        "expenses,true,66901,66596,veel,6595",
        f"{FINANCE}, row 9, column actual_keur: found 'veel', expected a number such as 12345.6",
    ),
    "a total that does not add up": Fault(
        FINANCE,
        TOTAL_EXPENSES_2013,
        "expenses,true,66901,66596,60011,6595",
        f"{FINANCE}, row 9, column actual_keur: found 60011, expected 60001 within 4 by identity"
        " sum_of_lines (Totaal programma, lasten; 001_774fb8964a89cc1a.txt,"
        " lines 424, 425, 426, 427, 428, 429, 430, 431)",
    ),
}


def copy_project(folder: Path) -> Path:
    """Copy what a night needs of the project to a folder."""
    for part in PARTS:
        source = PROJECT_DIR / part
        copy = shutil.copytree if source.is_dir() else shutil.copy
        (folder / part).parent.mkdir(exist_ok=True)
        copy(source, folder / part)
    keep_few(folder / "seeds" / "benchmarks")
    return folder


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, parsed once for all cases."""
    return copy_project(tmp_path_factory.mktemp("project"))


@contextmanager
def planted(fault: Fault, project: Path) -> Iterator[None]:
    """Let a project hold the fault while entered."""
    seed = project / fault.file
    before = seed.read_text(encoding="utf-8")
    assert before.count(fault.text) == 1
    seed.write_text(before.replace(fault.text, fault.replacement), encoding="utf-8")
    try:
        yield
    finally:
        seed.write_text(before, encoding="utf-8")


def run_with(fault: Fault, project: Path) -> subprocess.CompletedProcess[str]:
    """Run the night on the project while it holds the fault."""
    environment = {
        **os.environ,
        "DOELENBOOM_DATA_DIR": str(project / "data"),
        "PYTHONPATH": f"{project / 'src'}{os.pathsep}{project}",
    }
    with planted(fault, project):
        return subprocess.run(
            [sys.executable, *DOELENBOOM[1:], "run"],
            env=environment,
            cwd=project,
            capture_output=True,
            text=True,
            check=False,
        )


def test_a_fault_in_a_seed_is_told_before_dbt_begins(small: SmallSettings) -> None:
    for fault in REFUSED_UNREAD.values():
        with planted(fault, small.project_dir), pytest.raises(RefusedError) as refused:
            night(small)
        assert fault.sentence in str(refused.value)
        assert not small.warehouse.exists()


def test_a_fault_in_a_bundled_parquet_file_is_told_before_dbt_begins(
    small: SmallSettings, few_municipalities: Path, tmp_path: Path
) -> None:
    altered = tmp_path / "benchmarks"
    shutil.copytree(few_municipalities, altered)
    duckdb.execute(
        "copy (select * exclude (row) replace (if(row = 60, -1, inhabitants) as inhabitants)"
        f" from (select *, row_number() over () as row"
        f" from '{few_municipalities / 'population.parquet'}') order by row)"
        f" to '{altered / 'population.parquet'}' (format parquet)"
    )
    with pytest.raises(RefusedError) as refused:
        night(small.model_copy(update={"benchmarks_dir": altered}))
    assert str(refused.value).endswith(
        "benchmarks/population.parquet, row 60, column inhabitants: found '-1',"
        " expected a whole number, minimum 0."
    )
    assert not small.warehouse.exists()


@pytest.mark.prove
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_wrong_seed_is_told_in_one_sentence_and_nothing_is_published(
    fault: Fault, project: Path
) -> None:
    run = run_with(fault, project)
    assert run.returncode == 1
    assert run.stderr.startswith("doelenboom: ")
    assert fault.sentence in run.stderr
    assert run.stderr.count("\n") == 1
    assert not (project / "data" / "published").exists()


@pytest.mark.prove
def test_with_a_weight_off_by_a_hundredth_nothing_is_published(project: Path) -> None:
    fault = Fault(
        "seeds/reference/boundary_changes.csv",
        "GM0788,GM0865,2021-01-01,split,0.338788",
        "GM0788,GM0865,2021-01-01,split,0.348788",
        "; nothing was published\n",
    )
    run = run_with(fault, project)
    assert run.returncode == 1
    assert run.stderr.startswith("doelenboom: test ")
    assert run.stderr.endswith(fault.sentence)
    assert not (project / "data" / "published").exists()
