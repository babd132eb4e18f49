"""Tables about reserves as they are printed: their heads, in the ways to read them, and their rows.

From cells; what they mean is not said here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.candidates import Reading
from doelenboom.sources.accounts.extraction.numbers.printed import Printed, read_cell
from doelenboom.sources.accounts.extraction.tables.cell_rows import (
    are_dashes_unsure,
    doubt_of,
)
from doelenboom.sources.accounts.extraction.tables.columns import column_of
from doelenboom.sources.accounts.extraction.tables.head_rows import (
    Row,
    column_heads,
    over_their_columns,
)
from doelenboom.sources.accounts.extraction.tables.reserve_columns import BALANCES, meaning_of
from doelenboom.sources.accounts.extraction.tables.stacked_rows import MARK
from doelenboom.sources.accounts.extraction.tables.table import Table, TableRow
from doelenboom.sources.accounts.extraction.words.texts import A_YEAR, joined, squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import (
    KIND_HEAD,
    LONGEST_HEADING,
    RESERVES,
)

_HEADS_MOST = 5
_FIELDS = ("field", "theme")
_NUMBERS = ("number", *_FIELDS)


@dataclass(frozen=True, kw_only=True)
class Sheet(Table):
    """A table: what stands over its names, and the ways to read the heads of its columns.

    Also its place among the lines, and that behind it.
    """

    label: str
    heads: Sequence[Sequence[str]]
    place: int
    after: int


def says(text: str) -> bool:
    """Say whether a head tells a balance or movement, a year, or a phase of the budget."""
    meaning = meaning_of(text)
    return bool(meaning.what or meaning.year or meaning.phase)


def sheet_of_cells(lines: Sequence[Line], place: int, before: Sheet | None = None) -> Sheet | None:
    """Read the table of cells that begins on a line.

    One without heads has those of the table just `before` it, where it is as wide.
    """
    block = lines[place : _end(lines, place)]
    start = next((n for n, line in enumerate(block) if amounts_of(line) > 1), len(block))
    if start == len(block):
        start = next((n for n, line in enumerate(block) if amounts_of(line)), len(block))
    while start and _is_title(block[start - 1]):
        start -= 1
    heads, body = block[:start], [line for line in block[start:] if line.text.strip()]
    width = max((len(line.cells) for line in body), default=0)
    if not body or len(heads) > _HEADS_MOST or width < 2:  # noqa: PLR2004
        return None
    ways, over = list(_heads(heads, width)), []
    if not heads and before and all(len(found) + 1 == width for found in before.heads):
        ways, heads = [[before.label, *found] for found in before.heads], list(before.head)
        over = [line for line in lines[before.after : place] if line.text.strip()]
    first = min((_first(found, body, width) for found in ways), default=1)
    kept = [n for n in range(first) if not _names_nothing(ways, body, n, first)]
    after = place + len(block)
    below = next((line for line in lines[after:] if line.text.strip()), Line(0, ""))
    body = list(_whole([*over, *body, below]))
    unsure = are_dashes_unsure(cell for line in body for cell in line.cells[first:])
    rows = [_row(line, kept, first, width, unsure) for line in body]
    labels = " ".join(dict.fromkeys(text for found in ways for text in found[:first] if text))
    return Sheet(
        rows=rows,
        first_line=block[0].number,
        last_line=block[-1].number,
        head=heads or block[:1],
        label=labels,
        heads=[found[first:] for found in ways],
        place=place,
        after=after,
    )


def _whole(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield rows but the last line, with names of which a bracket closes on the line below."""
    rest = ""
    for line, below in pairwise(lines):
        name = line.cells[0] if line.cells else ""
        if rest and line.text == rest:
            rest = ""
            continue
        goes_on = name.count("(") > name.count(")") and below.text.count(")") > below.text.count(
            "("
        )
        rest = below.text if goes_on else ""
        yield replace(line, cells=(f"{name} {rest}", *line.cells[1:])) if goes_on else line


def _end(lines: Sequence[Line], place: int) -> int:
    """Return the place behind a table: at another one, at text, or where heads come again."""
    end, table, body = place + 1, lines[place].table, amounts_of(lines[place]) > 1
    for at in range(place + 1, len(lines)):
        line = lines[at]
        loose = line.text.strip() and not line.cells
        if line.table != table and not (loose and not table):
            break
        if loose and (at - end > 0 or table or len(line.text) > LONGEST_HEADING):
            break
        again = sum(map(_heads_again, line.cells[1:]))
        if body and again > 1 and amounts_of(line) <= 1:
            break
        body = body or amounts_of(line) > 1
        end = at + 1 if line.cells else end
    return end


def _heads_again(cell: str) -> bool:
    return bool(meaning_of(cell).what or A_YEAR.fullmatch(cell))


def amounts_of(line: Line) -> int:
    """Count the amounts of a row behind its first cell; a year is none."""
    cells = [cell for cell in line.cells[1:] if not A_YEAR.fullmatch(cell)]
    return sum(bool((read := read_cell(cell)) and read.text) for cell in cells)


def _is_title(line: Line) -> bool:
    """Say whether a row has one text, which is no head: that of the rows below it."""
    texts = [cell for cell in line.cells if cell] or [line.text]
    return len(texts) == 1 and not meaning_of(texts[0]).what and not A_YEAR.fullmatch(texts[0])


def _heads(heads: Sequence[Line], width: int) -> Iterator[list[str]]:
    """Yield the ways to read the head of each column."""
    rows = [tuple(line.cells or (line.text,)) for line in heads]
    if not rows:
        yield [""] * width
    for placed in placed_heads(rows, width):
        for spread in (False, True):
            found = column_heads(mended(placed), spread)
            yield [*found, *[""] * width][:width]


def placed_heads(rows: Sequence[Row], width: int) -> Iterator[list[Row]]:
    """Yield rows of heads with each head in its column, where cells over several count for one."""
    if all(len(row) == width for row in rows):
        yield list(rows)
        return
    if found := over_their_columns(rows, width, 1):
        yield found
    last = rows[-1]
    if len(rows) > 1 and (groups := over_groups(rows[-2], last, width)):
        yield groups
    if len(rows) > 1 and len(last) == width and len(ways := _over_one(rows[-2], last)) == 1:
        yield ways[0]
    if len(rows) == 1 and len(last) < width:
        yield [(*[""] * (width - len(last)), *last)]
    certain = [row for row in rows if len(row) == width or len(rows) == 1 or not any(row[1:])]
    yield [(*row, *[""] * (width - len(row))) for row in certain]


def _over_one(upper: Row, lower: Row) -> list[list[Row]]:
    """Return the ways in which one head stands over several below it, and all others over one."""
    ways = []
    for row in (upper, ("", *upper)):
        more = len(lower) - len(row)
        for at in range(len(row) if more > 0 else more == 0):
            spread = (*row[:at], *[row[at]] * (more + 1), *row[at + 1 :])
            if all(map(_agree, spread, lower)):
                ways.append([(*row[: at + 1], *[""] * more, *row[at + 1 :]), lower])
    return ways


def _agree(high: str, low: str) -> bool:
    """Say whether a head may stand below another: a year below a balance, a movement not."""
    over, below = meaning_of(high), meaning_of(low)
    if over.what in BALANCES:
        return bool(over.year or below.year) and below.what in ("", over.what)
    return not (A_YEAR.fullmatch(low) or (over.what and below.what))


def over_groups(upper: Row, lower: Row, width: int) -> list[Row]:
    """Put heads over the groups below them, beside balances, which have no head below.

    Certain only where the same heads come again in each group.
    """
    over = upper[1:]
    below = lower if lower[0] else lower[1:]
    groups = [head for head in over if meaning_of(head).what not in BALANCES]
    each = len(below) // max(len(groups), 1)
    again = each > 1 and len(groups) > 1 and below == below[:each] * len(groups)
    if not again or len(over) - len(groups) + len(below) != width - 1:
        return []
    first, second, at = [upper[0]], [""], 0
    for head in over:
        if head in groups:
            first += [head, *[""] * (each - 1)]
            second += below[at : at + each]
            at += each
        else:
            first, second = [*first, head], [*second, ""]
    return [tuple(first), tuple(second)]


def mended(rows: Sequence[Row]) -> list[Row]:
    """Join words that are broken over two rows of heads, in the upper one."""
    cells = [list(row) for row in rows]
    for upper, lower in pairwise(cells):
        for n, text in enumerate(upper):
            if text.endswith("-") and n < len(lower) and lower[n]:
                upper[n], lower[n] = joined(text, lower[n]), ""
    return [tuple(row) for row in cells]


def _first(heads: Sequence[str], body: Sequence[Line], width: int) -> int:
    """Return the first column of amounts: not of numbers, nor one without a head before others."""
    counted = [n for n in range(1, width) if _figures(body, n) >= _words(body, n)]
    named = [n for n in counted if heads[n] and column_of(heads[n]).holds not in _NUMBERS]
    return next(iter(named), next((n for n in counted if _figures(body, n)), 1))


def _figures(body: Sequence[Line], column: int) -> int:
    return sum(bool(cell and read_cell(cell)) for cell in _column(body, column))


def _words(body: Sequence[Line], column: int) -> int:
    return sum(bool(cell and not read_cell(cell)) for cell in _column(body, column))


def _column(body: Sequence[Line], column: int) -> list[str]:
    return [line.cells[column] for line in body if line.cells[column:]]


def _names_nothing(
    ways: Sequence[Sequence[str]], body: Sequence[Line], column: int, first: int
) -> bool:
    """Say whether a column before the first of amounts has no names: kinds, programmes or numbers.

    Programmes beside a column of reserves are none either, nor marks behind names, below no head.
    """
    heads = [heads[column] for heads in ways]
    cells = [cell for cell in _column(body, column) if cell]
    if column and cells and not any(heads) and all(map(MARK.fullmatch, cells)):
        return True
    of_field = any(column_of(head).holds in _FIELDS for head in heads)
    named = any(RESERVES.search(text) for found in ways for text in found[:first])
    beside = of_field and (named or not _words(body, column))
    return beside or any(map(KIND_HEAD.match, heads))


def _row(line: Line, labels: Sequence[int], first: int, width: int, unsure: bool) -> TableRow:
    cells = [*(line.cells or (line.text,)), *[""] * width]
    label = squeezed(" ".join(cells[n] for n in labels if cells[n]))
    if not any(cells[first:width]):
        return TableRow(line.number, label, heading=True)
    if doubt := doubt_of(cells[first:width], unsure):
        return TableRow(line.number, line.text, problem=doubt)
    printed = tuple(read_cell(cell) or Printed(cell, None) for cell in cells[first:width])
    return TableRow(line.number, line.text, [Reading(label, printed)])


def is_garbled(cell: Printed) -> bool:
    """Say whether a cell is no amount, nor a sign of silence."""
    return cell.value is None and read_cell(cell.text) is None
