"""Names of rows that came apart: broken over lines, or with `L` and `B` for costs and revenue."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from doelenboom.sources.accounts.extraction.numbers.candidates import Reading
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.words.rows import continues
from doelenboom.sources.accounts.extraction.words.texts import joined
from doelenboom.sources.accounts.extraction.words.vocabulary import ROW_SIDES

_LETTERS = {"l", "b"}


def whole_names(rows: Sequence[TableRow]) -> list[TableRow]:
    """Join the parts of names that are broken over lines, and write out letters for sides."""
    found: list[TableRow] = []
    for row, following in pairwise([*rows, None]):
        above = found[-1] if found else None
        if row is None:
            break
        if above and above.heading and continues(above.text, row.label):
            first = found.pop()
            whole = _renamed(row, partial(joined, first.text))
            found.append(replace(whole, line=first.line))
        elif above and row.heading and _ends_above(above, row, following):
            found[-1] = _renamed(above, partial(joined, then=row.text))
        else:
            found.append(row)
    return _with_sides(found)


def _renamed(row: TableRow, name: Callable[[str], str]) -> TableRow:
    """Give a row another label in each of its readings."""

    def renamed(readings: Sequence[Reading]) -> tuple[Reading, ...]:
        return tuple(replace(reading, label=name(reading.label)) for reading in readings)

    text = name(row.label) + row.text.removeprefix(row.label)
    return replace(row, text=text, readings=renamed(row.readings), others=renamed(row.others))


def _ends_above(above: TableRow, row: TableRow, following: TableRow | None) -> bool:
    """Say whether a line without figures ends the name of the row above it, not one below."""
    if above.heading or not above.readings or not continues(above.label, row.text):
        return False
    return following is None or not continues(row.text, following.label)


def _with_sides(rows: Sequence[TableRow]) -> list[TableRow]:
    """Write out `L` and `B` behind names where a table has both; an empty name is the one above."""
    parts = [row.label.rpartition(" ") for row in rows]
    sides = [
        side.lower() if not row.heading else ""
        for row, (_, _, side) in zip(rows, parts, strict=True)
    ]
    if not set(sides) >= _LETTERS:
        return list(rows)
    found, above = [], ""
    for row, (name, _, _), side in zip(rows, parts, sides, strict=True):
        above = name or above
        found.append(_renamed(row, partial(_with_side, above)) if side in _LETTERS else row)
    return found


def _with_side(above: str, label: str) -> str:
    name, _, letter = label.rpartition(" ")
    return f"{name or above} {ROW_SIDES[letter.lower()]}"
