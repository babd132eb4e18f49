"""Letters on a page of a PDF become lines of pieces: words that stand together.

How wide a blank parts two words, or two pieces, is said here; what the pieces are about is not.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from doelenboom.sources.accounts.extraction.words.patterns import anywhere
from doelenboom.sources.accounts.extraction.words.texts import plain

_RAISED = str.maketrans("0123456789()*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾*")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_NO_LETTER = anywhere(r"\(cid:\d+\)")
UNKNOWN = "\ufffd"
"""Stands for what a font draws without saying which letter it is."""

_EURO = "€"
_WORD_GAP, _PIECE_GAP, _WIDE_BLANK = 0.15, 0.6, 0.9
"""Blank between letters, in the size of the letters: of words, and of pieces without and with one
that is printed."""
_FEWEST_BLANKS, _UNUSUAL = 3, 1.8
"""From so many blanks on a line tells how far its words are; so many times that is wide."""
_SAME_LINE = 0.4
_SMALL, _LIFTED = 0.9, 0.08
"""What is so much smaller and higher than the letters beside it is a note."""


@dataclass(frozen=True)
class Piece:
    """A run of text on one line without a wide blank in it: its letters, place and size.

    `words` are the same run in parts; a word has none, nor has a letter by itself.
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


def pieces_in(letters: Sequence[Piece], standing: Sequence[Rule]) -> tuple[tuple[Piece, ...], ...]:
    """Return the lines that letters make from the top, in pieces; `standing` rules part these."""
    lines = (tuple(_with_euro(list(_pieces(line, standing)))) for line in _lines(letters))
    return tuple(filter(None, lines))


def _with_euro(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces; a euro sign that stands apart is that of the amount behind it."""
    for before, piece in pairwise([None, *pieces, None]):
        if piece is not None and piece.text != _EURO:
            of_amount = before is not None and before.text == _EURO
            yield replace(piece, text=f"{_EURO} {piece.text}") if of_amount else piece


def _lines(letters: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Group letters in lines from the top; a note that is raised joins the line that it stands on.

    Smaller letters that reach into the line below, or above, are part of that line.
    """
    found: list[tuple[Piece, list[Piece]]] = []
    for letter in sorted(letters, key=_middle):
        largest, line = found[-1] if found else (None, [])
        if largest is None or _middle(letter) - _middle(largest) > _SAME_LINE * largest.size:
            found.append((letter, [letter]))
            continue
        line.append(letter)
        if letter.size > largest.size:
            found[-1] = letter, line
    lines: list[tuple[Piece, list[Piece]]] = []
    for largest, line in found:
        if lines and _is_note(lines[-1][0], largest):
            lines[-1] = largest, [*lines[-1][1], *line]
        elif lines and _is_note(largest, lines[-1][0]):
            lines[-1][1].extend(line)
        else:
            lines.append((largest, line))
    for _, line in lines:
        yield line


def _is_note(small: Piece, large: Piece) -> bool:
    """Say whether the largest of some letters is small beside another, and reaches into it."""
    overlap = min(small.bottom, large.bottom) - max(small.top, large.top)
    return small.size < _SMALL * large.size and overlap > 0.25 * small.size


def _middle(letter: Piece) -> float:
    return (letter.top + letter.bottom) / 2


def _pieces(line: Sequence[Piece], standing: Sequence[Rule]) -> Iterator[Piece]:
    """Divide a line at wide blanks and at the rules that stand between its letters.

    Where the words of a line stand equally far apart, as in a text that is made to fill its width,
    that is how far words are.
    """
    seen = sorted((each for each in line if each.text.strip()), key=lambda each: each.x0)
    if not seen:
        return
    blanks = sorted(each.x0 for each in line if not each.text.strip())
    base = max(seen, key=lambda each: each.size)
    middle = _middle(base)
    walls = [rule.at for rule in standing if rule.start <= middle <= rule.end]
    steps = [_step(before, letter, blanks) for before, letter in pairwise(seen)]
    gaps = sorted(gap for gap, printed in steps if printed)
    usual = gaps[len(gaps) // 2] if len(gaps) >= _FEWEST_BLANKS else 0.0
    words = [[(seen[0], _text(seen[0], base))]]
    for (before, letter), (gap, printed) in zip(pairwise(seen), steps, strict=True):
        size = max(before.size, letter.size)
        most = max(_WIDE_BLANK * size, _UNUSUAL * usual) if printed else _PIECE_GAP * size
        over = gap < -0.5 * min(letter.x1 - letter.x0, before.x1 - before.x0)
        text = UNKNOWN + _text(letter, base) if over else _text(letter, base)
        apart = printed or gap > size * _WORD_GAP
        walled = apart and any(before.x1 - 1 <= x <= letter.x0 + 1 for x in walls)
        if gap > most or walled:
            yield _piece(words)
            words = [[]]
        elif apart:
            words.append([])
        words[-1].append((letter, text))
    yield _piece(words)


def _step(before: Piece, letter: Piece, blanks: Sequence[float]) -> tuple[float, bool]:
    """Return how far one letter stands from the next, and whether a blank is printed between."""
    printed = bisect_left(blanks, letter.x0) > bisect_right(blanks, before.x0)
    return letter.x0 - before.x1, printed


def _text(letter: Piece, base: Piece) -> str:
    text = _NO_LETTER.sub(UNKNOWN, letter.text)
    text = _LIGATURES.get(text, text)
    small = letter.size < _SMALL * base.size
    if small and _middle(base) - _middle(letter) > _LIFTED * base.size:
        return text.translate(_RAISED)
    return text


def _piece(words: Sequence[Sequence[tuple[Piece, str]]]) -> Piece:
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


def _word(letters: Sequence[Piece], texts: Sequence[str]) -> Piece:
    return Piece(
        plain("".join(texts)),
        letters[0].x0,
        max(letter.x1 for letter in letters),
        min(letter.top for letter in letters),
        max(letter.bottom for letter in letters),
        max(letter.size for letter in letters),
    )
