"""What the head of a column says: one model of it, of which each subject takes what it understands.

A head may name what stands below it (`Indicator`, `V/N`), amounts (a phase, a year, a flow), and a
movement of reserves; what it means beside the other columns is decided by the subject.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.tables.heads import (
    YEAR,
    head_of,
    without_breaks,
    without_notes,
)
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, anywhere
from doelenboom.sources.accounts.extraction.words.texts import squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import HEADS, RESERVE_COLUMNS

ASIDE = frozenset({"remark", "nature", "side", "share", "note"})
"""What holds no amounts of its own beside those of a cost table."""

_MOVED = anywhere(
    "|".join(f"(?P<c{n}>{form})" for n, (_, form) in enumerate(RESERVE_COLUMNS)), ANY_CASE
)


@dataclass(frozen=True)
class Column:
    """A column by its head: what it `holds` (a kind of the list `head`), and the years named there.

    Of amounts the phase, its year and the flow; `moved` are columns of a statement of reserves.
    Each is empty where the head does not say.
    """

    head: str = ""
    holds: str = ""
    years: tuple[int, ...] = ()
    phase: str = ""
    year: int = 0
    flow: str = ""
    moved: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def column_of(head: str, of: int = 0) -> Column:
    """Say what a column is by its head, in a document of a year."""
    printed, head = head, without_notes(head)
    low = without_breaks(squeezed(head).lower().strip(" :.*"))
    holds = next((kind for kind, form in HEADS if form.fullmatch(low)), "")
    phase, year, flow = head_of(head, of)
    moved = tuple(moved_in(head))
    return Column(printed, holds, _years_in(head), phase, int(year or 0), flow, moved)


def columns_of(heads: Sequence[str], of: int = 0) -> tuple[Column, ...]:
    """Say what columns are by their heads."""
    return tuple(column_of(head, of) for head in heads)


def below(columns: Sequence[Column], line: Line, *holds: str) -> str:
    """Return what a row has below the first column that holds one of these; empty where none."""
    return next(iter(each_below(columns, line, holds)), "")


def each_below(columns: Sequence[Column], line: Line, holds: Collection[str]) -> list[str]:
    """Return what a row has below each column that holds one of these."""
    cells = zip(columns, line.cells, strict=False)
    return [cell.strip() for column, cell in cells if column.holds in holds]


def moved_in(text: str) -> list[str]:
    """Return the columns of a statement of reserves that a text names, in their order."""
    return [name for column in columns_of_statement(text) for name in column.moved]


@lru_cache(maxsize=16_384)
def columns_of_statement(text: str) -> tuple[Column, ...]:
    """Return the columns of a statement of reserves of which the heads stand in one text."""
    return tuple(
        Column(match[0], years=_years_in(match[0]), moved=(RESERVE_COLUMNS[n][0],))
        for match in _MOVED.finditer(without_breaks(text))
        for n in range(len(RESERVE_COLUMNS))
        if match[f"c{n}"]
    )


def _years_in(text: str) -> tuple[int, ...]:
    return tuple(map(int, YEAR.findall(text)))
