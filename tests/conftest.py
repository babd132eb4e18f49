"""One real night, shared by the tests that look at what it published."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from doelenboom.settings import PROJECT_DIR

# A shell ignores Ctrl-C in what it runs in the background; tests send it, and so must be able to.
signal.signal(signal.SIGINT, signal.default_int_handler)

DOELENBOOM = [sys.executable, "-c", "from doelenboom.cli import main; main()"]


@dataclass(frozen=True)
class RealNight:
    """A data folder with the bundled sources published, and what the run printed."""

    data_dir: Path
    first_run: subprocess.CompletedProcess[str]
    python: Callable[..., subprocess.CompletedProcess[str]]

    @property
    def database(self) -> Path:
        return self.data_dir / "published" / "doelenboom.duckdb"

    @property
    def release(self) -> Path:
        return max((self.data_dir / "published" / "releases").iterdir())

    def doelenboom(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of ours on the data folder."""
        return self.python(*DOELENBOOM[1:], *words)


@pytest.fixture(scope="session")
def real_night(tmp_path_factory: pytest.TempPathFactory) -> RealNight:
    data_dir = tmp_path_factory.mktemp("real_night")

    def python(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words],
            env={**os.environ, "DOELENBOOM_DATA_DIR": str(data_dir)},
            cwd=PROJECT_DIR,
            capture_output=True,
            text=True,
            check=False,
        )

    return RealNight(data_dir, python(*DOELENBOOM[1:], "run"), python)
