"""What a cost table leaves open or says twice, in words for the person who looks at it.

Decides nothing: which figures are settled is known by then (`cost_tables`).
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from doelenboom.sources.accounts.extraction.document.lines import Issue
from doelenboom.sources.accounts.extraction.numbers.candidates import Reading
from doelenboom.sources.accounts.extraction.numbers.printed import SCALE, Printed
from doelenboom.sources.accounts.extraction.proof.cost_tables import CostTable
from doelenboom.sources.accounts.extraction.proof.identities import Identity, summed
from doelenboom.sources.accounts.extraction.proof.naming import RowName
from doelenboom.sources.accounts.extraction.proof.subtotals import subtotals
from doelenboom.sources.accounts.extraction.tables.grid import Grid
from doelenboom.sources.accounts.extraction.tables.layout import IGNORED
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.tables.units import CANDIDATES
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, whole
from doelenboom.sources.accounts.extraction.words.rows import kind_of
from doelenboom.sources.accounts.extraction.words.texts import shortened
from doelenboom.sources.accounts.extraction.words.vocabulary import TO_RESERVES

MOST_CANDIDATES = 8
_FEWEST, _LIKE = 2, Decimal("1.25")
"""Amounts of other years beside one, and how many times the least of them the largest may be."""
_ALL = whole(r"(?:eind)?totaal:?|totaal generaal", ANY_CASE)
"""The name of a total of all rows."""
_NO_SUM = "Geen regels tellen op tot dit totaal."
_BELOW = "Staat onder het totaal van alle regels; geen som telt deze mee."
_NOTED = "Een bedrag onder nul, of een streepje met een noot: geen som zegt welk; leeg gelaten."


def doubts_of(table: CostTable) -> Iterator[Issue]:
    """Yield every issue of a table: columns, contradictions, rows that are open or alike."""
    for head in table.grid.layout.unplaced:
        problem = "Een kolom begroting zegt niet of zij vóór of na wijziging is; niet overgenomen."
        yield Issue(table.grid.first_line, "unknown_column", head, problem)
    for head in table.grid.layout.unknown:
        problem = "Wat deze kolom is, zegt haar kop niet; niet overgenomen."
        yield Issue(table.grid.first_line, "unknown_column", shortened(head), problem)
    yield from _unit_doubts(table.grid)
    for identity in table.best.solution.broken:
        told = "als gedrukt overgenomen"
        yield _unequal(table, identity, "contradiction", "sluit met geen enkele lezing", told)
    for identity in table.best.solution.incomplete:
        told = "of een lege cel het verschil is, staat er niet"
        yield _unequal(table, identity, "unchecked_sum", "sluit niet zonder lege cellen", told)
    yield from _missed_sums(table)
    yield from _below_the_total(table)
    yield from _notes_joined(table)
    first: dict[tuple[str, str], TableRow] = {}
    for n, name in table.names.items():
        row = table.grid.rows[n]
        yield from _row_doubts(table, n, name)
        for flow in dict.fromkeys(flow for flow in name.flows if flow and not name.part):
            if first.setdefault((name.item, flow), row) is not row:
                yield _same_name(row, first[name.item, flow])


def _unit_doubts(grid: Grid) -> Iterator[Issue]:
    """Say that the unit of a table is not certain, or that it was taken from its amounts."""
    if problem := grid.unit.problem:
        text = shortened(grid.rows[0].text)
        yield Issue(grid.first_line, "unknown_unit", text, problem, CANDIDATES)


def _row_doubts(table: CostTable, n: int, name: RowName) -> Iterator[Issue]:
    row = table.grid.rows[n]
    text = shortened(row.text)
    if not row.readings:
        yield Issue(row.line, "unreadable_row", text, row.problem)
    elif name.part:
        yield Issue(row.line, "part_row", text, "Deel van een andere regel; niet overgenomen.")
    elif not any(name.flows):
        problem = "Onbekend of dit lasten of baten zijn, of van welke regel."
        yield Issue(row.line, "unknown_flow", text, problem, _shown(table.possible(n)))
    elif _is_unplaced(table, n, name):
        problem = (
            "Lasten en baten die reserves meetellen, of zonder zekere kolom; niet overgenomen."
        )
        yield Issue(row.line, "part_row", text, problem, _shown(table.possible(n)))
    elif table.may_be_moved(n):
        problem = "Minder cellen dan de tabel kolommen heeft; overgenomen zoals zij er staan."
        yield Issue(row.line, "unreadable_row", text, problem, _shown(table.possible(n)))
    elif not table.grid.unit.doubt:
        columns = [
            column for column, flow in enumerate(name.flows) if _is_open(table, n, column, flow)
        ]
        if columns:
            yield _open_row(table, n, columns)


def _is_unplaced(table: CostTable, n: int, name: RowName) -> bool:
    """Say whether a figure of a row stands in a column of which it holds no flow."""
    return any(
        not flow and column.phase != IGNORED and any(cell.value for cell in table.cells(n, place))
        for place, (flow, column) in enumerate(
            zip(name.flows, table.grid.layout.columns, strict=True)
        )
    )


def _is_open(table: CostTable, n: int, column: int, flow: str) -> bool:
    placed = flow and table.grid.layout.columns[column].phase != IGNORED
    return bool(placed) and not table.figure(n, column)[1]


def _open_row(table: CostTable, n: int, columns: list[int]) -> Issue:
    """Say why figures of a row are left empty, and what they may be."""
    row, possible = table.grid.rows[n], table.possible(n)
    text = shortened(row.text)
    if n in table.best.solution.unproved:
        problem = "De tabel spreekt zichzelf tegen; geen lezing is bewezen."
        return Issue(row.line, "unproved_row", text, problem, _shown(row.every))
    if len(possible) > 1 and n in table.best.solution.failed:
        problem = "Geen lezing voldoet aan de som van de rij; niet gekozen."
        return Issue(row.line, "unproved_row", text, problem, _shown(possible))
    if len(possible) > 1:
        problem = f"{len(possible)} lezingen voldoen aan alle sommen; niet gekozen."
        return Issue(row.line, "ambiguous_row", text, problem, _shown(possible))
    if n in table.unnamed:
        problem = "Of het getal achter de naam bij de naam hoort, blijkt nergens."
        return Issue(row.line, "ambiguous_row", text, problem, _shown(row.every))
    cells = [possible[0].cells[column] for column in columns]
    noted = tuple(cell.text for cell in cells if cell.noted)
    if noted or all(cell.nil for cell in cells):
        problem = "Een streepje: geen som bewijst of het nul is of ontbreekt; leeg gelaten."
        return Issue(row.line, "dash", text, _NOTED if noted else problem, ("0", "leeg", *noted))
    problem = "Geen som zegt wat plus en min betekenen; leeg gelaten."
    return Issue(row.line, "unknown_sign", text, problem, _shown(possible))


def _shown(readings: list[Reading]) -> tuple[str, ...]:
    """Show readings as label and cells, no more than a glance takes."""
    return tuple(
        " | ".join([reading.label, *(cell.text or "leeg" for cell in reading.cells)])
        for reading in readings[:MOST_CANDIDATES]
    )


def _unequal(table: CostTable, identity: Identity, kind: str, open_: str, told: str) -> Issue:
    """Say that a sum does not hold: with both amounts and what is `told`, where these are sure."""
    row = table.grid.rows[identity.result[0]]
    values = table.best.values_of(identity)
    if values is None:
        problem = f"{identity.name}: {open_}."
        return Issue(row.line, kind, shortened(row.text), problem)
    result = values[identity.result[0]][identity.result[1]]
    figures = "leeg" if result is None else _words(result), _words(summed(identity, values))
    problem = f"{identity.name}: gedrukt {figures[0]}, de som is {figures[1]}; {told}."
    return Issue(row.line, kind, shortened(row.text), problem, figures)


def _missed_sums(table: CostTable) -> Iterator[Issue]:
    """Yield the rows that add up others, which are no lines, but not so in each column.

    Also a total by its name that adds up none.
    """
    rows = table.grid.rows
    parts = [n for n, name in table.names.items() if name.part]
    lines = [n for n, name in table.names.items() if not (name.part or name.is_total)]
    moved = [n for n, name in table.names.items() if {*name.flows} & {*TO_RESERVES.values()}]
    found = subtotals(rows, parts, {*lines, *moved}, nearly=True)
    for n in parts:
        kind = kind_of(rows[n].label)
        if missed := found.get(n):
            yield not_added_up(rows[n], missed)
        elif n not in found and rows[n].readings and kind.total and not kind.flow:
            yield Issue(rows[n].line, "unchecked_sum", shortened(rows[n].text), _NO_SUM)


def _below_the_total(table: CostTable) -> Iterator[Issue]:
    """Yield the first line below the total of all, if there is one."""
    rows = table.grid.rows
    totals = [n for n, name in table.names.items() if name.part and _ALL.fullmatch(rows[n].label)]
    for n, name in table.names.items():
        if totals and n > totals[-1] and not name.part and not name.is_total and any(name.flows):
            yield Issue(rows[n].line, "unchecked_sum", shortened(rows[n].text), _BELOW)
            return


def _notes_joined(table: CostTable) -> Iterator[Issue]:
    """Yield the amounts that no sum proves, ten times those of the other years beside them.

    Without its last figure such a one is like these: that may be the mark of a note.
    """
    flows = [head.flow for head in table.grid.layout.heads]
    for n, name in table.names.items():
        row = table.grid.rows[n]
        for column, cell in enumerate(row.sole if not name.part else ()):
            beside = [
                abs(other.value)
                for place, other in enumerate(row.sole)
                if place != column and flows[place] == flows[column] and other.value
            ]
            if _may_hold_note(cell, beside) and not table.proves(n, column):
                problem = f"{cell.text} kan een noot in zich hebben; als gedrukt overgenomen."
                yield Issue(row.line, "contradiction", shortened(row.text), problem)


def _may_hold_note(cell: Printed, beside: Sequence[int]) -> bool:
    """Say whether an amount without dots is alike others without its last figure."""
    figures = cell.text.strip("-+ \u2013\u2212")
    if len(beside) < _FEWEST or not figures.isdecimal():
        return False
    least, most, own = min(beside), max(beside), int(figures[:-1] or 0) * SCALE
    return most < _LIKE * least and least / _LIKE < own < most * _LIKE


def not_added_up(row: TableRow, missed: Sequence[int]) -> Issue:
    """Say of a row that adds up others in which amounts it does not."""
    amounts = ", ".join(row.sole[column].text for column in missed)
    problem = (
        f"Telt andere regels op, maar niet in {amounts}; de regels zijn als gedrukt overgenomen."
    )
    return Issue(row.line, "contradiction", shortened(row.text), problem)


def _words(value: int) -> str:
    amount = (Decimal(value) / SCALE).normalize()
    return f"{amount:,f}".translate(str.maketrans(",.", ".,"))


def _same_name(row: TableRow, earlier: TableRow) -> Issue:
    problem = f"Zelfde naam als regel {earlier.line}; alleen die regel is overgenomen."
    return Issue(row.line, "same_name", shortened(row.text), problem, (shortened(earlier.text),))


def notes_of(table: CostTable) -> Iterator[str]:
    """Yield what was turned round or taken for granted in reading a table."""
    grid: Grid = table.grid
    where = f"Tabel op regel {grid.first_line}"
    words = table.best.signs.in_words()
    if words:
        yield f"{where}: {words}. Omgerekend naar lasten en voordeel als plus."
