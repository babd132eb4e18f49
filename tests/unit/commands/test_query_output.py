"""`query` in a terminal and in a pipe: rows as they come, in every format, from every place."""

import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from fcntl import ioctl
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from doelenboom.storage.resources import STORAGE_VERSION
from tests.made_release import make_release

pytestmark = pytest.mark.slow

CODES = re.compile(r"\r|\x1b\[[0-9;?]*[a-zA-Z]")
DOELENBOOM = [sys.executable, "-c", "from doelenboom.cli import main; main()"]
MARTS = """
    create schema published.marts;
    create table published.marts.wide as select
        range as n, 'GM' || range as municipality_code, 123456789.125::decimal(18, 3) as keur,
        repeat('woord ', 12) as note, 987654.5::decimal(18, 3) as another_amount_keur,
        date '2018-12-31' as a_day, 'code_' || range as another_code, 1.5 as share
    from range(6030)
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    folder = tmp_path_factory.mktemp("answers")
    (folder / "published").mkdir()
    path = folder / "published" / "doelenboom.duckdb"
    with duckdb.connect() as connection:
        connection.execute(
            f"attach '{path}' as published (storage_version '{STORAGE_VERSION}'); {MARTS}"
        )
    make_release(path)
    yield {**os.environ, "DOELENBOOM_DATA_DIR": str(folder)}


def piped(
    environment: dict[str, str], *words: str, told: str = ""
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*DOELENBOOM, "query", *words],
        env=environment,
        input=told.encode(),
        capture_output=True,
        check=False,
    )


def on_a_terminal(
    environment: dict[str, str], columns: int, *words: str, command: str = "query", code: int = 0
) -> list[str]:
    """Give the lines that a terminal so many columns wide shows, without colours."""
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    process = subprocess.Popen(
        [*DOELENBOOM, command, *words],
        env={**environment, "TERM": "xterm", "COLUMNS": str(columns)},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs if code else subprocess.DEVNULL,
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        seen += piece
    os.close(ours)
    assert process.wait() == code
    return CODES.sub("", seen.decode()).splitlines()


def test_a_table_shows_forty_rows_and_says_how_many_there_are(environment: dict[str, str]) -> None:
    done = piped(environment, "select n, keur from wide order by n")
    lines = done.stdout.decode().splitlines()
    assert lines[:2] == [" n           keur", " 0  123456789.125"]
    assert len(lines) == 1 + 40 + 1
    assert lines[-1] == "… of 6,030 rows (--all)"
    every = piped(environment, "select n from wide", "--all").stdout.decode().splitlines()
    assert len(every) == 1 + 6030
    three = piped(environment, "select n from wide", "--limit", "3").stdout.decode().splitlines()
    assert len(three) == 1 + 3


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_terminal_cuts_a_figure_and_what_has_no_room_is_named(
    environment: dict[str, str], columns: int
) -> None:
    lines = on_a_terminal(environment, columns, "from wide limit 10")
    assert all(len(line) <= columns for line in lines)
    assert sum("123456789.125" in line for line in lines) == 10
    told = " ".join(lines)
    named = told.partition("Too wide for this terminal: ")[2]
    assert ("1.5" in told) == (columns == 120) == (not named)
    assert columns == 120 or named.endswith("share (--vertical)")


def test_all_rows_come_in_a_pager_where_they_are_longer_than_the_terminal(
    environment: dict[str, str],
) -> None:
    counting = {**environment, "PAGER": "wc -l"}
    (count,) = on_a_terminal(counting, 80, "select n from wide", "--all")
    assert count.strip() == str(1 + 6030 + 1)  # click ends with a line of its own
    shown = on_a_terminal(counting, 80, "select n from wide limit 5", "--all")
    assert [line.strip() for line in shown] == ["n", "0", "1", "2", "3", "4"]


def test_what_says_the_same_in_all_rows_gives_its_room_to_the_others(
    environment: dict[str, str],
) -> None:
    sql = "select 'Enschede' as municipality_name, n, note, keur, another_code from wide limit 5"
    lines = on_a_terminal(environment, 60, sql)
    assert "The same in these rows: municipality_name Enschede" in lines
    assert sum("code_" in line for line in lines) == 5
    longer = sql.replace("limit 5", "limit 5000")
    lines = on_a_terminal({**environment, "PAGER": "cat"}, 60, longer, "--all")
    assert not any("The same" in line for line in lines)  # only the first of them were looked at
    assert "Too wide for this terminal: another_code (--vertical)" in lines


def test_a_sentence_is_broken_at_blanks_where_the_terminal_ends(
    environment: dict[str, str],
) -> None:
    lines = on_a_terminal(environment, 60, "select nothing_of_the_sort from wide", code=1)
    assert all(len(line) <= 60 for line in lines)
    told = " ".join(lines).partition("doelenboom: ")[2]
    assert told.startswith(
        'The query failed: Binder Error: Referenced column "nothing_of_the_sort"'
    )
    assert "Candidate bindings" in told


def test_no_progress_bar_stands_between_the_rows(environment: dict[str, str]) -> None:
    """DuckDB 2 draws one on standard output where a query takes two seconds."""
    asked = "select current_setting('enable_progress_bar') as bar"
    assert piped(environment, asked, "--format", "csv").stdout == b"bar\nfalse\n"


def test_a_figure_far_below_that_is_wider_than_those_above_is_not_cut(
    environment: dict[str, str],
) -> None:
    told = piped(environment, "select range as r from range(12000)", "--all").stdout.decode()
    assert {str(n) for n in range(12000)} <= set(told.split())
    assert told.count("r\n") == 2  # the name stands again above wider figures


def test_few_rows_that_do_not_fit_stand_upright(environment: dict[str, str]) -> None:
    lines = on_a_terminal(environment, 60, "from wide limit 1")
    assert "keur                 123456789.125" in lines
    assert "share                1.5" in lines
    asked = piped(environment, "select n, keur from wide limit 2", "--vertical").stdout.decode()
    assert asked.splitlines()[:3] == ["-- 1", "n     0", "keur  123456789.125"]


def test_every_format_has_every_row(environment: dict[str, str], tmp_path: Path) -> None:
    sql = "select n, keur from wide order by n"
    csv = piped(environment, sql, "--format", "csv").stdout.decode().splitlines()
    assert (len(csv), csv[1]) == (6031, "0,123456789.125")
    assert len(json.loads(piped(environment, sql, "--format", "json").stdout)) == 6030
    lines = piped(environment, sql, "--format", "jsonl").stdout.decode().splitlines()
    assert (len(lines), json.loads(lines[-1])["n"]) == (6030, 6029)
    table = piped(environment, sql, "--format", "markdown", "--limit", "2").stdout.decode()
    assert table.splitlines()[:3] == ["| n | keur |", "| ---: | ---: |", "| 0 | 123456789.125 |"]
    path = tmp_path / "rows.parquet"
    path.write_bytes(piped(environment, sql, "--format", "parquet").stdout)
    read = pq.read_table(path)
    assert (read.num_rows, str(read.schema.field("keur").type)) == (6030, "decimal128(18, 3)")


def test_a_statement_comes_from_a_file_or_standard_input(
    environment: dict[str, str], tmp_path: Path
) -> None:
    sql = "select count(*) as n from marts.wide -- all\n"
    (tmp_path / "q.sql").write_text(sql)
    answers = [
        piped(environment, "--file", str(tmp_path / "q.sql"), "--format", "csv"),
        piped(environment, "-", "--format", "csv", told=sql),
        piped(environment, "--format", "csv", told=sql),
    ]
    assert [answer.stdout for answer in answers] == [b"n\n6030\n"] * 3
    both = piped(environment, "select 1", "--file", str(tmp_path / "q.sql"))
    assert (both.returncode, both.stderr.count(b"\n")) == (2, 1)
    gone = piped(environment, "--file", str(tmp_path / "none.sql"))
    assert gone.returncode == 1
    assert b"none.sql cannot be read: No such file" in gone.stderr


def test_a_reader_that_leaves_early_is_no_error(environment: dict[str, str]) -> None:
    process = subprocess.Popen(
        [*DOELENBOOM, "query", "from range(1000000000)", "--format", "csv"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None and process.stderr is not None
    assert process.stdout.readline() == b"range\n"
    process.stdout.close()
    deadline = time.monotonic() + 60
    while process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert (process.returncode, process.stderr.read()) == (0, b"")


def test_an_empty_answer_still_names_its_columns(environment: dict[str, str]) -> None:
    done = piped(environment, "select n, keur from wide where false")
    assert done.stdout.decode().split() == ["n", "keur"]
    assert done.stderr.decode().startswith("No rows.\n")


def test_a_plan_keeps_its_lines(environment: dict[str, str]) -> None:
    assert len(piped(environment, "explain select 1").stdout.decode().splitlines()) > 5
