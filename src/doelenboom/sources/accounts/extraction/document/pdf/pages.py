"""The bytes of a PDF become pages: pieces of text with their places, and rules that are drawn.

A page that has no text layer to trust, and text that is turned, are told; the rest of what a page
shows is none of this module's business. Nothing in a PDF is run, fetched or unpacked to disk.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise, product

from pdfminer import settings
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTComponent, LTCurve, LTFigure, LTImage, LTPage, LTRect
from pdfminer.pdfdocument import PDFDocument, PDFXRefFallback
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import Matrix, Rect, apply_matrix_rect, parse_rect

from doelenboom.errors import RefusedError
from doelenboom.sources.accounts.extraction.document.pdf.letters import Piece, Rule, pieces_in

MOST_PAGES = 120
MOST_LETTERS = 20_000
"""Letters of one page; a full one has five thousand."""
MOST_RULES = 20_000
"""Rules of one page, sides of boxes included; a page with more is a drawing."""

CUT_OFF = 2_048
"""Bytes at the end among which a whole PDF says that it ends."""

_SCAN = 0.8
"""Share of a page that pictures cover where the text upon it is a reading of them."""
_STRAIGHT = 0.01
"""Points by which the ends of a rule may differ."""
_TILT = 0.02
"""Of its length, how much a line of text may rise and lie still."""


@dataclass(frozen=True)
class Page:
    """A page: lines of pieces from the top, rules that lie and stand, what of it was not read."""

    number: int
    height: float
    lines: tuple[tuple[Piece, ...], ...]
    lying: tuple[Rule, ...] = ()
    standing: tuple[Rule, ...] = ()
    problem: str = ""


def read_pages(name: str, data: bytes) -> list[Page]:
    """Read the pages of a PDF in their order.

    Raises `RefusedError` for a PDF that is locked, damaged, too long, or without any text.
    """
    if b"%%EOF" not in data[-CUT_OFF:]:
        raise RefusedError(f"{name}: found a PDF that is cut off, expected a whole one.")
    try:
        pages = list(_pages(name, data))
    except (RefusedError, MemoryError):
        raise
    except Exception as error:  # what the library raises on a damaged file is of any kind
        if "Password" in repr(error):
            raise RefusedError(
                f"{name}: found a PDF that is locked with a password, expected one that is open."
            ) from error
        raise RefusedError(
            f"{name}: found a PDF that is damaged, expected one of which every part can be read;"
            " saving it anew in a viewer may mend it."
        ) from error
    if not any(page.lines for page in pages):
        raise RefusedError(
            f"{name}: found a PDF without text that can be read (a scan), expected one with a"
            " text layer as an office program or browser saves it."
        )
    return pages


def _pages(name: str, data: bytes) -> Iterator[Page]:
    """Yield the pages, one held in memory at a time."""
    settings.STRICT = True  # else what is damaged is passed over in silence
    document = PDFDocument(PDFParser(BytesIO(data)))
    if not document.is_extractable:
        raise RefusedError(
            f"{name}: found a PDF that forbids to take its text, expected one that is open."
        )
    if any(isinstance(xref, PDFXRefFallback) for xref in document.xrefs):
        raise ValueError("no table of objects")
    count = resolve1(resolve1(document.catalog["Pages"])["Count"])
    if count > MOST_PAGES:
        raise RefusedError(
            f"{name}: found {count} pages, expected one chapter of at most {MOST_PAGES}."
        )
    pages = list(PDFPage.create_pages(document))
    if count != len(pages):
        raise ValueError("not all pages")
    resources = PDFResourceManager()
    sheet = _Sheet(resources)
    interpreter = PDFPageInterpreter(resources, sheet)
    for number, page in enumerate(pages, 1):
        for box in {"MediaBox", *page.attrs} & {"MediaBox", "CropBox"}:
            parse_rect(map(resolve1, resolve1(page.attrs[box])))  # else one is made up
        interpreter.process_page(page)
        yield _page(name, number, sheet)


class _Sheet(PDFPageAggregator):
    """Holds what a page draws, and which part of it is shown."""

    shown: Rect

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        super().begin_page(page, ctm)
        self.shown = apply_matrix_rect(ctm, page.cropbox)


def _page(name: str, number: int, sheet: _Sheet) -> Page:
    page = sheet.get_result()
    drawn = list(_drawn(page))
    letters = [each for each in drawn if isinstance(each, LTChar)]
    if len(letters) > MOST_LETTERS:
        raise RefusedError(
            f"{name}: found {len(letters)} letters on page {number},"
            f" expected at most {MOST_LETTERS}."
        )
    if _is_scan(page, drawn):
        problem = "Een afbeelding van een bladzijde (scan); niet gelezen."
        return Page(number, page.height, (), problem=problem)
    once = list(_once(letters))
    inside = [letter for letter in once if _is_inside(letter, sheet.shown)]
    upright = [letter for letter in inside if not _is_turned(letter)]
    turned = sum(_is_turned(letter) and bool(letter.get_text().strip()) for letter in inside)
    problem = f"Gedraaide tekst ({turned} tekens); niet gelezen." if turned else ""
    if len(once) > len(inside):
        problem = f"{problem} Tekst buiten de bladzijde; niet gelezen.".strip()
    lying, standing = _rules(page.height, [each for each in drawn if isinstance(each, LTCurve)])
    lines = pieces_in([_letter(page.height, letter) for letter in upright], standing)
    return Page(number, page.height, lines, lying, standing, problem)


def _drawn(within: LTPage | LTFigure) -> Iterator[LTComponent]:
    """Yield what a page draws, also within its figures."""
    for each in within:
        yield from _drawn(each) if isinstance(each, LTFigure) else [each]


def _once(letters: Iterable[LTChar]) -> Iterator[LTChar]:
    """Yield the letters; one that is printed again within a point of itself once."""
    seen: dict[tuple[object, ...], LTChar] = {}
    for letter in letters:
        kind = letter.get_text(), letter.fontname, letter.size, letter.upright
        x, y = int(letter.x0), int(letter.y1)
        near = (seen.get((kind, x + right, y + up)) for right, up in product((-1, 0, 1), repeat=2))
        if not any(
            other and abs(other.x0 - letter.x0) <= 1 and abs(other.y1 - letter.y1) <= 1
            for other in near
        ):
            seen[kind, x, y] = letter
            yield letter


def _is_inside(letter: LTChar, shown: Rect) -> bool:
    x0, y0, x1, y1 = shown
    return x0 - 1 <= letter.x0 <= x1 + 1 and y0 - 1 <= letter.y1 <= y1 + 1


def _is_turned(letter: LTChar) -> bool:
    """Say whether a letter does not stand upright on a line that lies; it may lean."""
    along, up = letter.matrix[:2]
    return along <= 0 or abs(up) > _TILT * along


def _is_scan(page: LTPage, drawn: Iterable[LTComponent]) -> bool:
    """Say whether pictures, or strips of one, cover the page: a machine read what text there is."""
    covered = sum(each.width * each.height for each in drawn if isinstance(each, LTImage))
    return covered >= _SCAN * page.width * page.height


def _letter(height: float, letter: LTChar) -> Piece:
    """Return a letter with its place from the top of the page."""
    return Piece(
        letter.get_text(), letter.x0, letter.x1, height - letter.y1, height - letter.y0, letter.size
    )


def _rules(height: float, shapes: Iterable[LTCurve]) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """Return the rules that lie and those that stand; none of a page that is a drawing."""
    lying: list[Rule] = []
    standing: list[Rule] = []
    for shape in shapes:
        corners = [*shape.pts, shape.pts[0]] if isinstance(shape, LTRect) else shape.pts
        for (x0, y0), (x1, y1) in pairwise(corners):
            if abs(y0 - y1) <= _STRAIGHT:
                lying.append(Rule(height - y0, min(x0, x1), max(x0, x1)))
            elif abs(x0 - x1) <= _STRAIGHT:
                standing.append(Rule(x0, height - max(y0, y1), height - min(y0, y1)))
    if len(lying) + len(standing) > MOST_RULES:
        return (), ()
    return tuple(_joined(lying)), tuple(_joined(standing))


def _joined(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Yield the rules of one direction; those that touch each other end to end are one."""
    places: dict[int, list[Rule]] = {}
    for rule in rules:
        places.setdefault(round(rule.at), []).append(rule)
    for place in sorted(places):
        first, *rest = sorted(places[place], key=lambda rule: rule.start)
        start, end = first.start, first.end
        for rule in rest:
            if rule.start > end + 1:
                yield Rule(first.at, start, end)
                start, end = rule.start, rule.end
            end = max(end, rule.end)
        yield Rule(first.at, start, end)
