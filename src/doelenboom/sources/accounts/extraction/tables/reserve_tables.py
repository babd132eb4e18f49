"""Where statements of reserves stand: their heads, their columns and their rows, as printed.

From cells, from lines of text, or with each cell on a line of its own. Which row holds is not said
here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.candidates import Reading, placements, read_row
from doelenboom.sources.accounts.extraction.numbers.printed import read_cell
from doelenboom.sources.accounts.extraction.numbers.runs import number_run
from doelenboom.sources.accounts.extraction.tables.columns import (
    Column,
    columns_of,
    columns_of_statement,
    moved_in,
)
from doelenboom.sources.accounts.extraction.tables.head_rows import column_heads
from doelenboom.sources.accounts.extraction.tables.reserve_columns import (
    ASIDE,
    NEEDED,
    label_places,
    names_field,
    names_of,
    years_of,
)
from doelenboom.sources.accounts.extraction.tables.table import Table, TableRow
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, whole
from doelenboom.sources.accounts.extraction.words.texts import A_YEAR, squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import PROVISIONS, RESERVES

_ABOVE = 4
"""Lines above a table among which one may say of what it is."""

_BELOW = 6
"""Lines below its head among which one may say so where none above does."""

_HEADS_MOST, _STACKED_HEADS, _LINES_OF_HEADS, _MOST_LABELS = 4, 12, 40, 2_000
_CODE = whole(r"[A-Z]{0,2}[.]?\d{1,6}(?:[.]\d{1,4})?(?:\s[A-Z]{0,2}[.]?\d{1,6})?", ANY_CASE)


@dataclass(frozen=True, kw_only=True)
class Statement(Table):
    """A statement of reserves: what its columns of amounts hold, empty where that is not certain.

    `years` are those of its balances, where printed. Where it may hold provisions as well
    only rows that are `named` reserves count.
    """

    moved: Sequence[str]
    years: frozenset[int] = frozenset()
    named: bool = False


def statement(
    head: Sequence[Line],
    columns: Sequence[Column],
    moved: Sequence[str],
    rows: Sequence[TableRow],
    last: int,
    *,
    years: frozenset[int] = frozenset(),
) -> Statement:
    """Return the statement with this head, these columns and these rows, to its last line."""
    return Statement(
        head=head, columns=columns, moved=moved, rows=rows, first_line=head[0].number,
        last_line=last, years=years,
    )  # fmt: skip


def statements(lines: Sequence[Line], year: int) -> Iterator[Statement]:
    """Yield the statements of reserves in their order; of one of several years those of `year`."""
    place = 0
    while place < len(lines):
        in_cells = lines[place].cells
        table = _in_cells(lines, place, year) if in_cells else _in_text(lines, place)
        of = _subject(lines, place) if table else ""
        if table and of:
            yield replace(table, named=of == "both")
            while place < len(lines) and lines[place].number <= table.last_line:
                place += 1
        else:
            place += 1


def _in_cells(lines: Sequence[Line], place: int, year: int) -> Statement | None:
    """Read the statement whose heads begin on a row of cells."""
    start = place
    while start < len(lines) and start - place < _HEADS_MOST and _is_head(lines[start]):
        start += 1
    heads = lines[place:start]
    if not heads or not any(map(moved_in, heads[0].cells)):
        return None
    known, columns, of_year = _columns(heads, year)
    if not set(columns) >= NEEDED:
        return None
    first = next(n for n, column in enumerate(columns) if column)
    end = _end(lines, start)
    body = [line for line in lines[start:end] if len(_amounts(line)) > 1]
    kept = [
        n
        for n in range(first, len(columns))
        if columns[n] != ASIDE and (columns[n] or (not of_year and _may_count(body, n)))
    ]
    labels = label_places(known[:first], body)
    rows = [_row_of_cells(line, labels, kept) for line in body]
    years = frozenset({year}) if of_year else years_of(known, columns)
    of_kept, moved = [known[n] for n in kept], [columns[n] for n in kept]
    return statement(heads, of_kept, moved, rows, lines[end - 1].number, years=years)


def _columns(heads: Sequence[Line], year: int) -> tuple[tuple[Column, ...], list[str], bool]:
    """Read the columns from their own heads, or from those over several where these say all."""
    read = []
    for spread in (False, True):
        known = columns_of(column_heads([line.cells for line in heads], spread=spread))
        columns, of_year = names_of(known, year)
        first = next((n for n, column in enumerate(columns) if column), 0)
        if set(columns) >= NEEDED and "" not in columns[first:]:
            return known, columns, of_year
        read.append((known, columns, of_year))
    return read[0]


def _is_head(line: Line) -> bool:
    return bool(line.cells) and len(_amounts(line)) <= 1


def _may_count(body: Sequence[Line], column: int) -> bool:
    """Say whether a column without a name has something."""
    return any(line.cells[column:] and line.cells[column] for line in body)


def _row_of_cells(line: Line, labels: Sequence[int], kept: Sequence[int]) -> TableRow:
    cells = [*line.cells, *[""] * (max(kept) + 1)]
    read = [read_cell(cells[n]) for n in kept]
    known = tuple(cell for cell in read if cell)
    label = squeezed(" ".join(cells[n] for n in labels if cells[n]))
    return TableRow(
        line.number, line.text, [Reading(label, known)] if len(known) == len(kept) else []
    )


def _in_text(lines: Sequence[Line], place: int) -> Statement | None:
    """Read the statement whose heads stand on a line, or each on a line of its own."""
    head = lines[place : place + 1]
    known = columns_of_statement(head[0].text)
    columns, _ = names_of(known, 0)
    if set(columns) >= NEEDED:
        if ASIDE in columns or names_field(lines[place].text.split(known[0].head)[0].split()):
            return statement(head, known, [""], [], head[0].number)
        end = _end(lines, place + 1)
        rows = [
            TableRow(line.number, line.text, [*found.fitting, *found.others])
            for line in lines[place + 1 : end]
            if len(_amounts(line)) > 1
            for found in [read_row(line.text, len(columns), lambda _: True)]
        ]
        years = years_of(known, columns)
        return statement(head, known, columns, rows, lines[end - 1].number, years=years)
    return _stacked(lines, place) if len(columns) == 1 else None


def _stacked(lines: Sequence[Line], place: int) -> Statement | None:
    """Read the statement of which each cell stands on a line of its own, from its first balance."""
    near = [line for line in lines[place : place + _LINES_OF_HEADS] if line.text.strip()]
    heads = list(takewhile(lambda line: not _amount_of(line), near[:_STACKED_HEADS]))
    known = columns_of([line.text for line in heads])
    count = max((n for n, column in enumerate(known) if column.moved), default=-1) + 1
    columns, _ = names_of(known[:count], 0)
    if not set(columns) >= NEEDED:
        return None
    above = [line.text for line in lines[:place] if line.text.strip()][-_ABOVE:]
    if columns[0] != "opening" or ASIDE in columns or names_field(above):
        return statement(heads[:count], known[:count], [""], [], heads[count - 1].number)
    cells = [line for line in lines[place:] if line.text.strip()]
    rows: list[TableRow] = []
    label, last, at = None, heads[count - 1].number, count
    while at < len(cells):
        run = list(takewhile(_amount_of, cells[at : at + len(columns) + 1]))
        if not run:
            if PROVISIONS.search(cells[at].text) or cells[at].cells or at - count > _MOST_LABELS:
                break
            label, at = _labelled(label, cells[at]), at + 1
            continue
        if label is None or len(run) > len(columns):
            break
        printed = tuple(cell for line in run if (cell := read_cell(line.text)))
        text = " ".join([label.text, *(cell.text for cell in printed)])
        readings = [
            Reading(squeezed(label.text), each) for each in placements(printed, len(columns))
        ]
        rows.append(TableRow(label.number, text, readings))
        label, last, at = None, run[-1].number, at + len(run)
    years = years_of(known, columns)
    found = statement(heads[:count], known[:count], columns, rows, last, years=years)
    return found if rows else None


def _labelled(above: Line | None, line: Line) -> Line:
    """Join the number that stands on a line of its own above a name to it."""
    if above is None or not _CODE.fullmatch(above.text.strip()):
        return line
    return replace(above, text=f"{above.text} {line.text}")


def _amount_of(line: Line) -> bool:
    read = None if line.cells or A_YEAR.fullmatch(line.text.strip()) else read_cell(line.text)
    return bool(read and read.value is not None)


def _subject(lines: Sequence[Line], place: int) -> str:
    """Return what the nearest line that names reserves or provisions names: `both`, or reserves."""
    near = [line.text for line in lines[max(place - _ABOVE, 0) : place + 1]]
    below = [line.text for line in lines[place + 1 : place + _BELOW + 1]]
    for text in (*reversed(near), *below):
        of_reserves, of_provisions = RESERVES.search(text), PROVISIONS.search(text)
        if of_reserves or of_provisions:
            return ("both" if of_provisions else "reserves") if of_reserves else ""
    return ""


def _end(lines: Sequence[Line], place: int) -> int:
    """Return the place behind the rows of a table: headings between them belong to it."""
    end = place
    for at in range(place, len(lines)):
        line = lines[at]
        if PROVISIONS.search(line.text) or set(moved_in(line.text)) >= NEEDED:
            break
        if len(_amounts(line)) > 1:
            end = at + 1
        elif line.text.strip() and at - end > 1:
            break
    return end


def _amounts(line: Line) -> list[str]:
    if line.cells:
        return [cell for cell in line.cells[1:] if (read := read_cell(cell)) and read.text]
    return number_run(line.text)[1].split()
