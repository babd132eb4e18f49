"""The small project, for the tests that run a night on it in this process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.small_night import SmallSettings, make_small_project


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallSettings]:
    for name in ("DATA_DIR", "MEMORY_LIMIT", "THREADS", "SPILL_DIR"):
        monkeypatch.setenv(f"DOELENBOOM_{name}", "")  # dbt's runner sets them; put back afterwards
    yield make_small_project(tmp_path)
