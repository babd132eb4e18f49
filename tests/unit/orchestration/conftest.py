"""The real project, parsed once for all tests of the room."""

from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from doelenboom.settings import Settings
from orchestration.dbt import parse, read_manifest
from orchestration.definitions import build_definitions


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a data folder in which the project has been parsed."""
    found = Settings(data_dir=tmp_path_factory.mktemp("data"))
    parse(found)
    return found


@pytest.fixture(scope="session")
def manifest_file(settings: Settings) -> Path:
    return settings.dbt_target_dir / "manifest.json"


@pytest.fixture(scope="session")
def manifest(manifest_file: Path) -> dict[str, Any]:
    return read_manifest(manifest_file)


@pytest.fixture(scope="session")
def definitions(settings: Settings, manifest: dict[str, Any]) -> dg.Definitions:
    return build_definitions(settings, manifest)
