"""How each table of the accounts package is compared: its key, and what is said of each column.

Every column of the package stands once in `compared_tables.csv`, as a test proves: a table on each
line, or some rows of one, with its columns by what they are. Reads no other file.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from doelenboom.codes import codes

WHOLE_ROW = "*"
"""Stands for the column where one side lacks a row."""

PLACE = ("municipality_code", "fiscal_year", "programme_code", "source_document")
"""Columns that every table has."""

BY_A_PERSON = ("claim", "partner", "other_party", "listed_item")
"""Kinds of facts that extraction does not look for."""

_CODES = {"part": "chapter_part"}
"""The list of codes that a column holds, of which a line says `!=` what is not compared."""


@dataclass(frozen=True)
class ComparedTable:
    """A table that is compared: the columns that tell its rows apart, and what the others are.

    `money` and `printed` must be equal. `judged` are judged by a person: extraction gives the
    same, or the value that claims least, which stands beside the column. `own_words` are ours: also
    numbers and texts of a fact (what stands in a file, and how much of a sentence is quoted).
    `only` names the rows that are compared, by the values of a column.
    """

    table: str
    only: tuple[str, tuple[str, ...]] | None
    key: tuple[str, ...]
    money: tuple[str, ...]
    printed: tuple[str, ...]
    judged: Mapping[str, str]
    own_words: tuple[str, ...]
    is_scored: bool

    @property
    def compared(self) -> tuple[str, ...]:
        """The columns that are compared."""
        return (*PLACE, *self.money, *self.printed, *self.judged)

    def takes(self, row: Mapping[str, Any]) -> bool:
        """Say whether a row is compared."""
        return self.only is None or row[self.only[0]] in self.only[1]


def _tables() -> Iterator[ComparedTable]:
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        next(rows := csv.reader(file))
        for table, only, *columns, judged, own_words, scored in rows:
            key, money, printed = (tuple(each.split()) for each in columns)
            least = {
                name: value for name, _, value in (each.partition("=") for each in judged.split())
            }
            words = tuple(own_words.split())
            yield ComparedTable(
                table, _only(only), key, money, printed, least, words, scored == "yes"
            )


def _only(text: str) -> tuple[str, tuple[str, ...]] | None:
    column, _, values = text.partition("=")
    if not column.endswith("!"):
        return (column, tuple(values.split())) if text else None
    column = column.removesuffix("!")
    return column, tuple(each for each in codes(_CODES[column]) if each not in values.split())


TABLES = tuple(_tables())
