"""Own indicators in a table of cells: one row each, values under heads of score and target."""

import re
from collections.abc import Sequence

from doelenboom.sources.accounts.extraction.indicator import (
    ITEM,
    Indicator,
    Item,
    indicator_of,
    values_of,
)
from doelenboom.sources.accounts.extraction.lines import Issue, Line, shortened
from doelenboom.sources.accounts.extraction.scores import Head, Score, read_heads, read_score
from doelenboom.sources.accounts.extraction.sections import objective_of


def from_cells(section: Sequence[Line], year: int) -> tuple[list[Indicator], list[Issue]]:
    """Read a table in which each indicator has a row of cells."""
    heads: list[Head | None] = []
    objective = ""
    items: list[tuple[Item, list[tuple[Head, Score]]]] = []
    issues: list[Issue] = []
    for line in section:
        heading = objective_of(line.text)
        if heading:
            objective = heading.code
        elif not line.cells:
            if items:
                items[-1][0].body.append(line)
        elif not heads:
            heads = _cell_heads(line.cells)
        else:
            item, columns = _cell_item(line, heads, objective, len(items) + 1)
            if item:
                items.append((item, columns))
            elif any(read_score(cell) for cell in line.cells if cell):
                problem = "Waarden zonder naam van een indicator."
                issues.append(Issue(line.number, "indicator_values", shortened(line.text), problem))
    return [
        indicator_of(item, values_of(columns, year), [score for _, score in columns], year)
        for item, columns in items
    ], issues


def _cell_heads(cells: Sequence[str]) -> list[Head | None]:
    heads = [next(iter(read_heads(cell)), None) for cell in cells]
    return heads if sum(head is not None for head in heads) > 1 else []


def _cell_item(
    line: Line, heads: Sequence[Head | None], objective: str, ordinal: int
) -> tuple[Item | None, list[tuple[Head, Score]]]:
    pairs = list(zip(heads, line.cells, strict=False))
    columns = [(head, score) for head, cell in pairs if head and (score := read_score(cell))]
    names = [cell for head, cell in pairs if head is None and re.search(r"[^\W\d]{3}", cell)]
    codes = [cell.strip(" .") for head, cell in pairs if head is None]
    if not names or not columns:
        return None, []
    match = ITEM.fullmatch(names[0])
    code = match["code"] if match else next((c for c in codes if re.fullmatch(r"\d+[a-z]?", c)), "")
    name = match["name"] if match else names[0]
    return Item(code or str(ordinal), name, line.number, objective), columns
