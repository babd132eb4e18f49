"""Rows per second from a server on loopback to Parquet, ours beside others on the same table.

Part of `make bench`, which installs the others in `.venv-bench`. `--memory` measures our peak
memory on ten million rows instead.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from doelenboom.settings import PROJECT_DIR, Settings

ROWS = 1_000_000
MANY_ROWS = 10_000_000
REPEATS = 3
OTHERS = PROJECT_DIR / ".venv-bench" / "bin" / "python"
SCRIPT = PROJECT_DIR / "benchmarks" / "ingest_others.py"


def main() -> None:
    """Measure, and print rows per second and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--ours", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.ours:
        _ours(options.ours)
    elif options.memory:
        with _server(MANY_ROWS, "--rows") as url:
            rows, seconds, peak = _run([sys.executable, "-m", "benchmarks.ingest", "--ours", url])
        print(f"doelenboom, {rows:,} rows: {seconds:.0f} s, peak memory {peak:.0f} MB")
    else:
        _compare()


def _compare() -> None:
    speeds: dict[str, float] = {}
    with _server(ROWS, "--warm", "--rows") as url, tempfile.TemporaryDirectory() as folder:
        _pages_on_disk(url, Path(folder))
        ways: dict[str, list[object]] = {
            "doelenboom": [sys.executable, "-m", "benchmarks.ingest", "--ours", url],
            "read_json": [OTHERS, SCRIPT, "read_json", url, folder],
            "dlt": [OTHERS, SCRIPT, "dlt", url],
            "cbsodata": [OTHERS, SCRIPT, "cbsodata", url],
        }
        for name, command in ways.items():
            speeds[name], peak = _median(command)
            print(f"{name:12s}{speeds[name]:12,.0f} rows/s   peak memory {peak:6.0f} MB")
    for name in ("read_json", "dlt", "cbsodata"):
        print(f"doelenboom / {name:10s}{speeds['doelenboom'] / speeds[name]:8.1f}")


def _median(command: list[object]) -> tuple[float, float]:
    """Median rows per second and the largest peak memory in MB of a few runs."""
    speeds, peaks = [], []
    for _ in range(REPEATS):
        with tempfile.TemporaryDirectory() as folder:
            own_folder = [] if "read_json" in command or "--ours" in command else [folder]
            rows, seconds, peak = _run([*command, *own_folder])
        assert rows == ROWS, f"{rows} rows came, expected {ROWS}"
        speeds.append(rows / seconds)
        peaks.append(peak)
    return statistics.median(speeds), max(peaks)


def _run(command: list[object]) -> tuple[int, float, float]:
    done = subprocess.run(
        [str(word) for word in command],
        cwd=PROJECT_DIR,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    _, rows, seconds, peak = done.stdout.strip().splitlines()[-1].split()
    return int(rows), float(seconds), float(peak)


def _ours(url: str) -> None:
    """Fetch the table as `doelenboom fetch cbs` does: checked, landed, Parquet."""
    from doelenboom.ingestion.cbs.fetch import fetch_cbs
    from doelenboom.sources.cbs.datasets import IV3

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), cbs_url=url, cbs_iv3_url=url)
        start = time.perf_counter()
        (news,) = fetch_cbs(settings, [IV3])
        seconds = time.perf_counter() - start
        assert news.outcome == "landed", news.failure
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"result {news.rows} {seconds:.3f} {peak:.0f}")


def _pages_on_disk(url: str, folder: Path) -> None:
    """Keep the pages as they are sent, for `read_json`."""
    import httpx
    import orjson

    link: str | None = f"{url}/ODataFeed/odata/45042NED/TypedDataSet?$format=json"
    number = 0
    while link is not None:
        body = httpx.get(link, timeout=60).content
        (folder / f"{number:04d}.json").write_bytes(body)
        number += 1
        link = orjson.loads(body).get("odata.nextLink")


@contextmanager
def _server(rows: int, *words: str) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.cbs_server", *words, str(rows)]
    with subprocess.Popen(
        command, cwd=PROJECT_DIR, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
