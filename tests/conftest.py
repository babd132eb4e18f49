"""One real night, shared by the tests that look at what it published."""

import gc
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest
from filelock import FileLock

from doelenboom.settings import PROJECT_DIR
from tests.few_municipalities import keep_few

hypothesis.settings.register_profile("no test measures time", deadline=None)
hypothesis.settings.load_profile("no test measures time")

# A shell ignores Ctrl-C in what it runs in the background; tests send it, and so must be able to.
signal.signal(signal.SIGINT, signal.default_int_handler)

gc.disable()  # until all is imported: none of that is garbage

DOELENBOOM = [sys.executable, "-c", "from doelenboom.cli import main; main()"]


MadeOnce = Callable[[str, Callable[[Path], None]], Path]


@dataclass(frozen=True)
class RealNight:
    """A data folder with the bundled sources published."""

    data_dir: Path

    @property
    def database(self) -> Path:
        return self.data_dir / "published" / "doelenboom.duckdb"

    @property
    def release(self) -> Path:
        return max((self.data_dir / "published" / "releases").iterdir())

    @property
    def first_run(self) -> subprocess.CompletedProcess[str]:
        """What the run told that made it."""
        told = json.loads((self.data_dir.parent / "told.json").read_text(encoding="utf-8"))
        return subprocess.CompletedProcess(DOELENBOOM, **told)

    def copied_to(self, place: Path) -> "RealNight":
        """Copy the folder as the run left it, whatever is done with this one meanwhile."""
        return RealNight(copy_links(self.data_dir.with_name("as_made"), place))

    def doelenboom(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of ours on the data folder."""
        return self.python(*DOELENBOOM[1:], *words)

    def python(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run Python with the data folder as that of the project."""
        return subprocess.run(
            [sys.executable, *words],
            env={**os.environ, "DOELENBOOM_DATA_DIR": str(self.data_dir)},
            cwd=PROJECT_DIR,
            capture_output=True,
            text=True,
            check=False,
        )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with a file that makes the night that is shared; others that wait for it come last."""
    waiting = [item.path for item in items if "real_night" in getattr(item, "fixturenames", ())]
    last = set(waiting) - set(waiting[:1])
    items.sort(key=lambda item: (item.path not in waiting[:1], item.path in last))


def pytest_collection_finish() -> None:
    """Collect garbage from here on, but seldom, and leave what was imported out of it."""
    gc.freeze()
    gc.set_threshold(50_000)
    gc.enable()


@pytest.fixture(scope="module", autouse=True)
def environment_put_back() -> Iterator[None]:
    """Take back what a night of this process handed on to dbt by the environment."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """Give a folder that is filled once in a session, whatever worker asks first."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent

    def folder(name: str, fill: Callable[[Path], None]) -> Path:
        made = root / name
        with FileLock(root / f"{name}.lock"):
            if not (root / f"{name}.made").exists():
                shutil.rmtree(made, ignore_errors=True)
                made.mkdir()
                fill(made)
                (root / f"{name}.made").touch()
        return made

    return folder


def copy_links(source: Path, target: Path) -> Path:
    """Copy a folder in which one file may have several names, and return where."""
    subprocess.run(["cp", "-a", source, target], check=True)
    return target


@pytest.fixture(scope="session")
def few_municipalities(made_once: MadeOnce) -> Path:
    """Let all nights that follow in this session read the figures of few municipalities."""
    folder = made_once("benchmarks", keep_few)
    os.environ["DOELENBOOM_BENCHMARKS_DIR"] = str(folder)
    return folder


@pytest.fixture(scope="session")
def real_night(made_once: MadeOnce, few_municipalities: Path) -> RealNight:
    """Give the night that all workers share: no test may run another on its folder."""

    def first_run(folder: Path) -> None:
        done = RealNight(folder / "data").doelenboom("run")
        told = {"returncode": done.returncode, "stdout": done.stdout, "stderr": done.stderr}
        (folder / "told.json").write_text(json.dumps(told), encoding="utf-8")
        copy_links(folder / "data", folder / "as_made")

    return RealNight(made_once("real_night", first_run) / "data")
