"""Rows of a table of cells, set right before they are read: cells lost, joined or come again."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.alike import is_side
from doelenboom.sources.accounts.extraction.numbers.printed import Printed, read_cell
from doelenboom.sources.accounts.extraction.tables.grid import LETTERS
from doelenboom.sources.accounts.extraction.tables.head_rows import Row
from doelenboom.sources.accounts.extraction.words.patterns import whole
from doelenboom.sources.accounts.extraction.words.texts import DIGIT
from doelenboom.sources.accounts.extraction.words.vocabulary import ROW_SIDES

_DASH = "Een streepje staat los naast een bedrag: een minteken of een lege cel."
_DECIMALS = "Een bedrag heeft drie decimalen en een ander twee: het derde kan een noot zijn."
_CENTS = {2, 3}
"""Decimals of amounts in one row of which the last may be the number of a note."""

_AGE = whole(r"\d{2}[-+]")
_DASH_APART = whole(r"[-–−]\s+(?:€\s*)?\d.*|.*\d\s+[-–−]")


def with_names_above(block: Sequence[Line]) -> list[Line]:
    """Give rows that begin with their side, and lack a cell, that of the name above them.

    A cell over several rows is lost below the first of them where a table is copied with tabs.
    """
    named = {len(line.cells) for line in block if begins_with_side(line.cells[1:2])}
    return [
        replace(line, cells=("", *line.cells))
        if begins_with_side(line.cells[:1]) and len(line.cells) + 1 in named
        else line
        for line in block
    ]


def without_heads(rows: Sequence[Line], heads: Sequence[Row]) -> list[Line]:
    """Leave out the heads where they come again; what stands beside them then is a heading."""
    again = {cells[1:] for cells in heads if any(cells[1:])}
    found = []
    for line in rows:
        if line.cells in heads or (line.cells[1:] in again and not line.cells[0]):
            continue
        found.append(replace(line, cells=line.cells[:1]) if line.cells[1:] in again else line)
    return found


def with_ages(rows: Sequence[Line]) -> list[Line]:
    """Give names the age (`18-`) that stands by itself on the line below them."""
    found: list[Line] = []
    for line in rows:
        (*_, last) = found or [line]
        named = next((n for n, cell in enumerate(last.cells) if LETTERS.search(cell)), None)
        if found and named is not None and _AGE.fullmatch(line.text.strip()):
            cells = [*last.cells]
            cells[named] = f"{cells[named]} {line.text.strip()}"
            found[-1] = replace(last, cells=tuple(cells))
        else:
            found.append(line)
    return found


def with_lost_names(line: Line, labels: int, width: int) -> Line:
    """Give a row the cells that its name took, where all it has behind that are amounts.

    A cell over several columns is one where a table is copied with tabs.
    """
    lost, amounts = labels - 1, line.cells[1:]
    whole = len(line.cells) == width - lost and bool(amounts) and is_amount(amounts[0])
    if line.table or not (lost and whole and all(not cell or read_cell(cell) for cell in amounts)):
        return line
    return replace(line, cells=(line.cells[0], *[""] * lost, *amounts))


def with_sides_joined(rows: Sequence[Line], labels: int, width: int) -> list[Line]:
    """Give amounts the side in a column beside them, over both of which their head stands."""
    columns = [[line.cells[n] for line in rows if n < len(line.cells)] for n in range(width)]
    beside = [
        n
        for n, cells in enumerate(columns)
        if n > labels and any(cells) and all(not cell or is_side(cell) for cell in cells)
    ]
    joined = []
    for line in rows:
        cells = [*line.cells]
        for n in reversed([n for n in beside if n < len(cells)]):
            cells[n - 1 : n + 1] = [f"{cells[n - 1]} {cells[n]}".strip()]
        joined.append(replace(line, cells=tuple(cells)))
    return joined


def is_amount(cell: str) -> bool:
    """Say whether a cell states an amount."""
    read = read_cell(cell)
    return bool(read and is_said(read))


def is_said(cell: Printed) -> bool:
    """Say whether an amount is stated in figures, not by a dash."""
    return cell.value is not None and bool(DIGIT.search(cell.text))


def begins_with_side(cells: Row) -> bool:
    """Say whether the first cell of a row is its side and nothing else."""
    return bool(cells) and cells[0].lower() in ROW_SIDES


def doubt_of(texts: Sequence[str], dashes_unsure: bool) -> str:
    """Say in words what keeps the amounts of a row from being read for sure; empty where nothing.

    Dashes apart from amounts are `dashes_unsure` by the table as a whole.
    """
    if dashes_unsure and any(map(_is_dash_apart, texts)):
        return _DASH
    decimals = {read.decimals for text in texts if (read := read_cell(text))}
    return _DECIMALS if decimals >= _CENTS else ""


def _is_dash_apart(text: str) -> bool:
    """Say whether a dash stands apart from an amount that does not say by its side what it is."""
    return bool(_DASH_APART.fullmatch(text)) and not text.endswith(("N", "n"))


def are_dashes_unsure(texts: Iterable[str]) -> bool:
    """Say whether a dash apart from an amount may be a cell of its own, in the cells of a table.

    It may where others are, or where no other is apart.
    """
    cells = list(texts)
    alone = any((read := read_cell(cell)) and read.nil for cell in cells)
    return alone or sum(map(_is_dash_apart, cells)) == 1
