"""`inbox check` says row by row what would be taken, `inbox template` gives a table to fill in."""

import json
from pathlib import Path

import openpyxl
import pytest

from doelenboom.cli import execute
from doelenboom.commands.dropping import NOT_KNOWN
from doelenboom.settings import load_settings
from tests.unit.sources.inbox.dropped import INDICATORS

pytestmark = pytest.mark.slow  # each file is read in a process of its own

GOOD = "Enschede;2018;2.1;1;Tevreden;hoger is beter;79;82\n"
BAD = "Enschede;2018;2.1;2;Veilig;omhoog;veel;82\n"


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOELENBOOM_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    load_settings.cache_clear()
    folder = tmp_path / "data" / "inbox" / "GM0153" / "2018"
    folder.mkdir(parents=True)
    return folder


def test_rows_that_would_be_refused_are_listed_with_what_was_expected(
    inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = inbox / "indicatoren.csv"
    file.write_text(INDICATORS + GOOD + BAD, encoding="utf-8")
    assert execute(["inbox", "check", str(file)]) == 1
    told = capsys.readouterr().out
    assert "Richting" in told
    assert "een van: hoger is beter; lager is beter; geen richting" in told
    assert "veel" in told
    assert "1 of indicators would be taken, 1 refused" in told
    assert file.exists()
    assert not list((inbox.parents[2]).glob("landing/*")), "nothing is kept"


def test_every_row_is_told_to_a_program(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = inbox / "indicatoren.csv"
    file.write_text(INDICATORS + GOOD + BAD, encoding="utf-8")
    assert execute(["inbox", "check", str(file), "--format", "json"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert [(row["place"], row["taken"], row["column"], row["value"]) for row in rows] == [
        ("2", True, None, None),
        ("3", False, "Richting", "omhoog"),
        ("3", False, "Score", "veel"),
    ]


def test_the_whole_inbox_is_looked_at_where_no_file_is_named(
    inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "indicatoren.csv").write_text(INDICATORS + GOOD, encoding="utf-8")
    (inbox / "programma.html").write_text("<html><body><p>Wat heeft het gekost?</p>")
    (inbox / "programma.pdf").write_bytes(b"%PDF-1.7\n%\x8f")
    assert execute(["inbox", "check"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "GM0153/2018/indicatoren.csv: 1 of indicators would be taken, 0 refused",
        "GM0153/2018/programma.html: a chapter, which is read at night and then reviewed",
        "GM0153/2018/programma.pdf: a chapter, which is read at night and then reviewed",
        NOT_KNOWN,
    ]


def test_a_link_in_the_inbox_is_not_followed(
    inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "link.csv").symlink_to("/etc/passwd")
    assert execute(["inbox", "check"]) == 1
    assert capsys.readouterr().err == "GM0153/2018/link.csv: found a link, expected a file.\n"


def test_a_file_that_is_not_there_is_told_by_name(
    inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute(["inbox", "check", "weg.csv"]) == 1
    told = capsys.readouterr()
    assert told.err == "weg.csv: cannot be read (No such file or directory)\n"
    assert told.out == ""


def test_an_empty_inbox_is_told(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["inbox", "check"]) == 0
    assert capsys.readouterr().err == f"{inbox.parents[1]}: nothing lies there\n"


def test_refused_rows_are_written_as_a_workbook(
    inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "indicatoren.csv").write_text(INDICATORS + GOOD + BAD, encoding="utf-8")
    assert execute(["inbox", "check", "--failures", "terug"]) == 1
    path = Path("terug", "indicatoren_geweigerd.xlsx")
    assert str(path) in capsys.readouterr().out
    assert openpyxl.load_workbook(path).sheetnames == ["Gegevens", "Geweigerd"]


def test_templates_are_listed_and_written(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["inbox", "template"]) == 0
    assert "programme_finance" in capsys.readouterr().out
    assert execute(["inbox", "template", "indicators"]) == 0
    assert capsys.readouterr().out == "indicators.xlsx\n"
    assert execute(["inbox", "check", "indicators.xlsx"]) == 0
    assert execute(["inbox", "template", "indicators", "--out", "indicators.csv"]) == 1
    assert execute(["inbox", "template", "indicator"]) == 1
    assert "the nearest: indicators" in capsys.readouterr().err
