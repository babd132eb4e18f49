"""Finding the cost tables of a chapter, in lines of text and in tables of cells."""

from collections.abc import Sequence

from doelenboom.sources.accounts.extraction.cell_grids import cell_grid
from doelenboom.sources.accounts.extraction.grid import Grid, with_unit
from doelenboom.sources.accounts.extraction.lines import Line
from doelenboom.sources.accounts.extraction.text_grids import may_be_head, text_grid

MOST_HEADS = 2_000
"""Lines that look like the head of a table and are none, and a tenth of the lines below them: no
more are looked at after so many."""


def find_grids(lines: Sequence[Line], year: int) -> list[Grid]:
    """Return the cost tables among the lines, for figures of `year`."""
    grids: list[Grid] = []
    place = looked = 0
    while place < len(lines) and looked < MOST_HEADS:
        cells, head = bool(lines[place].cells), may_be_head(lines, place)
        found, after = cell_grid(lines, place, year) if cells else (None, place + 1)
        if not found and head:
            found, after = text_grid(lines, place, year)
        if not found and (cells or head):
            looked += 1 + (after - place) // 10
        grids += [with_unit(found)] if found else []
        place = after
    return grids
