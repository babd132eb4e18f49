"""Every amount of the cost tables and goal trees, altered by ten: dbt's data test must notice.

So must another, of every part of a chapter that loses a row. The tests are compiled once, over
models that are views on what was read of the seeds, so that each alteration costs one query
instead of one build.
"""

import csv
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from doelenboom.sources.accounts.extraction.package.parts import parts_of

pytestmark = pytest.mark.prove

PROJECT = Path(__file__).parents[2]
PARTS = ("dbt_project.yml", "profiles.yml", "models", "macros", "seeds", "tests/data")
ADDS_UP, IS_THERE = "every_difference_is_judged", "every_part_is_there"
ALTERATION = Decimal(10)

AMOUNTS = {
    "programme_finance": (
        "original_budget_keur",
        "final_budget_keur",
        "actual_keur",
        "variance_keur",
    ),
    "goal_tree": ("expenses_actual_keur", "revenue_actual_keur"),
}


OF_A_CHAPTER = (
    *("programme_finance", "goal_tree", "indicators", "statutory_indicators", "action_points"),
    *("variance_explanations", "forecasts", "chapter_facts"),
)
Lost = tuple[str, int, str, str, str, int]
"""Municipality, year, programme and part; the seed and line of its first row."""


@dataclass(frozen=True)
class Amount:
    """One amount of a seed: its file, line (header is 1) and column."""

    seed: str
    line: int
    column: str


def amounts() -> list[Amount]:
    """List every amount that the cost tables and goal trees of the seeds hold."""
    found = []
    for seed, columns in AMOUNTS.items():
        with (PROJECT / "seeds" / "accounts" / f"{seed}.csv").open(encoding="utf-8") as file:
            for line, row in enumerate(csv.DictReader(file), start=2):
                found += [Amount(seed, line, column) for column in columns if row[column]]
    return found


def printed_parts() -> list[Lost]:
    """List the first row of each part that a chapter prints."""
    found: dict[tuple[str, int, str, str], tuple[str, int]] = {}
    for seed in OF_A_CHAPTER:
        with (PROJECT / "seeds" / "accounts" / f"{seed}.csv").open(encoding="utf-8") as file:
            for line, cells in enumerate(csv.DictReader(file), start=2):
                chapter = (
                    cells["municipality_code"],
                    int(cells["fiscal_year"]),
                    cells["programme_code"],
                )
                row = {name: cell or None for name, cell in cells.items()}
                for part in parts_of(seed, {**row, "is_total": row.get("is_total") == "true"}):
                    found.setdefault((*chapter, part), (seed, line))
    return [(*key, *place) for key, place in found.items()]


class Workbench:
    """A copy of the project with the data test compiled, in which seeds can be altered."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in PARTS:
            source = PROJECT / part
            copy = shutil.copytree if source.is_dir() else shutil.copy
            (folder / part).parent.mkdir(parents=True, exist_ok=True)
            copy(source, folder / part)
        project = folder / "dbt_project.yml"
        project.write_text(
            project.read_text().replace("+materialized: table", "+materialized: view", 1)
        )
        selection = ["--indirect-selection", "cautious", "--select", f"+{ADDS_UP}", f"+{IS_THERE}"]
        folders = ["--project-dir", str(folder), "--profiles-dir", str(folder)]
        outcome = dbtRunner().invoke(
            ["build", *selection, *folders, "--log-level", "none", "--no-print"]
        )
        DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
        assert outcome.success, outcome.exception or outcome.result
        compiled = folder / "target" / "compiled" / "doelenboom" / "tests" / "data"
        self.checks = {
            check: (compiled / f"{check}.sql").read_text() for check in (ADDS_UP, IS_THERE)
        }
        self.connection = duckdb.connect(str(folder / "data" / "dev" / "doelenboom.duckdb"))
        staged = "from duckdb_views() where schema_name = 'staging'"
        for (name,) in self.connection.execute(f"select view_name {staged}").fetchall():
            self.connection.execute(
                f"create table staging.read as from staging.{name}; drop view staging.{name};"
                f" alter table staging.read rename to {name}"
            )

    def offenders(self, check: str = ADDS_UP) -> list[tuple[Any, ...]]:
        """Give the rows that a check returns on the seeds as they are now."""
        return self.connection.execute(self.checks[check]).fetchall()

    def offenders_with(self, amount: Amount, alteration: Decimal) -> list[tuple[Any, ...]]:
        """Give them while one amount is altered."""
        change = f"update {{table}} set {amount.column} = {amount.column} + {alteration}"
        with self.changed(amount.seed, amount.line, change):
            return self.offenders()

    def offenders_without(self, seed: str, line: int) -> list[tuple[Any, ...]]:
        """Give the parts that are not as stated while a line of a seed is gone."""
        with self.changed(seed, line, "delete from {table}"):
            return self.offenders(IS_THERE)

    @contextmanager
    def changed(self, seed: str, line: int, change: str) -> Iterator[None]:
        """Change one line of a seed as it was read, and take the change back."""
        self.connection.begin()
        table = f"staging.stg_accounts__{seed}"
        (rows,) = self.connection.execute(
            f"{change.format(table=table)} where seed_line = {line}"
        ).fetchall()
        try:
            assert rows == (1,)
            yield
        finally:
            self.connection.rollback()


@pytest.fixture(scope="module")
def workbench(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch_module: pytest.MonkeyPatch
) -> Iterator[Workbench]:
    folder = tmp_path_factory.mktemp("mutations")
    monkeypatch_module.setenv("DOELENBOOM_DATA_DIR", str(folder / "data"))
    monkeypatch_module.chdir(folder)  # the views read the seeds by their path in the project
    bench = Workbench(folder)
    yield bench
    bench.connection.close()


@pytest.fixture(scope="module")
def monkeypatch_module() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def test_the_seeds_as_they_are_pass(workbench: Workbench) -> None:
    assert workbench.offenders() == []
    assert workbench.offenders(IS_THERE) == []


def test_every_amount_of_both_cost_tables_and_goal_trees_is_altered() -> None:
    by_seed = {seed: sum(a.seed == seed for a in amounts()) for seed in AMOUNTS}
    assert by_seed == {"programme_finance": 33 * 4, "goal_tree": 12 + 17}


@pytest.mark.parametrize("amount", amounts(), ids=lambda a: f"{a.seed}:{a.line}:{a.column}")
def test_an_altered_amount_is_noticed(workbench: Workbench, amount: Amount) -> None:
    assert workbench.offenders_with(amount, ALTERATION)
    assert workbench.offenders_with(amount, -ALTERATION)


@pytest.mark.parametrize("lost", printed_parts(), ids=lambda lost: f"{lost[1]}:{lost[3]}")
def test_a_lost_row_of_a_part_is_noticed(workbench: Workbench, lost: Lost) -> None:
    *key, part, seed, line = lost
    offenders = workbench.offenders_without(seed, line)
    assert (*key, part) in {row[:4] for row in offenders}
    assert {row[5] - row[4] for row in offenders} == {-1}


def test_a_part_that_nobody_has_stated_is_noticed(workbench: Workbench) -> None:
    assert [row[:4] for row in workbench.offenders_without("chapter_parts", 2)] == [
        ("GM0153", 2013, "2.3", "cost_line")
    ]
