"""Tables on the pages of a PDF: in a box, else by the blanks between what stands in them.

Without a box a table is what rows of amounts make, from their heads down to where something else
begins. What fits no columns stays text. No figure is read here.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.document.pdf.boxes import boxed_table, is_boxed
from doelenboom.sources.accounts.extraction.document.pdf.columns import (
    cells_of,
    columns_of,
    head_rows,
    with_heads,
)
from doelenboom.sources.accounts.extraction.document.pdf.printed import (
    CLOSE,
    NEAR,
    Printed,
    is_amount,
    made_row,
    pitch_of,
    rows_by_distance,
)
from doelenboom.sources.accounts.extraction.words.rows import continues
from doelenboom.sources.accounts.extraction.words.texts import A_YEAR
from doelenboom.sources.accounts.extraction.words.vocabulary import (
    HEAD_WORD,
    LONGEST_HEADING,
    YEAR_HEADING,
    section_of,
)

_BETWEEN = 3
"""Lines without figures that may stand between two rows."""
_HEADS = 8
_APART = 3.5
"""Blank between two lines of one table, in their size."""


def find_table(lines: Sequence[Printed], place: int) -> tuple[list[Line], int]:
    """Read the table that begins on a line, if one does, and return the place after it."""
    for find in (boxed_table, _open):
        rows, end = find(lines, place)
        if rows:
            return rows, end
    return [], place + 1


def _open(lines: Sequence[Printed], place: int) -> tuple[list[Line], int]:
    """Read the table without a box whose heads begin on a line."""
    first = _first_row(lines, place)
    if first is None:
        return [], place + 1
    heads = {line.text for line in lines[place:first]}
    end = _open_end(lines, first, heads)
    seeds = [line for line in lines[first:end] if line.has_figures]
    if _head_start(lines, place, first, seeds) != place or len(seeds) < 2:  # noqa: PLR2004
        return [], place + 1
    start = _body_start(lines, place, first)
    columns = with_heads(columns_of(seeds), lines[place:start])
    body = [line for line in lines[start:end] if line.text not in heads or line in lines[:first]]
    if any(_is_broken(above, line, pitch_of(body)) for above, line in pairwise(body)):
        return [], place + 1
    rows = list(head_rows(lines[place:start], columns))
    for group in rows_by_distance(body):
        cells = cells_of(group, columns)
        if cells is None:
            return [], place + 1
        rows.append(made_row(group[0].number, cells))
    return rows, end


def _is_broken(above: Printed, line: Printed, pitch: float) -> bool:
    """Say whether a row goes on below itself, its name and an amount: a cell of two amounts."""
    name = line.pieces[0]
    return (
        above.has_figures
        and not line.has_figures
        and bool(line.amounts)
        and name.text[:1].islower()
        and line.page is above.page
        and line.middle - above.middle < CLOSE * pitch
    )


def _first_row(lines: Sequence[Printed], place: int) -> int | None:
    """Return where the first row of amounts stands whose heads may begin on a line."""
    for at in range(place, min(place + _HEADS + 1, len(lines))):
        if lines[at].has_figures:
            return None if boxed_table(lines, at)[0] else at
    return None


def _open_end(lines: Sequence[Printed], first: int, heads: Collection[str]) -> int:
    """Return the place behind the last row below a first one; its heads may come again."""
    end, without = first + 1, 0
    left = min(amount.x0 for amount in lines[first].amounts)
    for at in range(first + 1, len(lines)):
        line = lines[at]
        if not _is_near(lines[at - 1], line) or (is_boxed(line) and boxed_table(lines, at)[0]):
            break
        if line.text in heads:
            if any(each.text not in heads and _is_of_a_year(each) for each in lines[end:at]):
                break  # the heads are of another table, of another year or phase
            continue
        if line.has_figures or any(map(is_amount, line.pieces[1:])):
            end, without = at + 1, 0
            continue
        without += 1
        is_label = len(line.pieces) == 1 and len(line.text) <= LONGEST_HEADING
        crosses = line.pieces[0].x0 < left < line.pieces[0].x1 - 10 * NEAR
        if without > _BETWEEN or crosses or not is_label:
            break
    while end < len(lines) and _ends_name(lines, first, end):
        end += 1
    return end


def _is_of_a_year(line: Printed) -> bool:
    """Say whether a line is a heading such as `Actuele begroting 2018`."""
    dated = len(line.pieces) == 1 and any(map(A_YEAR.fullmatch, line.text.split()))
    return dated and bool(HEAD_WORD.search(line.text) and YEAR_HEADING.fullmatch(line.text))


def _ends_name(lines: Sequence[Printed], first: int, at: int) -> bool:
    """Say whether a line ends the name of the last row: it goes on, or is closer than rows are."""
    line, above = lines[at], lines[at - 1]
    if len(line.pieces) > 1 or line.page is not above.page:
        return False
    if continues(above.pieces[0].text, line.text) and _is_near(above, line, 1.0):
        return True
    texts = (piece for piece in above.pieces if not is_amount(piece))
    below_a_text = any(
        line.pieces[0].x0 < text.x1 and text.x0 < line.pieces[0].x1 for text in texts
    )
    return below_a_text and line.middle - above.middle < CLOSE * pitch_of(lines[first:at])


def _is_near(above: Printed, below: Printed, apart: float = _APART) -> bool:
    if above.page is not below.page:
        return above.page.number + 1 == below.page.number
    return below.top - above.bottom <= apart * max(piece.size for piece in below.pieces)


def _head_start(lines: Sequence[Printed], place: int, first: int, seeds: Sequence[Printed]) -> int:
    """Return where the heads above a first row begin: at the line, or where nothing does."""
    left = min(amount.x0 for line in seeds for amount in line.amounts)
    start = first
    for at in range(first - 1, place - 1, -1):
        line = lines[at]
        long = any(len(piece.text) > LONGEST_HEADING // 2 for piece in line.pieces)
        if not _is_near(line, lines[at + 1], 2.5) or section_of(line.text):
            break
        if long and len(line.pieces) > 1:
            break
        among = all(piece.x0 >= left - 10 * NEAR for piece in line.pieces)
        if len(line.pieces) > 1 or among:
            start = at
        elif len(line.text) > LONGEST_HEADING or line.pieces[0].x1 > left + 10 * NEAR:
            break
    return start


def _body_start(lines: Sequence[Printed], place: int, first: int) -> int:
    """Return where the rows begin: at a heading of theirs that stands below the heads."""
    start = first
    for at in range(first - 1, place, -1):
        heading, above = lines[at], lines[at - 1]
        is_label = heading.pieces[0].x1 < lines[first].pieces[-1].x0
        if len(heading.pieces) > 1 or not is_label or heading.page is not above.page:
            break
        if heading.text[:1].islower():
            continue
        near = min(1.35 * heading.pieces[0].size, CLOSE * (lines[at + 1].middle - heading.middle))
        if heading.middle - above.middle < near:
            break
        start = at
    return start
