"""What README and docs show is what comes out: commands, SQL, questions, the notebook."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import nbformat
import pytest
from nbclient import NotebookClient

from doelenboom.cli import execute
from doelenboom.publication.reading.questions import question_called
from doelenboom.settings import PROJECT_DIR
from tests.conftest import RealNight

pytestmark = pytest.mark.prove

PAGES = [PROJECT_DIR / "README.md", *sorted((PROJECT_DIR / "docs").rglob("*.md"))]
QUESTIONS = PROJECT_DIR / "docs" / "questions.md"
TEMPLATES = PROJECT_DIR / "docs" / "howto"
"""How to add what is not there: its SQL is of a model."""

COMMAND = re.compile(
    r"^    \$ (doelenboom [^\n]+(?:\n      +[^\n]+)*)\n\n((?:    [^\n]*\n|\n(?=    (?!\$)))+)",
    re.MULTILINE,
)
SQL = re.compile(r"^```sql\n(.+?)^```$", re.MULTILINE | re.DOTALL)
TABLE = r"\n\n((?:\|[^\n]+\n)+)"
ANSWERED = re.compile(rf"```sql\n([^`]+)```{TABLE}")
NAMED = re.compile(
    r"^### ([^\n]+)\n\n`doelenboom ask ([^`\n]+)` \(\[its SQL\]\(\.\./([^)]+)\)\)" + TABLE,
    re.MULTILINE,
)


def found(pattern: re.Pattern[str]) -> list[Any]:
    return [
        pytest.param(*match.groups(), id=f"{page.stem}-{number}")
        for page in PAGES
        if TEMPLATES not in page.parents
        for number, match in enumerate(pattern.finditer(page.read_text(encoding="utf-8")))
    ]


@pytest.mark.parametrize(("command", "shown"), found(COMMAND))
def test_a_command_gives_what_is_shown_below_it(
    command: str, shown: str, whole_bundle: RealNight
) -> None:
    done = subprocess.run(
        ["bash", "-c", command],
        env={
            **os.environ,
            "DOELENBOOM_DATA_DIR": str(whole_bundle.data_dir),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    expected = [line.removeprefix("    ").rstrip() for line in shown.rstrip().splitlines()]
    assert [line.rstrip() for line in done.stdout.rstrip().splitlines()] == expected


@pytest.mark.parametrize("sql", found(SQL))
def test_sql_runs_as_it_stands(
    sql: str, whole_bundle: RealNight, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").symlink_to(whole_bundle.data_dir)
    monkeypatch.chdir(tmp_path)
    connected = "" if "attach" in sql else "attach 'data/published/doelenboom.duckdb' (read_only);"
    with duckdb.connect() as connection:
        connection.execute(f"{connected} {'use doelenboom;' if connected else ''}")
        connection.execute(sql)


@pytest.fixture
def told(
    whole_bundle: RealNight, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Give what a command writes in Markdown."""
    monkeypatch.setenv("DOELENBOOM_DATA_DIR", str(whole_bundle.data_dir))

    def of(*words: str) -> str:
        assert execute([*words, "--format", "markdown"]) == 0
        return capsys.readouterr().out

    return of


@pytest.mark.parametrize(("sql", "table"), found(ANSWERED))
def test_a_question_has_the_answer_below_it(sql: str, table: str, told: Callable[..., str]) -> None:
    assert told("query", sql) == table


@pytest.mark.parametrize(("title", "asked", "source", "table"), found(NAMED))
def test_a_named_question_is_told_as_it_is_defined(
    title: str, asked: str, source: str, table: str, told: Callable[..., str]
) -> None:
    name, *options = shlex.split(asked)
    question = question_called(name)
    assert title == question.question
    assert (PROJECT_DIR / source).read_text(encoding="utf-8") == question.text
    assert told("ask", name, *options) == table


def test_there_is_something_to_run() -> None:
    assert len(found(COMMAND)) >= 3
    assert len(found(SQL)) >= 6
    titles = re.findall(r"^### ", QUESTIONS.read_text(encoding="utf-8"), re.MULTILINE)
    assert (len(found(ANSWERED)), len(found(NAMED)), len(titles)) == (15, 16, 31)


def test_the_notebook_gives_what_stands_in_it(
    whole_bundle: RealNight, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOELENBOOM_DATA_DIR", str(whole_bundle.data_dir))
    path = PROJECT_DIR / "docs" / "first-hour.ipynb"
    shown = json.loads(path.read_text(encoding="utf-8"))
    run = nbformat.reads(json.dumps(shown), nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]
    NotebookClient(run, timeout=120, kernel_name="python3").execute()
    assert [_texts(cell) for cell in run.cells] == [_texts(cell) for cell in shown["cells"]]


def _texts(cell: Any) -> list[str]:
    """What a cell printed, and its value as text."""
    texts = [
        output.get("text") or output["data"]["text/plain"] for output in cell.get("outputs", [])
    ]
    return ["".join(text) for text in texts]
