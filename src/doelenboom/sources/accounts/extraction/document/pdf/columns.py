"""Columns of a table without a box: figures that stand below each other make a column.

A head belongs to the columns that it stands over; where it may be that of either of two, it is
given to none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.document.pdf.letters import Piece
from doelenboom.sources.accounts.extraction.document.pdf.printed import (
    Printed,
    amounts_in,
    is_amount,
    made_row,
)
from doelenboom.sources.accounts.extraction.words.texts import joined

_PUSHED = 1.3
"""Blank before a head that had to make room for the one before it, in its size."""


@dataclass
class Column:
    """Where the texts of a column stand, and whether they are amounts."""

    x0: float
    x1: float
    amounts: bool

    def overlap(self, piece: Piece) -> float:
        return min(self.x1, piece.x1) - max(self.x0, piece.x0)


def columns_of(seeds: Sequence[Printed]) -> list[Column]:
    """Find the columns of rows with amounts, from left to right."""
    amounts: list[Column] = []
    texts: list[Column] = []
    for line in seeds:
        for piece in line.pieces:
            if is_amount(piece):
                amounts.append(Column(piece.x0, piece.x1, amounts=True))
            elif amounts_in(piece) == (piece,):
                texts.append(Column(piece.x0, piece.x1, amounts=False))
    amounts, texts = _distinct(amounts), _distinct(texts)
    for text in texts:
        over = [c for c in amounts if min(c.x1, text.x1) > max(c.x0, text.x0)]
        if not over or text.x0 < amounts[0].x0:
            amounts.append(text)
    return sorted(amounts, key=lambda column: (column.x0 + column.x1, column.x0))


def _distinct(columns: Sequence[Column]) -> list[Column]:
    """Make one column of those that stand over each other."""
    found: list[Column] = []
    for column in sorted(columns, key=lambda column: column.x0):
        if found and column.x0 < found[-1].x1:
            found[-1].x1 = max(found[-1].x1, column.x1)
        else:
            found.append(Column(column.x0, column.x1, column.amounts))
    return found


def with_heads(columns: list[Column], heads: Sequence[Printed]) -> list[Column]:
    """Add the columns that only a head tells of, or give a head beside its amounts its column."""
    alone: list[Column] = []
    named: set[int] = set()
    for place, line in enumerate(heads):
        spanning = _spanned(line, heads[place + 1 :], columns)
        for piece in () if spanning else line.pieces:
            over = [n for n, column in enumerate(columns) if column.overlap(piece) > 0]
            named.update(over)
            if not over and piece.x1 > columns[0].x1:
                alone.append(Column(piece.x0, piece.x1, amounts=False))
    alone = _distinct(alone)
    for n, column in enumerate(columns):
        if column.amounts and n not in named:
            left = columns[n - 1].x1 if n else 0.0
            beside = [head for head in alone if left <= head.x0 and head.x1 <= column.x0]
            if len(beside) == 1:
                column.x0 = beside[0].x0
                alone.remove(beside[0])
    return sorted([*columns, *alone], key=lambda column: (column.x0 + column.x1, column.x0))


def cells_of(group: Sequence[Printed], columns: Sequence[Column]) -> list[str] | None:
    """Place the pieces of a row in columns; None where an amount has no place of its own."""
    cells = [""] * len(columns)
    amounts: set[int] = set()
    for line in group:
        for piece in line.pieces:
            if amounts_in(piece) != (piece,):
                placed = _word_places(piece, columns)
            elif is_amount(piece) and all(column.overlap(piece) <= 0 for column in columns):
                return None
            else:
                placed = [(piece.text, _column_of(piece, columns, is_amount(piece)))]
            stated = [at for _, at in placed if is_amount(piece) or len(placed) > 1]
            if not placed or len({*stated} - amounts) < len(stated):
                return None
            amounts.update(stated)
            for text, at in placed:
                cells[at] = joined(cells[at], text) if cells[at] else text
    return cells


def _column_of(piece: Piece, columns: Sequence[Column], amount: bool) -> int:
    """Return the column that a piece stands in, or stands nearest to."""
    fitting = [n for n, column in enumerate(columns) if column.amounts == amount]
    over = [n for n in fitting if columns[n].overlap(piece) > 0]
    among = over or [n for n, column in enumerate(columns) if column.overlap(piece) > 0]
    among = among or list(range(len(columns)))
    return max(among, key=lambda n: columns[n].overlap(piece))


def head_rows(heads: Sequence[Printed], columns: Sequence[Column]) -> Iterator[Line]:
    """Yield the heads: a row for each line that spans columns, and one for the lines below.

    Where one may be that of either of two columns, or a column has none, none is given to any.
    """
    rows: list[Line] = []
    rest: list[Printed] = []
    alone: set[int] = set()
    for n, line in enumerate(heads):
        spanned = [] if rest else _spanned(line, heads[n + 1 :], columns)
        for each in () if spanned or rest else (line, _divided(line, columns)):
            if not spanned and (spanned := _over_run(each, heads[n + 1 :], columns)):
                alone.update(at for _, at in spanned)
        if spanned:
            cells = [""] * len(columns)
            for piece, at in spanned:
                cells[at] = piece.text
            rows.append(made_row(line.number, cells))
        else:
            rest.append(line)
    cells = [""] * len(columns)
    placed = [_head_places(piece, columns) for line in rest for piece in line.pieces]
    for text, at in chain.from_iterable(placed):
        cells[at] = joined(cells[at], text) if cells[at] else text
    silent = any(
        column.amounts and not cells[n] and n not in alone for n, column in enumerate(columns) if n
    )
    if silent or not all(placed):
        yield from (Line(line.number, line.text) for line in heads)
        return
    yield from rows
    if rest:
        yield made_row(rest[0].number, cells)


def _head_places(piece: Piece, columns: Sequence[Column]) -> list[tuple[str, int]]:
    """Place a head, or each of several whose words stand close; none where a word may be of two."""
    if not _is_unsure(piece, columns):
        return [(piece.text, max(range(len(columns)), key=lambda n: columns[n].overlap(piece)))]
    return _word_places(piece, columns)


def _word_places(piece: Piece, columns: Sequence[Column]) -> list[tuple[str, int]]:
    """Place the words of a piece each in its column; none where a word may be of two."""
    over = [[n for n, column in enumerate(columns) if column.overlap(word) > 0]
            for word in piece.words]  # fmt: skip
    if any(len(places) > 1 for places in over):
        return []
    found: list[tuple[str, int]] = []
    for n, (word, places) in enumerate(zip(piece.words, over, strict=True)):
        at = places[0] if places else _beside(piece.words, over, n)
        if at is None:
            return []
        found.append((word.text, at))
    return found


def _beside(words: Sequence[Piece], over: Sequence[Sequence[int]], n: int) -> int | None:
    """Return the column of the words beside one that stands over none, where that is certain.

    Between two columns words part at the widest blank, if it is plainly wider than the others.
    """
    before = next((m for m in range(n, -1, -1) if over[m]), None)
    after = next((m for m in range(n, len(words)) if over[m]), None)
    if before is None or after is None or over[before] == over[after]:
        known = after if before is None else before
        return None if known is None else over[known][0]
    blanks = [(words[m + 1].x0 - words[m].x1, m) for m in range(before, after)]
    (widest, at), (next_widest, _) = sorted(blanks, reverse=True)[:2]
    if widest < 1.3 * max(next_widest, 0.1):
        return None
    return over[before][0] if n <= at else over[after][0]


def _is_unsure(piece: Piece, columns: Sequence[Column]) -> bool:
    """Say whether a head stands over several columns, of which it may be any."""
    return sum(column.amounts and column.overlap(piece) > 1 for column in columns) > 1


def _spanned(
    line: Printed, below: Sequence[Printed], columns: Sequence[Column]
) -> list[tuple[Piece, int]]:
    """Place heads that each stand over as many columns, or one that stands over all of them.

    They stand in the middle of these, or anywhere over them where the heads below say the same of
    each group.
    """
    first = next(n for n, column in enumerate(columns) if column.amounts)
    labels = [
        (piece, n)
        for piece in line.pieces
        for n in [n for n, column in enumerate(columns[:first]) if column.overlap(piece) > 0][:1]
    ]
    pieces = [piece for piece in line.pieces if piece not in dict(labels)]
    count = len(columns) - first
    if not pieces or len(pieces) >= count:
        return []
    if grouped := _over_groups(pieces, below[-1:], columns):
        return [*labels, *grouped]
    if count % len(pieces):
        return []
    if len(line.pieces) == 1 and (count == 1 or _is_unsure(pieces[0], columns)):
        return [(pieces[0], 0)]  # a title, which is about every column
    size = count // len(pieces)
    groups = [columns[first + n * size : first + (n + 1) * size] for n in range(len(pieces))]
    over = list(zip(pieces, groups, strict=True))
    if not all(_stands_in_middle(piece, group) for piece, group in over) and not (
        _are_repeated(below, len(pieces), size)
        and all(
            _begins_over(piece, group, columns) or _is_pushed(pieces[n - 1 : n], piece)
            for n, (piece, group) in enumerate(over)
        )
    ):
        return []
    placed = [(piece, first + n * size) for n, piece in enumerate(pieces)]
    return [*labels, *placed]


def _over_groups(
    pieces: Sequence[Piece], below: Sequence[Printed], columns: Sequence[Column]
) -> list[tuple[Piece, int]]:
    """Place heads each over the group of columns that it stands in.

    A group of several begins where a head of the line below comes again, and says what the first
    one says or a part of that.
    """
    texts: dict[int, str] = {}
    for piece in (piece for line in below for piece in line.pieces):
        places = [n for n in _columns_over(piece, columns) if columns[n].amounts]
        if len(places) > 1 or texts.keys() & {*places}:
            return []
        texts.update(dict.fromkeys(places, piece.text))
    groups: list[list[int]] = []
    for n in sorted(texts):
        if not groups or texts[n] in [texts[at] for at in groups[-1]]:
            groups.append([])
        groups[-1].append(n)
    said = [[texts[n] for n in group] for group in groups]
    alike = all(each == [text for text in said[0] if text in each] for each in said)
    every = len(texts) == sum(column.amounts for column in columns)
    over = [
        [group for group in groups if {*group} & {*_columns_over(piece, columns)}]
        for piece in pieces
    ]
    certain = every and alike and len(groups) > 1 < len(said[0])
    if not certain or over != [[group] for group in groups]:
        return []
    return [(piece, group[0]) for piece, group in zip(pieces, groups, strict=True)]


def _stands_in_middle(piece: Piece, group: Sequence[Column]) -> bool:
    left, right = group[0].x0, group[-1].x1
    return abs((piece.x0 + piece.x1) - (left + right)) / 2 <= (right - left) / len(group) / 4


def _begins_over(piece: Piece, group: Sequence[Column], columns: Sequence[Column]) -> bool:
    """Say whether a head begins over some columns, or between them and the one before."""
    over = min(piece.x1, group[-1].x1) - max(piece.x0, group[0].x0)
    before = max((column.x1 for column in columns if column.x1 <= group[0].x0), default=0.0)
    return over > (piece.x1 - piece.x0) / 2 or before <= piece.x0 < group[-1].x1


def _is_pushed(before: Sequence[Piece], piece: Piece) -> bool:
    """Say whether a head begins where the long one before it left room."""
    return any(piece.x0 - each.x1 <= _PUSHED * piece.size for each in before)


def _over_run(
    line: Printed, below: Sequence[Printed], columns: Sequence[Column]
) -> list[tuple[Piece, int]]:
    """Place heads of which one stands over several columns: those alone that have a head below."""
    first = next(n for n, column in enumerate(columns) if column.amounts)
    each = ([_columns_over(piece, columns) for piece in under.pieces] for under in below)
    lower = next((over for over in each if any(n >= first for at in over for n in at)), [])
    run = [n for places in lower for n in places]
    if len(run) < 2 or any(len(places) != 1 for places in lower):  # noqa: PLR2004
        return []
    places = [
        {n for n, column in enumerate(columns) if column.overlap(piece) > 0}
        for piece in line.pieces
    ]
    over = [piece for piece, at in zip(line.pieces, places, strict=True) if at & {*run}]
    own = [at for at in places if not at & {*run}]
    amounts = {n for n, column in enumerate(columns) if column.amounts}
    named = {n for at in own for n in at}
    if (
        len(over) != 1
        or run != list(range(run[0], run[0] + len(run)))
        or any(len(at) != 1 for at in own)
        or len(named) != len(own)
        or not amounts <= named | {*run}
        or any(at - {*run} for at in places if at & {*run})
    ):
        return []
    return [
        (piece, run[0] if at & {*run} else min(at))
        for piece, at in zip(line.pieces, places, strict=True)
    ]


def _columns_over(piece: Piece, columns: Sequence[Column]) -> list[int]:
    return [n for n, column in enumerate(columns) if column.overlap(piece) > 0]


def _divided(line: Printed, columns: Sequence[Column]) -> Printed:
    """Divide the pieces of which the words stand each over one column, several over another."""
    pieces: list[Piece] = []
    for piece in line.pieces:
        placed = _word_places(piece, columns) if _is_unsure(piece, columns) else []
        words = zip(piece.words, (at for _, at in placed), strict=False)
        for _, group in groupby(words, key=lambda each: each[1]):
            of = [word for word, _ in group]
            text = " ".join(word.text for word in of)
            pieces.append(replace(of[0], text=text, x1=of[-1].x1, words=tuple(of)))
        pieces += () if placed else (piece,)
    return replace(line, pieces=tuple(pieces))


def _are_repeated(heads: Sequence[Printed], times: int, size: int) -> bool:
    """Say whether a line of heads says the same so many times, each of them once in it."""
    pieces = [[piece.text for piece in line.pieces] for line in heads]
    words = [[word.text for piece in line.pieces for word in piece.words] for line in heads]
    texts = [text[-times * size :] for text in (*pieces, *words)]
    return any(
        len(text) == times * size == times * len({*text[:size]}) and text == text[:size] * times
        for text in texts
    )
