"""Finding the cost tables of a chapter, in lines of text and in tables of cells."""

from collections.abc import Sequence

from doelenboom.sources.accounts.extraction.cell_grids import cell_grid
from doelenboom.sources.accounts.extraction.grid import Grid
from doelenboom.sources.accounts.extraction.lines import Line
from doelenboom.sources.accounts.extraction.text_grids import text_grid


def find_grids(lines: Sequence[Line], year: int) -> list[Grid]:
    """Return the cost tables among the lines, for figures of `year`."""
    grids: list[Grid] = []
    place = 0
    while place < len(lines):
        found = _grid_at(lines, place, year)
        if found is None:
            place += 1
        else:
            grid, place = found
            grids.append(grid)
    return grids


def _grid_at(lines: Sequence[Line], place: int, year: int) -> tuple[Grid, int] | None:
    found = cell_grid(lines, place, year) if lines[place].cells else None
    return found or text_grid(lines, place, year)
