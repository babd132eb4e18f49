"""Columns of a cost table that are about other years: earlier accounts, budgets, years ahead.

Each year is settled as the year of the chapter is, by the same rows and the same sums; a year that
contradicts itself is named and not taken.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.proof.cost_tables import CostTable, settle
from doelenboom.sources.accounts.extraction.proof.doubts import doubts_of
from doelenboom.sources.accounts.extraction.tables.grid import Grid
from doelenboom.sources.accounts.extraction.tables.layout import (
    IGNORED,
    AmountColumn,
    Layout,
    amount_columns,
)
from doelenboom.sources.accounts.extraction.words.texts import shortened
from doelenboom.sources.accounts.extraction.words.vocabulary import AMOUNT_PHASES, FLOWS, TOTAL_ITEM

ORIGINAL, BUDGET, FORECAST = "original_budget", "budget", "forecast"
_AHEAD = "naast een rekening zeggen jaren vooruit niet of zij een begroting zijn; niet overgenomen"

_INCOMPLETE = "een som sluit niet zonder lege cellen; als gedrukt overgenomen"


@dataclass(frozen=True)
class YearRow:
    """An amount of another year in thousands of euro, None where it could not be settled.

    The phase is not `stated` where a head says no more than that it is a budget; its unit is not
    `printed` where it was guessed.
    """

    line_item: str
    flow: str
    line: int
    year: int
    phase: str
    stated: bool
    amount: Decimal | None
    printed: bool

    @property
    def key(self) -> tuple[str, str, int, str]:
        """What tells it from other amounts of the chapter."""
        return self.line_item, self.flow, self.year, self.phase

    @property
    def is_total(self) -> bool:
        """Whether it is the programme as a whole."""
        return self.line_item == TOTAL_ITEM


def read_other_years(
    settled: Sequence[CostTable], programme: str, lines: Sequence[Line], year: int
) -> tuple[list[YearRow], list[Issue]]:
    """Read the amounts of years other than that of the chapter; what repeats must be equal.

    The tables are `settled` for the chapter's own year.
    """
    rows: dict[tuple[str, str, int, str], YearRow] = {}
    issues: list[Issue] = []
    for own in settled:
        grid, known = own.grid, _as_settled(own)
        for n, (of, layout) in enumerate(_layouts(grid.layout, year).items()):
            table = settle(replace(known, layout=layout), programme, lines)
            issues += [] if n or grid.layout.has_year else doubts_of(table)
            if grid.unit.doubt:
                break
            problem = _problem(table, own) or (_AHEAD if _is_of_two(grid.layout, of, year) else "")
            ahead = layout.ahead and of > year
            found = [] if problem else list(_rows_of(table, own, of, ahead))
            open_rows = sum(row.amount is None for row in found)
            if open_rows:
                problem = f"{open_rows} bedragen staan niet vast; leeg gelaten"
            if problem:
                issues.append(_told(grid, of, problem))
            if found and table.best.solution.incomplete:
                issues.append(_told(grid, of, _INCOMPLETE))
            for row in found:
                earlier = rows.setdefault(row.key, row)
                if earlier.amount != row.amount:
                    issues.append(_repeated(earlier, row))
    return list(rows.values()), issues


def _layouts(layout: Layout, year: int) -> Mapping[int, Layout]:
    """Return for each other year the layout of its columns, those of all others set aside."""
    years = dict.fromkeys(each.year for each in layout.heads if each.year not in (0, year))
    found = {of: replace(layout, columns=_columns(layout, of)) for of in years}
    return {of: each for of, each in found.items() if _has_amounts(each)}


def _columns(layout: Layout, of: int) -> tuple[AmountColumn, ...]:
    """Place the columns of a year; a budget that says no moment stands where the adopted one is."""
    phases = [
        ORIGINAL if phase == BUDGET else phase if phase in AMOUNT_PHASES else IGNORED
        for phase in (each.phase if each.year == of else IGNORED for each in layout.heads)
    ]
    return amount_columns(phases, [each.flow for each in layout.heads])


def _has_amounts(layout: Layout) -> bool:
    return any(column.phase != IGNORED for column in layout.columns)


def _as_settled(own: CostTable) -> Grid:
    """Leave each row the readings, and balances the signs, that the chapter's own year leaves."""
    grid = own.grid
    balances = {variant.signs.balances for variant in own.variants}
    rows = (
        row if own.is_open(n) else replace(row, readings=tuple(own.possible(n)), others=())
        for n, row in enumerate(grid.rows)
    )
    proven = grid.layout.has_year and not own.best.contradictions
    signs = tuple(sorted(balances, reverse=True)) if proven else grid.balances
    return replace(grid, rows=tuple(rows), balances=signs)


def _problem(table: CostTable, own: CostTable) -> str:
    """Say why the columns of a year are not taken; empty where they are."""
    if not table.grid.layout.is_sound:
        return "hun koppen zeggen niet zeker wat zij zijn; niet overgenomen"
    if table.best.contradictions:
        return "zij sluiten niet op hun sommen; niet overgenomen"
    if own.grid.layout.has_year and _turned(table) - _turned(own):
        return "zij sluiten alleen met lasten, baten of reserves onder nul; niet overgenomen"
    return ""


def _turned(table: CostTable) -> set[str]:
    """Return costs, revenue and movements of reserves of which every amount is below zero."""
    values = defaultdict(list)
    for n, name in table.names.items():
        for column, flow in enumerate(name.flows):
            if table.grid.layout.columns[column].phase in AMOUNT_PHASES:
                values[flow].append(table.figure(n, column)[0] or 0)
    return {flow for flow in FLOWS if max(values[flow], default=0) < 0}


def _is_of_two(layout: Layout, of: int, year: int) -> bool:
    """Say whether a year ahead is one of a budget's, with more of them, beside accounts."""
    plain = {each.year for each in layout.heads if each.phase == BUDGET and each.year > year}
    return not layout.ahead and of in plain and max(plain) > year + 1


def _rows_of(table: CostTable, own: CostTable, of: int, ahead: bool) -> Iterator[YearRow]:
    """Yield the amounts of rows of which the `own` year, where there is one, knows the flow."""
    grid = table.grid
    for n, name in table.names.items():
        if own.grid.layout.has_year and not any(own.names[n].flows):
            continue
        for place, (flow, column) in enumerate(zip(name.flows, grid.layout.columns, strict=True)):
            if not flow or name.part or column.phase == IGNORED:
                continue
            amount, settled = table.keur(n, place)
            if amount is None and settled:
                continue
            plain = grid.layout.heads[place].phase == BUDGET
            phase, stated = FORECAST if plain and ahead else column.phase, ahead or not plain
            yield YearRow(
                name.item, flow, table.line(n), of, phase, stated, amount, grid.unit.printed
            )


def _told(grid: Grid, of: int, problem: str) -> Issue:
    where = f"Kolommen van {of} (regels {grid.first_line} t/m {grid.last_line})"
    text = shortened(grid.head_text or grid.rows[0].text)
    return Issue(grid.first_line, "unread_table", text, f"{where}: {problem}.")


def _repeated(earlier: YearRow, row: YearRow) -> Issue:
    problem = f"Wijkt af van hetzelfde bedrag eerder (regel {earlier.line}); dat is overgenomen."
    text = f"{row.line_item}, {row.flow}, {row.year}"
    return Issue(row.line, "contradiction", text, problem, (f"{earlier.amount}", f"{row.amount}"))
