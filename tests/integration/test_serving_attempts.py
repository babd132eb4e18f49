"""What people may try on the endpoint, against a real server: it refuses, and stays as it was."""

import asyncio
import base64
import os
import re
import resource
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from doelenboom.storage.files import sha256_file
from tests.integration.served import Server, data_folder, publish, serving
from tests.unit.publication.conftest import House

SECONDS = 3
CLIENTS = 1_000


@dataclass(frozen=True)
class Standing:
    """A server over one release, and the hash of its database."""

    server: Server
    house: House
    sha256: str


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    house = data_folder(tmp_path_factory.mktemp("served"))
    release = publish(house, 1)
    limits = {"DOELENBOOM_MEMORY_LIMIT": "800MB", "DOELENBOOM_THREADS": "2"}
    with serving(house, "--timeout", str(SECONDS), environment=limits) as server:
        yield Standing(server, house, release.database_sha256)


@pytest.fixture(autouse=True)
def _as_it_was(standing: Standing) -> Iterator[None]:
    """After each attempt the file is the same, and the server answers."""
    yield
    assert sha256_file(standing.house.published) == standing.sha256
    assert standing.server.ask("select count(*) as n from marts.facts").json() == [{"n": 3}]
    assert standing.server.process.poll() is None


NOT_READING = "not one statement that reads"
NOT_HERE = "is not available here"
ATTEMPTS = {
    "insert": ("insert into marts.facts values (9, 'x')", NOT_READING),
    "update": ("update marts.facts set title = 'x'", NOT_READING),
    "delete": ("delete from marts.facts", NOT_READING),
    "create": ("create table marts.t (x integer)", NOT_READING),
    "create a temporary table": ("create temp table t as select 1", NOT_READING),
    "create a macro": ("create macro f() as 1", NOT_READING),
    "drop": ("drop table marts.facts", NOT_READING),
    "write behind explain": ("explain analyze delete from marts.facts", NOT_READING),
    "write in a cte": ("with d as (delete from marts.facts returning *) from d", "failed|reads"),
    "copy out": ("copy marts.facts to '/tmp/facts.csv'", NOT_READING),
    "copy in": ("copy marts.facts from '/etc/passwd'", NOT_READING),
    "export": ("export database '/tmp/all'", NOT_READING),
    "import": ("import database '/tmp/all'", NOT_READING),
    "attach": ("attach '/tmp/other.duckdb'", NOT_READING),
    "detach": ("detach doelenboom", NOT_READING),
    "install": ("install httpfs", NOT_READING),
    "load": ("load httpfs", NOT_READING),
    "set": ("set memory_limit = '100GB'", NOT_READING),
    "set access": ("set enable_external_access = true", NOT_READING),
    "reset": ("reset memory_limit", NOT_READING),
    "pragma": ("pragma database_list", NOT_READING),
    "call": ("call pragma_database_size()", NOT_READING),
    "checkpoint": ("checkpoint", NOT_READING),
    "begin": ("begin transaction", NOT_READING),
    "prepare": ("prepare p as select 1", NOT_READING),
    "use": ("use memory", NOT_READING),
    "several statements": ("select 1; select 2", "2 statements, expected one"),
    "a statement behind a comment": ("select 1 /* */; drop table marts.facts", "reads|statements"),
    "nothing": ("", "0 statements|No statement|failed"),
    "no SQL": ("selct 1", "syntax error"),
    "read_csv": ("from read_csv('/etc/passwd')", NOT_HERE),
    "read_text": ("from read_text('/etc/passwd')", NOT_HERE),
    "read_blob": ("from read_blob('/proc/self/environ')", NOT_HERE),
    "read_json": ("from read_json('/etc/passwd')", NOT_HERE),
    "read_parquet": ("from read_parquet('/tmp/x.parquet')", NOT_HERE),
    "read_duckdb": ("from read_duckdb('/tmp/x.duckdb')", NOT_HERE),
    "parquet_metadata": ("from parquet_metadata('/tmp/x.parquet')", NOT_HERE),
    "sniff_csv": ("from sniff_csv('/etc/passwd')", NOT_HERE),
    "glob": ("from glob('/etc/*')", NOT_HERE),
    "glob in a subquery": ("select (select count(*) from glob('/etc/*'))", NOT_HERE),
    "a file by its name": ("from '/etc/passwd'", "does not exist|not published"),
    "a CSV file by its name": ("from '/etc/passwd.csv'", "does not exist|disabled"),
    "a remote file": ("from 'https://example.org/x.parquet'", "does not exist|disabled"),
    "another schema": ("from system.main.duckdb_settings()", NOT_HERE),
    "settings": ("from duckdb_settings()", NOT_HERE),
    "settings in capitals": ('from "DuckDB_Settings"()', NOT_HERE),
    "databases": ("from duckdb_databases()", NOT_HERE),
    "databases as a view": ("from duckdb_databases", "not published"),
    "databases by their long name": ("from system.main.duckdb_databases", "not published"),
    "pragma_database_list": ("from pragma_database_list", "not published"),
    "pg_settings": ("from pg_catalog.pg_settings", "not published"),
    "sqlite_master": ("from sqlite_master", "not published"),
    "secrets": ("from duckdb_secrets()", NOT_HERE),
    "temporary files": ("from duckdb_temporary_files()", NOT_HERE),
    "logs": ("from duckdb_logs()", NOT_HERE),
    "extensions": ("from duckdb_extensions()", NOT_HERE),
    "a setting": ("select current_setting('temp_directory')", NOT_HERE),
    "a setting behind explain": ("explain select current_setting('temp_directory')", NOT_HERE),
    "a setting by its long name": ("select system.main.current_setting('x')", NOT_HERE),
    "a setting in a limit": ("select 1 limit current_setting('threads')::int", NOT_HERE),
    "a setting in a CTE": ("with x as (select current_setting('threads')) from x", NOT_HERE),
    "a setting in a lambda": (
        "select list_transform([1], lambda x: current_setting('threads'))",
        NOT_HERE,
    ),
    "show a setting": ("show temp_directory", "not shown here"),
    "SQL in a text": ("from query('from duckdb_settings()')", NOT_HERE),
    "a table in a text": ("from query_table('duckdb_databases')", NOT_HERE),
    "a serialized statement": (
        "from json_execute_serialized_sql(json_serialize_sql('from duckdb_settings()'))",
        NOT_HERE,
    ),
    "a variable of the process": ("from sys", "does not exist"),
    "the environment": ("select getenv('HOME')", "does not exist"),
    "a table of the warehouse": ("from staging.hidden", "not published"),
    "nested deeply": ("select " + "(" * 5000 + "1" + ")" * 5000, "failed|deep"),
    "a NUL": ("select 'a\0b'; \0", "failed|statements"),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_a_statement_that_does_more_than_read_is_refused(attempt: str, standing: Standing) -> None:
    sql, told = ATTEMPTS[attempt]
    answer = standing.server.ask(sql)
    problem = answer.json()
    assert answer.status_code == 400, problem
    assert answer.headers["content-type"] == "application/problem+json"
    assert re.search(told, problem["detail"]), problem
    assert str(standing.house.root) not in answer.text
    assert "\n" not in problem["detail"]


TOO_MUCH = {
    "a minute of work": "select sum(a.range * b.range) from range(10000000) a, range(1000000) b",
    "memory by aggregation": "select string_agg(range::varchar) from range(50000000)",
    "memory by one text": "select length(repeat('x', 4000000000))",
    "memory by many texts": "select repeat('x', 10000000) from range(100000)",
    "memory by a list": "select list(range) from range(1000000000)",
    "disk by sorting": "select hash(range) as h, repeat(md5(range::varchar), 50) as t"
    " from range(100000000) order by h",
    "too many rows": "from range(100001)",
    "too many bytes": "select repeat('x', 10000) from range(50000)",
    "one value too large": "select repeat('x', 40000000)",
}


@pytest.mark.parametrize("attempt", TOO_MUCH)
def test_a_query_that_takes_too_much_is_stopped(attempt: str, standing: Standing) -> None:
    began = time.monotonic()
    answer = standing.server.ask(TOO_MUCH[attempt])
    assert answer.status_code == 422, answer.text[:300]
    assert time.monotonic() - began < SECONDS + 15
    spill = standing.house.root / "state" / "spill"
    assert sum(f.stat().st_size for f in spill.rglob("*") if f.is_file()) < 1 << 20


@pytest.mark.parametrize(
    "authorization",
    [
        *("", "Bearer", "Bearer wrong", "Basic", "Basic !!!", "Digest x"),
        "Basic " + base64.b64encode(b"user:wrong").decode(),
        "Bearer " + "a" * 5000,
        "Bearer é",
    ],
)
@pytest.mark.parametrize("path", ["/tables", "/query?sql=select+1", "/openapi.json", "/nothing"])
def test_without_the_token_nothing_is_said(
    path: str, authorization: str, standing: Standing
) -> None:
    headers = [(b"Authorization", authorization.encode())] if authorization else []
    answer = httpx.get(standing.server.url + path, headers=headers)
    assert answer.status_code == 401
    assert "Doelenboom-Release" not in answer.headers


def test_health_needs_no_token_and_says_the_release_alone(standing: Standing) -> None:
    answer = httpx.get(standing.server.url + "/health")
    assert list(answer.json()) == ["release"]
    assert "server" not in answer.headers


def test_the_token_may_be_the_password_of_basic_authentication(standing: Standing) -> None:
    answer = httpx.get(standing.server.url + "/tables", auth=("anybody", standing.server.token))
    assert answer.status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", ["/tables", "/query", "/tables/facts/rows"])
def test_other_methods_are_refused(method: str, path: str, standing: Standing) -> None:
    with standing.server.client() as client:
        answer = client.request(method, path)
    assert answer.status_code == 405
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/tables/..%2f..%2fetc%2fpasswd/rows?format=parquet", 404),
        ("/tables/%2e%2e/rows?format=parquet", 404),
        ("/tables/../../../../etc/passwd", 404),
        ("/tables/facts%00/rows", 404),
        ("/tables/facts%22%3b%20drop%20table%20x/rows", 404),
        ("/tables/facts/rows?release=../../etc", 400),
        ("/tables/facts/rows?release=..%2f20260102T013000Z-00000000", 400),
        ("/tables/facts/rows?release=20260102T013000Z-00000000%0a", 400),
        ("/tables/facts/rows?release=20200102T013000Z-00000000", 410),
        ("/tables/facts/rows?fact_no%22%20or%201=1", 400),
        ("/tables/facts/rows?select=title%22%2cx", 400),
        ("/tables/facts/rows?order=title;drop", 400),
        ("/tables/facts/rows?limit=0", 400),
        ("/tables/facts/rows?limit=100001", 400),
        ("/tables/facts/rows?limit=1&limit=2", 400),
        ("/tables/facts/rows?offset=-1", 400),
        ("/tables/facts/rows?format=xml", 400),
        ("/tables/facts/rows?title=%ff%fe", 400),
        ("/query?sql=select%20%27%ff%27", 400),
        ("/query", 400),
        ("/docs", 404),
        ("/redoc", 404),
    ],
)
def test_an_address_that_means_nothing_here_is_refused(
    path: str, status: int, standing: Standing
) -> None:
    with standing.server.client() as client:
        request = client.build_request("GET", "/")
        request.url = request.url.copy_with(raw_path=path.encode())
        answer = client.send(request)
    assert answer.status_code == status, answer.text
    assert answer.json()["status"] == status
    assert "root:" not in answer.text


def test_quotes_in_values_are_values(standing: Standing) -> None:
    answer = standing.server.get("/tables/facts/rows", title="eq.a' or '1'='1")
    assert answer.json() == []


def test_long_statements_and_large_bodies_are_refused(standing: Standing) -> None:
    with standing.server.client() as client:
        assert standing.server.ask("select " + "1" * 20_001).status_code == 400
        long = "select '" + "\N{MUSICAL SYMBOL G CLEF}" * 5_000 + "'"
        answer = standing.server.get("/query", sql=long)
        assert (answer.status_code, answer.json()["status"]) == (400, 400)
        assert "at most 5000 characters" in answer.json()["detail"]
        assert standing.server.ask(long).status_code == 200
        large = b'{"sql": "' + b" " * 200_000 + b'select 1"}'
        headers = {"Content-Type": "application/json"}
        assert client.post("/query", content=large, headers=headers).status_code == 413
        chunks = (b" " * 10_000 for _ in range(20))
        assert client.post("/query", content=chunks, headers=headers).status_code == 413
        for broken in (b'{"sql": "\xff"}', b"{", b"[]", b'{"sql": 1}', b'{"sql": "\\ud800"}'):
            assert client.post("/query", content=broken, headers=headers).status_code == 400


RAW = {
    "two lengths": b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "a length below zero": b"POST /query HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "an unknown coding": b"POST /query HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: x\r\n\r\n",
    "a folded header": b"GET /health HTTP/1.1\r\nHost : x\r\n\r\n",
    "no host": b"GET /health HTTP/1.1\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x00\xff\r\n\r\n",
    "a header without end": b"GET /health HTTP/1.1\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
    "an address without end": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
}


@pytest.mark.parametrize("attempt", RAW)
def test_requests_of_doubtful_form_are_refused(attempt: str, standing: Standing) -> None:
    with socket.create_connection(standing.server.address, timeout=10) as connection:
        connection.sendall(RAW[attempt])
        assert connection.recv(1000).startswith(b"HTTP/1.1 4")


FRAMED_TWICE = {
    "a length and chunks": b"Content-Length: %d\r\nTransfer-Encoding: chunked",
    "chunks and a length": b"transfer-encoding: chunked\r\ncontent-length: %d",
    "a body that is too large": b"Content-Length: 999999999\r\nX: %d",
}


@pytest.mark.parametrize("headers", FRAMED_TWICE)
@pytest.mark.parametrize("path", [b"/health", b"/query"])
def test_what_follows_a_body_of_doubtful_length_is_no_second_request(
    headers: str, path: bytes, standing: Standing
) -> None:
    body = b"0\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n\r\n"
    head = b"POST %b HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %b\r\n" % (
        path,
        standing.server.token.encode(),
    ) + FRAMED_TWICE[headers] % len(body)
    with socket.create_connection(standing.server.address, timeout=5) as connection:
        connection.sendall(head + b"\r\n\r\n" + body)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))  # until it is closed
    assert answer.startswith(b"HTTP/1.1 4")
    assert answer.count(b"HTTP/1.1 ") == 1


def test_what_a_client_makes_up_is_told_and_logged_cut_and_without_what_cannot_be_seen(
    standing: Standing,
) -> None:
    with standing.server.client() as client:
        answer = client.request("A" * 30_000, "/health")
    assert (answer.status_code, len(answer.json()["detail"]) < 200) == (405, True)
    detail = standing.server.ask("select\n\ud7fc \x1b[31m").json()["detail"]
    assert detail.isprintable()
    assert "A" * 1_000 not in standing.server.log.read_text()


def test_a_query_whose_client_has_gone_makes_room(tmp_path: Path) -> None:
    house = data_folder(tmp_path / "data")
    publish(house, 1)
    slow = "/query?sql=" + "select+sum(a.range*b.range)+from+range(10000000)a,range(1000000)b"
    with serving(house, "--timeout", "300") as server:
        head = f"GET {slow} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.token}\r\n\r\n"
        for _ in range(8):
            connection = socket.create_connection(server.address)
            connection.sendall(head.encode())
            time.sleep(0.2)
            connection.close()
        with server.client(timeout=60) as client:
            assert client.post("/query", json={"sql": "select 1 as x"}).json() == [{"x": 1}]


async def _one(server: Server, sql: str) -> tuple[int, bool]:
    """Ask over a connection of its own; the status, and whether it says when to come back."""
    reader, writer = await asyncio.open_connection(*server.address)
    writer.write(
        f"GET /query?sql={sql} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        f"Authorization: Bearer {server.token}\r\n\r\n".encode()
    )
    answer = await reader.read()
    writer.close()
    return int(answer.split(b" ", 2)[1]), b"retry-after:" in answer


@pytest.mark.prove
def test_a_thousand_clients_at_once_are_answered_or_told_to_come_back(tmp_path: Path) -> None:
    house = data_folder(tmp_path / "data")
    publish(house, 1)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    sql = "select+sum(range)+from+range(1000000)"

    async def all_at_once(server: Server) -> list[tuple[int, bool]]:
        return await asyncio.gather(*(_one(server, sql) for _ in range(CLIENTS)))

    try:
        with serving(house) as server:
            answers = Counter(asyncio.run(all_at_once(server)))
            assert server.ask("select 1 as x").json() == [{"x": 1}]
            assert "Traceback" not in server.log.read_text()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert set(answers) <= {(200, False), (503, True)}
    assert answers[200, False] > 0
    assert answers.total() == CLIENTS


@pytest.mark.prove
def test_made_up_requests_get_answers_as_described(standing: Standing) -> None:
    run = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run"),
            f"{standing.server.url}/openapi.json",
            *("--header", f"Authorization: Bearer {standing.server.token}"),
            *("--max-examples", "40", "--seed", "1", "--generation-deterministic"),
            *("--workers", "1", "--no-color", "--phases", "examples,coverage,fuzzing"),
            "--checks=not_a_server_error,status_code_conformance,content_type_conformance,"
            "response_headers_conformance,response_schema_conformance",
        ],
        cwd=standing.house.root,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]


def test_the_log_holds_no_query_and_no_token(standing: Standing) -> None:
    standing.server.get("/query", sql="select 'something private'")
    written = time.monotonic() + 10  # an answer is logged after it was sent
    while "GET '/query' 200" not in (log := standing.server.log.read_text()):
        assert time.monotonic() < written, log
        time.sleep(0.05)
    assert "private" not in log
    assert standing.server.token not in log
    assert "Traceback" not in log
