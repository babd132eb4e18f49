"""From files to a folder: the package is accepted, issues and report say what to check."""

import csv
import shutil
from pathlib import Path

import pytest

from doelenboom.cli import execute
from doelenboom.errors import RefusedError
from doelenboom.sources.accounts.extraction.package.extract import ChapterOutcome, extract_files
from doelenboom.sources.accounts.package import check_package, read_known_municipalities
from tests.chapters.generator import chapter
from tests.unit.sources.accounts.extraction.chapters import SEEDS, SHARED

pytestmark = pytest.mark.slow

PAGE = Path(__file__).parents[5] / "fixtures" / "chapters" / "saved_page.html"
CHAPTER = (
    "2.1 Wegen en groen\n\nWat heeft het gekost?\n\n"
    "Bedragen x 1.000 euro Begroting primair Begroting na wijziging Realisatie Saldo (- = nadeel)\n"
    "Lasten100110955\nBaten1012142\n"
)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _extract(
    out: Path, *files: Path, municipality: str = "GM0153", year: int = 2018
) -> list[ChapterOutcome]:
    return extract_files(files, municipality, year, out, SEEDS)


def test_a_saved_page_is_read_from_its_cells(tmp_path: Path) -> None:
    _extract(tmp_path, PAGE)
    finance = {
        (row["line_item"], row["flow"]): (row["final_budget_keur"], row["actual_keur"])
        for row in _rows(tmp_path / "programme_finance.csv")
    }
    assert finance["Waterbeheer", "expenses"] == ("1100", "1090")
    assert finance["Totaal programma", "net_cost"] == ("2560", "2500")
    tree = _rows(tmp_path / "goal_tree.csv")
    assert [(row["node_code"] or row["node_name"], row["parent_node_code"]) for row in tree] == [
        ("A", ""),
        ("1", "A"),
        ("Groenbeheer", "1"),
        ("2", "A"),
        ("Waterbeheer", "2"),
    ]
    (statutory,) = _rows(tmp_path / "statutory_indicators.csv")
    assert (statutory["indicator_code"], statutory["score_year"]) == ("bbv_33", "2017")
    assert statutory["score"] == "190"
    explained = _rows(tmp_path / "variance_explanations.csv")
    assert [(row["line_item"], row["amount_keur"]) for row in explained] == [
        ("Groenbeheer", "85"),
        ("Waterbeheer", "-25"),
    ]


def test_the_folder_is_a_package_that_the_check_accepts(tmp_path: Path) -> None:
    _extract(tmp_path, PAGE)
    known = read_known_municipalities(SEEDS / "reference" / "municipalities.csv")
    tables = {table.file: table.rows for table in check_package(tmp_path, known).tables}
    assert tables["programme_finance.csv"] == 9
    assert list(_rows(tmp_path / "issues.csv")[0]) == [
        "source_line",
        "kind",
        "text",
        "problem",
        "candidates",
    ]
    assert "## 4 Buitenruimte" in (tmp_path / "report.md").read_text(encoding="utf-8")
    assert _rows(tmp_path / "pages.csv") == []


def test_the_same_chapter_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        _extract(tmp_path / folder, PAGE)
    for file in sorted((tmp_path / "one").iterdir()):
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name


def test_two_chapters_with_one_programme_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.txt", "b.txt")]
    for file in files:
        file.write_text(CHAPTER, encoding="utf-8")
    with pytest.raises(RefusedError, match=r"found programme 2\.1 a second time"):
        _extract(tmp_path / "out", *files)
    assert not (tmp_path / "out").exists()


def test_a_municipality_that_did_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="of 2018 has the code or name 'GM9999'"):
        _extract(tmp_path / "out", PAGE, municipality="GM9999")


def test_a_tariff_to_the_cent_is_a_fact_in_euro(tmp_path: Path) -> None:
    file = tmp_path / "chapter.txt"
    file.write_text(f"{CHAPTER}\nDe leges zijn € 1,50 per bezoek.\n", encoding="utf-8")
    _extract(tmp_path / "out", file)
    facts = _rows(tmp_path / "out" / "chapter_facts.csv")
    assert [(row["value"], row["unit"]) for row in facts] == [("1.5", "euro")]


def test_the_report_names_the_lines_and_readings_to_check(tmp_path: Path) -> None:
    file = tmp_path / "chapter.txt"
    file.write_text(CHAPTER.replace("100110955", "111110"), encoding="utf-8")
    _extract(tmp_path / "out", file)
    report = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "regel 6" in report
    assert "Lasten | 1 | 11 | 1 | 10" in report
    assert "| 6 | Totaal programma | lasten | ? | ? | ? | ? |" in report
    (row,) = [
        r for r in _rows(tmp_path / "out" / "programme_finance.csv") if r["flow"] == "expenses"
    ]
    assert (row["final_budget_keur"], row["value_status"]) == ("", "not_captured")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the chapters are outside the repository")
def test_a_figure_unlike_the_reviewed_one_is_a_failed_check(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    shutil.copytree(SEEDS, seeds)
    finance = seeds / "accounts" / "programme_finance.csv"
    finance.write_text(finance.read_text("utf-8").replace(",203510,", ",203511,"), "utf-8")
    file = SHARED / "000_eeff2086d13189c9.txt"
    (chapter,) = extract_files([file], "GM0153", 2018, tmp_path / "out", seeds)
    assert chapter.differences
    issues = _rows(tmp_path / "out" / "issues.csv")
    assert any("203511" in i["problem"] for i in issues if i["kind"] == "differs_from_reviewed")


def test_the_command_ends_with_the_code_of_the_contract(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = chapter(0)
    file = tmp_path / "chapter.txt"
    file.write_text(made.text, encoding="utf-8")
    rest = ["--municipality", "GM0153", "--year", "2018", "--out", str(tmp_path / "out")]
    assert execute(["extract", str(file), *rest]) == 0
    assert "points to check" in capsys.readouterr().out
    assert execute(["extract", str(tmp_path / "none.txt"), *rest]) == 1
    assert capsys.readouterr().err == (
        "doelenboom: none.txt: found no file, expected a chapter of annual accounts.\n"
    )
    assert execute(["extract", str(file), "--municipality", "153", *rest[2:]]) == 1
    assert execute(["extract", str(file), "--municipality", "enschede", *rest[2:]]) == 0
    assert execute(["extract", str(file)]) == 2


@pytest.mark.parametrize("name", ["page.md", "page.txt"])
def test_a_text_that_only_bears_the_name_of_a_section_is_no_chapter(
    tmp_path: Path, name: str
) -> None:
    page = tmp_path / name
    page.write_text("# Doelenboom\n\nEen pagina over iets anders, met 12 euro.\n", encoding="utf-8")
    with pytest.raises(RefusedError, match=r"expected a chapter of annual accounts"):
        _extract(tmp_path / "out", page)
    assert not (tmp_path / "out").exists()
