"""Tables about reserves without cells: a row on each line of text, or a cell on each line.

Of the latter empty cells are lost: a row with fewer amounts than columns can be read in many ways.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, takewhile
from math import comb

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.candidates import Reading, placements, read_row
from doelenboom.sources.accounts.extraction.numbers.printed import read_cell
from doelenboom.sources.accounts.extraction.numbers.runs import number_run
from doelenboom.sources.accounts.extraction.tables.cell_rows import are_dashes_unsure, doubt_of
from doelenboom.sources.accounts.extraction.tables.columns import (
    column_of,
    columns_of_statement,
    moved_in,
)
from doelenboom.sources.accounts.extraction.tables.heads import YEAR, is_phase
from doelenboom.sources.accounts.extraction.tables.reserve_columns import (
    BALANCES,
    MOVEMENTS,
    meaning_of,
)
from doelenboom.sources.accounts.extraction.tables.reserve_heads import (
    LABELS,
    MOST_HEADINGS,
    label_place,
    stacked_heads,
)
from doelenboom.sources.accounts.extraction.tables.reserve_sheets import Sheet
from doelenboom.sources.accounts.extraction.tables.stacked_rows import without_marks
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, opening, whole
from doelenboom.sources.accounts.extraction.words.texts import A_YEAR, joined, squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import (
    KIND_HEAD,
    LONGEST_HEADING,
    PROVISIONS,
    RESERVES,
)

_MOST_HEADS, _MOST_LINES, _MOST_WAYS = 60, 4_000, 300
_FEW = 6
"""Of so many rows one may have more amounts than there are heads."""
_ABOVE, _NEAR = 12, 120
"""Lines from the first head on by which the heads are found."""
_FIELDS = ("field", "theme")
_CODE = whole(r"[A-Z]{0,2}[.]?\d{1,6}(?:[.]\d{1,4})?(?:\s[A-Z]{0,2}[.]?\d{1,6})?[.]?", ANY_CASE)
_NUMBER, _LONG_NUMBER = whole(r"\d{1,12}"), 5
_FIRST, _NUMBERED = whole(r"1|\d{5,12}"), opening(r"1\s")
"""The number of a reserve on a line of its own, which counts up, or is no amount by its length."""


def sheet_of_text(lines: Sequence[Line], place: int, tried: bool = False) -> Sheet | None:
    """Read the table whose heads stand on a line, or begin on it with a cell on each line.

    The latter not where they were `tried` from a line above.
    """
    text = lines[place].text
    if not may_begin(text):
        return None
    moved = moved_in(text)
    if set(moved) & set(BALANCES) and len(moved) > 2 and set(moved) & set(MOVEMENTS):  # noqa: PLR2004
        return _of_rows(lines, place)
    return None if tried else _of_cells(lines, place)


@lru_cache(maxsize=16_384)
def may_begin(text: str) -> bool:
    """Say whether heads of a table about reserves may begin with a text."""
    return bool(moved_in(text) or YEAR.search(text) or is_phase(text))


def _of_rows(lines: Sequence[Line], place: int) -> Sheet:
    """Read the table with a row on each line; where numbers of fields may stand in it, no row."""
    head = lines[place]
    known = columns_of_statement(head.text)
    before = head.text.split(known[0].head)[0]
    end, rows = place + 1, []
    for at in range(place + 1, len(lines)):
        line = lines[at]
        if line.cells or _is_provision(line.text) or len(moved_in(line.text)) > 2:  # noqa: PLR2004
            break
        if len(number_run(line.text)[1].split()) > 1:
            found = read_row(line.text, len(known), lambda _: True)
            rows.append(TableRow(line.number, line.text, (*found.fitting, *found.others)))
            end = at + 1
        elif line.text.strip() and at - end > 1:
            break
    if any(column_of(word).holds in _FIELDS for word in before.split()):
        rows = []
    return _sheet([head], before, [each.head for each in known], rows, lines[:end])


def _is_provision(text: str) -> bool:
    return bool(PROVISIONS.match(text.strip()))


def _back(lines: Sequence[Line], place: int) -> int:
    """Return the place of the few texts above a line that may be heads as well."""
    near = range(place - 1, max(place - _ABOVE, 0) - 1, -1)
    cells = takewhile(lambda at: _is_cell(lines[at]) and not _is_amount(lines[at]), near)
    return next(reversed([at for at in cells if lines[at].text.strip()][:LABELS]), place)


@dataclass(frozen=True)
class _Part:
    """Lines that are texts, or that are amounts."""

    amounts: bool
    lines: Sequence[Line]


def _of_cells(lines: Sequence[Line], place: int) -> Sheet | None:
    """Read the table with a cell on each line whose heads begin on a line or below it."""
    if not _may_be_of_reserves(lines, place):
        return None
    place = _back(lines, place)
    parts = _parts(lines[place : place + _NEAR])
    if len(parts) < 2 or parts[0].amounts or len(parts[0].lines) > _MOST_HEADS:  # noqa: PLR2004
        return None
    texts = [squeezed(line.text) for line in parts[0].lines]
    near = lines[max(place - _ABOVE, 0) : place]
    before = [line for line in reversed(near) if line.text.strip()][:LABELS]
    above = [squeezed(line.text) for line in takewhile(_is_cell, before)][::-1]
    runs = [len(part.lines) for part in parts if part.amounts]
    for start, end, label, heads in stacked_heads([*above, *texts], len(above), runs):
        over = [*above, *texts][: len(above) + start]
        numbered = any(column_of(text).holds == "number" for text in over)
        if not _fits(_rows(parts, end, len(heads), numbered)[0]):
            continue
        parts = _parts(lines[place : place + _MOST_LINES])
        rows, last = _rows(parts, end, len(heads), numbered)
        beside = over[-LABELS:]
        if any(column_of(text).holds in _FIELDS or KIND_HEAD.match(text) for text in beside):
            rows = []  # numbers of fields may stand among the amounts, and kinds among names
        after = next((n for n, line in enumerate(lines) if line.number > last), len(lines))
        return _sheet(parts[0].lines[start:end], label, heads, rows, lines[:after])
    return None


def _may_be_of_reserves(lines: Sequence[Line], place: int) -> bool:
    """Say whether reserves and a balance are named near a line, and an amount soon stands alone."""
    if first_amount(lines, place) is None:
        return False
    near = lines[max(place - _ABOVE, 0) : place + _NEAR]
    return any(RESERVES.search(line.text) for line in near) and any(
        meaning_of(line.text).what in BALANCES for line in near if len(line.text) <= LONGEST_HEADING
    )


def first_amount(lines: Sequence[Line], place: int) -> int | None:
    """Return the place of the first amount alone on a line, among the lines that may be heads."""
    count = 0
    for at in range(place, len(lines)):
        if not _is_cell(lines[at]) or count > _MOST_HEADS:
            return None
        if _is_amount(lines[at]):
            return at
        count += bool(lines[at].text)
    return None


def _sheet(
    head: Sequence[Line],
    label: str,
    heads: Sequence[str],
    rows: Sequence[TableRow],
    lines: Sequence[Line],
) -> Sheet:
    """Return the table to the end of some lines."""
    place = next(n for n, line in enumerate(lines) if line.number == head[0].number)
    return Sheet(
        rows=rows,
        first_line=head[0].number,
        last_line=lines[-1].number,
        head=head,
        label=label,
        heads=[heads],
        place=place,
        after=len(lines),
    )


def _fits(rows: Sequence[TableRow]) -> bool:
    """Say whether some row has an amount for each head, and few more than there are heads.

    Behind a row its sum without a name may stand, and either have a blank; the last may be cut.
    """
    printed = [row for row in rows if not row.heading]
    whole = any(row.sole and all(cell.text for cell in row.sole) for row in printed)
    unread = sum(not (row.readings or row.problem) for row in printed)
    return whole and unread <= len(printed) // _FEW


def _parts(lines: Sequence[Line]) -> list[_Part]:
    """Divide lines, up to a long one or one with cells, in texts and amounts.

    The number of the first row is of its name.
    """
    cells = _cells(list(takewhile(_is_cell, lines)))
    parts = [_Part(key, list(group)) for key, group in groupby(cells, key=_is_amount)]
    heads, number, names = (part.lines for part in [*parts, *[_Part(False, ())] * 3][:3])
    numbered = any(column_of(line.text).holds == "number" for line in heads)
    first = numbered and len(number) == 1 and _FIRST.fullmatch(number[0].text.strip())
    if first and names:
        named = replace(names[0], text=f"{number[0].text.strip()} {names[0].text.strip()}")
        parts[:3] = [_Part(False, [*heads, named, *names[1:]])]
    return parts


def _cells(near: Sequence[Line]) -> list[Line]:
    """Return lines as cells; where blank lines stand between these, lines without one are one."""
    blanks = sum(not line.text.strip() for line in near)
    apart = 3 * blanks > len(near)
    cells: list[Line] = []
    follows = False
    for line in near:
        if not line.text.strip():
            follows = False
            continue
        if follows and apart and not _is_amount(line) and not _is_amount(cells[-1]):
            cells[-1] = replace(cells[-1], text=joined(cells[-1].text, line.text))
        else:
            cells.append(line)
        follows = True
    return cells


def _is_cell(line: Line) -> bool:
    return not line.cells and len(line.text) <= LONGEST_HEADING


def _is_amount(line: Line) -> bool:
    return _reads_amount(line.text.strip())


@lru_cache(maxsize=16_384)
def _reads_amount(text: str) -> bool:
    return bool(text) and read_cell(text) is not None and not A_YEAR.fullmatch(text)


def _rows(
    parts: Sequence[_Part], heads: int, width: int, numbered: bool
) -> tuple[list[TableRow], int]:
    """Read the rows below some heads, each with its name above its amounts, and the last line."""
    named = [parts[0].lines[heads:], *(part.lines for part in parts[2::2])][: len(parts) // 2]
    again = (n for n, names in enumerate(named) if n and _begins_again(names))
    named = without_marks(named[: next(again, None)])
    unsure = are_dashes_unsure(line.text.strip() for part in parts[1::2] for line in part.lines)
    rows: list[TableRow] = []
    number, last, count = "", 0, int(bool(_NUMBERED.match(named[0][-1].text)))
    for names, amounts in zip(named, parts[1::2], strict=False):
        texts, values = list(names), list(amounts.lines)
        after = values[-1].text.strip()
        own, number = number, ""
        follows = after == str(count + 1) or len(after) >= _LONG_NUMBER
        if numbered and _NUMBER.fullmatch(after) and follows and len(values) % width:
            values, number, count = values[:-1], after, count + 1
        if len(texts) > MOST_HEADINGS:
            break
        last = amounts.lines[-1].number
        if not values:
            rows += [TableRow(line.number, squeezed(line.text), heading=True) for line in texts]
            continue
        label, above = _label(texts, own)
        rows += [TableRow(line.number, squeezed(line.text), heading=True) for line in above]
        rows += _of_amounts(label, values, width, unsure)
    return rows, last


def _begins_again(lines: Sequence[Line]) -> bool:
    said = [line for line in lines if meaning_of(line.text).what or A_YEAR.fullmatch(line.text)]
    return len(said) > 1 and not is_phase(lines[-2].text if len(lines) > 1 else "")


def _label(texts: Sequence[Line], number: str) -> tuple[Line, Sequence[Line]]:
    """Return the name of a row with its number or year, and the headings above it."""
    *above, label = texts
    dated = bool(above) and label_place([line.text.strip() for line in texts]) < len(above)
    while above and (dated or _CODE.fullmatch(above[-1].text.strip())):
        label = replace(above.pop(), text=f"{texts[len(above)].text.strip()} {label.text.strip()}")
        dated = False
    if number:
        label = replace(label, text=f"{number} {label.text.strip()}")
    return label, above


def _of_amounts(
    label: Line, values: Sequence[Line], width: int, unsure: bool
) -> Iterator[TableRow]:
    """Yield the row of some amounts, and that of a sum without a name behind it."""
    if len(values) == 2 * width:
        yield from _of_amounts(label, values[:width], width, unsure)
        yield from _of_amounts(Line(values[width].number, ""), values[width:], width, unsure)
        return
    name = squeezed(label.text)
    text = " ".join([name, *(line.text.strip() for line in values)]).strip()
    printed = tuple(cell for line in values if (cell := read_cell(line.text)))
    doubt = doubt_of([line.text.strip() for line in values], unsure)
    ways: list[Reading] = []
    if not doubt and len(printed) <= width and comb(width, len(printed)) <= _MOST_WAYS:
        ways = [Reading(name, placed) for placed in placements(printed, width)]
    yield TableRow(label.number, text, ways, problem=doubt)
