"""The models of boundaries as dbt compiles them, run on rows that a test gives; holds no test."""

import re
import shutil
from contextlib import chdir
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from dbt.cli.main import dbtRunner

from doelenboom.settings import PROJECT_DIR
from tests.integration.merger_histories import REPORTS, History, Row

BOUNDARIES = PROJECT_DIR / "models" / "intermediate" / "boundaries"
CONSERVED = PROJECT_DIR / "tests" / "data" / "boundaries_conserve_what_was_delivered.sql"
MODELS = ("years", "weights", "amounts", "inhabitants")
INPUTS = {
    "stg_reference__municipalities": "municipality_code varchar, valid_from date, valid_to date",
    "stg_reference__boundary_changes": (
        "predecessor_code varchar, successor_code varchar, effective_date date, kind varchar,"
        " weight decimal(18, 6)"
    ),
    "stg_reference__iv3_reports": "report varchar",
    "stg_reference__municipality_regions": "division_year integer",
    "stg_benchmarks__iv3_totals": (
        "municipality_code varchar, fiscal_year integer, report varchar,"
        " expenses_keur decimal(18, 3), revenue_keur decimal(18, 3), value_status varchar,"
        " cbs_table varchar, seed_line integer"
    ),
    "int_iv3__deliveries": (
        "municipality_code varchar, fiscal_year integer, report varchar, vintage integer,"
        " value_status varchar, source_table varchar"
    ),
    "int_iv3__taakveld_amounts": (
        "municipality_code varchar, fiscal_year integer, report varchar, taakveld_code varchar,"
        " level varchar, known_within varchar, vintage integer, expenses_keur decimal(18, 3),"
        " revenue_keur decimal(18, 3), value_status varchar, revenue_status varchar,"
        " taakveld_title varchar, source_table varchar, source_delivery varchar,"
        " source_line integer"
    ),
    "int_population__inhabitants": (
        "municipality_code varchar, fiscal_year integer, inhabitants integer,"
        " inhabitants_source varchar"
    ),
}
"""What the models read, with the columns and types that it has in the warehouse."""


def compiled(folder: Path) -> dict[str, str]:
    """Compile the models and the test of conservation, each by the name of its file."""
    (folder / "models").mkdir()
    (folder / "tests").mkdir()
    shutil.copytree(PROJECT_DIR / "macros", folder / "macros")
    sources = [BOUNDARIES / f"int_boundaries__{name}.sql" for name in MODELS]
    for source in sources:
        shutil.copy(source, folder / "models")
    shutil.copy(CONSERVED, folder / "tests")
    named = (re.findall(r"ref\('(\w+)'\)", path.read_text()) for path in (*sources, CONSERVED))
    inputs = {name for names in named for name in names} - {path.stem for path in sources}
    assert inputs == set(INPUTS)
    for name in inputs:
        config = "{{ config(schema='" + _schema(name) + "') }}"
        (folder / "models" / f"{name}.sql").write_text(f"{config} select 1 as one")
    (folder / "dbt_project.yml").write_text(
        "name: boundaries\nversion: '1.0'\nconfig-version: 2\nprofile: boundaries\n"
        "flags: {send_anonymous_usage_stats: false}\n"
        "models: {boundaries: {+schema: intermediate}}\n"
    )
    (folder / "profiles.yml").write_text(
        "boundaries:\n  target: prod\n  outputs:\n"
        f"    prod: {{type: duckdb, path: '{folder}/doelenboom.duckdb', keep_open: false}}\n"
    )
    places = ["--project-dir", str(folder), "--profiles-dir", str(folder)]
    with chdir(folder):
        outcome = dbtRunner().invoke(["compile", *places, "--log-level", "none", "--no-print"])
    assert outcome.success, outcome.exception
    found = (folder / "target" / "compiled" / "boundaries").rglob("*.sql")
    return {path.stem: path.read_text() for path in found}


def _schema(name: str) -> str:
    return "staging" if name.startswith("stg_") else "intermediate"


def _last_day(end: date | None) -> date | None:
    return end - timedelta(days=1) if end else None


class BoundaryModels:
    """A database in memory in which the compiled models run on one history after another."""

    def __init__(self, sql: dict[str, str]) -> None:
        self._sql = sql
        self._connection = duckdb.connect(config={"threads": 1})
        self._connection.execute("attach ':memory:' as doelenboom")
        for schema in ("staging", "intermediate"):
            self._connection.execute(f"create schema doelenboom.{schema}")
        for name, columns in INPUTS.items():
            self._connection.execute(f"create table {self._place(name)} ({columns})")

    def run(self, history: History) -> None:
        """Fill the inputs with a history and build the models in their order."""
        for name, rows in _inputs(history).items():
            self._connection.execute(f"delete from {self._place(name)}")
            if rows:
                self._connection.register("given", pa.Table.from_pylist(rows))
                self._connection.execute(f"insert into {self._place(name)} by name from given")
        for model in MODELS:
            name = f"int_boundaries__{model}"
            made = f"create or replace table {self._place(name)} as {self._sql[name]}"
            self._connection.execute(made)

    def close(self) -> None:
        self._connection.close()

    def rows(self, model: str, columns: str, where: str = "true") -> list[tuple[Any, ...]]:
        place = self._place(f"int_boundaries__{model}")
        return self._connection.execute(f"select {columns} from {place} where {where}").fetchall()

    def offenders(self) -> list[tuple[Any, ...]]:
        """What the project's own test of conservation has to say of the last history."""
        return self._connection.execute(self._sql[CONSERVED.stem]).fetchall()

    def _place(self, name: str) -> str:
        return f'doelenboom.{_schema(name)}."{name}"'


def _inputs(history: History) -> dict[str, list[Row]]:
    changed = ("predecessor_code", "successor_code", "effective_date", "kind", "weight")
    return {
        "stg_reference__municipalities": [
            {"municipality_code": code, "valid_from": begin, "valid_to": _last_day(end)}
            for code, (begin, end) in history.lives.items()
        ],
        "stg_reference__boundary_changes": [
            dict(zip(changed, change, strict=True)) for change in history.changes
        ],
        "stg_reference__iv3_reports": [{"report": report} for report in REPORTS],
        "stg_reference__municipality_regions": [{"division_year": 2016}],
        "int_iv3__deliveries": history.deliveries,
        "int_iv3__taakveld_amounts": history.amounts,
        "int_population__inhabitants": [
            {"municipality_code": code, "fiscal_year": year, "inhabitants": inhabitants}
            for (code, year), inhabitants in history.people.items()
            if inhabitants is not None
        ],
    }
