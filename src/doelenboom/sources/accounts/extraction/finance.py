"""The cost tables of a chapter as rows of `programme_finance`, each figure proved or reported.

Every reading of every row is held against every identity of its table, under each sense its
signs may have. What all solutions agree on is taken; the rest is an issue with its candidates.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from doelenboom.sources.accounts.extraction.grids import Grid, GridRow
from doelenboom.sources.accounts.extraction.identities import (
    Identity,
    Values,
    build_identities,
    holds,
    residual,
)
from doelenboom.sources.accounts.extraction.layout import IGNORED
from doelenboom.sources.accounts.extraction.lines import Issue, shortened
from doelenboom.sources.accounts.extraction.naming import RowName, name_rows, places_of
from doelenboom.sources.accounts.extraction.numbers import SCALE, Reading
from doelenboom.sources.accounts.extraction.senses import Sense, possible_senses
from doelenboom.sources.accounts.extraction.solving import Solution, proven_places, solve
from doelenboom.sources.accounts.extraction.vocabulary import TOTAL_ITEM

MOST_CANDIDATES = 8
PHASES = ("original_budget", "final_budget", "actual", "variance")


@dataclass(frozen=True)
class FinanceRow:
    """One row of the package: amounts in thousands of euro by phase, None where not stated.

    `whole` is False where a figure that is printed could not be settled.
    """

    line_item: str
    flow: str
    line: int
    amounts: Mapping[str, Decimal | None]
    whole: bool = True

    @property
    def is_total(self) -> bool:
        """Whether it is the programme as a whole."""
        return self.line_item == TOTAL_ITEM


@dataclass(frozen=True)
class Check:
    """One identity as it was judged: what, on which line, and by how much it is off."""

    name: str
    line: int
    difference: Decimal
    holds: bool


@dataclass(frozen=True)
class Decision:
    """A row that could be read in several ways, and the identities that left one."""

    line: int
    text: str
    readings: int
    identities: tuple[str, ...]


@dataclass(frozen=True)
class Finance:
    """What the cost tables of a chapter say."""

    rows: tuple[FinanceRow, ...] = ()
    issues: tuple[Issue, ...] = ()
    checks: tuple[Check, ...] = ()
    decisions: tuple[Decision, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Solved:
    """A table under one sense of its signs."""

    sense: Sense
    domains: Sequence[Sequence[Values]]
    identities: Sequence[Identity]
    solution: Solution

    @property
    def score(self) -> tuple[int, int]:
        return len(self.solution.broken), self.solution.open_rows

    def value(self, row: int, column: int) -> int | None:
        """Return the figure at a place where all possible readings agree on it."""
        found = {self.domains[row][n][column] for n in self.solution.possible[row]}
        return found.pop() if len(found) == 1 else None


def read_finance(grids: Sequence[Grid], programme: str) -> Finance:
    """Read the cost tables of a chapter; a row that a later table repeats must be equal."""
    rows: dict[tuple[str, str], FinanceRow] = {}
    issues: list[Issue] = []
    tables = [_read_grid(grid, programme) for grid in grids]
    for table in tables:
        issues += table.issues
        for row in table.rows:
            earlier = rows.setdefault((row.line_item, row.flow), row)
            if earlier is not row and earlier.amounts != row.amounts:
                issues.append(_repeated(earlier, row))
    return Finance(
        tuple(rows.values()),
        tuple(issues),
        tuple(check for table in tables for check in table.checks),
        tuple(decision for table in tables for decision in table.decisions),
        tuple(note for table in tables for note in table.notes),
    )


def _read_grid(grid: Grid, programme: str) -> Finance:
    names = name_rows(grid, programme)
    solved = _solve_grid(grid, names)
    best = solved[0]
    rows = _rows_of(grid, names, solved)
    return Finance(
        tuple(rows),
        tuple(_issues_of(grid, names, solved)),
        tuple(_checks_of(grid, best)),
        tuple(_decisions_of(grid, best.solution)),
        tuple(_notes_of(grid, best.sense)),
    )


def _solve_grid(grid: Grid, names: Mapping[int, RowName]) -> list[_Solved]:
    """Return the table under the sense that its identities bear out, all where several do."""
    places = places_of(grid, names)
    sole = [
        (cell, flow)
        for n, name in names.items()
        if len(grid.rows[n].readings) == 1
        for cell, flow, column in zip(
            grid.rows[n].readings[0].cells, name.flows, grid.layout.columns, strict=True
        )
        if column.phase in PHASES[:3]
    ]
    identities = build_identities(places, _unit(grid))
    senses = possible_senses(grid.layout, sole)
    solved = [_solve_sense(grid, names, identities, sense) for sense in senses]
    least = min(table.score for table in solved)
    best = [table for table in solved if table.score == least]
    if least[0] == 0:
        return best
    return [_solve_sense(grid, names, identities, best[0].sense, doubting=True)]


def _solve_sense(
    grid: Grid,
    names: Mapping[int, RowName],
    identities: Sequence[Identity],
    sense: Sense,
    doubting: bool = False,
) -> _Solved:
    """Solve a table under one sense; with every reading where it is found to contradict itself."""
    first = [
        _domain(grid, row.readings, names.get(n), sense) for n, row in enumerate(grid.rows)
    ]
    if not doubting:
        return _Solved(sense, first, identities, solve(first, identities))
    domains = [
        [*known, *_domain(grid, row.others, names.get(n), sense)]
        for (n, row), known in zip(enumerate(grid.rows), first, strict=True)
    ]
    unlisted = [n for n, row in enumerate(grid.rows) if not row.complete]
    solution = solve(domains, identities, [len(known) for known in first], unlisted)
    return _Solved(sense, domains, identities, solution)


def _unit(grid: Grid) -> int:
    """Return the last printed digit of a table in thousandths: the finest of its sole readings."""
    decimals = [
        cell.decimals
        for row in grid.rows
        if len(row.readings) == 1
        for cell in row.readings[0].cells
    ]
    return SCALE // int(10 ** max(decimals, default=0))


def _domain(
    grid: Grid, readings: Sequence[Reading], name: RowName | None, sense: Sense
) -> list[Values]:
    if name is None:
        return []
    return [
        tuple(
            sense.published(cell, flow, column.phase)
            for cell, flow, column in zip(
                reading.cells, name.flows, grid.layout.columns, strict=True
            )
        )
        for reading in readings
    ]


def _reading(row: GridRow, n: int) -> Reading:
    """Return a reading of a row by its place in the row's domain."""
    return row.readings[n] if n < len(row.readings) else row.others[n - len(row.readings)]


# --- rows ---


def _rows_of(
    grid: Grid, names: Mapping[int, RowName], solved: Sequence[_Solved]
) -> list[FinanceRow]:
    rows: dict[tuple[str, str], FinanceRow] = {}
    for n, name in names.items():
        for flow in dict.fromkeys(flow for flow in name.flows if flow and not name.part):
            row = _row(grid, n, name, flow, solved)
            rows.setdefault((row.line_item, row.flow), row)
    return list(rows.values())


def _row(
    grid: Grid, n: int, name: RowName, flow: str, solved: Sequence[_Solved]
) -> FinanceRow:
    amounts: dict[str, Decimal | None] = dict.fromkeys(PHASES)
    whole = True
    for column, of in enumerate(name.flows):
        phase = grid.layout.columns[column].phase
        if of != flow or phase == IGNORED:
            continue
        value, settled = _settled(grid, n, column, solved)
        whole = whole and settled
        if value is not None:
            amounts[phase] = Decimal(value) / SCALE * grid.layout.factor
    item = name.item
    if len(grid.rows[n].readings) > 1 or len(solved[0].solution.possible[n]) > 1:
        labels = {_reading(grid.rows[n], r).label for r in solved[0].solution.possible[n]}
        item = item if name.is_total or len(labels) != 1 else _relabelled(item, grid.rows[n], labels)
    return FinanceRow(item, flow, grid.rows[n].line, amounts, whole)


def _relabelled(item: str, row: GridRow, labels: set[str]) -> str:
    """Return the label of the reading that was decided on, where the item is a row's label."""
    return labels.pop() if item in {reading.label for reading in (*row.readings, *row.others)} else item


def _settled(
    grid: Grid, n: int, column: int, solved: Sequence[_Solved]
) -> tuple[int | None, bool]:
    """Return a figure and whether there is no doubt about it; a dash must be proved to be nil."""
    row = grid.rows[n]
    if not row.readings or n in solved[0].solution.unproved:
        return None, False
    values = {table.value(n, column) for table in solved}
    possible = [_reading(row, r).cells[column] for r in solved[0].solution.possible[n]]
    value = values.pop() if len(values) == 1 else None
    if value is None:
        return None, all(cell.value is None for cell in possible)
    if all(cell.nil for cell in possible) and (n, column) not in _proven(solved[0]):
        return None, False
    return value, True


def _proven(table: _Solved) -> set[tuple[int, int]]:
    values = {
        n: table.domains[n][found[0]]
        for n, found in enumerate(table.solution.possible)
        if len(found) == 1
    }
    return proven_places(table.identities, values)


# --- issues, checks and decisions ---


def _issues_of(
    grid: Grid, names: Mapping[int, RowName], solved: Sequence[_Solved]
) -> list[Issue]:
    best = solved[0]
    issues = [
        Issue(
            grid.first_line,
            "unknown_column",
            head,
            "Een kolom begroting zegt niet of zij vóór of na wijziging is; niet overgenomen.",
        )
        for head in grid.layout.unplaced
    ]
    issues += [_contradiction(grid, best, identity) for identity in best.solution.broken]
    seen: dict[tuple[str, str], int] = {}
    for n, name in names.items():
        issues += _row_issues(grid, n, name, solved)
        for flow in dict.fromkeys(name.flows):
            if flow and not name.part and seen.setdefault((name.item, flow), n) != n:
                issues.append(_same_name(grid.rows[n], grid.rows[seen[name.item, flow]]))
    return issues


def _row_issues(
    grid: Grid, n: int, name: RowName, solved: Sequence[_Solved]
) -> list[Issue]:
    row = grid.rows[n]
    text = shortened(row.text)
    if not row.readings:
        return [Issue(row.line, "unreadable_row", text, "Past niet op de kolommen van de tabel.")]
    if name.part:
        return [Issue(row.line, "part_row", text, "Deel van een andere regel; niet overgenomen.")]
    if not any(name.flows):
        return [Issue(row.line, "unknown_flow", text, "Onbekend of dit lasten of baten zijn.")]
    possible = solved[0].solution.possible[n]
    open_columns = [
        column
        for column, flow in enumerate(name.flows)
        if flow
        and grid.layout.columns[column].phase != IGNORED
        and not _settled(grid, n, column, solved)[1]
    ]
    if not open_columns:
        return []
    if len(possible) > 1:
        shown = tuple(
            " | ".join(cell.text or "leeg" for cell in _reading(row, r).cells) for r in possible
        )
        problem = f"{len(possible)} lezingen voldoen aan alle sommen; niet gekozen."
        return [Issue(row.line, "ambiguous_row", text, problem, shown[:MOST_CANDIDATES])]
    cells = _reading(row, possible[0]).cells
    if all(cells[column].nil for column in open_columns):
        problem = "Een streepje: geen som bewijst of het nul is of ontbreekt; leeg gelaten."
        return [Issue(row.line, "dash", text, problem, ("0", "leeg"))]
    printed = " | ".join(cell.text for cell in cells)
    problem = "Geen som zegt wat plus en min betekenen; leeg gelaten."
    return [Issue(row.line, "unknown_sign", text, problem, (printed,))]


def _contradiction(grid: Grid, table: _Solved, identity: Identity) -> Issue:
    row = grid.rows[identity.result[0]]
    values = {n: table.domains[n][table.solution.possible[n][0]] for n in identity.rows}
    left = residual(identity, values) or 0
    result = values[identity.result[0]][identity.result[1]] or 0
    printed, summed = (_words(value, grid) for value in (result, result - left))
    problem = f"{identity.name}: gedrukt {printed}, de som is {summed}; als gedrukt overgenomen."
    return Issue(row.line, "contradiction", shortened(row.text), problem, (printed, summed))


def _words(value: int, grid: Grid) -> str:
    amount = (Decimal(value) / SCALE).normalize()
    return f"{amount:,f}".translate(str.maketrans(",.", ".,"))


def _same_name(row: GridRow, earlier: GridRow) -> Issue:
    problem = f"Zelfde naam als regel {earlier.line}; alleen die regel is overgenomen."
    return Issue(row.line, "same_name", shortened(row.text), problem, (shortened(earlier.text),))


def _repeated(earlier: FinanceRow, row: FinanceRow) -> Issue:
    problem = f"Wijkt af van dezelfde regel in een eerdere tabel (regel {earlier.line})."
    return Issue(row.line, "contradiction", f"{row.line_item}, {row.flow}", problem)


def _checks_of(grid: Grid, table: _Solved) -> list[Check]:
    checks = []
    for identity in table.identities:
        if any(len(table.solution.possible[row]) != 1 for row in identity.rows):
            continue
        values = {n: table.domains[n][table.solution.possible[n][0]] for n in identity.rows}
        left = residual(identity, values)
        if left is not None:
            line = grid.rows[identity.result[0]].line
            difference = Decimal(left) / SCALE * grid.layout.factor
            checks.append(Check(identity.name, line, difference, holds(identity, values)))
    return checks


def _decisions_of(grid: Grid, solution: Solution) -> list[Decision]:
    return [
        Decision(grid.rows[n].line, shortened(grid.rows[n].text), _count(grid.rows[n]), names)
        for n, names in solution.decided_by.items()
    ]


def _count(row: GridRow) -> int:
    return len(row.readings) + len(row.others)


def _notes_of(grid: Grid, sense: Sense) -> list[str]:
    notes = []
    where = f"Tabel op regel {grid.first_line}"
    if sense.in_words():
        notes.append(f"{where}: {sense.in_words()}. Omgerekend naar lasten en voordeel als plus.")
    if not grid.layout.unit_printed:
        notes.append(f"{where}: geen eenheid gevonden; gelezen als duizenden euro's.")
    return notes



