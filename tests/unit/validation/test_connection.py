"""The one private name of Great Expectations is where the pinned version has it."""

import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
PYPROJECT = Path(__file__).parents[3] / "pyproject.toml"


def test_the_version_whose_private_name_is_used_is_pinned() -> None:
    import great_expectations as gx

    dependencies = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    assert f"great-expectations=={gx.__version__}" in dependencies


def test_the_private_name_lists_dialects_and_gains_duckdb_once() -> None:
    from great_expectations.execution_engine import sqlalchemy_execution_engine as engine_module

    from doelenboom.validation.connection import hold_connections_of_duckdb

    hold_connections_of_duckdb()
    hold_connections_of_duckdb()
    held = [str(dialect.value) for dialect in engine_module._PERSISTED_CONNECTION_DIALECTS]
    assert {"sqlite", "mssql"} < set(held)
    assert held.count("duckdb") == 1


def test_the_context_sends_nothing_and_draws_no_progress_bars(tmp_path: Path) -> None:
    from doelenboom.validation.connection import new_context

    variables = new_context(tmp_path).variables
    assert variables.config.analytics_enabled is False
    assert variables.config.to_json_dict()["progress_bars"] == {
        "globally": False,
        "metric_calculations": False,
    }
