"""Chapters whose figures are known, printed as PDF: by ReportLab here, by two programs once.

`python -m tests.chapters.printing` makes the files in `tests/fixtures/chapters/pdf` again, with
Chromium and LibreOffice Writer, of the chapters that `PRINTED` names.
"""

import io
import random
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

from lxml import html
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.chapters.generator import Layout, Made, Style, blocks, draw, nine_columns, sides

FOLDER = Path(__file__).parents[1] / "fixtures" / "chapters" / "pdf"
BOXED = "td, th { border: 0.5pt solid #333; padding: 3px }"
LINED = "td, th { border-bottom: 0.5pt solid #999; padding: 3px 6px }"
BARE = "td, th { padding: 0 4px }"
PRINTED: dict[str, tuple[Layout, int, str]] = {
    "blocks": (blocks, 3, LINED),
    "sides": (sides, 4, BOXED),
    "nine_columns": (nine_columns, 5, BARE),
}
_ASIDE = A4[0] - 360
"""Points beside the columns of amounts of a table: margins and names."""
PRINTERS = ("chromium", "libreoffice")
_PROSE = (
    "De gemeente werkt samen met inwoners aan verantwoordelijkheid in de leefomgeving, met"
    " aandacht voor toegankelijkheid en duurzaamheidsmaatregelen. "
)
_CSS = """
@page { size: A4; margin: 2.2cm 2cm } body { font: 10pt sans-serif }
table { border-collapse: collapse; width: 100%; font-size: 8pt }
td, th { text-align: right; vertical-align: top } td:first-child { text-align: left }
th[colspan] { text-align: center } p { text-align: justify; hyphens: auto }
"""


def printed_chapter(name: str) -> Made:
    """Make the chapter that was printed under a name, as HTML: a table of two pages, and prose."""
    layout, seed, css = PRINTED[name]
    rng = random.Random(seed)
    style = Style("", ".", "", html=True)
    made = layout(rng, draw(rng, 18, missing=layout is not nine_columns), style)
    tops = 2 if layout is nine_columns else 1
    parts = made.text.split("</tr>")
    head, body = "</tr>".join([*parts[:tops], ""]), "</tr>".join(parts[tops:])
    table = head.replace("<table>", "<table><thead>") + "</thead><tbody>" + body
    table = table.replace("</table>", "</tbody></table>")
    page = (
        '<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>Jaarstukken</title>'
        f"<style>{_CSS}{css}</style></head><body><h1>3.1 Wonen en leven</h1><p>{_PROSE * 3}</p>"
        f"<h2>Wat heeft het gekost?</h2>{table}<h2>Toelichting</h2><p>{_PROSE * 5}</p>"
        f"<h2>Wat hebben we bereikt?</h2><p>{_PROSE * 6}In 2018 is gewerkt.</p></body></html>"
    )
    return replace(made, text=page, name=f"{name}.html")


def print_with_reportlab(
    page: str, boxed: bool, running: str = "", size: tuple[float, float] = A4
) -> bytes:
    """Print a page of HTML: headings, paragraphs and tables, with words at its head and foot."""
    text = ParagraphStyle("text", fontSize=9, leading=11)
    cell = ParagraphStyle("cell", fontSize=7, leading=8.5)
    story: list[Flowable] = []
    for element in html.document_fromstring(page).body:
        if element.tag == "table":
            caption = element.findtext("caption")
            story += [Paragraph(escape(caption), text)] if caption else []
            story.append(_table(element, cell, boxed, size[0] - _ASIDE))
        else:
            points = {"h1": 16, "h2": 12}.get(element.tag, 9)
            style = ParagraphStyle(element.tag, parent=text, fontSize=points, leading=1.2 * points)
            story += [Paragraph(escape(element.text_content().strip()), style), Spacer(1, 5)]

    def number(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        if running:
            canvas.drawString(72, 800, running)
            canvas.drawRightString(523, 40, f"Bladzijde {document.page}")

    return _built(story, number, size)


def drawn(draw_page: Callable[[Canvas], None], **options: object) -> bytes:
    """Draw one page."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=A4, **options)
    draw_page(canvas)
    canvas.save()
    return data.getvalue()


def _built(
    story: list[Flowable],
    number: Callable[[Canvas, SimpleDocTemplate], None],
    size: tuple[float, float],
) -> bytes:
    data = io.BytesIO()
    document = SimpleDocTemplate(data, pagesize=size, invariant=1)
    document.build(story, onFirstPage=number, onLaterPages=number)
    return data.getvalue()


def _table(table: html.HtmlElement, cell: ParagraphStyle, boxed: bool, room: float) -> Table:
    right = ParagraphStyle("right", parent=cell, alignment=2)
    rows: list[list[Paragraph | str]] = []
    rules: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
    ]
    rules += [(f"{side}PADDING", (0, 0), (-1, -1), 2) for side in ("BOTTOM", "LEFT", "RIGHT")]
    for y, row in enumerate(table.iter("tr")):
        cells: list[Paragraph | str] = []
        for each in row:
            x, span = len(cells), int(each.get("colspan", 1))
            cells += [
                Paragraph(escape(each.text_content()), right if x else cell),
                *[""] * (span - 1),
            ]
            rules += [("SPAN", (x, y), (x + span - 1, y))] if span > 1 else []
        rows.append(cells)
    width = max(map(len, rows))
    rules.append(
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
        if boxed
        else ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black)
    )
    whole = [[*row, *[""] * (width - len(row))] for row in rows]
    words = [max(_longest_word(each) for each in column) for column in zip(*whole, strict=True)]
    widths = [max(90.0, words[0]), *(max(room / (width - 1), word) for word in words[1:])]
    return Table(whole, colWidths=widths, style=rules, repeatRows=len(table.findall(".//thead/tr")))


def _longest_word(cell: Paragraph | str) -> float:
    """Return how wide a column is that breaks no word of a cell."""
    return 5 + cell.minWidth() if isinstance(cell, Paragraph) else 0.0


def main() -> None:
    """Print the chapters with Chromium and LibreOffice."""
    with tempfile.TemporaryDirectory() as name:
        for chapter in PRINTED:
            page = Path(name) / f"{chapter}.html"
            page.write_text(printed_chapter(chapter).text, encoding="utf-8")
            for printer in PRINTERS:
                (FOLDER / printer).mkdir(parents=True, exist_ok=True)
            pdf = FOLDER / "chromium" / f"{chapter}.pdf"
            chromium = ("chromium", "--headless", "--no-sandbox", "--disable-pdf-tagging")
            subprocess.run(
                [*chromium, f"--print-to-pdf={pdf}", page.as_uri()], check=True, capture_output=True
            )
            office = ("soffice", "--headless", "--infilter=HTML (StarWriter)")
            to = ("--convert-to", "pdf:writer_pdf_Export", "--outdir", FOLDER / "libreoffice")
            subprocess.run([*office, *to, page], check=True, capture_output=True)


if __name__ == "__main__":
    main()
