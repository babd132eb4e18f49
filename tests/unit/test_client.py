"""`doelenboom.connect()` and `doelenboom.trace()`: what is published, from Python."""

import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import duckdb
import pytest

import doelenboom
from doelenboom.errors import RefusedError
from doelenboom.publication.lineage.trace_node import TraceNode
from doelenboom.settings import PROJECT_DIR, load_settings


def publish(path: Path, value: int) -> None:
    """Put a file in the place of the one that stands, as a release does."""
    made = path.with_suffix(".new")
    with duckdb.connect(str(made)) as connection:
        connection.execute(f"create schema marts; create table marts.facts as select {value} as n")
    path.parent.mkdir(parents=True, exist_ok=True)
    made.replace(path)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    path = tmp_path / "doelenboom.duckdb"
    publish(path, 1)
    return path


def test_a_published_file_is_read_and_never_written(published: Path) -> None:
    with doelenboom.connect(published) as connection:
        assert connection.sql("from facts").fetchall() == [(1,)]
        assert connection.execute("select n from marts.facts where n = ?", [1]).fetchone() == (1,)
        with pytest.raises(duckdb.Error, match="read-only"):
            connection.execute("insert into facts values (2)")
        connection.execute("create temp table mine as select 2 as n")
        assert connection.execute("select sum(n) from (from facts union from mine)").fetchone() == (
            3,
        )


def test_a_new_release_is_told_once_and_read_by_a_new_connection(published: Path) -> None:
    connection = doelenboom.connect(str(published))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        connection.sql("from facts")
    publish(published, 2)
    assert not connection.is_current
    with pytest.warns(doelenboom.NewReleaseWarning, match="connect again"):
        assert connection.sql("from facts").fetchall() == [(1,)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        connection.sql("from facts")
    assert doelenboom.connect(published).sql("from facts").fetchall() == [(2,)]


class Tagged(SimpleHTTPRequestHandler):
    """Files with an ETag, which answer 304 to who has them."""

    asked: list[int]

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        tag = f'"{path.stat().st_mtime_ns}"' if path.is_file() else ""
        if tag and self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return
        super().do_GET()

    def end_headers(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_file():
            self.send_header("ETag", f'"{path.stat().st_mtime_ns}"')
        super().end_headers()

    def send_response(self, code: int, message: str | None = None) -> None:
        self.asked.append(code)
        super().send_response(code, message)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def address(published: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    Tagged.asked = []
    handler = partial(Tagged, directory=str(published.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{published.name}"
        server.shutdown()


def test_a_file_at_an_address_is_fetched_when_it_changed(address: str, published: Path) -> None:
    for value in (1, 1):
        assert doelenboom.connect(address).sql("from facts").fetchall() == [(value,)]
    publish(published, 3)
    assert doelenboom.connect(address).sql("from facts").fetchall() == [(3,)]
    assert Tagged.asked == [200, 304, 200]
    with pytest.raises(RefusedError, match=r"cannot be fetched: .*404"):
        doelenboom.connect(f"{address}x")


def test_what_cannot_be_opened_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RefusedError, match="none is no file, expected a published DuckDB"):
        doelenboom.connect(tmp_path / "none")
    other = tmp_path / "other.txt"
    other.write_text("no database")
    with pytest.raises(RefusedError, match=r"other\.txt cannot be opened"):
        doelenboom.connect(other)
    with pytest.raises(RefusedError, match="both say what to open"):
        doelenboom.connect(other, release="20260101T000000Z-00000000")
    monkeypatch.setenv("DOELENBOOM_DATA_DIR", str(tmp_path))
    load_settings.cache_clear()
    with pytest.raises(RefusedError, match=r"nothing is published at .*DOELENBOOM_DATA_DIR"):
        doelenboom.connect()


def test_the_way_of_a_figure_prints_as_a_tree() -> None:
    leaf = TraceNode("file", "line 2")
    tree = TraceNode("a", "1", (TraceNode("b", "2", (leaf, leaf)), TraceNode("c", "")))
    assert str(tree) == "\n".join(
        ["a  1", "├── b  2", "│   ├── file  line 2", "│   └── file  line 2", "└── c"]
    )


@pytest.mark.slow
def test_the_built_wheel_reads_a_published_file_without_the_project(
    published: Path, tmp_path: Path
) -> None:
    wheel = tmp_path / "wheel"
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheel)],
        cwd=PROJECT_DIR,
        check=True,
        capture_output=True,
    )
    (built,) = wheel.glob("doelenboom-*.whl")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import doelenboom, sys;"
            "from doelenboom.publication.reading.questions import questions;"
            "print(doelenboom.__file__, len(questions()));"
            "print(doelenboom.connect(sys.argv[1]).sql('from facts').fetchall())",
            str(published),
        ],
        env={"PYTHONPATH": str(built), "HOME": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    told, rows = done.stdout.splitlines()
    assert told.startswith(f"{built}/doelenboom/__init__.py ")
    assert int(told.split()[-1]) > 10
    assert rows == "[(1,)]"
