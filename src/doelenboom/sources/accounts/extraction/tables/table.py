"""A table as it is printed, whatever it is about: head, columns, rows, lines and unit.

What a row or a column means is said by those who know the subject; each adds what it must know.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.candidates import Reading
from doelenboom.sources.accounts.extraction.numbers.printed import Cells
from doelenboom.sources.accounts.extraction.tables.columns import Column
from doelenboom.sources.accounts.extraction.tables.units import Unit


@dataclass(frozen=True)
class TableRow:
    """One printed row: where, its text, the ways to read it; a heading has none.

    `readings` are those whose own sums hold, all where none does; `others` the rest, of which
    there are more where `complete` is False. The figures of a `stacked` row stand below its label.
    A `short` row has fewer cells than others: those behind a cell that was lost stand elsewhere.
    `cells` are as printed, of rows that their subject reads itself.
    """

    line: int
    text: str
    readings: Sequence[Reading] = ()
    heading: bool = False
    others: Sequence[Reading] = ()
    complete: bool = True
    stacked: bool = False
    short: bool = False
    cells: Sequence[str] = ()
    problem: str = "Past niet op de kolommen van de tabel."
    """Why it has no readings, where it has none."""

    @property
    def label(self) -> str:
        """Its name as it is first read, or its text."""
        return self.readings[0].label if self.readings else self.text

    @cached_property
    def every(self) -> list[Reading]:
        """Every way to read it, those whose own sums hold first."""
        return [*self.readings, *self.others]

    @property
    def sole(self) -> Cells:
        """Its cells, where they can be read in one way only."""
        return self.readings[0].cells if len(self.readings) == 1 else ()


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table: the lines of its head, its columns, its rows in order, its unit.

    `columns` are those of amounts, as their heads say them, and those set aside. It runs from its
    first line to its last. A `refusal` says why its figures are not taken.
    """

    columns: Sequence[Column] = ()
    rows: Sequence[TableRow]
    first_line: int
    last_line: int
    head: Sequence[Line] = ()
    unit: Unit = field(default=Unit())
    refusal: str = ""

    @property
    def head_text(self) -> str:
        """Its head as one text."""
        return " ".join(line.text for line in self.head)
