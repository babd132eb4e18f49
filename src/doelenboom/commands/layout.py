"""How rows fit a width: no figure is cut, text is folded, and what finds no room is named.

Knows nothing of terminals or releases.
"""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import chain, repeat
from typing import Any

from rich.cells import cell_len, chop_cells
from rich.table import Table
from rich.text import Text

from doelenboom.row_text import Row, as_text

HEADER_AT_LEAST = 12
"""Cells that a name of a column keeps before it is folded."""

TEXT_AT_LEAST = 16
"""Cells that text keeps before it is folded."""

WORD_AT_MOST = 32
"""Cells of a word, a code, a date or an id that is not folded."""

GAP = 2
"""Cells between two columns."""

_JOINT = re.compile(r"(?<=[_/=|-])(?=.)|(?<=[.,:;])(?=\D)")
"""Where a long word is folded: behind a sign, and not inside a number."""

_WORD = re.compile(r"\s{0,200}\S+")

_SEAM = re.compile(r"(?<=[_/=|])(?=.)")


class Numbers(StrEnum):
    """How thousands and decimals of a figure are marked in a table."""

    plain = "plain"
    nl = "nl"
    en = "en"


@dataclass(frozen=True)
class Columns:
    """The columns of a table that fit a width, with their widths; `left_out` names the others.

    `places` says where in a row they stand; `same` holds names and words of columns that would
    have said the same in every row.
    """

    names: list[str]
    places: list[int]
    widths: list[int]
    numeric: list[bool]
    left_out: list[str]
    same: list[str]

    def hold(self, rows: Sequence[Row], cells: Sequence[Sequence[str]]) -> bool:
        """Say whether no figure of these rows is wider than its column."""
        return all(
            cell_len(told[place]) <= width or not _is_numeric(iter([row[place]]))
            for row, told in zip(rows, cells, strict=True)
            for place, width in zip(self.places, self.widths, strict=True)
        )

    def table(self, rows: Sequence[Sequence[str]], *, with_header: bool = True) -> Table:
        """Lay out rows of text; they may have more columns than these."""
        table = Table(box=None, show_header=with_header, pad_edge=False, padding=(0, GAP, 0, 0))
        for name, width, numeric in zip(self.names, self.widths, self.numeric, strict=True):
            table.add_column(
                Text("\n".join(folded(name, width)), style="bold"),
                width=width,
                justify="right" if numeric else "left",
                overflow="fold",
            )
        for row in rows:
            cells = zip((row[place] for place in self.places), self.widths, strict=True)
            table.add_row(*(Text("\n".join(folded(cell, width))) for cell, width in cells))
        return table


_CONTROLS = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)], " ")
"""All but tabs and ends of lines."""


def texts(columns: Sequence[str], rows: Sequence[Row], numbers: Numbers) -> list[list[str]]:
    """Write the cells of rows as text, without what a terminal takes for a command."""
    years = [_is_year(column) for column in columns]
    return [
        [
            (as_text(value) if year else _marked(value, numbers)).translate(_CONTROLS)
            for value, year in zip(row, years, strict=True)
        ]
        for row in rows
    ]


def fitting(
    columns: Sequence[str],
    rows: Sequence[Row],
    cells: Sequence[Sequence[str]],
    width: int,
    *,
    are_all: bool = False,
) -> Columns:
    """Choose the columns that fit a width.

    What finds no room goes in this order: columns with nothing in them, columns of one word where
    these rows `are_all`, and then the last. Columns of figures, dates and codes are as wide as
    their longest; text and names of columns are folded where there is too little room, codes only
    where all columns fit then. None fits when the first does not.
    """
    every = range(len(columns))
    numeric = [_is_numeric(row[place] for row in rows) for place in every]
    by_column = [[row[place] for row in cells] for place in every]
    longest = [_longest(told) for told in by_column]
    whole, tight = (
        [
            max(
                min(cell_len(name), _at_least(_JOINT.split(name), HEADER_AT_LEAST)),
                long if figures else min(long, _at_least(told, TEXT_AT_LEAST, tight=tight)),
            )
            for name, long, figures, told in zip(columns, longest, numeric, by_column, strict=True)
        ]
        for tight in (False, True)
    )
    room_for_all = width - GAP * (len(columns) - 1)
    narrowest = tight if sum(tight) <= room_for_all < sum(whole) else whole
    one_word = [
        are_all
        and len(cells) > 1
        and 0 < longest[place] <= WORD_AT_MOST
        and (not numeric[place] or _is_year(columns[place]))
        and len({row[place] for row in cells}) == 1
        for place in every
    ]
    kept = list(every)
    leaving = sorted(every, key=lambda place: (longest[place] > 0, not one_word[place], -place))
    while kept and sum(narrowest[place] + GAP for place in kept) - GAP > width:
        kept.remove(leaving.pop(0))
    prose = [any(" " in row[place] for row in cells) for place in kept]
    widest = [max(cell_len(columns[place]), longest[place]) for place in kept]
    room = width - GAP * (len(kept) - 1)
    return Columns(
        [columns[place] for place in kept],
        kept,
        _widened([narrowest[place] for place in kept], widest, prose, room),
        [numeric[place] for place in kept],
        [columns[place] for place in every if place not in kept and not one_word[place]],
        [f"{columns[at]} {cells[0][at]}" for at in every if at not in kept and one_word[at]],
    )


def upright(columns: Sequence[str], cells: Sequence[str], width: int) -> Iterator[str]:
    """Write one row as lines of a name and a value; more lines of a value stand below the first."""
    wide = max(map(cell_len, columns))
    room = max(width - wide - GAP, TEXT_AT_LEAST)
    for name, cell in zip(columns, cells, strict=True):
        for head, line in zip(chain([name], repeat("")), folded(cell, room), strict=False):
            yield f"{head}{' ' * (wide - cell_len(head))}{' ' * GAP}{line}".rstrip()


def wrapped(text: str, width: int) -> str:
    """Break prose at blanks; a path that is longer than the width stays whole, to be copied."""
    return "\n".join(
        textwrap.fill(
            line,
            width,
            subsequent_indent=_indent(line),
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in text.split("\n")
    )


def folded(text: str, width: int) -> list[str]:
    """Break text into lines of so many cells at most.

    At blanks; a word that is longer than a line behind a sign in it, and one without signs
    anywhere.
    """
    return [part for line in text.split("\n") for part in _parts(line, width)]


def _parts(line: str, width: int) -> Iterator[str]:
    if cell_len(line) <= width:
        yield line
        return
    indent = _indent(line) if cell_len(_indent(line)) < width // 2 else ""
    part = ""
    for word in _WORD.findall(line.strip()):
        if cell_len(indent + part + word) <= width:
            part += word
            continue
        if part:
            yield indent + part
        *whole, part = _pieces(word.strip(), width - cell_len(indent))
        yield from (indent + piece for piece in whole)
    yield indent + part


def _pieces(word: str, width: int) -> list[str]:
    """Break a word behind its signs, and anywhere where there are none."""
    if cell_len(word) <= width:
        return [word]
    pieces = [""]
    for piece in (short for long in _JOINT.split(word) for short in chop_cells(long, width)):
        if cell_len(pieces[-1] + piece) > width:
            pieces.append("")
        pieces[-1] += piece
    return pieces


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _longest(texts: Iterable[str]) -> int:
    return max((cell_len(line) for text in texts for line in text.split("\n")), default=0)


def _at_least(texts: Iterable[str], cells: int, *, tight: bool = False) -> int:
    """Say how many cells text keeps: these, and so many that no word is broken but a long one.

    Where it is tight, codes are broken behind their underscores.
    """
    words = {word for text in texts for word in text.split()}
    if tight:
        words = {part for word in words for part in _SEAM.split(word)}
    pieces = (
        piece for word in words for piece in ([word] if _is_short(word) else _JOINT.split(word))
    )
    return max(cells, *(cell_len(piece) for piece in pieces if _is_short(piece)), 0)


def _is_short(word: str) -> bool:
    return cell_len(word) <= WORD_AT_MOST


def _widened(
    narrowest: Sequence[int], widest: Sequence[int], prose: Sequence[bool], width: int
) -> list[int]:
    """Give the room that is left to the columns that want it.

    Codes and names come before prose, which reads as well on more lines; of each kind the least
    wanting come first.
    """
    widths, room = list(narrowest), width - sum(narrowest)
    wanting = sorted(
        range(len(widths)), key=lambda place: (prose[place], widest[place] - narrowest[place])
    )
    for still, place in zip(range(len(wanting), 0, -1), wanting, strict=True):
        share = room // still if prose[place] else room
        more = min(widest[place] - narrowest[place], share)
        widths[place] += more
        room -= more
    return widths


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
