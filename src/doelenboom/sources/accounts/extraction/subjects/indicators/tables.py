"""Tables of indicators, however their cells came through.

Cells of markup or tabs, parted by bars or wide blanks, or each on lines of its own. Where empty
cells may be lost (all but markup and tabs) a row counts only if every column has a cell of its
kind; any other row with values is an issue. What a row means is read elsewhere.
"""

from collections.abc import Sequence

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.subjects.indicators.columns import IndicatorTable
from doelenboom.sources.accounts.extraction.subjects.indicators.rows import rows_table
from doelenboom.sources.accounts.extraction.subjects.indicators.stacks import stacked_table


def find_indicator_tables(outside: Sequence[tuple[Line, str]]) -> list[IndicatorTable]:
    """Return the tables of indicators among lines, each with its section, outside cost tables.

    A table is one by its section, or by a head that has the word indicator in it.
    """
    lines = [line for line, _ in outside]
    sections = [section for _, section in outside]
    places = {line: n for n, line in enumerate(lines)}
    found: list[IndicatorTable] = []
    place = 0
    while place < len(lines):
        table = None
        if (
            sections[place] in ("indicators", "statutory")
            or "indicator" in lines[place].text.lower()
        ):
            table = rows_table(lines, place, sections[place]) or stacked_table(
                lines, place, sections[place]
            )
        if table:
            found.append(table)
            place = max(place, *(places[line] for line in table.covered)) + 1
        else:
            place += 1
    return found
