"""A PDF is read as its pages print it, or refused in a sentence; what is not read is named."""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from doelenboom.errors import RefusedError
from doelenboom.sources.accounts.extraction.document.lines import Chapter
from doelenboom.sources.accounts.extraction.document.pdf.pages import MOST_LETTERS, MOST_PAGES
from doelenboom.sources.accounts.extraction.document.reading import read_chapter
from tests.chapters.generator import Key, Made, chapter
from tests.chapters.printing import (
    FOLDER,
    PRINTED,
    PRINTERS,
    drawn,
    print_with_reportlab,
    printed_chapter,
)
from tests.unit.sources.accounts.extraction.chapters import finance_in, open_rows, wrong_figures

AS_HTML = 49
"""From this seed on seven made-up chapters, one of each layout, are pages of HTML."""


def _read(folder: Path, data: bytes) -> Chapter:
    path = folder / "chapter.pdf"
    path.write_bytes(data)
    return read_chapter(path)


def _texts(folder: Path, data: bytes) -> list[str]:
    return [line.text for line in _read(folder, data).lines]


def _title(canvas: Canvas) -> None:
    canvas.drawString(100, 700, "Programma 4 Onderwijs 2018")


def _assert_whole(made: Made, read: Chapter) -> None:
    rows, _ = finance_in(read)
    assert list(wrong_figures(made, rows)) == []
    assert open_rows(made, rows) == []


@pytest.mark.slow
@pytest.mark.parametrize("printer", PRINTERS)
@pytest.mark.parametrize("name", PRINTED)
def test_a_table_over_several_pages_is_read_whole(name: str, printer: str) -> None:
    _assert_whole(printed_chapter(name), read_chapter(FOLDER / printer / f"{name}.pdf"))


@pytest.mark.parametrize("boxed", [True, False], ids=["boxed", "bare"])
@pytest.mark.parametrize("seed", range(AS_HTML, AS_HTML + 7))
def test_each_layout_is_read_whole(tmp_path: Path, seed: int, boxed: bool) -> None:
    made = chapter(seed)
    _assert_whole(made, _read(tmp_path, print_with_reportlab(made.text, boxed)))


@pytest.mark.slow
@pytest.mark.parametrize("boxed", [True, False], ids=["boxed", "bare"])
@pytest.mark.parametrize("name", PRINTED)
def test_what_stands_on_every_page_is_left_out(tmp_path: Path, name: str, boxed: bool) -> None:
    made = printed_chapter(name)
    heading = "Jaarstukken 2018 gemeente Voorbeeld"
    read = _read(tmp_path, print_with_reportlab(made.text, boxed, heading))
    _assert_whole(made, read)
    texts = [line.text for line in read.lines]
    assert texts.count(heading) == 1
    assert sum(text.startswith("Bladzijde") for text in texts) == (len(read.pages) == 1)


def test_lines_are_counted_over_the_pages(tmp_path: Path) -> None:
    def three(canvas: Canvas) -> None:
        for page in "abc":
            for line in range(3):
                canvas.drawString(100, 700 - 30 * line, f"{page}{line} een regel.")
            canvas.showPage()

    read = _read(tmp_path, drawn(three))
    assert read.pages == (1, 4, 7)
    assert read.line_count == 9
    assert [line.number for line in read.lines] == list(range(1, 10))


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (drawn(_title, encrypt="geheim"), "locked with a password"),
        (
            drawn(_title, encrypt=StandardEncryption("", ownerPassword="x", canCopy=0)),
            "forbids to take its text",
        ),
        (drawn(lambda canvas: canvas.showPage()), "without text that can be read (a scan)"),
        (b"%PDF-1.7", "cut off"),
        (drawn(_title)[:-300], "cut off"),
        (drawn(_title).replace(b"startxref", b"startxxxx"), "damaged"),
        (drawn(_title).replace(b"/MediaBox", b"/MediaBux"), "damaged"),
        (drawn(_title).replace(b"/MediaBox [ 0 0", b"/MediaBox [ 0/0"), "damaged"),
        (b"%PDF-1.7\n" + b"a" * 1000 + b"%%EOF", "damaged"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_refused(tmp_path: Path, data: bytes, found: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        _read(tmp_path, data)
    assert re.match(r"chapter\.pdf: found a PDF .*, expected .*[^\n]\.$", str(refusal.value))
    assert found in str(refusal.value)


def test_what_is_damaged_within_is_refused_and_not_passed_over(tmp_path: Path) -> None:
    data = (FOLDER / "libreoffice" / "blocks.pdf").read_bytes()
    place = data.index(b"stream") + 400
    changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
    with pytest.raises(RefusedError, match="damaged"):
        _read(tmp_path, changed)


def test_too_many_pages_and_letters_are_refused(tmp_path: Path) -> None:
    def pages(canvas: Canvas) -> None:
        for _ in range(MOST_PAGES + 1):
            _title(canvas)
            canvas.showPage()

    def letters(canvas: Canvas) -> None:
        for line in range(MOST_LETTERS // 60 + 1):
            canvas.drawString(10, line * 2, "a" * 60)

    with pytest.raises(RefusedError, match=f"found {MOST_PAGES + 1} pages, expected .* at most"):
        _read(tmp_path, drawn(pages))
    with pytest.raises(RefusedError, match="letters on page 1, expected at most"):
        _read(tmp_path, drawn(letters))


def _with_picture(canvas: Canvas) -> None:
    width, height = A4
    for strip in range(3):
        picture = ImageReader(Image.new("RGB", (30, 40)))
        canvas.drawImage(picture, 0, strip * height / 3, width, height / 3)
    _title(canvas)


def test_a_scan_is_named_even_if_a_machine_read_it(tmp_path: Path) -> None:
    def both(canvas: Canvas) -> None:
        _title(canvas)
        canvas.showPage()
        _with_picture(canvas)

    with pytest.raises(RefusedError, match=r"\(a scan\)"):
        _read(tmp_path, drawn(_with_picture))
    read = _read(tmp_path, drawn(both))
    assert [line.text for line in read.lines] == ["Programma 4 Onderwijs 2018"]
    [issue] = read.issues
    assert (issue.kind, issue.text) == ("left_out", "bladzijde 2")
    assert "scan" in issue.problem


@pytest.mark.parametrize("angle", [30, 90, 180])
def test_turned_text_is_left_out_and_named(tmp_path: Path, angle: int) -> None:
    def stamp(canvas: Canvas) -> None:
        _title(canvas)
        canvas.translate(300, 400)
        canvas.rotate(angle)
        canvas.drawString(0, 0, "CONCEPT 12.345")

    read = _read(tmp_path, drawn(stamp))
    assert [line.text for line in read.lines] == ["Programma 4 Onderwijs 2018"]
    assert ["Gedraaide tekst" in issue.problem for issue in read.issues] == [True]


def test_a_page_that_lies_on_its_side_is_read(tmp_path: Path) -> None:
    def lying(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(300, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Programma 4 Onderwijs 2018")

    assert _texts(tmp_path, drawn(lying)) == ["Programma 4 Onderwijs 2018"]


def test_letters_printed_over_each_other_make_no_figure(tmp_path: Path) -> None:
    def bold(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "Lasten 1.200")
        canvas.drawString(100.3, 700, "Lasten 1.200")

    def over(canvas: Canvas) -> None:
        _title(canvas)
        canvas.drawString(100, 650, "Lasten 1.200")
        canvas.drawString(140, 650, "3.456")

    assert _texts(tmp_path, drawn(bold)) == ["Lasten 1.200"]
    read = _read(tmp_path, drawn(over))
    assert not any("1.200" in line.text or "3.456" in line.text for line in read.lines)
    assert {issue.kind for issue in read.issues} == {"damaged_letter"}


def test_an_amount_that_stands_in_two_cells_is_no_figure(tmp_path: Path) -> None:
    def box(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for y in (690, 670):
            canvas.drawString(102, y + 5, "Lasten")
            canvas.drawString(222, y + 5, "7")
            canvas.drawRightString(319, y + 5, "12.345.678.901" if y == 670 else "8")
        canvas.grid([100, 180, 260, 320], [710, 690, 670])

    cells = [line.cells for line in _read(tmp_path, drawn(box)).lines]
    assert cells[0] == ("Lasten", "7", "8")
    assert cells[1] == ("Lasten", "7 \ufffd12.345.678.901", "")


def test_a_note_behind_an_amount_is_no_figure_of_it(tmp_path: Path) -> None:
    def note(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(100, 700, "Lasten 850")
        canvas.setFont("Helvetica", 6)
        canvas.drawString(149.5, 704, "1")

    assert _texts(tmp_path, drawn(note)) == ["Lasten 850¹"]


def _lines(*texts: str) -> Callable[[Canvas], None]:
    def draw_page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for n, text in enumerate(texts):
            canvas.drawString(72, 700 - 12 * n, text)

    return draw_page


def test_a_paragraph_is_one_line_and_a_broken_word_whole(tmp_path: Path) -> None:
    page = _lines(
        "De uitgaven aan groen leidden tot een voordeel van € 85.000, dat met de verant-",
        "woordelijkheid voor het onderhoud samenhangt.",
        "Dit is een volgende alinea, die op een regel van haar zelf begint.",
    )
    read = _read(tmp_path, drawn(page))
    assert [(line.number, "verantwoordelijkheid" in line.text) for line in read.lines] == [
        (1, True),
        (3, False),
    ]


def test_columns_of_text_are_read_one_after_the_other_and_named(tmp_path: Path) -> None:
    def columns(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for n in range(6):
            canvas.drawString(
                72, 700 - 12 * n, f"links staat hier regel {'abcdef'[n]} van de tekst"
            )
            canvas.drawString(
                320, 700 - 12 * n, f"rechts staat nu regel {'abcdef'[n]} van de tekst"
            )

    read = _read(tmp_path, drawn(columns))
    text = " ".join(line.text for line in read.lines)
    assert text.rindex("links") < text.index("rechts")
    assert [issue.kind for issue in read.issues] == ["column_text"]


def test_lines_of_a_list_stay_lines(tmp_path: Path) -> None:
    items = ("Groenbeheer (€ 85.000 voordeel): minder onkruid.", "Wegen (€ 25.000 nadeel): zout.")
    assert _texts(tmp_path, drawn(_lines(*items))) == list(items)


def test_columns_without_rules_that_are_no_table_are_named(tmp_path: Path) -> None:
    def tree(canvas: Canvas) -> None:
        _title(canvas)
        for n, texts in enumerate((("Groen", "Parken"), ("Wegen", "Straten"))):
            canvas.drawString(100, 650 - 20 * n, texts[0])
            canvas.drawString(300, 650 - 20 * n, texts[1])

    read = _read(tmp_path, drawn(tree))
    assert [(issue.line, issue.kind) for issue in read.issues] == [(2, "column_text")]


def test_a_head_over_either_of_two_columns_names_none(tmp_path: Path) -> None:
    def table(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        _title(canvas)
        canvas.drawString(72, 660, "Wat heeft het gekost?")
        canvas.drawString(72, 640, "x € 1.000")
        canvas.drawString(246, 640, "Begrotingnawijziging")
        canvas.drawRightString(420, 640, "Realisatie")
        for n, label in enumerate(("Lasten", "Baten")):
            canvas.drawString(72, 625 - 12 * n, label)
            for x in (270, 320, 420):
                canvas.drawRightString(x, 625 - 12 * n, f"1.{x + n}")

    rows, issues = finance_in(_read(tmp_path, drawn(table)))
    assert rows == {}
    assert issues == []


def test_empty_cells_keep_their_columns(tmp_path: Path) -> None:
    page = (
        "<html><body><h1>Programma 4 Onderwijs 2018</h1><h2>Wat heeft het gekost?</h2>"
        "<p>Bedragen x € 1.000</p><table><tr><td>Omschrijving</td><td>Begroting primitief</td>"
        "<td>Begroting na wijziging</td><td>Rekening</td><td>Verschil</td></tr>"
        "<tr><td>Lasten</td><td>900</td><td></td><td>850</td><td>50</td></tr>"
        "<tr><td>Baten</td><td>100</td><td></td><td>120</td><td>120</td></tr></table></body></html>"
    )
    read = _read(tmp_path, print_with_reportlab(page, boxed=False))
    rows, _ = finance_in(read)
    key: Key = ("Totaal programma", "revenue")
    assert [rows[key].amounts[p] for p in ("original_budget", "final_budget", "actual")] == [
        Decimal(100),
        None,
        Decimal(120),
    ]
