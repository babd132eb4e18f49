"""The head of a table in a sheet: its columns, what they hold, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from doelenboom.sources.inbox.tables.grid import Row
from doelenboom.sources.inbox.tables.kinds import Kind, plain
from doelenboom.sources.inbox.tables.words import ROW_KIND

_WIDE_KEYS = ("municipality_code", "fiscal_year", "programme_code")


@dataclass(frozen=True)
class HeadColumn:
    """A column of a sheet: what stands above it, which column of the package it holds.

    `unit` is thousands of euro per unit, of amounts; `flow` what a column of amounts holds where
    a row has several.
    """

    place: int
    text: str
    name: str
    unit: Decimal | None = None
    flow: str = ""


@dataclass(frozen=True)
class HeadFault:
    """What is wrong with a head: the rule of `words`, the head at fault, what was expected.

    `place` is that of the column, where one is at fault and it is known.
    """

    rule: str
    column: str = ""
    expected: str = ""
    place: int | None = None


@dataclass(frozen=True)
class Head:
    """The head of a table: rows of the sheet before `body`, and its columns.

    `left_out` are heads of columns that are not read.
    """

    kind: Kind
    number: int
    body: int
    columns: tuple[HeadColumn, ...]
    left_out: tuple[str, ...] = ()
    faults: tuple[HeadFault, ...] = ()
    marks: Mapping[str, int] = field(default_factory=dict)
    """Places of columns that we add to a sheet ourselves, by their plain heads."""

    known: Mapping[str, str] = field(default_factory=dict)
    """What the place of the file says of all its rows, where they have no column for it."""

    @property
    def is_wide(self) -> bool:
        """Whether a row has the amounts of several flows."""
        return any(column.flow for column in self.columns)

    @property
    def weight(self) -> tuple[bool, int]:
        """How well it fits its table."""
        return not self.missing, len(self.columns)

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns that its table must have and it has not."""
        needed = frozenset(_WIDE_KEYS) if self.is_wide else self.kind.needed
        return tuple(
            name
            for name in self.kind.fields
            if name in needed - set(self.known)
            and name not in {column.name for column in self.columns}
        )


def is_example(head: Head, row: Row) -> bool:
    """Say whether a row is the example of a template."""
    place = head.marks.get(plain(ROW_KIND))
    return place is not None and plain(row.cell(place).text).startswith("voorbeeld")
