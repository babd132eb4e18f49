"""Clients that read slowly, a server that is killed, files that are damaged: nothing is left."""

import os
import re
import shutil
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.served import Server, data_folder, publish, serving
from tests.unit.publication.conftest import House

SPILLS = "select repeat(md5(range::varchar), 50) as t from range(100000000) order by hash(range)"
LARGE = "select repeat('x', 1000000) as x from range(12)"
SLOW_CLIENTS = 6
MEMORY_OF_ALL = 30 << 20
"""What the server may take for them together; one answer alone is 12 MB."""


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = data_folder(tmp_path / "data")
    publish(house, 1)
    return house


@pytest.fixture
def server(house: House) -> Iterator[Server]:
    with serving(house, environment={"DOELENBOOM_MEMORY_LIMIT": "800MB"}) as server:
        yield server


def _within(seconds: float, holds: Callable[[], object], server: Server) -> None:
    ending = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ending, server.log.read_text()
        time.sleep(0.05)


def _asking(server: Server, sql: str) -> socket.socket:
    """Ask, and read nothing."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect(server.address)
    path = "/query?format=csv&sql=" + sql.replace(" ", "+")
    connection.sendall(
        f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.token}\r\n\r\n".encode()
    )
    return connection


def _memory(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) << 10


def _processes_of(parent: int) -> list[Path]:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [Path("/proc", child) for child in children]


def _spilled(house: House) -> int:
    files = (house.root / "state" / "spill").rglob("*")
    return sum(path.stat().st_size for path in files if path.is_file())


linux = pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="looks in /proc")


@linux
def test_six_who_ask_much_and_read_nothing_cost_less_than_one_answer_each(server: Server) -> None:
    assert server.ask(LARGE).status_code == 200
    before = _memory(server.process.pid)
    clients = [_asking(server, LARGE) for _ in range(SLOW_CLIENTS)]
    try:
        for client in clients:
            client.settimeout(60)
            assert client.recv(15) == b"HTTP/1.1 200 OK"
        assert _memory(server.process.pid) - before < MEMORY_OF_ALL
        assert server.ask("select 1 as x").json() == [{"x": 1}]
    finally:
        for client in clients:
            client.close()


@linux
def test_a_server_that_was_killed_leaves_no_process_and_the_next_start_no_file(
    house: House,
) -> None:
    with serving(house, environment={"DOELENBOOM_MEMORY_LIMIT": "400MB"}) as server:
        with _asking(server, SPILLS):
            _within(60, lambda: _spilled(house) > 1 << 20, server)
            processes = _processes_of(server.process.pid)
            assert len(processes) == 4
            assert server.end(signal.SIGKILL) == -signal.SIGKILL
        _within(20, lambda: not any(process.exists() for process in processes), server)
    (left,) = (house.root / "state" / "spill").glob("serve-*")
    with serving(house) as server:
        assert not left.exists()
        assert server.get("/health").status_code == 200
    assert os.listdir(house.root / "state" / "spill") == ["serve.lock"]


def test_what_is_not_as_it_was_sealed_is_not_sent_and_what_is_missing_is_named(
    house: House, server: Server
) -> None:
    (release,) = house.releases_dir.iterdir()
    path = release / "parquet" / "generation.parquet"
    rows = "/tables/generation/rows?format=parquet"
    assert server.get(rows).status_code == 200
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(content)
    for told in ("is not as it was sealed", "is missing"):
        answer = server.get(rows)
        assert answer.status_code == 503
        assert answer.json()["detail"] == (
            f"Release {release.name} is damaged: the Parquet file of generation {told}"
        )
        path.unlink(missing_ok=True)
    house.published.unlink()
    answer = server.get("/health")
    assert (answer.status_code, "published file is missing" in answer.text) == (503, True)
    assert [each["current"] for each in server.get("/releases").json()] == [False]
    assert server.get(f"/tables/generation/rows?release={release.name}").status_code == 200
    shutil.rmtree(release)
    assert "Nothing is published yet" in server.get("/health").json()["detail"]
    assert "Traceback" not in server.log.read_text()
