"""How rows fit a width: no figure is cut, text is folded, and what finds no room is named.

Knows nothing of terminals or releases.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import chain, repeat
from typing import Any

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from doelenboom.row_text import Row, as_text

HEADER_AT_LEAST = 12
"""Cells that a name of a column keeps before it is folded."""

TEXT_AT_LEAST = 16
"""Cells that text keeps before it is folded."""

WORD_AT_MOST = 32
"""Cells of a code, a date or an id that is not folded."""

GAP = 2
"""Cells between two columns."""


class Numbers(StrEnum):
    """How thousands and decimals of a figure are marked in a table."""

    plain = "plain"
    nl = "nl"
    en = "en"


@dataclass(frozen=True)
class Columns:
    """The columns of a table that fit a width, with their widths; `left_out` names the others."""

    names: list[str]
    widths: list[int]
    numeric: list[bool]
    left_out: list[str]

    def table(self, rows: Sequence[Sequence[str]], *, with_header: bool = True) -> Table:
        """Lay out rows of text; they may have more columns than these."""
        table = Table(box=None, show_header=with_header, pad_edge=False, padding=(0, GAP, 0, 0))
        for name, width, numeric in zip(self.names, self.widths, self.numeric, strict=True):
            table.add_column(
                Text("\n".join(_folded(name, width)), style="bold"),
                width=width,
                justify="right" if numeric else "left",
                overflow="fold",
            )
        for row in rows:
            table.add_row(*(Text(cell) for cell in row[: len(self.names)]))
        return table


def texts(columns: Sequence[str], rows: Sequence[Row], numbers: Numbers) -> list[list[str]]:
    """Write the cells of rows as text."""
    years = [_is_year(column) for column in columns]
    return [
        [
            as_text(value) if year else _marked(value, numbers)
            for value, year in zip(row, years, strict=True)
        ]
        for row in rows
    ]


def fitting(
    columns: Sequence[str], rows: Sequence[Row], cells: Sequence[Sequence[str]], width: int
) -> Columns:
    """Choose the columns that fit a width: all, or the first of them.

    Columns of figures, dates and codes are as wide as their longest; text and names of columns
    are folded where there is too little room. None fits when the first does not.
    """
    numeric = [_is_numeric(row[place] for row in rows) for place in range(len(columns))]
    longest = [_longest(row[place] for row in cells) for place in range(len(columns))]
    widest = [max(cell_len(name), long) for name, long in zip(columns, longest, strict=True)]
    narrowest = [
        max(
            *map(cell_len, _folded(name, HEADER_AT_LEAST)),
            long if figures else min(long, _at_least(row[place] for row in cells)),
        )
        for place, (name, long, figures) in enumerate(zip(columns, longest, numeric, strict=True))
    ]
    kept = len(columns)
    while kept and sum(narrowest[:kept]) + GAP * (kept - 1) > width:
        kept -= 1
    return Columns(
        list(columns[:kept]),
        _widened(narrowest[:kept], widest[:kept], width - GAP * (kept - 1)),
        numeric[:kept],
        list(columns[kept:]),
    )


def upright(columns: Sequence[str], cells: Sequence[str]) -> Iterator[str]:
    """Write one row as lines of a name and a value; more lines of a value stand below the first."""
    wide = max(map(cell_len, columns))
    for name, cell in zip(columns, cells, strict=True):
        for head, line in zip(chain([name], repeat("")), cell.split("\n"), strict=False):
            yield f"{head}{' ' * (wide - cell_len(head))}  {line}".rstrip()


def _longest(texts: Iterable[str]) -> int:
    return max((cell_len(line) for text in texts for line in text.split("\n")), default=0)


def _at_least(texts: Iterable[str]) -> int:
    """Say how many cells text keeps: a single word keeps them all, if it is no long one."""
    words = [text for text in texts if not any(map(str.isspace, text))]
    return max(TEXT_AT_LEAST, *(n for n in map(cell_len, words) if n <= WORD_AT_MOST), 0)


def _widened(narrowest: Sequence[int], widest: Sequence[int], width: int) -> list[int]:
    """Give the room that is left to the columns that want it, the least wanting first."""
    widths, room = list(narrowest), width - sum(narrowest)
    wanting = sorted(range(len(widths)), key=lambda place: widest[place] - narrowest[place])
    for still, place in zip(range(len(wanting), 0, -1), wanting, strict=True):
        more = min(widest[place] - narrowest[place], room // still)
        widths[place] += more
        room -= more
    return widths


def _folded(name: str, width: int) -> list[str]:
    """Break a name at its underscores into lines, none longer than a width where it can be."""
    lines = [""]
    for word in name.replace("_", "_\0").split("\0"):
        if lines[-1] and cell_len(lines[-1] + word) > width:
            lines.append("")
        lines[-1] += word
    return lines


def _is_numeric(values: Iterator[Any]) -> bool:
    """Say whether all that is there are numbers."""
    kinds = {type(value) for value in values if value is not None}
    return bool(kinds) and kinds <= {int, float, Decimal}


def _is_year(column: str) -> bool:
    return column.endswith("year")


def _marked(value: Any, numbers: Numbers) -> str:
    """Write a value as text, a number with its thousands marked."""
    if numbers is Numbers.plain or not _is_numeric(iter([value])):
        return as_text(value)
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return text.translate(str.maketrans(",.", ".,")) if numbers is Numbers.nl else text
