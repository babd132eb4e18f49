"""Rows of which each cell stands on a line of its own, as when a page with a table is copied.

A label, with its number on a line before it or not, and below it one figure per line. A row with
fewer figures than there are columns can be read in as many ways as they can be placed.
"""

from collections.abc import Sequence

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.alike import is_side
from doelenboom.sources.accounts.extraction.numbers.candidates import Reading, placements
from doelenboom.sources.accounts.extraction.numbers.printed import Printed, read_cell
from doelenboom.sources.accounts.extraction.tables.grid import is_heading
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.words.patterns import whole
from doelenboom.sources.accounts.extraction.words.texts import A_YEAR, DIGIT, squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import SUM

CODE = whole(r"(?:\d{1,2}(?:\.\d{1,2})+|0\d)\.?")
"""The number of a line; with three figures behind the dot it may be an amount."""

MARK = whole(r"[A-Z]{1,2}[.-]?\d{1,3}")
"""What stands behind the name of a reserve and is none of it: the kind that it is of, as `A2`."""

PERCENTAGE = whole(r"-?\d{1,4}(?:[.,]\d{1,2})? ?%")


def stacked_row(
    lines: Sequence[Line], at: int, columns: int, short: bool
) -> tuple[TableRow, int] | None:
    """Read the row that begins on a line, and the place after it; `short` ones only if asked.

    A row without a label must be whole; it may follow at once on the figures of another.
    """
    label, start = stacked_label(lines, at)
    cells, place = _cells(lines, start, most=2 * columns + 1)
    if short and len(cells) == 2 * columns:
        cells, place = _cells(lines, start, most=columns)
    if len(cells) > columns or not any(DIGIT.search(cell.text) for cell in cells):
        return None
    if len(cells) < columns and not (short and label):
        return None
    readings = tuple(Reading(label, placed) for placed in placements(tuple(cells), columns))
    text = " ".join([label, *(cell.text for cell in cells)]).strip()
    return TableRow(lines[at].number, text, readings, stacked=True), place


def stacked_label(lines: Sequence[Line], at: int) -> tuple[str, int]:
    """Return the label that begins on a line, with the number before it, and the place after."""
    text = squeezed(lines[at].text)
    after = at + 1
    if CODE.fullmatch(text):
        after = next((n for n in range(after, len(lines)) if lines[n].text.strip()), at)
        text, after = f"{text} {squeezed(lines[after].text)}", after + 1
    return (text, after) if is_heading(text) else ("", at)


def _cells(lines: Sequence[Line], place: int, most: int) -> tuple[list[Printed], int]:
    """Return at most so many figures that stand alone from a place on, and the place after.

    `N` or `V` in a cell of its own belongs to the figure before it.
    """
    cells: list[Printed] = []
    after = place
    for at in range(place, len(lines)):
        text = lines[at].text.strip()
        if not text or (cells and PERCENTAGE.fullmatch(text)):
            continue
        if A_YEAR.fullmatch(text):
            break
        if is_side(text) and cells and not cells[-1].side:
            cell = read_cell(f"{cells.pop().text} {text}")
        else:
            cell = read_cell(text)
        if cell is None or len(cells) == most:
            break
        cells.append(cell)
        after = at + 1
    return cells, after


def without_marks(names: Sequence[Sequence[Line]]) -> list[Sequence[Line]]:
    """Leave out the marks of reserves, where all names but that of a sum have one behind them.

    Of each row are given the lines above its amounts.
    """
    rows = [lines for lines in names if lines and not SUM.match(lines[-1].text.strip())]
    marked = all(len(lines) > 1 and MARK.fullmatch(lines[-1].text.strip()) for lines in rows)
    return [lines[:-1] if lines in rows else lines for lines in names] if marked else [*names]
