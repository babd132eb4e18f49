"""Inputs that nobody thought of: how many, from which seed, and what became of them."""

import random
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
SECONDS = 20
"""What one input may take, however busy the machine is; each takes well under a second."""

Fuzz = Callable[[SearchStrategy[T], Callable[[T], str], Iterable[T]], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say how many inputs of each kind, and from which seed."""
    parser.addoption("--inputs", type=int, default=60, help="inputs of each kind")
    parser.addoption("--from-seed", type=int, default=None, help="the seed; else a random one")


def pytest_configure(config: pytest.Config) -> None:
    """Choose one seed for all workers."""
    if config.option.from_seed is None:
        given_to = getattr(config, "workerinput", None)
        config.option.from_seed = given_to["seed"] if given_to else random.randrange(1 << 32)


def pytest_configure_node(node: object) -> None:
    """Tell a worker the seed."""
    node.workerinput["seed"] = node.config.option.from_seed  # type: ignore[attr-defined]


@pytest.fixture
def deadline() -> Iterator[None]:
    def end(*_: object) -> None:
        raise AssertionError(f"not done in {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, end)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def fuzz(
    request: pytest.FixtureRequest, deadline: None, record_property: Callable[[str, object], None]
) -> Iterator[Fuzz[T]]:
    """Give what tries so many inputs: a check says in a word what became of one, or fails.

    Those that failed once come first. Of one that fails the smallest is shown.
    """
    options = request.config.option
    counted: Counter[str] = Counter()

    def run(strategy: SearchStrategy[T], check: Callable[[T], str], known: Iterable[T]) -> None:
        def timed(text: T) -> None:
            signal.alarm(SECONDS)
            counted[check(text)] += 1
            signal.alarm(0)

        for text in known:
            timed(text)
        every = settings(
            max_examples=options.inputs,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )(seed(options.from_seed)(given(strategy)(timed)))
        every()

    yield run
    outcomes = ", ".join(f"{count} {word}" for word, count in sorted(counted.items()))
    record_property("fuzzed", f"{counted.total()} inputs from seed {options.from_seed}: {outcomes}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell of each kind what became of its inputs."""
    reports = [each for found in terminalreporter.stats.values() for each in found]
    for report in reports:
        for name, told in getattr(report, "user_properties", ()):
            if name == "fuzzed":
                terminalreporter.write_line(f"{report.nodeid}: {told}")
