"""Chapters are judged by their bytes, and accepted when they agree or what does not is named."""

import re
from pathlib import Path

import pytest

from doelenboom.errors import RefusedError
from doelenboom.ingestion.inbox import read_inbox
from doelenboom.ingestion.review_page import write_page
from doelenboom.ingestion.reviewed import (
    ReviewedChapter,
    find_chapter,
    reviewed_chapters,
    verdicts,
)
from doelenboom.ingestion.reviewing import accept, correct, refuse
from doelenboom.ingestion.withdrawing import withdraw
from doelenboom.landing.accepted import kept_deliveries
from doelenboom.settings import PROJECT_DIR
from tests.chapters.printing import FOLDER
from tests.unit.ingestion.conftest import Folder

pytestmark = pytest.mark.slow

PAGE = (PROJECT_DIR / "tests" / "fixtures" / "chapters" / "saved_page.html").read_text("utf-8")
NAME = "GM0141/2018/page.html"
GREEN = {"line_item": "Groenbeheer", "flow": "expenses"}


def read(folder: Folder, text: str = PAGE, name: str = NAME) -> ReviewedChapter:
    folder.drop(name, text)
    assert {reading.refusal for reading in read_inbox(folder.settings)} == {None}
    return find_chapter(folder.settings, name)


def changed(
    folder: Folder, chapter: ReviewedChapter, value: str, column: str = "actual_keur"
) -> ReviewedChapter:
    return correct(
        folder.settings,
        chapter,
        "programme_finance",
        GREEN,
        column=column,
        value=value,
        reason="Zo staat het er",
        by="Controller",
    )


def actual(folder: Folder) -> list[str]:
    return [
        row["actual_keur"]
        for row in folder.rows("programme_finance", municipality_code="GM0141", **GREEN)
    ]


def test_a_chapter_is_open_until_somebody_accepts_it(folder: Folder) -> None:
    chapter = read(folder)
    assert (chapter.state, chapter.contradictions, len(chapter.points)) == ("open", (), 3)
    assert verdicts(folder.settings) == {}
    kept = accept(folder.settings, chapter, "Controller")
    after = find_chapter(folder.settings, "page.html")
    assert (after.state, after.judged_by) == ("accepted", "Controller")
    assert verdicts(folder.settings) == {NAME: "accepted by Controller"}
    assert actual(folder) == ["2410"]
    assert folder.files() == [f"accepted/{NAME}"]
    assert kept.file.read_text("utf-8") == PAGE
    assert accept(folder.settings, after, "Controller") == kept


def test_a_correction_counts_once_it_is_accepted_and_the_chapter_stays_as_it_was(
    folder: Folder,
) -> None:
    accept(folder.settings, read(folder), "Controller")
    read_inbox(folder.settings)  # of a later night, which finds nothing
    chapter = correct(
        folder.settings,
        find_chapter(folder.settings, NAME),
        "variance_explanations",
        {"explanation_no": "1"},
        column="reason",
        value="Minder onkruid",
        reason="Gelezen",
        by="",
    )
    assert chapter.state == "corrected"
    assert [
        row["reason"] for row in folder.rows("variance_explanations", municipality_code="GM0141")
    ] == ["", ""]
    kept = accept(folder.settings, chapter, "Ander")
    reasons = [
        row["reason"] for row in folder.rows("variance_explanations", municipality_code="GM0141")
    ]
    assert reasons == ["Minder onkruid", ""]
    read_then = (kept.folder / "read" / "variance_explanations.csv").read_text("utf-8")
    assert "Minder onkruid" not in read_then
    assert find_chapter(folder.settings, NAME).judged_by == "Ander"


def test_what_contradicts_itself_is_corrected_or_named(folder: Folder) -> None:
    chapter = changed(folder, read(folder), "9999")
    lines = sorted({point.line for point in chapter.contradictions})
    assert lines
    with pytest.raises(RefusedError, match=f"{NAME} contradicts itself on line .*--naming"):
        accept(folder.settings, chapter, "Controller")
    assert kept_deliveries(folder.settings.landing_dir) == []
    mended = changed(folder, chapter, "2410")
    assert mended.contradictions == ()
    worse = changed(folder, mended, "9999")
    kept = accept(folder.settings, worse, "Controller", named=lines)
    assert len(kept.manifest.acceptance.named) == len(worse.contradictions)
    assert actual(folder) == ["9999"]


def test_parts_that_do_not_agree_are_a_contradiction_until_their_line_is_corrected(
    folder: Folder,
) -> None:
    chapter = read(
        folder, PAGE.replace("<td>Lasten</td><td>2.410</td>", "<td>Lasten</td><td>2.411</td>")
    )
    assert {point.kind for point in chapter.contradictions} == {"does_not_add_up"}
    [row] = [row for row in chapter.rows["goal_tree"] if row["node_name"] == "Groenbeheer"]
    mended = correct(
        folder.settings,
        chapter,
        "goal_tree",
        {"node_name": "Groenbeheer"},
        column="expenses_actual_keur",
        value="2410",
        reason="Vergissing",
        by="",
    )
    assert row["source_line"] not in {point.line for point in mended.contradictions}


def test_another_number_of_the_programme_is_that_of_all_its_rows(folder: Folder) -> None:
    chapter = correct(
        folder.settings,
        read(folder),
        "programmes",
        {},
        column="programme_code",
        value="7",
        reason="Het stuk noemt programma 7",
        by="",
    )
    assert {row["programme_code"] for rows in chapter.rows.values() for row in rows} == {"7"}
    accept(folder.settings, chapter, "Controller")
    assert folder.rows("programmes", municipality_code="GM0141", programme_code="7")


@pytest.mark.parametrize(
    ("table", "key", "cell", "sentence"),
    [
        ("programma", {}, ("actual_keur", "1"), "a chapter has no table programma"),
        ("programme_finance", GREEN, ("actual", "1"), "programme_finance has no column actual"),
        (
            "programme_finance",
            {"flow": "expenses"},
            ("actual_keur", "1"),
            "3 rows of programme_finance",
        ),
        (
            "programme_finance",
            GREEN,
            ("actual_keur", "1.000,5"),
            "programme_finance, actual_keur: found '1.000,5'",
        ),
        ("documents", {}, ("title", "x"), "a chapter has no table documents"),
    ],
)
def test_a_correction_that_the_package_does_not_take_is_refused(
    folder: Folder, table: str, key: dict[str, str], cell: tuple[str, str], sentence: str
) -> None:
    chapter = read(folder)
    with pytest.raises(RefusedError, match=re.escape(sentence)):
        correct(
            folder.settings, chapter, table, key, column=cell[0], value=cell[1], reason="", by=""
        )
    assert find_chapter(folder.settings, NAME).judged == ()


def test_a_refused_chapter_leaves_the_inbox_and_an_accepted_one_is_withdrawn_first(
    folder: Folder,
) -> None:
    chapter = read(folder)
    refuse(folder.settings, chapter, "Verkeerd jaar", "Controller")
    assert find_chapter(folder.settings, NAME).state == "refused"
    assert folder.files() == [f"refused/{NAME}"]
    again = read(folder)
    assert again.state == "refused"
    accept(folder.settings, again, "Controller")
    with pytest.raises(RefusedError, match="was accepted: take it back with"):
        refuse(folder.settings, find_chapter(folder.settings, NAME), "Toch niet", "")
    withdraw(folder.settings, NAME, "Toch niet")
    assert find_chapter(folder.settings, NAME).state == "withdrawn"
    assert actual(folder) == []


def test_chapters_of_one_name_are_told_apart(folder: Folder) -> None:
    read(folder)
    other = read(folder, PAGE.replace("2.410", "2.410 "), "GM0164/2018/page.html")
    assert len(reviewed_chapters(folder.settings)) == 2
    with pytest.raises(RefusedError, match="is the name of 2 chapters"):
        find_chapter(folder.settings, "page.html")
    with pytest.raises(RefusedError, match="no chapter pag was read"):
        find_chapter(folder.settings, "pag")
    first = accept(folder.settings, find_chapter(folder.settings, NAME), "Controller")
    second = accept(folder.settings, other, "Controller")
    assert first.manifest.document == "page.html"
    assert re.fullmatch(r"page \([0-9a-f]{8}\)\.html", second.manifest.document)


def test_a_pdf_is_reviewed_and_accepted_by_its_pages(folder: Folder, tmp_path: Path) -> None:
    name = "GM0141/2018/hoofdstuk.pdf"
    folder.drop(name, (FOLDER / "libreoffice" / "blocks.pdf").read_bytes())
    assert {reading.refusal for reading in read_inbox(folder.settings)} == {None}
    chapter = find_chapter(folder.settings, name)
    assert len(chapter.pages) == 2
    page = write_page(folder.settings, chapter, tmp_path / "page.html").read_text("utf-8")
    of_second = chapter.pages[1] + 3
    assert f'<a href="#bron-{of_second}">{of_second}</a>' in page
    assert '<span class="soft">bladzijde 2, regel 4</span>' in page
    assert [f"Bladzijde {n}</li>" in page for n in (1, 2, 3)] == [True, True, False]
    named = [point.line for point in chapter.contradictions]
    kept = accept(folder.settings, chapter, "Controller", named=named)
    assert kept.manifest.pages == chapter.pages
    assert all(told.startswith("bladzijde ") for told in kept.manifest.acceptance.named)


def test_the_page_shows_text_beside_figures_and_runs_nothing(
    folder: Folder, tmp_path: Path
) -> None:
    hostile = PAGE.replace("minder onkruid", "minder &lt;script&gt;alert(1)&lt;/script&gt; onkruid")
    chapter = changed(folder, read(folder, hostile), "2411")
    page = write_page(folder.settings, chapter, tmp_path / "page.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    for said in (
        'lang="nl"',
        "Almelo, 2018",
        "Wat zich tegenspreekt",
        'id="bron-26"',
        "2.411",
        "Zo staat het er",
        ">lasten<",
        "Verbeterd, nog niet aanvaard",
    ):
        assert said in page
    cited = set(re.findall(r'href="#(bron-\d+)"', page))
    places = re.findall(r'id="(bron-\d+)"', page)
    assert cited <= set(places)
    assert len(places) == len(set(places))
