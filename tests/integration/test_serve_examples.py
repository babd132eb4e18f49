"""The examples of docs/bi/serve.md run as they stand there, on what a real night published."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from doelenboom.settings import PROJECT_DIR
from doelenboom.storage.resources import DuckDBResources
from tests.conftest import RealNight
from tests.integration.served import Server, serving
from tests.unit.publication.conftest import House

EXAMPLE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = dict(EXAMPLE.findall((PROJECT_DIR / "docs/bi/serve.md").read_text("utf-8")))
RUNNERS = {
    "sh": ["bash", "-euo", "pipefail", "-c"],
    "python": [sys.executable, "-c"],
    "r": ["Rscript", "-e"],
}
TOLD = {
    "sh": "Maatschappelijke ondersteuning",
    "python": r"\d{8}T\d{6}Z-[0-9a-f]{8} 2\n[1-9]\d*\n",
    "r": r"\[1\] 2\n",
}

pytestmark = pytest.mark.prove


@pytest.fixture(scope="module")
def server(real_night: RealNight) -> Iterator[Server]:
    resources = DuckDBResources("500MB", 2, real_night.data_dir / "state" / "spill")
    with serving(House(real_night.data_dir, Path(), resources)) as server:
        yield server


@pytest.mark.parametrize("language", EXAMPLES)
def test_an_example_of_the_documentation_runs(
    language: str, server: Server, tmp_path: Path
) -> None:
    if shutil.which(RUNNERS[language][0]) is None:
        pytest.skip(f"no {RUNNERS[language][0]} on this machine")
    run = subprocess.run(
        [*RUNNERS[language], EXAMPLES[language]],
        env={**os.environ, "DOELENBOOM_URL": server.url, "DOELENBOOM_TOKEN": server.token},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert re.search(TOLD[language], run.stdout), run.stdout
