"""Releases change under the server: each answer is of one release, and none is dropped."""

import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import httpx
import pyarrow.parquet as pq
import pytest

from doelenboom.storage.files import sha256_file
from tests.conftest import DOELENBOOM
from tests.integration.served import ROWS, Server, data_folder, publish, serving
from tests.unit.publication.conftest import House

RELEASES = 10
ROWS_PATH = "/tables/generation/rows"

Standing = tuple[House, Server]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return data_folder(tmp_path / "data")


@pytest.fixture
def server(house: House) -> Iterator[Server]:
    publish(house, 1)
    with serving(house) as server:
        yield server


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """One release and one server, for the tests that read only."""
    house = data_folder(tmp_path_factory.mktemp("standing") / "data")
    publish(house, 1)
    with serving(house) as server:
        yield house, server


def _rows(client: httpx.Client) -> tuple[str, list[int]]:
    answer = client.get(ROWS_PATH)
    return _release(answer), [row["generation"] for row in answer.json()]


def _sql(client: httpx.Client) -> tuple[str, list[int]]:
    sql = "select unnest(list(generation)) as g from marts.generation"
    answer = client.post("/query", json={"sql": sql})
    return _release(answer), [row["g"] for row in answer.json()]


def _file(client: httpx.Client) -> tuple[str, list[int]]:
    answer = client.get(ROWS_PATH, params={"format": "parquet"})
    table = pq.read_table(BytesIO(answer.content))
    return _release(answer), table.column("generation").to_pylist()


def _pages(client: httpx.Client) -> tuple[str, list[int]]:
    """Walk through the pages by the links that lead on."""
    generations: list[int] = []
    following: str | None = f"{ROWS_PATH}?limit=120"
    releases = set()
    while following:
        answer = client.get(following)
        releases.add(_release(answer))
        generations += [row["generation"] for row in answer.json()]
        following = answer.links.get("next", {}).get("url")
    (release,) = releases
    return release, generations


def _release(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    return answer.headers["Doelenboom-Release"]


WAYS = (_rows, _sql, _file, _pages)


def _ask_until(
    stop: threading.Event, server: Server, way: Callable[[httpx.Client], tuple[str, list[int]]]
) -> list[tuple[str, list[int]]]:
    answers = []
    with server.client() as client:
        while not stop.is_set():
            answers.append(way(client))
    return answers


@pytest.mark.prove
def test_ten_releases_pass_under_clients_that_never_pause(house: House, server: Server) -> None:
    expected = {server.get("/health").json()["release"]: 1}
    stop = threading.Event()
    with ThreadPoolExecutor(len(WAYS)) as pool:
        loops = [pool.submit(_ask_until, stop, server, way) for way in WAYS]
        try:
            for number in range(2, RELEASES + 2):
                release = publish(house, number)
                expected[release.release_id] = number
                assert server.get("/health").json()["release"] == release.release_id
        finally:
            stop.set()
        answers = [answer for loop in loops for answer in loop.result()]
    for release_id, generations in answers:
        assert generations == [expected[release_id]] * ROWS
    assert len({release_id for release_id, _ in answers}) > RELEASES // 2
    assert server.log.read_text().count("Traceback") == 0


def test_a_new_release_is_seen_by_the_next_request(house: House, server: Server) -> None:
    assert server.get(ROWS_PATH).json()[0]["generation"] == 1
    release = publish(house, 2)
    answer = server.get(ROWS_PATH)
    assert answer.headers["Doelenboom-Release"] == release.release_id
    assert {row["generation"] for row in answer.json()} == {2}


def test_a_walk_stays_with_its_release_until_that_is_removed(house: House, server: Server) -> None:
    with server.client() as client:
        first = client.get(ROWS_PATH, params={"limit": "100", "generation": "gte.0"})
        old = first.headers["Doelenboom-Release"]
        publish(house, 2)
        second = client.get(first.links["next"]["url"])
        assert second.headers["Doelenboom-Release"] == old
        assert [row["row_no"] for row in second.json()] == list(range(100, 200))
        assert {row["generation"] for row in second.json()} == {1}
        shutil.rmtree(house.releases_dir / old)
        third = client.get(second.links["next"]["url"])
        assert third.status_code == 410
        assert old in third.json()["detail"]


def test_the_last_page_leads_nowhere(standing: Standing) -> None:
    _, server = standing
    with server.client() as client:
        last = client.get(ROWS_PATH, params={"limit": "100", "offset": str(ROWS - 100)})
        assert [row["row_no"] for row in last.json()][-1] == ROWS - 1
        assert "next" not in last.links


def test_what_the_client_has_already_is_not_sent_again(house: House, server: Server) -> None:
    paths = ("/tables", "/tables/facts", f"{ROWS_PATH}?limit=1", "/query?sql=select+1", ROWS_PATH)
    with server.client() as client:
        known = {path: {"If-None-Match": client.get(path).headers["ETag"]} for path in paths}
        for path in paths:
            again = client.get(path, headers=known[path])
            assert (again.status_code, again.content) == (304, b""), path
            assert again.headers["Doelenboom-Release"]
            other = {**known[path], "Accept": "text/csv"}
            if not path.startswith("/tables") or "rows" in path:
                assert client.get(path, headers=other).status_code == 200, path
        publish(house, 2)
        answers = [client.get(path, headers=known[path]).status_code for path in paths]
        assert answers == [200] * len(paths)


def test_a_whole_table_as_parquet_is_the_sealed_file_and_may_be_had_in_parts(
    standing: Standing, tmp_path: Path
) -> None:
    house, server = standing
    sealed = next(house.releases_dir.iterdir()) / "parquet" / "spending.parquet"
    with server.client() as client:
        path = "/tables/spending/rows?format=parquet"
        (tmp_path / "got").write_bytes(client.get(path).content)
        assert sha256_file(tmp_path / "got") == sha256_file(sealed)
        part = client.get(path, headers={"Range": "bytes=-4"})
        assert (part.status_code, part.content) == (206, b"PAR1")
        head = client.head(path)
        assert head.headers["Content-Length"] == str(sealed.stat().st_size)
        filtered = client.get(path + "&fiscal_year=2018")
        assert pq.read_table(BytesIO(filtered.content)).num_rows == 2


def test_json_keeps_decimals_and_nulls_and_csv_is_what_the_command_line_writes(
    standing: Standing,
) -> None:
    _, server = standing
    answer = server.get("/tables/spending/rows", amount_keur="eq.56168.125")
    assert '"amount_keur": 56168.125,' in answer.text
    assert '"published_on": null' in answer.text
    sql = "select 1.250::decimal(18,3) as d, 'nan'::double as f, null as n, 2::hugeint ** 70 as h"
    text = server.ask("select 1.250::decimal(18,3) as d, 'nan'::double as f, null as n").text
    assert text == '[\n{"d": 1.250, "f": null, "n": null}\n]\n'
    assert server.get("/query", sql=sql, format="csv").text.startswith("d,f,n,h\n1.250,nan,,")


def test_tables_are_described_with_label_description_key_and_rows(
    standing: Standing,
) -> None:
    _, server = standing
    table = server.get("/tables/spending").json()
    assert table["label"] == "Lasten 's jaars, x € 1.000"
    assert table["key"] == ["programme_code", "fiscal_year"]
    assert table["rows"] == 4
    assert (table["first_year"], table["last_year"]) == (2013, 2018)
    amount = next(column for column in table["columns"] if column["name"] == "amount_keur")
    assert amount == {
        "name": "amount_keur",
        "type": "DECIMAL(18,3)",
        "unit": "x € 1.000",
        "not_null": True,
        "label": "Lasten, x € 1.000",
        "description": "Expenses before reserves.",
    }
    names = [item["name"] for item in server.get("/tables").json()]
    assert names == ["data_quality", "facts", "generation", "spending"]
    (release,) = server.get("/releases").json()
    assert release["current"] is True
    assert release["made_at"] == "2026-01-02T01:30:00Z"


def test_before_the_first_release_it_says_so_and_then_serves(house: House) -> None:
    with serving(house) as server:
        answer = server.get("/tables")
        assert answer.status_code == 503
        assert "Nothing is published yet" in answer.json()["detail"]
        assert answer.headers["Retry-After"]
        publish(house, 1)
        assert server.get("/tables").status_code == 200


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_0_and_what_runs_is_answered(how: signal.Signals, server: Server) -> None:
    with _asking(server, "select+count(*)+from+range(10000)a,range(10000)b+where+a<>b") as answer:
        assert server.end(how) == 0
        assert answer.recv(100).startswith(b"HTTP/1.1 200 ")
    assert "Traceback" not in server.log.read_text()


def test_what_does_not_end_within_the_grace_is_stopped(server: Server) -> None:
    with _asking(
        server, "select+count(*)+from+range(9999999)a,range(9999999)b+where+a<>b"
    ) as answer:
        assert server.end() == 0
        assert answer.recv(100).startswith(b"HTTP/1.1 503 ")


@contextmanager
def _asking(server: Server, sql: str) -> Iterator[socket.socket]:
    """Ask, and go on once the server has surely begun to answer."""
    assert server.get("/health").status_code == 200
    with socket.create_connection(server.address, timeout=30) as connection:
        connection.sendall(
            f"GET /query?sql={sql} HTTP/1.1\r\nHost: x\r\n"
            f"Authorization: Bearer {server.token}\r\n\r\n".encode()
        )
        time.sleep(1)
        yield connection


@pytest.mark.parametrize(
    ("words", "environment", "told"),
    [
        (["--host", "999.1.1.1"], {}, "999.1.1.1:0 cannot be listened on"),
        ([], {"DOELENBOOM_SERVE_TOKEN": "short"}, "DOELENBOOM_SERVE_TOKEN cannot be used"),
        ([], {"DOELENBOOM_SPILL_DIR": "/dev/null"}, "DOELENBOOM_SPILL_DIR is '/dev/null'"),
        ([], {"DOELENBOOM_SPILL_DIR": "/proc/x"}, "/proc/x cannot be used to spill to"),
        ([], {"DOELENBOOM_MEMORY_LIMIT": "1" + "0" * 20 + "TB"}, "4 times what the machine has"),
        ([], {"DOELENBOOM_THREADS": "1000000"}, "expected a whole number from 1 to "),
    ],
)
def test_what_cannot_be_served_is_refused_in_one_sentence(
    words: list[str], environment: dict[str, str], told: str, house: House
) -> None:
    refused = _refused([*words, "--port", "0"], house, environment)
    assert told in refused
    assert "short" not in refused.replace("shorter", "")


def test_a_port_in_use_is_refused_in_one_sentence(house: House, standing: Standing) -> None:
    _, server = standing
    port = server.url.rpartition(":")[2]
    assert "cannot be listened on: address already in use" in _refused(["--port", port], house, {})


def _refused(words: list[str], house: House, environment: dict[str, str]) -> str:
    """Start a server that cannot start; the one sentence that it says."""
    run = subprocess.run(
        [*DOELENBOOM, "serve", *words],
        env={**os.environ, "DOELENBOOM_DATA_DIR": str(house.root), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr.count("\n") == 1
    return run.stderr
