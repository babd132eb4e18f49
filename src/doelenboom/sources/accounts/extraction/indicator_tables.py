"""Own indicators in a table: of cells, of lines of text, or with one cell on each line.

A row is read where every value stands under its head. One that may be read in two ways, or that
holds more or fewer values than there are heads, is reported with its values and not read.
"""

import re
from collections.abc import Sequence

from doelenboom.sources.accounts.extraction.indicator import Item
from doelenboom.sources.accounts.extraction.indicator_columns import Column, settled
from doelenboom.sources.accounts.extraction.indicator_heads import cells_of, has_cells, head_at
from doelenboom.sources.accounts.extraction.indicator_lines import close_table, pieces_of
from doelenboom.sources.accounts.extraction.indicator_rows import (
    CODE,
    Found,
    Table,
    item_of,
    report_columns,
)
from doelenboom.sources.accounts.extraction.lines import Line, squeezed
from doelenboom.sources.accounts.extraction.scores import read_score
from doelenboom.sources.accounts.extraction.sections import objective_of
from doelenboom.sources.accounts.extraction.vocabulary import INDICATOR_REMARKS

_UNDOTTED = re.compile(r"(?P<code>\d{1,2}[a-z]?)\s+(?P<name>[^\W\d].*)")
_REMARKS = re.compile(INDICATOR_REMARKS, re.IGNORECASE)


def read_tables(lines: Sequence[Line], year: int, *, numbered: bool, found: Found) -> None:
    """Add what the tables among the lines of one section hold, for scores of `year`, to `found`.

    `numbered` says that a number opens an indicator even without values.
    """
    first = len(found.items)
    lines = [line for line in lines if line.text.strip()]
    table: Table | None = None
    objective, place = "", 0
    while place < len(lines):
        line = lines[place]
        head, after = head_at(lines, place, titled=numbered)
        heading = objective_of(line.text)
        listed = place > 0 and objective_of(lines[place - 1].text)
        if head:
            close_table(table, objective, found)
            table = Table(settled(head, year), line, has_cells(line), len(found.items), numbered)
            report_columns(table, found)
            place = after
            continue
        place += 1
        if heading:
            close_table(table, objective, found)
            objective = "" if listed else heading.code
        elif table and _REMARKS.fullmatch(squeezed(line.text)):
            close_table(table, objective, found)
            table.ended = table.ended or _is_about_all(table, line, found)
        elif table and table.in_cells:
            _read_cells(table, line, objective, found)
        elif table:
            table.pieces += pieces_of(line, table)
    close_table(table, objective, found)
    _number_undotted(found.items[first:])


def _is_about_all(table: Table, line: Line, found: Found) -> bool:
    """Say whether remarks are about the whole table: where no row but the last has its own."""
    items = found.items[table.first :]
    own = len(items) == 1 or any(item.body for item in items[:-1])
    return not own or "indicatoren" in line.text.lower()


def _number_undotted(items: Sequence[Item]) -> None:
    """Part names from the numbers before them (`1a Naam`) where every one has a number."""
    matches = [_UNDOTTED.fullmatch(item.name) for item in items]
    if len(items) > 1 and all(matches) and not any(item.code for item in items):
        for item, match in zip(items, matches, strict=True):
            if match:
                item.code, item.name = match["code"], match["name"]


def _read_cells(table: Table, line: Line, objective: str, found: Found) -> None:
    """Read a row of cells; a line without cells belongs to the indicator above it."""
    cells = cells_of(line)
    columns = table.columns
    if sum(bool(cell) for cell in cells) < 2:  # noqa: PLR2004
        if len(found.items) > table.first and not cells and not table.ended:
            found.items[-1].body.append(line)
        return
    if columns[0].kind == "name" and CODE.fullmatch(cells[0]) and len(cells) > 1:
        columns = [Column("number", None, ""), *columns]
    short = len(cells) < len(columns)
    if len(cells) > len(columns) or (short and not line.cells and "|" not in line.text):
        if any(read_score(cell) for cell in cells):
            problem = f"{len(cells)} cellen bij {len(columns)} kolommen; niet overgenomen."
            found.doubt(line, cells[0], problem, cells)
        return
    pairs = list(zip(columns, cells, strict=False))
    item = item_of(pairs, line, objective)
    values = [(column, cell) for column, cell in pairs if column.holds_value and cell]
    if item is None:
        if any(read_score(cell) for _, cell in values):
            found.doubt(
                line, line.text, "Waarden zonder naam van een indicator.", [v for _, v in values]
            )
        return
    for column, cell in values:
        score = read_score(cell)
        if score:
            item.columns.append((column, score))
        else:
            found.doubt(
                line, item.name, f"Geen getal onder {column.text}; niet overgenomen.", [cell]
            )
    found.items.append(item)
