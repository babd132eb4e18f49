"""Tables of indicators, however their cells came through.

Cells of markup or tabs, parted by bars or wide blanks, or each on lines of its own. Where empty
cells may be lost (all but markup and tabs) a row counts only if every column has a cell of its
kind; any other row with values is an issue. What a row means is read elsewhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby

from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.subjects.indicators.columns import (
    MISFIT,
    Heads,
    IndicatorTable,
    IsStatutory,
    indicator_table,
    is_value,
)
from doelenboom.sources.accounts.extraction.subjects.indicators.rows import rows_table
from doelenboom.sources.accounts.extraction.subjects.indicators.stacks import stacked_table
from doelenboom.sources.accounts.extraction.subjects.indicators.statutory_names import code_of
from doelenboom.sources.accounts.extraction.subjects.indicators.titled import titled_table
from doelenboom.sources.accounts.extraction.tables.columns import column_of
from doelenboom.sources.accounts.extraction.words.texts import shortened

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
        n
        for run in _tables(lines)
        if any(code(cell) not in ("", *_COMMON) for n in run for cell in lines[n].cells)
        or any(column_of(cell).holds == "indicator" for n in run[:2] for cell in lines[n].cells)
        for n in run
    }
    found: list[IndicatorTable] = []
    place = barren = 0
    while place < len(lines):
        line, section = lines[place], sections[place]
        table = None
        if (
            section in ("indicators", "statutory")
            or "indicator" in line.text.lower()
            or place in known
        ):
            table = rows_table(lines, place, section, is_statutory)
            if not table and line.cells:
                table = titled_table(lines, place, section, is_statutory)
            if not table and place >= barren and not line.cells:
                table, barren = stacked_table(lines, place, section, is_statutory)
        if table:
            found.append(table)
            known -= {places[line] for line in table.covered}
            place = max(place, *(places[line] for line in table.covered)) + 1
        else:
            place += 1
    left = [n for n in sorted(known) if sections[n] not in ("indicators", "statutory")]
    return [*found, *(_unread(lines[n]) for n in left if _has_score(lines[n], is_statutory))]


def _tables(lines: Sequence[Line]) -> Iterator[list[int]]:
    """Yield the places of the lines of each table of cells."""
    runs = groupby(range(len(lines)), key=lambda n: (bool(lines[n].cells), lines[n].table))
    return (list(run) for (cells, _), run in runs if cells)


def _has_score(line: Line, is_statutory: IsStatutory) -> bool:
    return any(map(is_statutory, line.cells)) and any(map(is_value, line.cells))


def _unread(line: Line) -> IndicatorTable:
    """Name a row of an indicator in a table of which the heads say nothing known."""
    issue = Issue(line.number, "indicator_values", shortened(line.text), MISFIT)
    return indicator_table(Heads((), ()), {}, [line], "", [issue])
