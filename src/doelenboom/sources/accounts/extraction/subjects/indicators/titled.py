"""Tables of one indicator each: its name, unit and source stand above, its values in one row.

Beside that of the municipality there may be rows of other areas.
"""

from collections.abc import Sequence
from itertools import takewhile

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.subjects.indicators.columns import (
    VALUES,
    Heads,
    IndicatorColumn,
    IndicatorTable,
    IsStatutory,
    indicator_column,
    indicator_table,
    is_value,
)
from doelenboom.sources.accounts.extraction.subjects.indicators.headings import joined
from doelenboom.sources.accounts.extraction.tables.table import TableRow

_LOOK_ABOVE, _MOST_ROWS = 14, 12
_LABELS = ("unit", "source")


def titled_table(
    lines: Sequence[Line], place: int, section: str, is_statutory: IsStatutory
) -> IndicatorTable | None:
    """Return the table of a statutory indicator whose heads stand on a line, None where none do.

    All its heads are of values, and one row has them; or its first column has places, of which all
    but one are other areas.
    """
    near = lines[place : place + _MOST_ROWS + 1]
    rows = list(takewhile(lambda line: line.cells and line.table == near[0].table, near))
    first = next((n for n, line in enumerate(rows) if any(map(is_value, line.cells))), 0)
    if not first or len(rows) > _MOST_ROWS or len({len(line.cells) for line in rows}) != 1:
        return None
    heads = list(rows[0].cells)
    for line in rows[1:first]:
        heads = joined(heads, line.cells)
    columns = tuple(map(indicator_column, heads))
    own = [line for line in rows[first:] if indicator_column(line.cells[0]).kind != "other"]
    if len(own) < len(rows) - first and not any(line.cells[0] for line in rows[1:first]):
        columns = (IndicatorColumn("area"), *columns[1:])
    found = _above(lines, place, is_statutory)
    scores = any(column.kind == "score" for column in columns)
    unknown = any(column.kind not in (*VALUES, "area") for column in columns)
    if len(own) != 1 or not found or not scores or unknown:
        return None
    kinds = tuple(IndicatorColumn(kind) for kind in ("name", *_LABELS))
    cells = (*found, *own[0].cells)
    row = TableRow(own[0].number, "  ".join(cell for cell in cells if cell), cells=cells)
    texts = ["", "", "", *heads]
    return indicator_table(Heads(texts, (*kinds, *columns)), {own[0]: row}, rows, section, [])


def _above(
    lines: Sequence[Line], place: int, is_statutory: IsStatutory
) -> tuple[str, str, str] | None:
    """Return the name, unit and source of an indicator that stand above its table."""
    texts: list[str] = []
    above = (text for line in lines[:place] for text in line.cells or (line.text.strip(),) if text)
    for text in reversed([*above][-_LOOK_ABOVE:]):
        if is_statutory(text):
            named = zip(texts[1:], texts, strict=False)
            kinds = {indicator_column(label).kind: below for label, below in named}
            return text, kinds.get("unit", ""), kinds.get("source", "")
        if is_value(text):
            return None
        texts.append(text)
    return None
