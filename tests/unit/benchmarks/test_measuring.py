"""Ways are measured in turn; the first round does not count when it warms up."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.measuring import MeasuredCommand, Spent, alternate


def way(name: str, log: list[str], seconds: list[float]) -> Callable[[], Spent]:
    def run() -> Spent:
        log.append(name)
        return Spent(seconds.pop(0), 0, 0)

    return run


def test_ways_follow_each_other_and_the_median_counts() -> None:
    log: list[str] = []
    ways = {"a": way("a", log, [99, 1, 2, 9]), "b": way("b", log, [99, 4, 4, 4])}
    medians = alternate(ways, 3, warm_up=True)
    assert log == ["a", "b"] * 4
    assert {name: spent.seconds for name, spent in medians.items()} == {"a": 2, "b": 4}


def test_the_memory_of_a_process_is_told(tmp_path: Path) -> None:
    words = [sys.executable, "-c", "x = b'x' * 300_000_000"]
    assert MeasuredCommand(words, tmp_path, tmp_path).run().peak_mb > 280


def test_a_command_that_fails_stops_the_measurement_in_its_own_words(tmp_path: Path) -> None:
    words = [sys.executable, "-c", "raise SystemExit('no such table')"]
    with pytest.raises(RuntimeError, match="no such table"):
        MeasuredCommand(words, tmp_path, tmp_path).run()
