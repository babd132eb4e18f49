"""What a person at a terminal meets: sentences, exit codes, three ways to write rows."""

import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from doelenboom.cli import execute
from doelenboom.commands.running import checks_line
from doelenboom.errors import RefusedError, RunActiveError, ValidationBlockedError
from doelenboom.publication.release.looks import Look, last_look, record_look
from doelenboom.settings import load_settings
from tests.made_release import make_release

COMMANDS = (
    *("run", "fetch", "extract", "query", "trace", "export"),
    *("releases", "rollback", "diff", "serve", "tables", "describe", "find", "ask"),
)


@dataclass(frozen=True)
class Published:
    """A data folder with something published in it."""

    data_dir: Path
    database: Path


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("figures") / "doelenboom.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.figures as select 'GM0153' as code, 1.250::decimal(18,3) as keur,"
            " null::integer as missing, date '2018-12-31' as day, true as sure, '[b]ö, \"x\"' as t"
        )
        connection.execute(
            "create table marts.data_quality"
            " (check_name varchar, subject varchar, kind varchar, status varchar, observed varchar)"
        )
    return database


@pytest.fixture
def published(
    figures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Published]:
    monkeypatch.setenv("DOELENBOOM_DATA_DIR", str(tmp_path))
    load_settings.cache_clear()
    database = tmp_path / "published" / "doelenboom.duckdb"
    database.parent.mkdir()
    shutil.copyfile(figures, database)
    make_release(database)
    yield Published(tmp_path, database)
    load_settings.cache_clear()


@pytest.fixture
def night(monkeypatch: pytest.MonkeyPatch) -> "Night":
    """Put a fake in the place of orchestration: it returns an outcome or raises an error."""

    def install(outcome: object) -> list[tuple[bool, bool]]:
        asked: list[tuple[bool, bool]] = []

        def run_night(
            settings: object, full: bool, refresh: bool, on_step: Callable[[str], None]
        ) -> object:
            asked.append((full, refresh))
            on_step("dbt_models")
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome

        fake = SimpleNamespace(run_night=run_night)
        monkeypatch.setitem(sys.modules, "orchestration.run", fake)
        return asked

    return install


Night = Callable[[object], list[tuple[bool, bool]]]
Captured = pytest.CaptureFixture[str]


def outcome(release_id: str, *stale: str, held_back: str | None = None) -> SimpleNamespace:
    """What a night without news comes to."""
    return SimpleNamespace(
        published=False, release_id=release_id, stale=stale, held_back=held_back, notes=()
    )


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RefusedError("seeds/accounts/programmes.csv, line 3: no such year"), 1),
        (KeyboardInterrupt(), 1),
        (ZeroDivisionError("by\nnothing"), 1),
        (ValidationBlockedError("goal_tree has no rows"), 3),
        (RunActiveError("another run is active"), 4),
    ],
)
def test_a_night_that_stops_says_why_in_one_sentence_and_exits_as_the_contract_says(
    error: BaseException, code: int, night: Night, published: Published, capsys: Captured
) -> None:
    night(error)
    assert execute(["run"]) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("doelenboom: ")
    assert told.err.count("\n") == 1


def test_an_unchanged_night_says_so_and_exits_with_0(
    night: Night, published: Published, capsys: Captured
) -> None:
    asked = night(outcome("20180101T000000Z-0123abcd"))
    assert execute(["run"]) == 0
    assert asked == [(False, False)]
    told = capsys.readouterr()
    assert "Nothing changed since release 20180101T000000Z-0123abcd" in told.out
    assert told.err == ""


def test_what_is_held_back_is_told_with_what_will_publish_it(
    night: Night, published: Published, capsys: Captured
) -> None:
    good, bad = "20180101T000000Z-0123abcd", "20180102T000000Z-0123abcd"
    night(outcome(good, held_back=bad))
    assert execute(["run"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        f"Release {bad} was rolled back from, so it is not published again until an input file or"
        f" the commit changes; readers see {good}."
    )


@pytest.mark.parametrize(
    ("words", "handed_on"), [(["--full"], (True, False)), (["--refresh"], (False, True))]
)
def test_full_and_refresh_are_handed_on(
    night: Night, published: Published, words: list[str], handed_on: tuple[bool, bool]
) -> None:
    asked = night(outcome("r"))
    execute(["run", *words])
    assert asked == [handed_on]


def test_stale_sources_are_told_at_the_end_with_exit_code_0(
    night: Night, published: Published, capsys: Captured
) -> None:
    night(outcome("r", "cbs iv3: the last question failed; what was landed before is used"))
    assert execute(["run"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "Stale: cbs iv3: the last question failed; what was landed before is used"


def test_checks_are_counted_by_outcome_in_the_order_of_their_list() -> None:
    counts = {"warn": 11, "not_applicable": 4, "info": 19, "pass": 581}
    assert checks_line(counts) == "Checks: 581 pass, 19 info, 4 not applicable, 11 warn"


def test_chapters_in_the_inbox_are_told_also_when_nothing_changed(
    night: Night, published: Published, capsys: Captured
) -> None:
    with duckdb.connect(str(published.database)) as connection:
        connection.execute(
            "insert into marts.data_quality values"
            " ('chapter_is_read', 'inbox/a.pdf', 'inbox', 'fail', 'found a PDF'),"
            " ('chapter_is_read', 'inbox/b.html', 'inbox', 'pass', '3 rows'),"
            " ('chapter_is_reviewed', 'inbox/b.html', 'inbox', 'warn', '2 points to check')"
        )
    night(outcome("r"))
    assert execute(["run"]) == 0
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "Refused: inbox/a.pdf: found a PDF",
        "To check: inbox/b.html: 2 points to check",
        f"Packages and reports for review: {published.data_dir / 'raw' / 'chapters'};"
        " see `doelenboom review list`",
    ]


def test_a_traceback_comes_only_when_asked_for_before_or_behind_the_command(
    night: Night, published: Published, capsys: Captured
) -> None:
    night(ZeroDivisionError("by nothing"))
    for words in (["--debug", "run"], ["run", "--debug"]):
        assert execute(words) == 1
        assert "Traceback" in capsys.readouterr().err
    assert execute(["run"]) == 1
    assert capsys.readouterr().err == "doelenboom: ZeroDivisionError: by nothing\n"


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["query"],
        ["query", "select 1", "--format", "xml"],
        ["run", "--no-such-option"],
        ["trace", "goal_tree", "expenses_actual_keur"],
        ["trace", "goal_tree", "expenses_actual_keur", "node_id"],
        ["trace", "goal_tree", "expenses_actual_keur", "=1"],
        ["trace", "goal_tree", "expenses_actual_keur", "year=2018", "year=2013"],
        ["query", "--nonsense"],
        ["export", "goal_tree", "--format", "csv,xml"],
        ["export", "goal_tree", "--format", ""],
        ["export", "goal_tree", "--format", "csv", "--out", "report.xlsx"],
        ["export", "goal_tree", "--format", "xlsx,csv", "--out", "report.XLSX"],
        ["export", "goal_tree", "--format", "csv", "--out", "goal_tree.csv"],
        ["query", "select 1", "--fromat", "csv"],
        ["ask", "missing"],
        ["ask", "missing", "--municipality", "Losser", "--measure", "x"],
        ["ask", "per-inhabitant", "--municipality", "Losser", "--report", "q1"],
    ],
)
def test_wrong_usage_exits_with_2_and_one_sentence(
    words: list[str], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(" \n"))
    assert execute(words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("doelenboom: ")
    assert told.err.count("\n") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, capsys: Captured) -> None:
    assert execute([command, "--help"]) == 0
    assert f"Example: doelenboom {command}" in capsys.readouterr().out


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("command", [[], ["fetch", "cbs"], *([each] for each in COMMANDS)], ids=str)
def test_help_cuts_no_word_and_names_no_type_of_python(
    command: list[str], columns: int, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert execute([*command, "--help"]) == 0
    told = capsys.readouterr().out
    assert "…" not in told
    assert not re.search(r"<\w+|\.{6}", told)


def test_help_breaks_its_lines_where_the_terminal_ends(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr("typer.rich_utils.MAX_WIDTH", 200)
    assert execute(["run", "--help"]) == 0
    assert "Inputs that did not change since the last release" in capsys.readouterr().out


def test_rows_as_csv_are_iso_text_and_null_is_nothing(
    published: Published, capsys: Captured
) -> None:
    assert execute(["query", "from marts.figures", "--format", "csv"]) == 0
    assert capsys.readouterr().out == (
        'code,keur,missing,day,sure,t\nGM0153,1.250,,2018-12-31,true,"[b]ö, ""x"""\n'
    )


def test_rows_as_json_keep_numbers_and_null(published: Published, capsys: Captured) -> None:
    assert execute(["query", "from marts.figures", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "code": "GM0153",
            "keur": 1.25,
            "missing": None,
            "day": "2018-12-31",
            "sure": True,
            "t": '[b]ö, "x"',
        }
    ]


def rows_as(style: str, sql: str, capsys: Captured) -> str:
    assert execute(["query", sql, "--format", style]) == 0
    return capsys.readouterr().out


def test_json_loses_no_column_and_no_digit(published: Published, capsys: Captured) -> None:
    sql = "select 1 as x, 2 as x, 3 as x_2, 12345678901234.567::decimal(18,3) as keur"
    told = rows_as("json", sql, capsys)
    assert json.loads(told, parse_float=Decimal) == [
        {"x": 1, "x_3": 2, "x_2": 3, "keur": Decimal("12345678901234.567")}
    ]


def test_json_is_valid_whatever_the_value(published: Published, capsys: Captured) -> None:
    sql = (
        "select 'nan'::double as n, '-infinity'::double as i, [1.5, null] as l, map {1: 'a'} as m,"
        " {'day': date '2018-12-31'} as s, timestamp '2018-12-31 10:00' as t, '\\xAB'::blob as b"
    )
    told = rows_as("json", sql, capsys)
    assert "NaN" not in told
    assert json.loads(told) == [
        {
            "n": None,
            "i": None,
            "l": [1.5, None],
            "m": {"1": "a"},
            "s": {"day": "2018-12-31"},
            "t": "2018-12-31T10:00:00",
            "b": "ab",
        }
    ]


def test_csv_tells_null_from_empty_text_and_writes_lists_as_json(
    published: Published, capsys: Captured
) -> None:
    sql = "select null as n, '' as e, 'a\nb' as t, ['x'] as l, 0.0000001::decimal(18,7) as d, 1"
    assert rows_as("csv", sql, capsys) == ('n,e,t,l,d,1\n,"","a\nb","[""x""]",0.0000001,1\n')


@pytest.mark.parametrize("comment", ["-- why\n", "--why\n", "--format\n", "/* why */ "])
def test_sql_may_begin_with_a_comment(comment: str, published: Published, capsys: Captured) -> None:
    assert rows_as("csv", f"{comment}select 1 as x", capsys) == "x\n1\n"


def test_a_format_that_is_not_there_is_named_with_those_that_are(capsys: Captured) -> None:
    execute(["query", "select 1", "--format", "xml"])
    assert capsys.readouterr().err == (
        "doelenboom: Invalid value for '--format': 'xml' is not one of 'table', 'csv', 'json',"
        " 'jsonl', 'markdown', 'parquet'.\n"
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("serve --port abc", "'--port': found 'abc', expected a valid integer"),
        ("serve --port 65536", "'--port': found '65536', expected a number less than or equal to"),
        (
            "trace t c a=1 --depth 0",
            "'--depth': found '0', expected a number greater than",
        ),
        ("diff one two --limit 1.5", "'--limit': found '1.5', expected a valid integer"),
    ],
)
def test_a_number_that_is_none_is_named_with_what_was_expected(
    words: str, told: str, capsys: Captured
) -> None:
    assert execute(words.split()) == 2
    assert capsys.readouterr().err.startswith(f"doelenboom: Invalid value for {told}")


def test_trace_knows_a_table_with_and_without_its_schema(
    published: Published, capsys: Captured
) -> None:
    told = []
    for table in ("figures", "marts.figures"):
        assert execute(["trace", table, "nothing", "code=GM0153"]) == 1
        told.append(capsys.readouterr().err)
    assert told == ["doelenboom: marts.figures has no column nothing\n"] * 2


def test_a_file_format_that_is_not_there_is_named_with_those_that_are(capsys: Captured) -> None:
    execute(["export", "t", "--format", "csv,xml"])
    assert capsys.readouterr().err == (
        "doelenboom: Invalid value: 'xml' is not one of csv, parquet, xlsx\n"
    )


@pytest.mark.parametrize(
    "words", [["query", "select 1"], ["tables"], ["export", "figures", "--format", "csv"]]
)
def test_a_published_file_that_no_release_holds_is_not_read(
    words: list[str], published: Published, capsys: Captured
) -> None:
    shutil.rmtree(published.database.parent / "releases")
    assert execute(words) == 1
    assert "is the database of no release in" in capsys.readouterr().err


def test_a_table_shows_long_text_whole_and_takes_no_markup_from_data(
    published: Published, capsys: Captured
) -> None:
    assert execute(["query", "select repeat('x', 300) as long, t from marts.figures"]) == 0
    told = capsys.readouterr().out
    assert "x" * 300 in told
    assert "[b]ö" in told


@pytest.mark.parametrize(
    "sql", ["selec 1", "create table t as select 1", "from read_csv('/etc/passwd')", "select 1; x"]
)
def test_a_query_that_does_more_than_read_what_is_published_is_refused(
    sql: str, published: Published, capsys: Captured
) -> None:
    assert execute(["query", sql]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    "words", [["query", "select 1"], ["trace", "t", "c", "k=v"], ["export", "t", "--format", "csv"]]
)
def test_before_the_first_night_readers_are_told_so(
    words: list[str], published: Published, capsys: Captured
) -> None:
    published.database.unlink()
    assert execute(words) == 1
    assert "nothing is published yet" in capsys.readouterr().err


def test_without_releases_the_list_is_empty(published: Published, capsys: Captured) -> None:
    shutil.rmtree(published.database.parent / "releases")
    assert execute(["releases", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_setting_that_cannot_be_used_is_named(
    published: Published, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("DOELENBOOM_THREADS", "many")
    assert execute(["query", "select 1"]) == 1
    assert "DOELENBOOM_THREADS is 'many'" in capsys.readouterr().err


IMPORTED = """
import sys
from doelenboom.cli import execute
execute(sys.argv[2:])
found = set(sys.argv[1].split(",")) & set(sys.modules)
sys.exit(repr(found) if found else 0)
"""
SLOW = "dagster,dbt,great_expectations,pandas,frictionless,httpx,fastapi"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "unwanted"),
    [
        (["--help"], f"{SLOW},pyarrow,numpy,duckdb,doelenboom.settings,yaml,importlib.metadata"),
        (["query", "select 1"], f"{SLOW},pyarrow,numpy,yaml"),
        (["releases"], SLOW),
        (["trace", "t", "c", "k=v"], SLOW),
        (["export", "t"], SLOW),
    ],
)
def test_a_command_imports_what_it_needs_and_nothing_that_is_slow(
    words: list[str], unwanted: str, published: Published
) -> None:
    command = [sys.executable, "-c", IMPORTED, unwanted, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_releases_tell_when_a_night_last_looked(published: Published, capsys: Captured) -> None:
    look = Look(datetime(2026, 11, 28, 2, 30, 1, tzinfo=UTC), "20261127T023000Z-0123abcd")
    record_look(load_settings().look_file, look)
    assert last_look(load_settings().look_file) == look
    assert execute(["releases"]) == 0
    assert "Looked at" not in capsys.readouterr().out, "there is no such release"


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"moment": "x", "release_id": "r"}'])
def test_a_look_that_cannot_be_read_is_none(text: str, tmp_path: Path) -> None:
    (tmp_path / "look.json").write_text(text)
    assert last_look(tmp_path / "look.json") is None


def test_a_full_or_closed_standard_output_is_blamed_on_itself(tmp_path: Path) -> None:
    script = "from doelenboom.cli import main; main()"
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", script, "--help"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (
        1,
        "doelenboom: standard output cannot be written: No space left on device\n",
    )
    closed = subprocess.run(
        ["sh", "-c", f"exec '{sys.executable}' -c '{script}' releases >&-"],
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert closed.returncode == 1
    assert closed.stderr.startswith("doelenboom: standard output is closed")


LEAVES = """
import multiprocessing, threading, time
from doelenboom.cli import _leave_at_once
lock = multiprocessing.get_context("spawn").RLock()
threading.Thread(target=time.sleep, args=(60,)).start()
_leave_at_once(3)
"""


def test_who_leaves_at_once_waits_for_no_thread_and_gives_locks_back() -> None:
    left = subprocess.run(
        [sys.executable, "-c", LEAVES], capture_output=True, text=True, check=False, timeout=50
    )
    assert (left.returncode, left.stderr) == (3, "")
