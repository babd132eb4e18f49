"""How many questions per second `doelenboom serve` answers, beside `run_query` in one process.

Run with `python -m benchmarks.serving` once something is published. The client is wrk (a package
of Debian) with sixteen connections on the same machine, so that they share its cores.
"""

import contextlib
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from doelenboom.errors import RefusedError
from doelenboom.publication.reading.reader import run_query
from doelenboom.serving.token import kept_token
from doelenboom.settings import Settings, load_settings
from doelenboom.storage.resources import DuckDBResources

SECONDS = 10
TABLE = "programme_finance"
FILTERED = (
    f"/tables/{TABLE}/rows?fiscal_year=2018&flow=expenses&select=line_item,actual_keur",
    f"select line_item, actual_keur from marts.{TABLE}"
    " where fiscal_year = 2018 and flow = 'expenses'"
    " order by municipality_code, fiscal_year, programme_code, line_item, flow limit 1001",
)
AGGREGATE_SQL = (
    f"select fiscal_year, flow, sum(actual_keur) as keur from marts.{TABLE} group by all"
)
AGGREGATE = (f"/query?sql={AGGREGATE_SQL.replace(' ', '+')}", AGGREGATE_SQL)


def main() -> None:
    """Measure two questions both ways, and print answers per second and their ratio."""
    settings = load_settings()
    if not settings.published.is_file():
        raise RefusedError("nothing is published yet: run `doelenboom run` first")
    with _served() as url:
        token = kept_token(settings.serve_token_file)
        for name, (path, sql) in {"filtered": FILTERED, "aggregate": AGGREGATE}.items():
            _per_second_served(url + path, token)  # its processes start, and do not count
            served = _per_second_served(url + path, token)
            alone = _per_second_alone(settings, sql)
            print(
                f"{name:10s} serve {served:7.0f}/s  run_query {alone:6.0f}/s"
                f"  ratio {served / alone:5.1f}"
            )


@contextlib.contextmanager
def _served() -> Iterator[str]:
    """Serve the data folder while entered; its address."""
    process = subprocess.Popen(
        [Path(sys.executable).parent / "doelenboom", "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().split()[-1]
    finally:
        process.terminate()
        process.wait()


def _per_second_served(url: str, token: str) -> float:
    """Answers per second, as wrk counts them; any that is not 200 stops the measurement."""
    command = ["wrk", "-t", "2", "-c", "16", "-d", f"{SECONDS}s", "--timeout", "30s"]
    header = f"Authorization: Bearer {token}"
    told = subprocess.run(
        [*command, "-H", header, url], capture_output=True, text=True, check=True
    ).stdout
    match = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if match is None or "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(told)
    return float(match[1])


def _per_second_alone(settings: Settings, sql: str) -> float:
    resources = DuckDBResources(
        settings.memory_limit, settings.threads, settings.effective_spill_dir
    )
    count, began = 0, time.perf_counter()
    while time.perf_counter() - began < SECONDS:
        run_query(settings.published, sql, resources=resources)
        count += 1
    return count / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
