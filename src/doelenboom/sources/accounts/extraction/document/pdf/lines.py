"""A PDF becomes numbered lines: in the order that a person reads, tables with their cells.

Lines are counted over all pages, as they stand on each from the top, columns of text one after the
other. What stands at the head and foot of every page is counted and left out; the lines of a
paragraph are one, with the number of the first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.document.pdf.letters import UNKNOWN, Piece
from doelenboom.sources.accounts.extraction.document.pdf.pages import Page, read_pages
from doelenboom.sources.accounts.extraction.document.pdf.printed import Printed, is_amount
from doelenboom.sources.accounts.extraction.document.pdf.tables import find_table
from doelenboom.sources.accounts.extraction.words.patterns import anywhere, opening
from doelenboom.sources.accounts.extraction.words.texts import joined, shortened
from doelenboom.sources.accounts.extraction.words.vocabulary import section_of

_COLUMNS = "Tekst in twee kolommen; gelezen als eerst de linker en dan de rechter."
_MARGIN = 4
"""Lines at the head and foot of a page among which those of every page stand."""
_SAME_HEIGHT = 3.0
_FEWEST_LINES = 4
"""Lines side by side that make columns of text."""
_SET_OFF = 0.8
"""Blank between what runs on every page and the text, in the size of the former."""
_DIGITS = anywhere(r"(\d{1,4})")
_POINT = opening(r"[•●▪◦–*-]\s|\(?\d{1,2}[a-z]?[.)]\s|[a-z][.)]\s")
_SENTENCE_END = (".", ":", ";", "?", "!")
_BLANK = 0.25
_FEWEST_FULL = 3
"""Lines of a page that end where the longest does, from which on that is the edge of the text."""
_LEADING = 1.6
"""Most from one line of a paragraph to the next, in their size."""


@dataclass(frozen=True)
class PdfLines:
    """What a PDF says: its lines, how many are printed, on which number each page begins."""

    lines: tuple[Line, ...]
    count: int
    pages: tuple[int, ...]
    issues: tuple[Issue, ...]


def read_pdf(name: str, data: bytes) -> PdfLines:
    """Read the lines of a PDF. Raises `RefusedError` as `read_pages` does."""
    printed: list[list[Printed]] = []
    issues: list[Issue] = []
    pages: list[int] = []
    start = 1
    for page in read_pages(name, data):
        in_columns = _in_columns(page)
        ordered = in_columns or page.lines
        pages.append(start)
        printed.append([Printed(n, page, pieces) for n, pieces in enumerate(ordered, start)])
        for problem in filter(None, (_COLUMNS if in_columns else "", page.problem)):
            kind = "column_text" if problem is _COLUMNS else "left_out"
            issues.append(Issue(start, kind, f"bladzijde {page.number}", problem))
        start += max(1, len(ordered))  # an empty page is a line, of which it can be told
    lines: list[Line] = []
    for line in _lines(list(_without_running(printed))):
        if isinstance(line, Issue):
            issues.append(line)
        else:
            lines.append(line)
    issues += _unknown_letters(lines)
    return PdfLines(tuple(lines), start - 1, tuple(pages), tuple(issues))


def _unknown_letters(lines: Sequence[Line]) -> Iterator[Issue]:
    for line in lines:
        if UNKNOWN in line.text:
            words = [word for word in line.text.split() if UNKNOWN in word]
            if not any(any(letter.isalpha() for letter in word) for word in words):
                problem = "Een teken waarvan de PDF niet zegt welk het is; zo overgenomen."
                yield Issue(line.number, "damaged_letter", words[0][:40], problem)


# --- columns of text ---


def _in_columns(page: Page) -> list[tuple[Piece, ...]]:
    """Return the lines of a page of which parts stand in two columns of text; else none."""
    gutter = _gutter(page)
    if gutter is None:
        return []
    found: list[tuple[Piece, ...]] = []
    place = 0
    while place < len(page.lines):
        end = _band_end(page.lines, place, gutter)
        for is_left in (True, False):
            sides = (_side(pieces, gutter, is_left) for pieces in page.lines[place:end])
            found += filter(None, sides)
        found += page.lines[end : end + 1] if end == place else []
        place = max(end, place + 1)
    return found


def _side(pieces: Sequence[Piece], gutter: float, is_left: bool) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if (piece.x1 <= gutter) == is_left)


def _band_end(lines: Sequence[tuple[Piece, ...]], place: int, gutter: float) -> int:
    """Return where lines end that have text on both sides of a gutter, or on one between such."""
    end = place
    for at in range(place, len(lines)):
        pieces = lines[at]
        crossed = any(piece.x0 < gutter < piece.x1 for piece in pieces)
        if crossed or any(map(is_amount, pieces)):
            break
        both = all(any(map(_is_prose, _side(pieces, gutter, is_left))) for is_left in (True, False))
        near = at > place and pieces[0].top - lines[at - 1][0].bottom <= 0.6 * pieces[0].size
        if both or (near and end == at and pieces[0].size == lines[at - 1][0].size):
            end = at + 1
    return end if end - place >= _FEWEST_LINES else place


def _gutter(page: Page) -> float | None:
    """Return where between two columns of text nothing stands, or None."""
    beside = [
        (pieces[0], pieces[1])
        for pieces in page.lines
        if len(pieces) == 2 and all(map(_is_prose, pieces))  # noqa: PLR2004
    ]
    if len(beside) < _FEWEST_LINES:
        return None
    left, right = max(a.x1 for a, _ in beside), min(b.x0 for _, b in beside)
    ruled = any(rule.start < left and rule.end > right for rule in page.lying)
    return (left + right) / 2 if left < right and not ruled else None


def _is_prose(piece: Piece) -> bool:
    words = piece.text.split()
    return len(words) > 3 and sum(word.isalpha() for word in words) * 2 > len(words)  # noqa: PLR2004


# --- heads and feet of pages ---


def _without_running(pages: Sequence[Sequence[Printed]]) -> Iterator[Printed]:
    """Yield the lines of all pages but those that stand at the same place on others as well.

    They stand apart from the text. Those at the head of the first page stay: they may name it.
    """
    for n, lines in enumerate(pages):
        others = [pages[m] for m in (n - 2, n - 1, n + 1, n + 2) if 0 <= m < len(pages)]
        heads = [line for other in others for line in other[:_MARGIN]]
        feet = [line for other in others for line in other[-_MARGIN:]]
        first = _running(lines, heads) if n else 0
        last = len(lines) - _running(lines[first:][::-1], feet)
        yield from lines[first:last]


def _running(lines: Sequence[Printed], others: Sequence[Printed]) -> int:
    """Count the first of some lines that recur among others, up to where a blank sets them off."""
    count = 0
    for at, line in enumerate(lines[:_MARGIN]):
        if line.has_figures or not any(_are_alike(line, other) for other in others):
            break
        after = lines[at + 1] if at + 1 < len(lines) else None
        blank = max(after.top - line.bottom, line.top - after.bottom) if after else 0.0
        if after is None or blank > _SET_OFF * line.pieces[0].size:
            count = at + 1
    return count


def _are_alike(one: Printed, other: Printed) -> bool:
    """Say whether two lines of two pages are the same but for the number of the page."""
    if abs(one.middle - other.middle) > _SAME_HEIGHT:
        return False
    parts, others = _DIGITS.split(one.text), _DIGITS.split(other.text)
    apart = one.page.number - other.page.number
    return len(parts) == len(others) and all(
        a == b or (a.isdecimal() and b.isdecimal() and int(a) - int(b) == apart)
        for a, b in zip(parts, others, strict=True)
    )


# --- lines ---


def _lines(printed: Sequence[Printed]) -> Iterator[Line | Issue]:
    """Yield tables as rows of cells, and what stands between them as paragraphs."""
    place = table = 0
    text: list[Printed] = []
    while place < len(printed):
        rows, after = find_table(printed, place)
        if not rows:
            text.append(printed[place])
            place += 1
            continue
        yield from _paragraphs(text)
        text, table = [], table + 1
        for row in rows:
            yield replace(row, table=table if row.cells else 0)
        place = after
    yield from _paragraphs(text)


def _unsure_columns(printed: Sequence[Printed]) -> Iterator[Issue]:
    """Yield an issue for lines below each other that have columns and are no table."""
    for beside, group in groupby(printed, key=lambda line: len(line.pieces) > 1):
        lines = list(group)
        if beside and len(lines) > 1:
            problem = f"Kolommen zonder lijnen; regel voor regel gelezen ({len(lines)} regels)."
            yield Issue(lines[0].number, "column_text", shortened(lines[0].text), problem)


def _paragraphs(printed: Sequence[Printed]) -> Iterator[Line | Issue]:
    """Join the lines of a paragraph: those whose next word found no room on the line before."""
    yield from _unsure_columns(printed)
    number, text = 0, ""
    for before, line in pairwise([None, *printed]):
        if line is None:
            continue
        if before is not None and _goes_on(before, line, printed):
            text = joined(text, line.text)
            continue
        if text:
            yield Line(number, text)
        number, text = line.number, line.text
    if text:
        yield Line(number, text)


def _goes_on(above: Printed, line: Printed, printed: Sequence[Printed]) -> bool:
    """Say whether a line goes on with the paragraph of the line above it.

    That line is as long as lines of the page get; else two lines of a list would become one.
    """
    first, then = above.pieces[0], line.pieces[0]
    alone = len(above.pieces) == len(line.pieces) == 1 and not line.has_figures
    begins = _POINT.match(line.text) or section_of(above.text) or section_of(line.text)
    if not alone or begins or abs(first.size - then.size) > 0.5:  # noqa: PLR2004
        return False
    if above.page is line.page:
        near = line.middle - above.middle <= _LEADING * min(then.size, first.size)
    else:
        near = not first.text.endswith(_SENTENCE_END) and then.text[:1].islower()
    return near and _is_full(above, line, printed)


def _is_full(above: Printed, line: Printed, printed: Sequence[Printed]) -> bool:
    """Say whether the first word of a line found no room on the line above it."""
    first, then = above.pieces[0], line.pieces[0]
    ends = [
        piece.x1
        for other in printed
        if other.page is above.page and len(other.pieces) == 1
        for piece in other.pieces
        if piece.x0 < first.x1 and piece.x1 > first.x0
    ]
    word = then.words[0].x1 - then.words[0].x0
    if first.x1 + word + _BLANK * then.size <= max(ends):
        return False
    full = sum(end > max(ends) - 2 * then.size for end in ends)
    return then.text[:1].islower() or full >= _FEWEST_FULL
