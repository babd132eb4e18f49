"""Printed lines of a PDF, and how they group in rows where no rule divides them.

What is an amount in them is said here as well; which column it stands in is not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.document.pdf.letters import Piece
from doelenboom.sources.accounts.extraction.document.pdf.pages import Page
from doelenboom.sources.accounts.extraction.numbers.printed import read_cell
from doelenboom.sources.accounts.extraction.words.patterns import whole
from doelenboom.sources.accounts.extraction.words.texts import A_YEAR, DIGIT

NEAR = 3.0
"""Points within which two rules are one, and an edge of a text stands at an edge of a column."""
CLOSE = 0.93
"""Share of the distance between rows within which a line belongs to a row."""
_FRAME = 0.9
"""Share of the height of a page from which on a rule is a frame around it."""
_SCORE = whole(r"(?:€\s?)?\d[\d.]*,\d+\s?%?|\d[\d.]*\s?%")
"""What is no year, nor a number in a head: it has decimals, or is a share."""


@dataclass(frozen=True)
class Printed:
    """One printed line: its number in the document, its page, its pieces from left to right."""

    number: int
    page: Page
    pieces: tuple[Piece, ...]

    @cached_property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @cached_property
    def top(self) -> float:
        return min(piece.top for piece in self.pieces)

    @cached_property
    def bottom(self) -> float:
        return max(piece.bottom for piece in self.pieces)

    @cached_property
    def text(self) -> str:
        return "   ".join(piece.text for piece in self.pieces)

    @cached_property
    def walls(self) -> list[float]:
        """Where rules stand beside and between the pieces; a frame around the page is none."""
        rules = [
            rule for rule in self.page.standing if rule.start - 1 <= self.middle <= rule.end + 1
        ]
        walls = merged(rule.at for rule in rules)
        long = all(rule.end - rule.start > _FRAME * self.page.height for rule in rules)
        return [] if long and len(walls) <= 2 else walls  # noqa: PLR2004

    @cached_property
    def amounts(self) -> list[Piece]:
        """Its amounts, also those that stand close together."""
        return [part for piece in self.pieces for part in amounts_in(piece) if is_amount(part)]

    @cached_property
    def has_figures(self) -> bool:
        """Whether it has several amounts, as a row of a cost table does, or a year and a score."""
        scored = any(_SCORE.fullmatch(piece.text) for piece in self.amounts)
        dated = any(A_YEAR.fullmatch(piece.text) for piece in self.pieces[1:])
        return (len(self.amounts) > 1 and any(map(_has_digit, self.amounts))) or (scored and dated)


def made_row(number: int, cells: Sequence[str]) -> Line:
    """Make a row of its cells, with the number of its first line."""
    return Line(number, "  ".join(cell for cell in cells if cell), tuple(cells))


def is_amount(piece: Piece) -> bool:
    """Say whether a piece is an amount, or a dash in its place; years are none."""
    if A_YEAR.fullmatch(piece.text):
        return False
    cell = read_cell(piece.text.rstrip("%"))
    return cell is not None and cell.value is not None and (cell.nil or _has_digit(piece))


def _has_digit(piece: Piece) -> bool:
    return bool(DIGIT.search(piece.text))


def amounts_in(piece: Piece) -> tuple[Piece, ...]:
    """Return the amounts that make up a piece, where it is none itself; else the piece."""
    apart = len(piece.words) > 1 and not is_amount(piece) and all(map(is_amount, piece.words))
    return piece.words if apart else (piece,)


def merged(places: Iterator[float]) -> list[float]:
    """Return places from left to right, those that are near each other once."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > NEAR:
            found.append(place)
    return found


def pitch_of(block: Sequence[Printed]) -> float:
    """Return how far apart rows of figures stand: two below each other, else one below a text."""
    near = [(above, below) for above, below in pairwise(block) if above.page is below.page]
    rows = [(above, below) for above, below in near if below.has_figures]
    pairs = [(above, below) for above, below in rows if above.has_figures] or rows
    return min((below.middle - above.middle for above, below in pairs), default=0.0)


def rows_by_distance(block: Sequence[Printed]) -> list[list[Printed]]:
    """Group lines in rows: a line without figures joins the row that it stands close to."""
    pitch = pitch_of(block)
    groups: list[list[Printed]] = []
    opened = False
    for at, line in enumerate(block):
        before = block[at - 1] if at else None
        after = block[at + 1] if at + 1 < len(block) else None
        if opened or (before and _joins(before, line, pitch)):
            groups[-1].append(line)
        else:
            groups.append([line])
        opened = bool(
            after
            and not line.has_figures
            and after.has_figures
            and line.page is after.page
            and after.middle - line.middle < CLOSE * pitch
        )
    return groups


def _joins(above: Printed, line: Printed, pitch: float) -> bool:
    """Say whether a line without figures belongs to the line above it."""
    if any(map(is_amount, line.pieces)) and not _is_below_name(above, line):
        return False
    if above.page is line.page and line.middle - above.middle < CLOSE * pitch:
        return True
    return len(line.pieces) == 1 and line.text[:1].islower() and above.text[:1].isupper()


def _is_below_name(above: Printed, line: Printed) -> bool:
    """Say whether a line has only a figure, which begins below a name: the end of it (`18-`)."""
    name, figure = above.pieces[0], line.pieces[0]
    return len(line.pieces) == 1 and not is_amount(name) and abs(name.x0 - figure.x0) <= NEAR
