"""Where the time of one full night goes, in one process on the bundled figures.

Run with `python -m benchmarks.steps`. Imports are the first step, and the first parse of the
models is in the second.
"""

import tempfile
import time
from itertools import pairwise
from pathlib import Path

from doelenboom.settings import Settings


def main() -> None:
    """Run a night in a temporary folder, and print the seconds per step."""
    marks = [("imports", time.perf_counter())]

    from orchestration.run import run_night

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        run_night(
            settings, full=True, on_step=lambda step: marks.append((step, time.perf_counter()))
        )
    marks.append(("end", time.perf_counter()))
    for (step, start), (_, following) in pairwise(marks):
        print(f"{step:26s}{following - start:6.1f} s")


if __name__ == "__main__":
    main()
