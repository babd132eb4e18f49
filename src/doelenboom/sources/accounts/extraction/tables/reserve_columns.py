"""What the columns of a statement of reserves hold, one beside the other.

Columns that are known and count for nothing in the year are set `ASIDE`: of other years, of the
budget beside what was done, of what led to the opening balance. Empty is what is not certain.
"""

from collections.abc import Sequence

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.printed import read_cell
from doelenboom.sources.accounts.extraction.tables.columns import Column, column_of

NEEDED = frozenset({"opening", "closing", "added", "withdrawn"})
ASIDE = "aside"

_FIELDS = ("field", "theme")
_BUDGETS = ("budget", "original_budget", "final_budget")


def names_of(columns: Sequence[Column], year: int) -> tuple[list[str], bool]:
    """Return what each column holds, and whether those of a year were taken from several."""
    named = [each.moved[0] if len(each.moved) == 1 else "" for each in columns]
    if of_year := _of_year(columns, named, year):
        return of_year, True
    found = with_opening(_before_opening(columns, _done(columns, named)))
    return ["" if n and name != ASIDE and name in found[:n] else name
            for n, name in enumerate(found)], False  # fmt: skip


def _of_year(columns: Sequence[Column], named: Sequence[str], year: int) -> list[str]:
    """Return what columns of a year hold, where each says its own and there are of several years.

    The balance that opens the next year closes this one; nothing where one is not there once.
    """
    years = [each.years for each, name in zip(columns, named, strict=True) if name]
    if named.count("opening") < 2 or any(len(found) != 1 for found in years):  # noqa: PLR2004
        return []
    printed = [
        (name, each.years[0]) if name else ("", 0)
        for each, name in zip(columns, named, strict=True)
    ]
    closing = ("closing", year) if ("closing", year) in printed else ("opening", year + 1)
    wanted = {(name, year): name for name in ("opening", "added", "withdrawn", "interest")}
    wanted |= {closing: "closing"}
    found = [wanted.get((name, of), ASIDE) if name else "" for name, of in printed]
    once = all(found.count(name) == 1 for name in NEEDED) and found.count("interest") <= 1
    return found if once else []


def _done(columns: Sequence[Column], named: Sequence[str]) -> list[str]:
    """Set a movement aside that was budgeted, where the one that was done stands beside it."""
    done = {name for each, name in zip(columns, named, strict=True) if each.phase == "actual"}
    return [
        ASIDE if name in done and each.phase in _BUDGETS else name
        for each, name in zip(columns, named, strict=True)
    ]


def _before_opening(columns: Sequence[Column], named: list[str]) -> list[str]:
    """Set aside the balance that closed the year before, and what made it the opening one."""
    if named.count("opening") != 1 or named.count("closing") != 2:  # noqa: PLR2004
        return named
    before, opening = named.index("closing"), named.index("opening")
    closing = named.index("closing", before + 1)
    years = [columns[at].years for at in (before, closing)]
    follow = all(years) and years[0][0] + 1 == years[1][0]
    if not (follow and before < opening < closing):
        return named
    return [ASIDE if before <= at < opening else name for at, name in enumerate(named)]


def with_opening(columns: list[str]) -> list[str]:
    """Call the first of two closing balances the opening one: that of the year before.

    Of balances of more years none is certain.
    """
    if columns.count("closing") == 2 and "opening" not in columns:  # noqa: PLR2004
        columns[columns.index("closing")] = "opening"
    several = max(columns.count(balance) for balance in ("opening", "closing")) > 1
    return ["" if several and column == "closing" else column for column in columns]


def years_of(columns: Sequence[Column], named: Sequence[str]) -> frozenset[int]:
    """Return the years of balances and movements: an opening one of 31 December is of the next."""
    found: set[int] = set()
    for column, name in zip(columns, named, strict=False):
        if name in ("opening", "closing"):
            next_year = name == "opening" and "closing" in column.moved
            found.update(year + next_year for year in column.years)
        elif name in ("added", "withdrawn", "interest"):
            found.update(column.years)
    return frozenset(found)


def label_places(columns: Sequence[Column], body: Sequence[Line]) -> list[int]:
    """Return which columns before the first balance name a reserve: not the number of a field."""
    numbers = [
        n for n, each in enumerate(columns) if each.holds in _FIELDS and _are_numbers(body, n)
    ]
    return [n for n in range(len(columns)) if n not in numbers]


def _are_numbers(body: Sequence[Line], column: int) -> bool:
    cells = [line.cells[column] for line in body if line.cells[column:]]
    return all(read_cell(cell) for cell in cells)


def names_field(texts: Sequence[str]) -> bool:
    """Say whether heads before the first balance have a field, of which numbers may stand below."""
    return any(column_of(text).holds in _FIELDS for text in texts)
