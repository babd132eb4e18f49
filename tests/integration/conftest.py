"""The small project, for the tests that run a night on it in this process."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import MadeOnce, RealNight, copy_links
from tests.integration.small_night import SmallSettings, full_night, make_small_project

HANDED_ON = [
    f"DOELENBOOM_{name}"
    for name in ("DATA_DIR", "MEMORY_LIMIT", "THREADS", "SPILL_DIR", "IN_FORCE_DIR")
]
"""What dbt's runner tells the models, for this process."""


@pytest.fixture(scope="session", autouse=True)
def _on_few_municipalities(few_municipalities: Path) -> None:
    """Every night of these tests reads the figures of few municipalities."""


@pytest.fixture(scope="module", autouse=True)
def _variables_of_a_file(few_municipalities: Path) -> Iterator[None]:
    """Let no file of tests see the variables that dbt's runner set in another, nor its folders."""
    before = {name: os.environ.pop(name, None) for name in HANDED_ON}
    yield
    for name, value in before.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value


@pytest.fixture
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put back, afterwards, the variables that dbt's runner sets."""
    for name in HANDED_ON:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("DOELENBOOM_BENCHMARKS_DIR", os.environ["DOELENBOOM_BENCHMARKS_DIR"])


@pytest.fixture
def small(tmp_path: Path, no_variables: None) -> SmallSettings:
    """Give a small project on which no night was run."""
    return make_small_project(tmp_path)


@pytest.fixture
def small_night(no_variables: None, made_once: MadeOnce) -> Path:
    """Give the folder of a small project that has published once; to be copied, not written in."""
    return made_once("small_night", lambda folder: full_night(make_small_project(folder)))


@pytest.fixture
def small_published(tmp_path: Path, small_night: Path) -> SmallSettings:
    """Give a small project on which one night was run."""
    copy_links(small_night, tmp_path / "small")
    return SmallSettings(data_dir=tmp_path / "small" / "data", threads=2)


@pytest.fixture(scope="session")
def whole_bundle(made_once: MadeOnce, few_municipalities: Path) -> RealNight:
    """Give a night on all that is bundled, which workers share and only read."""

    def first_run(folder: Path) -> None:
        night = RealNight(folder / "data")
        few = os.environ.pop("DOELENBOOM_BENCHMARKS_DIR")
        try:
            done = night.doelenboom("run")
        finally:
            os.environ["DOELENBOOM_BENCHMARKS_DIR"] = few
        assert (done.returncode, done.stderr) == (0, "")

    return RealNight(made_once("whole_bundle", first_run) / "data")
