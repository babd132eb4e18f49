"""The bytes of a PDF become pages: pieces of text with their places, and rules that are drawn.

A page that has no text layer to trust, and text that is turned, are told; the rest of what a page
shows is none of this module's business. Nothing in a PDF is run, fetched or unpacked to disk.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

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
        if "MemoryError" in repr(error):
            raise MemoryError from error
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
    import pdfplumber  # a second, for whoever reads no PDF
    from pdfminer import settings
    from pdfminer.pdfdocument import PDFXRefFallback
    from pdfminer.pdftypes import resolve1

    settings.STRICT = True  # else what is damaged is passed over in silence
    with pdfplumber.open(BytesIO(data)) as pdf:
        if not pdf.doc.is_extractable:
            raise RefusedError(
                f"{name}: found a PDF that forbids to take its text, expected one that is open."
            )
        if any(isinstance(xref, PDFXRefFallback) for xref in pdf.doc.xrefs):
            raise ValueError("no table of objects")
        count = resolve1(resolve1(pdf.doc.catalog["Pages"])["Count"])
        if count > MOST_PAGES:
            raise RefusedError(
                f"{name}: found {count} pages, expected one chapter of at most {MOST_PAGES}."
            )
        if count != len(pdf.pages):
            raise ValueError("not all pages")
        for number, page in enumerate(pdf.pages, 1):
            yield _page(name, number, page)
            page.close()


def _page(name: str, number: int, page: Any) -> Page:
    x0, y0, x1, y1 = page.cropbox
    if len(page.chars) > MOST_LETTERS:
        raise RefusedError(
            f"{name}: found {len(page.chars)} letters on page {number},"
            f" expected at most {MOST_LETTERS}."
        )
    drawn = page.dedupe_chars(tolerance=1).chars
    letters = [
        letter
        for letter in drawn
        if x0 - 1 <= letter["x0"] <= x1 + 1 and y0 - 1 <= letter["top"] <= y1 + 1
    ]
    if _is_scan(page):
        problem = "Een afbeelding van een bladzijde (scan); niet gelezen."
        return Page(number, page.height, (), problem=problem)
    turned = sum(1 for letter in letters if _is_turned(letter) and letter["text"].strip())
    problem = f"Gedraaide tekst ({turned} tekens); niet gelezen." if turned else ""
    if len(drawn) > len(letters):
        problem = f"{problem} Tekst buiten de bladzijde; niet gelezen.".strip()
    edges = page.edges if len(page.edges) <= MOST_RULES else []
    lying = tuple(_rules(edges, "h", ("top", "x0", "x1")))
    standing = tuple(_rules(edges, "v", ("x0", "top", "bottom")))
    upright = [letter for letter in letters if not _is_turned(letter)]
    return Page(number, page.height, pieces_in(upright, standing), lying, standing, problem)


def _is_turned(letter: Any) -> bool:
    """Say whether a letter does not stand upright on a line that lies; it may lean."""
    along, up = letter["matrix"][:2]
    return bool(along <= 0 or abs(up) > _TILT * along)


def _is_scan(page: Any) -> bool:
    """Say whether pictures, or strips of one, cover the page: a machine read what text there is."""
    covered = sum(image["width"] * image["height"] for image in page.images)
    return bool(covered >= _SCAN * page.width * page.height)


def _rules(edges: Sequence[Any], orientation: str, names: tuple[str, str, str]) -> Iterator[Rule]:
    """Yield the rules of one direction; those that touch each other end to end are one."""
    at, start, end = names
    found = [edge for edge in edges if edge["orientation"] == orientation]
    places: dict[int, list[Any]] = {}
    for edge in found:
        places.setdefault(round(edge[at]), []).append(edge)
    for place in sorted(places):
        sides = sorted(places[place], key=lambda edge: edge[start])
        first, last = sides[0][start], sides[0][end]
        for edge in sides[1:]:
            if edge[start] > last + 1:
                yield Rule(float(sides[0][at]), float(first), float(last))
                first, last = edge[start], edge[end]
            last = max(last, edge[end])
        yield Rule(float(sides[0][at]), float(first), float(last))
