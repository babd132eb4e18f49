"""Text in columns that blanks keep apart: tables as on a page of a PDF without rules.

Each letter has its place on its line. A table of which a column or a head is not certain stays
text, and is read as that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from doelenboom.sources.accounts.extraction.document.lines import LONGEST_ROW, Line
from doelenboom.sources.accounts.extraction.document.pdf.letters import Piece
from doelenboom.sources.accounts.extraction.document.pdf.pages import Page
from doelenboom.sources.accounts.extraction.document.pdf.printed import Printed, is_amount
from doelenboom.sources.accounts.extraction.document.pdf.tables import find_table
from doelenboom.sources.accounts.extraction.words.patterns import anywhere
from doelenboom.sources.accounts.extraction.words.vocabulary import LONGEST_HEADING

_SIZE, _WIDTH, _PITCH = 10.0, 6.0, 12.0
"""A letter on a page of text, its width, and from one line to the next, in points."""

_HEADS = 10
"""Lines from the first of a head on among which the first row stands."""

_MOST_HEADS = 3
"""Lines above a table that may be heads of it."""

_MOST_LINES, _MOST_ROWS = 10_000, 500
"""Lines that are looked at in search of tables, and those of one."""

_PIECE = anywhere(r"\S+(?: \S+)*")
_HEAD = anywhere(r"[^\W\d_]{2}|(?<!\d)20\d\d(?!\d)")
_WORD = anywhere(r"\S+")


def with_columns(lines: Sequence[Line]) -> list[Line]:
    """Give the rows of tables in columns their cells; other lines stay as they are."""
    found: list[Line] = []
    table = 0
    for apart, group in groupby(lines, key=lambda line: bool(line.cells)):
        run = list(group)
        if apart or not any(map(_is_row, map(_printed, run))):
            found += run
            continue
        for part in _parts(run):
            table += 1
            found += (replace(line, table=table) if line.cells else line for line in part)
    return found


def with_heads(lines: Sequence[Line]) -> list[Line]:
    """Give the lines just above a table to it, where blanks part them and they have words alone.

    Their heads may stand over several columns each, of which it is for the reader of heads to say
    which. A blank line, or one of one piece, ends them.
    """
    found: list[Line] = []
    for line in lines:
        if line.table and line.table != (found[-1].table if found else 0):
            for n in range(len(found) - 1, max(len(found) - 1 - _MOST_HEADS, -1), -1):
                pieces = tuple(_PIECE.findall(found[n].text))
                if found[n].cells or len(pieces) < 2 or not all(map(_HEAD.search, pieces)):  # noqa: PLR2004
                    break
                found[n] = replace(found[n], cells=pieces, table=line.table)
        found.append(line)
    return found


def _parts(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the rows of each table, and the lines between tables."""
    printed = [each for each in map(_printed, lines) if each.pieces]
    place, start, tried = 0, 0, 0
    while place < len(printed) and tried < _MOST_LINES:
        below = printed[place + 1 : place + _HEADS]
        if printed[place].has_figures or not any(map(_is_row, below)):
            place += 1
            continue
        near = _until_text(printed, place)
        rows, end = find_table(printed[:near], place)
        tried += near - place
        figures = [line for line in printed[place:end] if line.has_figures]
        headed = rows and rows[0].number < figures[0].number and all(row.cells for row in rows)
        if not headed or not all(map(_is_row, figures)):
            place += 1
            continue
        first, last = printed[place].number, printed[end - 1].number
        before = [line for line in lines[start:] if line.number < first]
        yield before
        yield rows
        start = next((n for n, line in enumerate(lines) if line.number > last), len(lines))
        place = end
    yield list(lines[start:])


def _until_text(printed: Sequence[Printed], place: int) -> int:
    """Return where a table that begins at a place has ended: at a line of prose at the latest."""
    end = place + 1
    while end < min(len(printed), place + _MOST_ROWS):
        line = printed[end]
        if len(line.pieces) == 1 and len(line.text) > LONGEST_HEADING:
            break
        end += 1
    return end


def _is_row(line: Printed) -> bool:
    """Say whether a line has figures, and blanks that part them."""
    return len(line.pieces) > 1 and line.has_figures


def _printed(line: Line) -> Printed:
    if len(line.text) > 2 * LONGEST_ROW:
        return Printed(line.number, _PAGE, ())
    pieces = (_piece(line, match.start(), match[0]) for match in _PIECE.finditer(line.text))
    return Printed(line.number, _PAGE, tuple(pieces))


def _piece(line: Line, start: int, text: str) -> Piece:
    words = tuple(_run(line, start + word.start(), word[0]) for word in _WORD.finditer(text))
    return _run(line, start, text, words if len(words) > 1 and all(map(is_amount, words)) else ())


def _run(line: Line, start: int, text: str, words: tuple[Piece, ...] = ()) -> Piece:
    top = _PITCH * line.number
    end = start + len(text)
    return Piece(text, _WIDTH * start, _WIDTH * end, top, top + _SIZE, _SIZE, words)


_PAGE = Page(1, float("inf"), ())
