"""Tables of indicators, however their cells came through.

Cells of markup or tabs, parted by bars or wide blanks, or each on lines of its own. Where empty
cells may be lost (all but markup and tabs) a row counts only if every column has a cell of its
kind; any other row with values is an issue. What a row means is read elsewhere.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.subjects.indicators.columns import IndicatorTable
from doelenboom.sources.accounts.extraction.subjects.indicators.rows import rows_table
from doelenboom.sources.accounts.extraction.subjects.indicators.stacks import stacked_table
from doelenboom.sources.accounts.extraction.subjects.indicators.statutory_names import code_of

_COMMON = frozenset({"bbv_1", "bbv_2", "bbv_3", "bbv_4", "bbv_5", "bbv_16", "bbv_21"})
"""Indicators of which the name, as `Overhead`, also stands in tables of something else."""


def find_indicator_tables(
    outside: Sequence[tuple[Line, str]], names: Mapping[str, str]
) -> list[IndicatorTable]:
    """Return the tables of indicators among lines, each with its section, outside cost tables.

    A table is one by its section, by a head that has the word indicator in it, or by the names of
    statutory indicators in its cells; `names` gives the code of each.
    """

    @cache
    def code(text: str) -> str:
        return code_of(text, names)

    def is_statutory(text: str) -> bool:
        return bool(code(text))

    lines = [line for line, _ in outside]
    sections = [section for _, section in outside]
    places = {line: n for n, line in enumerate(lines)}
    known = {
        line.table
        for line in lines
        if line.table and any(code(cell) not in ("", *_COMMON) for cell in line.cells)
    }
    found: list[IndicatorTable] = []
    place = barren = 0
    while place < len(lines):
        line, section = lines[place], sections[place]
        table = None
        if (
            section in ("indicators", "statutory")
            or "indicator" in line.text.lower()
            or line.table in known
        ):
            table = rows_table(lines, place, section, is_statutory)
            if not table and place >= barren and not line.cells:
                table, barren = stacked_table(lines, place, section, is_statutory)
        if table:
            found.append(table)
            place = max(place, *(places[line] for line in table.covered)) + 1
        else:
            place += 1
    return found
