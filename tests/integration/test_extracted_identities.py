"""What `extract` says adds up, dbt finds too: the identities of the warehouse on its packages."""

import csv
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from doelenboom.settings import PROJECT_DIR
from doelenboom.sources.accounts.extraction.package.extract import extract_files
from doelenboom.sources.accounts.extraction.package.proving import BROKEN
from tests.chapters.generator import Made, chapter, spoiled_chapter

SEEDS = PROJECT_DIR / "seeds"
DOCUMENTS = PROJECT_DIR.parent / "shared" / "documents"
PARTS = ("dbt_project.yml", "profiles.yml", "models", "macros", "seeds")
BY_HAND = ("prose_identities.csv", "prose_identity_terms.csv")
"""Identities that a person wrote for one chapter: an extracted one has none."""

IDENTITIES = """
    select
        municipality_code, fiscal_year, identity, subject, phase,
        left_value, right_value, status
    from intermediate.int_reconciliation__judged
    where unit = 'keur'
    order by all
"""


Identities = Callable[[Iterable[Path]], Any]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the project, without what a person wrote by hand, to be parsed once for all tests."""
    folder = tmp_path_factory.mktemp("project")
    for part in PARTS:
        copy = shutil.copytree if (PROJECT_DIR / part).is_dir() else shutil.copy
        copy(PROJECT_DIR / part, folder / part)
    for name in BY_HAND:
        _keep_header(folder / "seeds" / "reference" / name)
    return folder


@pytest.fixture
def identities(project: Path, monkeypatch: pytest.MonkeyPatch) -> Identities:
    """Build the identities of the project on the rows of some packages in place of the seeds."""
    monkeypatch.setenv("DOELENBOOM_DATA_DIR", str(project / "data"))
    monkeypatch.chdir(project)

    def build(packages: Iterable[Path]) -> Any:
        _join(list(packages), project / "seeds" / "accounts")
        built = dbtRunner().invoke(
            [
                *("build", "--select", "+int_reconciliation__judged"),
                *("--resource-type", "model"),
                *("--project-dir", ".", "--profiles-dir", ".", "--target-path", "target"),
                *("--log-path", "logs", "--log-level", "none", "--no-print"),
            ]
        )
        DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
        assert built.success, built.exception or built.result
        with duckdb.connect(str(project / "data" / "dev" / "doelenboom.duckdb")) as connection:
            return connection.execute(IDENTITIES).fetchall()

    return build


def _join(packages: list[Path], accounts: Path) -> None:
    for target in sorted(accounts.glob("*.csv")):
        tables = [_read(package / target.name) for package in packages]
        with target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(tables[0][0])
            writer.writerows(row for table in tables for row in table[1:])


def _keep_header(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")


def _read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.prove
@pytest.mark.shared
@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the chapters are outside the repository")
def test_both_chapters_give_the_identities_of_the_reviewed_ones(
    tmp_path: Path, identities: Identities
) -> None:
    packages = []
    for name, year in (("000_eeff2086d13189c9.txt", 2018), ("001_774fb8964a89cc1a.txt", 2013)):
        packages.append(tmp_path / str(year))
        extract_files([DOCUMENTS / name], "GM0153", year, packages[-1], SEEDS)
    found = identities([SEEDS / "accounts"])
    reviewed = [row for row in found if row[:2] in (("GM0153", 2013), ("GM0153", 2018))]
    extracted = identities(packages)
    assert len(reviewed) > 100
    assert extracted == reviewed


@pytest.mark.prove
def test_no_made_up_chapter_that_adds_up_breaks_an_identity_of_the_warehouse(
    tmp_path: Path, identities: Identities
) -> None:
    made = {code: chapter(seed) for seed, code in enumerate(_codes(20))}
    spoiled = {code: spoiled_chapter(seed) for seed, code in enumerate(_codes(60)[20:])}
    broken = {
        code: _extract(code, text, tmp_path / code) for code, text in {**made, **spoiled}.items()
    }
    found = identities([tmp_path / code for code in broken])
    assert {row[0] for row in found} >= set(made)
    disproved = {row[0] for row in found if row[-1] not in ("holds", "rounding")}
    assert disproved
    assert {code for code in disproved if not broken[code]} == set()


def _codes(count: int) -> list[str]:
    """Codes of municipalities that existed in 2018, one for each chapter."""
    with (SEEDS / "reference" / "municipalities.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if not row["valid_to"]]
    return [row["municipality_code"] for row in rows if row["valid_from"] < "2018"][:count]


def _extract(code: str, made: Made, out: Path) -> int:
    """Extract a chapter to a package and count the sums that do not hold."""
    file = out.with_suffix(".txt")
    file.write_text(made.text, encoding="utf-8")
    (outcome,) = extract_files([file], code, 2018, out, SEEDS)
    return outcome.sums.get(BROKEN, 0)
