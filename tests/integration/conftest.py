"""A project small enough to build in seconds, and a night on it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from doelenboom.settings import PROJECT_DIR, Settings
from doelenboom.validation.expecting import Suite, has_rows
from orchestration.run import NightOutcome, run_night


class SmallSettings(Settings):
    """Settings whose project stands beside its data folder."""

    @property
    def project_dir(self) -> Path:
        return self.data_dir.parent / "project"


def suites(at_least: int = 1) -> dict[str, Suite]:
    return {"programme_results": lambda: [has_rows("programme_results", at_least)]}


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallSettings]:
    for name in ("DATA_DIR", "MEMORY_LIMIT", "THREADS", "SPILL_DIR"):
        monkeypatch.setenv(f"DOELENBOOM_{name}", "")  # dbt's runner sets them; put back afterwards
    project = tmp_path / "project"
    shutil.copytree(Path(__file__).with_name("small_project"), project)
    shutil.copytree(PROJECT_DIR / "seeds", project / "seeds", dirs_exist_ok=True)
    shutil.copy(PROJECT_DIR / "profiles.yml", project)
    yield SmallSettings(data_dir=tmp_path / "data", threads=2)


def night(settings: Settings, full: bool = False, at_least: int = 1) -> NightOutcome:
    return run_night(settings, full=full, suites=suites(at_least))
