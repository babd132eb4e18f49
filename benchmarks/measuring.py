"""Processes measured: wall seconds, processor seconds and peak memory, way beside way.

Imports nothing large: the peak of a child is never told below what its parent held when it began.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Spent:
    """What a process took: seconds on the clock and of the processors, and its peak in MB.

    The peak is that of its largest process; the processor seconds are those of all.
    """

    seconds: float
    cpu: float
    peak_mb: float


@dataclass(frozen=True)
class MeasuredCommand:
    """A command line, where it runs and with which data folder."""

    words: Sequence[str | Path]
    clone: Path
    data: Path

    def run(self) -> Spent:
        """Run it once. Raises RuntimeError with the end of what it said when it fails."""
        spill = self.data / "state" / "spill"
        environment = {
            **os.environ,
            "DOELENBOOM_DATA_DIR": str(self.data),
            "DOELENBOOM_SPILL_DIR": str(spill),
        }
        with tempfile.TemporaryFile() as said:
            start = time.perf_counter()
            process = subprocess.Popen(
                [str(word) for word in self.words],
                cwd=self.clone,
                env=environment,
                stdout=said,
                stderr=said,
            )
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                said.seek(0)
                words = " ".join(map(str, self.words))
                raise RuntimeError(f"{words}: {said.read().decode(errors='replace')[-3000:]}")
        peak = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
        return Spent(seconds, usage.ru_utime + usage.ru_stime, peak)


def alternate(
    ways: Mapping[str, Callable[[], Spent]], rounds: int, *, warm_up: bool
) -> dict[str, Spent]:
    """Go through all ways, round after round, so that what disturbs one disturbs all.

    Gives medians of seconds and the largest peak; a first round for warming up does not count.
    """
    runs: dict[str, list[Spent]] = {name: [] for name in ways}
    for number in range(rounds + warm_up):
        for name, way in ways.items():
            spent = way()
            print(f"  {name:28s}{spent.seconds:8.2f} s", file=sys.stderr)
            if number >= warm_up:
                runs[name].append(spent)
    return {name: _median(spent) for name, spent in runs.items()}


def _median(runs: Sequence[Spent]) -> Spent:
    return Spent(
        statistics.median(run.seconds for run in runs),
        statistics.median(run.cpu for run in runs),
        max(run.peak_mb for run in runs),
    )
