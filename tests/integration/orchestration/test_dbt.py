"""What dbt builds by hand-picked nodes is added to a warehouse, never put in its place."""

import pytest

from doelenboom.errors import RefusedError
from doelenboom.settings import Settings
from orchestration.dbt import build


def test_a_partial_build_keeps_the_warehouse_it_adds_to(settings: Settings) -> None:
    settings.warehouse.write_text("no database")
    with pytest.raises(RefusedError, match="not a valid DuckDB database"):
        build(settings, select=["resource_type:exposure"])
    assert settings.warehouse.read_text() == "no database"
    settings.warehouse.unlink()
