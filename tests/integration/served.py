"""A data folder with releases in it, and a real server process over it."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from doelenboom.publication.manifest import Release
from doelenboom.storage.resources import DuckDBResources
from tests.conftest import DOELENBOOM
from tests.unit.publication.conftest import MARTS, House

ROWS = 500
FIRST = datetime(2026, 1, 1, 1, 30, tzinfo=UTC)
GENERATION = f"""
create or replace table marts.generation (row_no integer primary key, generation integer);
insert into marts.generation select range, {{number}} from range({ROWS});
"""


def data_folder(root: Path) -> House:
    """Make a house whose folders are those of a data folder; nothing is published in it."""
    root.mkdir(exist_ok=True)
    warehouse = root / "source.duckdb"
    resources = DuckDBResources(memory_limit="500MB", threads=2, spill_dir=root / "state/spill")
    house = House(root, warehouse, resources)
    house.execute(MARTS)
    return house


def publish(house: House, number: int) -> Release:
    """Publish a release in which every row of `generation` is this number."""
    house.execute(GENERATION.format(number=number))
    house.build()
    return house.publish(FIRST + timedelta(days=number))


@dataclass(frozen=True)
class Server:
    """A process that serves, where it listens, and the token it wants."""

    process: subprocess.Popen[str]
    url: str
    token: str
    log: Path

    @property
    def address(self) -> tuple[str, int]:
        host, _, port = self.url.removeprefix("http://").rpartition(":")
        return host, int(port)

    def client(self, timeout: float = 60) -> httpx.Client:
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx.Client(base_url=self.url, headers=headers, timeout=timeout)

    def get(self, path: str, **parameters: str) -> httpx.Response:
        with self.client() as client:
            return client.get(path, params=parameters or None)

    def ask(self, sql: str) -> httpx.Response:
        with self.client() as client:
            return client.post("/query", json={"sql": sql})

    def end(self, how: int = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(20)


@contextmanager
def serving(
    house: House, *words: str, environment: dict[str, str] | None = None
) -> Iterator[Server]:
    """Serve a data folder while entered."""
    log = house.root / "serve.log"
    with log.open("w") as errors:
        process = subprocess.Popen(
            [*DOELENBOOM, "serve", "--port", "0", *words],
            env={**os.environ, "DOELENBOOM_DATA_DIR": str(house.root), **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    assert process.stdout is not None
    try:
        first = process.stdout.readline()
        match = re.search(r"http://\S+", first)
        assert match, log.read_text()
        token_file = house.root / "state" / "serve.token"
        token = (environment or {}).get("DOELENBOOM_SERVE_TOKEN") or token_file.read_text().strip()
        yield Server(process, match[0], token, log)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(20)
