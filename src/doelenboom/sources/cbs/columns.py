"""What columns of an answer hold: single values of the kind that staging can cast.

Arrow has given each column one type; here it is the right one, and every value is in its bounds.
What is found wrong is named with URL, row and column.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import NoReturn

import pyarrow as pa
import pyarrow.compute as pc

from doelenboom.arrow_json import Rows
from doelenboom.errors import in_one_line
from doelenboom.sources.cbs.faults import ContentError

LONGEST_TEXT = 2_000
"""Characters of a code or title; titles of CBS have a few hundred."""

LARGEST_FIGURE = 2**31 - 1
"""Staging casts counts to integers, and amounts in thousands of euros to decimals."""

_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}]"
_FIGURE = r"^ *(-?[0-9]{1,15}(\.[0-9]{1,15})?|\.|) *$"
"""A figure that came as text; a dot is how CBS writes that there is none."""


class Kind(StrEnum):
    """What a column holds, if not nothing."""

    text = "text"
    whole = "a whole number"
    figure = f"a figure within ±{LARGEST_FIGURE}"


def judge_columns(
    url: str, rows: Rows, kinds: Mapping[str, Kind], filled: Collection[str] = ()
) -> None:
    """Judge the columns that have a kind, and those that are null in no row.

    Raises ContentError naming URL, row, column and value.
    """
    for name in filled:
        column = rows.column(name)
        if column.null_count:
            raise ContentError(f"{url} row {_first(pc.is_null(column))} has no {name}")
    for name in rows.columns:
        if name in kinds:
            _judge(url, name, rows.column(name), kinds[name])


def _judge(url: str, name: str, column: pa.Array, kind: Kind) -> None:
    """Find the first value that is not of a kind, or out of its bounds."""
    type_ = column.type
    if pa.types.is_null(type_):
        return
    if pa.types.is_string(type_) and kind == Kind.text:
        wrong = pc.or_(
            pc.match_substring_regex(column, _CONTROL),
            pc.greater(pc.utf8_length(column), LONGEST_TEXT),
        )
    elif pa.types.is_string(type_) and kind == Kind.figure:
        wrong = pc.invert(pc.match_substring_regex(column, _FIGURE))
    elif pa.types.is_integer(type_) and kind != Kind.text:
        wrong = pc.or_(pc.greater(column, LARGEST_FIGURE), pc.less(column, -LARGEST_FIGURE))
    elif pa.types.is_floating(type_) and kind == Kind.figure:
        wrong = pc.greater(pc.abs(column), float(LARGEST_FIGURE))
    else:
        wrong = pc.is_valid(column)
    if pc.any(wrong).as_py():
        _refuse(url, name, column, kind, _first(wrong))


def _refuse(url: str, name: str, column: pa.Array, kind: Kind, row: int) -> NoReturn:
    value = in_one_line(repr(column[row - 1].as_py()), 60)
    raise ContentError(f"{url} row {row} has {value} as {name}, expected {kind}")


def _first(wrong: pa.Array) -> int:
    """The number of the first row that is wrong."""
    return int(pc.index(wrong, True).as_py()) + 1
