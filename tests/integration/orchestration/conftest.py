"""The real project, parsed once for all tests of the room."""

from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from doelenboom.settings import Settings
from orchestration.dbt import parse, read_manifest
from orchestration.definitions import build_definitions
from tests.conftest import MadeOnce


@pytest.fixture(scope="session")
def settings(made_once: MadeOnce) -> Settings:
    """Settings of a data folder in which the project has been parsed, by whoever came first."""

    def fill(folder: Path) -> None:
        parse(Settings(data_dir=folder))

    return Settings(data_dir=made_once("parsed", fill))


@pytest.fixture(scope="session")
def manifest_file(settings: Settings) -> Path:
    return settings.dbt_target_dir / "manifest.json"


@pytest.fixture(scope="session")
def manifest(manifest_file: Path) -> dict[str, Any]:
    return read_manifest(manifest_file)


@pytest.fixture(scope="session")
def definitions(settings: Settings, manifest: dict[str, Any]) -> dg.Definitions:
    return build_definitions(settings, manifest)
