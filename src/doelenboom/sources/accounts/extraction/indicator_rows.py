"""What a table of indicators is read into: its rows on the way, and what could not be read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from doelenboom.sources.accounts.extraction.indicator import ITEM, Item
from doelenboom.sources.accounts.extraction.indicator_columns import Column, column_of
from doelenboom.sources.accounts.extraction.lines import Issue, Line, shortened
from doelenboom.sources.accounts.extraction.scores import Score
from doelenboom.sources.accounts.extraction.vocabulary import INDICATOR_AREAS

CODE = re.compile(r"\d{1,3}(?:\.?[a-z])?\.?")
_NAMED = re.compile(r"[^\W\d]{3}")
_AREA = re.compile(INDICATOR_AREAS, re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """A cell of a table that has its cells on lines: a value, or words."""

    line: Line
    text: str
    score: Score | None


@dataclass
class Table:
    """A table on its way: its heads, and the pieces below that no row is made of yet.

    `first` is the place of its first indicator. Below a `numbered` table a number opens an
    indicator even without values; what is said below an `ended` table is of no row.
    """

    columns: list[Column]
    line: Line
    in_cells: bool
    first: int
    numbered: bool
    ended: bool = False
    pieces: list[Piece] = field(default_factory=list)


@dataclass
class Found:
    """The indicators of a part of a chapter, and what could not be read of it."""

    items: list[Item] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def doubt(self, line: Line, text: str, problem: str, values: Sequence[str] = ()) -> None:
        """Report what is not read, with its values."""
        self.issues.append(
            Issue(line.number, "indicator_values", shortened(text), problem, tuple(values))
        )


def report_columns(table: Table, found: Found) -> None:
    """Report the columns that are set aside, and names that run into other columns."""
    aside = [c.text for c in table.columns if c.kind == "other" and re.search(r"\w", c.text)]
    if aside:
        problem = "Kolommen die geen score of streefwaarde van een jaar zijn; niet overgenomen."
        found.issues.append(
            Issue(
                table.line.number,
                "indicator_columns",
                shortened(table.line.text),
                problem,
                tuple(aside),
            )
        )
    name = next((c.text for c in table.columns if c.kind == "name"), "")
    if name and not table.in_cells and (column_of(name) or Column("", None, "")).kind != "name":
        problem = "De namen bevatten ook wat onder andere koppen staat."
        text = shortened(table.line.text)
        found.issues.append(Issue(table.line.number, "indicator_name", text, problem, (name,)))


def item_of(pairs: Sequence[tuple[Column, str]], line: Line, objective: str) -> Item | None:
    """Return the indicator that a row names, without its values."""
    under = {column.kind: cell for column, cell in reversed(pairs)}
    name = under.get("name", "")
    match = ITEM.fullmatch(name)
    code = match["code"] if match else under.get("number", "").strip(". ")
    name = match["name"] if match else name
    if not _NAMED.search(name) or _AREA.fullmatch(name):
        return None
    period = re.fullmatch(r"\D*(20\d\d)\D*", under.get("period", ""))
    return Item(
        code if CODE.fullmatch(code) else "",
        re.sub(r"\s*\*+\d*$", "", name),
        line.number,
        objective,
        unit=under.get("unit", ""),
        period=int(period[1]) if period else None,
    )
