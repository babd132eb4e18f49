"""A file as sheets of cells, whatever format it had. No cell is judged here."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Value = str | Decimal | bool | date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what is seen in it, and what it holds; None where it is empty.

    A workbook says of a number whether it `is_percentage`; `fault` is the rule of `words` that a
    cell breaks which has no value.
    """

    text: str
    value: Value
    is_percentage: bool = False
    fault: str = ""


EMPTY = Cell("", None)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, which begins on line `number` of its file or sheet."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.text for cell in self.cells)

    def cell(self, place: int) -> Cell:
        """Give the cell at a place, an empty one behind the last."""
        return self.cells[place] if place < len(self.cells) else EMPTY


@dataclass(frozen=True)
class Sheet:
    """The rows of a sheet, empty ones left out; of a CSV file, which has no name.

    `is_strict` says that a row with other than as many cells as its head is broken.
    """

    name: str
    rows: tuple[Row, ...]
    is_strict: bool = False

    def place(self, row: Row) -> str:
        """Say where a row stands: its line, or the cell that it begins with."""
        if not self.name:
            return str(row.number)
        first = next((n for n, cell in enumerate(row.cells) if cell.text), 0)
        return f"{self.name}!{column_letters(first)}{row.number}"


class UnreadableError(Exception):
    """A file or sheet that cannot be read: the rule of `words` it breaks, and what was found."""

    def __init__(self, rule: str, found: str = "", *, sheet: str = "", row: int = 0) -> None:
        super().__init__(rule)
        self.rule = rule
        self.found = found
        self.sheet = sheet
        self.row = row


def column_letters(place: int) -> str:
    """Name a column as a spreadsheet does, counted from 0: A, B, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
