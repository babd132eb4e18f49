"""The bytes of a PDF become pages: pieces of text with their places, and rules that are drawn.

A page that has no text layer to trust, and text that is turned, are told; the rest of what a page
shows is none of this module's business. Nothing in a PDF is run, fetched or unpacked to disk.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Any

from doelenboom.errors import RefusedError
from doelenboom.sources.accounts.extraction.lines import plain
from doelenboom.sources.accounts.extraction.patterns import anywhere

MOST_PAGES = 120
MOST_LETTERS = 20_000
"""Letters of one page; a full one has five thousand."""
MOST_RULES = 20_000
"""Rules of one page, sides of boxes included; a page with more is a drawing."""

CUT_OFF = 2_048
"""Bytes at the end among which a whole PDF says that it ends."""

_SCAN = 0.8
"""Share of a page that a picture covers where the text upon it is a reading of that picture."""
_RAISED = str.maketrans("0123456789()*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾*")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_NO_LETTER = anywhere(r"\(cid:\d+\)")
UNKNOWN = "\ufffd"
"""Stands for what a font draws without saying which letter it is."""

_WORD_GAP, _PIECE_GAP, _WIDE_BLANK = 0.15, 0.6, 0.9
"""Blank between letters, in the size of the letters: of words, and of pieces without and with one
that is printed."""
_FEWEST_BLANKS, _UNUSUAL = 3, 1.8
"""From so many blanks on a line tells how far its words are; so many times that is wide."""
_SAME_LINE = 0.4
_TILT = 0.02
_SMALL, _LIFTED = 0.9, 0.08
"""What is so much smaller and higher than the letters beside it is a note."""


@dataclass(frozen=True)
class Piece:
    """A run of text on one line without a wide blank in it: its letters, place and size.

    `words` are the same run in parts; a word has none.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    words: tuple["Piece", ...] = ()


@dataclass(frozen=True)
class Rule:
    """A line that is drawn, or a side of a box: where across it, and from where to where along."""

    at: float
    start: float
    end: float


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
    drawn = page.dedupe_chars(tolerance=1).chars
    letters = [
        letter
        for letter in drawn
        if x0 - 1 <= letter["x0"] <= x1 + 1 and y0 - 1 <= letter["top"] <= y1 + 1
    ]
    if len(letters) > MOST_LETTERS:
        raise RefusedError(
            f"{name}: found {len(letters)} letters on page {number},"
            f" expected at most {MOST_LETTERS}."
        )
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
    lines = tuple(tuple(_pieces(line, standing)) for line in _lines(upright))
    return Page(number, page.height, tuple(filter(None, lines)), lying, standing, problem)


def _is_turned(letter: Any) -> bool:
    """Say whether a letter does not stand upright on a line that lies; it may lean."""
    along, up = letter["matrix"][:2]
    return bool(along <= 0 or abs(up) > _TILT * along)


def _is_scan(page: Any) -> bool:
    """Say whether a picture covers the page: what text there is, a machine read in it."""
    return any(
        image["width"] * image["height"] >= _SCAN * page.width * page.height
        for image in page.images
    )


def _rules(edges: Sequence[Any], orientation: str, names: tuple[str, str, str]) -> Iterator[Rule]:
    at, start, end = names
    for edge in edges:
        if edge["orientation"] == orientation:
            yield Rule(edge[at], edge[start], edge[end])


def _lines(letters: Sequence[Any]) -> Iterator[list[Any]]:
    """Group letters in lines from the top; a note that is raised joins the line that it stands on.

    Smaller letters that reach into the line below, or above, are part of that line.
    """
    found: list[tuple[Any, list[Any]]] = []
    for letter in sorted(letters, key=_middle):
        largest, line = found[-1] if found else (None, [])
        if largest is None or _middle(letter) - _middle(largest) > _SAME_LINE * largest["size"]:
            found.append((letter, [letter]))
            continue
        line.append(letter)
        if letter["size"] > largest["size"]:
            found[-1] = letter, line
    lines: list[tuple[Any, list[Any]]] = []
    for largest, line in found:
        if lines and _is_note(lines[-1][0], largest):
            lines[-1] = largest, [*lines[-1][1], *line]
        elif lines and _is_note(largest, lines[-1][0]):
            lines[-1][1].extend(line)
        else:
            lines.append((largest, line))
    for _, line in lines:
        yield line


def _is_note(small: Any, large: Any) -> bool:
    """Say whether the largest of some letters is small beside another, and reaches into it."""
    overlap = min(small["bottom"], large["bottom"]) - max(small["top"], large["top"])
    return bool(small["size"] < _SMALL * large["size"] and overlap > 0.25 * small["size"])


def _middle(letter: Any) -> float:
    return float(letter["top"] + letter["bottom"]) / 2


def _pieces(line: Sequence[Any], standing: Sequence[Rule]) -> Iterator[Piece]:
    """Divide a line at wide blanks and at the rules that stand between its letters.

    Where the words of a line stand equally far apart, as in a text that is made to fill its width,
    that is how far words are.
    """
    seen = sorted((each for each in line if each["text"].strip()), key=lambda each: each["x0"])
    if not seen:
        return
    blanks = sorted(float(each["x0"]) for each in line if not each["text"].strip())
    base = max(seen, key=lambda each: each["size"])
    middle = _middle(base)
    walls = [rule.at for rule in standing if rule.start <= middle <= rule.end]
    steps = [_step(before, letter, blanks) for before, letter in pairwise(seen)]
    apart = sorted(gap for gap, printed in steps if printed)
    usual = apart[len(apart) // 2] if len(apart) >= _FEWEST_BLANKS else 0.0
    words = [[(seen[0], _text(seen[0], base))]]
    for (before, letter), (gap, printed) in zip(pairwise(seen), steps, strict=True):
        size = max(before["size"], letter["size"])
        most = max(_WIDE_BLANK * size, _UNUSUAL * usual) if printed else _PIECE_GAP * size
        over = gap < -0.5 * min(letter["x1"] - letter["x0"], before["x1"] - before["x0"])
        text = UNKNOWN + _text(letter, base) if over else _text(letter, base)
        if gap > most or any(before["x1"] - 1 <= wall <= letter["x0"] + 1 for wall in walls):
            yield _piece(words)
            words = [[]]
        elif printed or gap > size * _WORD_GAP:
            words.append([])
        words[-1].append((letter, text))
    yield _piece(words)


def _step(before: Any, letter: Any, blanks: Sequence[float]) -> tuple[float, bool]:
    """Return how far one letter stands from the next, and whether a blank is printed between."""
    printed = bisect_left(blanks, letter["x0"]) > bisect_right(blanks, before["x0"])
    return float(letter["x0"] - before["x1"]), printed


def _text(letter: Any, base: Any) -> str:
    text = _NO_LETTER.sub(UNKNOWN, letter["text"])
    text = _LIGATURES.get(text, text)
    small = letter["size"] < _SMALL * base["size"]
    if small and _middle(base) - _middle(letter) > _LIFTED * base["size"]:
        return text.translate(_RAISED)
    return text


def _piece(words: Sequence[Sequence[tuple[Any, str]]]) -> Piece:
    parts = tuple(_word([letter for letter, _ in word], [text for _, text in word])
                  for word in words)  # fmt: skip
    return Piece(
        " ".join(part.text for part in parts).strip(),
        parts[0].x0,
        max(part.x1 for part in parts),
        min(part.top for part in parts),
        max(part.bottom for part in parts),
        max(part.size for part in parts),
        parts,
    )


def _word(letters: Sequence[Any], texts: Sequence[str]) -> Piece:
    return Piece(
        plain("".join(texts)),
        float(letters[0]["x0"]),
        float(max(letter["x1"] for letter in letters)),
        float(min(letter["top"] for letter in letters)),
        float(max(letter["bottom"] for letter in letters)),
        float(max(letter["size"] for letter in letters)),
    )
