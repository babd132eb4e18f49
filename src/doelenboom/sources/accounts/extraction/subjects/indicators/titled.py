"""Tables of one indicator each: its name, unit and source stand above, its values in one row."""

from collections.abc import Sequence

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

_LOOK_ABOVE = 14
_LABELS = ("unit", "source")


def titled_table(
    lines: Sequence[Line], place: int, section: str, is_statutory: IsStatutory
) -> IndicatorTable | None:
    """Return the table of a statutory indicator whose heads stand on a line, None where none do.

    All its heads are of values, and one row has them.
    """
    table = [line for line in lines[place : place + 4] if line.cells]
    rows = [line for line in table if line.table == table[0].table]
    values = [line for line in rows if any(map(is_value, line.cells))]
    if len(values) != 1 or len({len(line.cells) for line in rows}) != 1:
        return None
    heads = list(rows[0].cells)
    for line in rows[1 : rows.index(values[0])]:
        heads = joined(heads, line.cells)
    columns = tuple(map(indicator_column, heads))
    found = _above(lines, place, is_statutory)
    scores = any(column.kind == "score" for column in columns)
    if not found or not scores or any(column.kind not in VALUES for column in columns):
        return None
    kinds = tuple(IndicatorColumn(kind) for kind in ("name", *_LABELS))
    cells = (*found, *values[0].cells)
    row = TableRow(values[0].number, "  ".join(cell for cell in cells if cell), cells=cells)
    texts = ["", "", "", *heads]
    return indicator_table(Heads(texts, (*kinds, *columns)), {values[0]: row}, rows, section, [])


def _above(
    lines: Sequence[Line], place: int, is_statutory: IsStatutory
) -> tuple[str, str, str] | None:
    """Return the name, unit and source of an indicator that stand above its table."""
    texts: list[str] = []
    for line in reversed(lines[:place]):
        if line.cells or len(texts) == _LOOK_ABOVE:
            return None
        text = line.text.strip()
        if text and is_statutory(text):
            named = zip(texts[1:], texts, strict=False)
            kinds = {indicator_column(label).kind: below for label, below in named}
            return text, kinds.get("unit", ""), kinds.get("source", "")
        texts += [text] if text else []
    return None
