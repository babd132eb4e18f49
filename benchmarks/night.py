"""How long a whole night takes beside `dbt build` alone, and where its time goes.

Run with `make bench`. Each command is a process of its own in a temporary data folder; the first
run of each is left out, because it parses the project from nothing.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from doelenboom.settings import PROJECT_DIR, Settings

REPEATS = 3
BIN = Path(sys.executable).parent


def main() -> None:
    """Measure, and print the medians, their ratio and the seconds per step."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DOELENBOOM_DATA_DIR": folder}
        night = _median([BIN / "doelenboom", "run", "--full"], environment)
        build = _median(
            [
                *(BIN / "dbt", "build", "--exclude", "data_quality"),
                *("--project-dir", PROJECT_DIR, "--profiles-dir", PROJECT_DIR),
                *("--target-path", Path(folder) / "dbt", "--log-path", Path(folder) / "logs"),
            ],
            environment,
        )
        unchanged = _median([BIN / "doelenboom", "run"], environment)
        print(f"doelenboom run --full    {night:6.1f} s")
        print(f"dbt build                {build:6.1f} s")
        print(f"doelenboom run, no change{unchanged:6.1f} s")
        print(f"night / dbt build        {night / build:6.2f}")
        for step, seconds in _steps(Settings(data_dir=Path(folder))):
            print(f"  {step:26s}{seconds:6.1f} s")


def _median(command: list[object], environment: dict[str, str]) -> float:
    """Median wall time in seconds of a command, after one run that does not count."""
    seconds = []
    for _ in range(REPEATS + 1):
        start = time.perf_counter()
        subprocess.run(
            [str(word) for word in command], env=environment, check=True, stdout=subprocess.DEVNULL
        )
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds[1:])


def _steps(settings: Settings) -> list[tuple[str, float]]:
    """Seconds per step of one full night in this process, imports included as the first."""
    marks = [("imports", time.perf_counter())]

    from orchestration.run import run_night

    run_night(settings, full=True, on_step=lambda step: marks.append((step, time.perf_counter())))
    marks.append(("end", time.perf_counter()))
    return [(step, following - start) for (step, start), (_, following) in pairwise(marks)]


if __name__ == "__main__":
    main()
