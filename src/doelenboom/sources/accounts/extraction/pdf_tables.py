"""Tables on the pages of a PDF: rows and cells, by the rules that are drawn, else by blanks.

Rules that stand divide columns, rules that lie divide rows. Where none are drawn, figures that
stand below each other make a column, and a line belongs to the row that it stands closer to than
rows stand to each other. What fits no columns stays text. No figure is read here.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from doelenboom.sources.accounts.extraction.grid import DIGIT, LONGEST_HEADING
from doelenboom.sources.accounts.extraction.names import continues, joined
from doelenboom.sources.accounts.extraction.numbers import read_cell
from doelenboom.sources.accounts.extraction.patterns import whole
from doelenboom.sources.accounts.extraction.pdf_pages import Page, Piece, Rule
from doelenboom.sources.accounts.extraction.vocabulary import section_of

_YEAR = whole(r"(?:19|20)\d\d")
_NEAR = 3.0
"""Points within which two rules are one, and an edge of a text stands at an edge of a column."""
_FRAME = 0.9
"""Share of the height of a page from which on a rule is a frame around it."""
_BETWEEN = 3
"""Lines without figures that may stand between two rows."""
_HEADS = 8
_APART = 3.5
"""Blank between two lines of one table, in their size."""
_CLOSE = 0.93
"""Share of the distance between rows within which a line belongs to a row."""


@dataclass(frozen=True)
class Printed:
    """One printed line: its number in the document, its page, its pieces from left to right."""

    number: int
    page: Page
    pieces: tuple[Piece, ...]

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def top(self) -> float:
        return min(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        return max(piece.bottom for piece in self.pieces)

    @property
    def text(self) -> str:
        return "   ".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class TableRow:
    """A row of a table: the number of its first line, its text, and its cells, if it has any."""

    number: int
    text: str
    cells: tuple[str, ...] = ()


def _row(number: int, cells: Sequence[str]) -> TableRow:
    return TableRow(number, "  ".join(cell for cell in cells if cell), tuple(cells))


def is_amount(piece: Piece) -> bool:
    """Say whether a piece is an amount, or a dash in its place; years are none."""
    if _YEAR.fullmatch(piece.text):
        return False
    cell = read_cell(piece.text)
    return cell is not None and cell.value is not None and (cell.nil or _has_digit(piece))


def _has_digit(piece: Piece) -> bool:
    return bool(DIGIT.search(piece.text))


def has_figures(line: Printed) -> bool:
    """Say whether a line has several amounts, as a row of a cost table does."""
    amounts = [part for piece in line.pieces for part in _parts(piece) if is_amount(part)]
    return len(amounts) > 1 and any(map(_has_digit, amounts))


def _parts(piece: Piece) -> Sequence[Piece]:
    """Return the amounts that make up a piece, where it is none itself; else the piece."""
    apart = len(piece.words) > 1 and not is_amount(piece) and all(map(is_amount, piece.words))
    return piece.words if apart else (piece,)


def find_table(lines: Sequence[Printed], place: int) -> tuple[list[TableRow], int]:
    """Read the table that begins on a line, if one does, and return the place after it."""
    for find in (_ruled, _open):
        rows, end = find(lines, place)
        if rows:
            return rows, end
    return [], place + 1


# --- by rules ---


def _walls(line: Printed) -> list[float]:
    """Return where rules stand beside and between the pieces of a line; a frame is none."""
    return _merged(
        rule.at
        for rule in line.page.standing
        if rule.start - 1 <= line.middle <= rule.end + 1
        and rule.end - rule.start < _FRAME * line.page.height
    )


def _merged(places: Iterator[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found


def _is_boxed(line: Printed) -> bool:
    """Say whether a line stands between two rules."""
    walls = _walls(line)
    return (
        len(walls) > 1 and walls[0] <= line.pieces[0].x0 + 1 and walls[-1] >= line.pieces[-1].x1 - 1
    )


def _ruled(lines: Sequence[Printed], place: int) -> tuple[list[TableRow], int]:
    """Read the table in a box that begins on a line; it may go on at the top of the next page."""
    end = place
    while end < len(lines) and _is_boxed(lines[end]):
        if end > place and not _are_in_one_box(lines[end - 1], lines[end]):
            break
        end += 1
    block = lines[place:end]
    walls = _merged(wall for line in block for wall in _walls(line))
    groups = _between_rules(block, walls)
    if len(groups) < 2 or len(walls) < 3:  # noqa: PLR2004
        return [], place + 1
    rows = []
    for group in groups:
        cells = [""] * (len(walls) - 1)
        for line in group:
            own = _walls(line)
            for piece in line.pieces:
                left = max((wall for wall in own if wall <= piece.x0 + _NEAR), default=walls[0])
                at = sum(wall <= left + _NEAR for wall in walls[1:-1])
                cells[at] = joined(cells[at], piece.text) if cells[at] else piece.text
        rows.append(_row(group[0].number, cells))
    return rows, end


def _are_in_one_box(above: Printed, below: Printed) -> bool:
    """Say whether a rule stands beside two lines and between them, or a page ends there."""
    if above.page is not below.page:
        ours, theirs = _walls(above), _walls(below)
        return abs(ours[0] - theirs[0]) <= _NEAR and abs(ours[-1] - theirs[-1]) <= _NEAR
    middle = (above.bottom + below.top) / 2
    return any(rule.start - 1 <= middle <= rule.end + 1 for rule in above.page.standing)


def _between_rules(block: Sequence[Printed], walls: Sequence[float]) -> list[list[Printed]]:
    """Group lines in rows: those between two rules, unless these leave several rows together."""
    groups: list[list[Printed]] = []
    for line in block:
        before = groups[-1][-1] if groups else None
        if before and before.page is line.page and not _divided(before, line, walls):
            groups[-1].append(line)
        else:
            groups.append([line])
    if all(sum(map(has_figures, group)) < 2 for group in groups):  # noqa: PLR2004
        return groups
    return _by_distance(block)


def _divided(above: Printed, below: Printed, walls: Sequence[float]) -> bool:
    """Say whether rules lie between two lines along most of the table."""
    between = [
        rule
        for rule in above.page.lying
        if above.middle < rule.at < below.middle
        and rule.end >= walls[0] - 1
        and rule.start <= walls[-1] + 1
    ]
    return _covered(between) > 0.5 * (walls[-1] - walls[0])


def _covered(rules: Sequence[Rule]) -> float:
    """Return along how much some rules lie, each place counted once."""
    total, reached = 0.0, float("-inf")
    for rule in sorted(rules, key=lambda rule: rule.start):
        total += max(0.0, rule.end - max(rule.start, reached))
        reached = max(reached, rule.end)
    return total


# --- by blanks ---


@dataclass
class _Column:
    """Where the texts of a column stand, and whether they are amounts."""

    x0: float
    x1: float
    amounts: bool

    def overlap(self, piece: Piece) -> float:
        return min(self.x1, piece.x1) - max(self.x0, piece.x0)


def _open(lines: Sequence[Printed], place: int) -> tuple[list[TableRow], int]:
    """Read the table without a box whose heads begin on a line."""
    first = _first_row(lines, place)
    if first is None:
        return [], place + 1
    heads = {line.text for line in lines[place:first]}
    end = _open_end(lines, first, heads)
    seeds = [line for line in lines[first:end] if has_figures(line)]
    if _head_start(lines, place, first, seeds) != place or len(seeds) < 2:  # noqa: PLR2004
        return [], place + 1
    start = _body_start(lines, place, first)
    columns = _with_heads(_columns(seeds), lines[place:start])
    body = [line for line in lines[start:end] if line.text not in heads or line in lines[:first]]
    rows = list(_head_rows(lines[place:start], columns))
    for group in _by_distance(body):
        cells = _cells(group, columns)
        if cells is None:
            return [], place + 1
        rows.append(_row(group[0].number, cells))
    return rows, end


def _first_row(lines: Sequence[Printed], place: int) -> int | None:
    """Return where the first row of amounts stands whose heads may begin on a line."""
    for at in range(place, min(place + _HEADS + 1, len(lines))):
        if has_figures(lines[at]):
            return None if _ruled(lines, at)[0] else at
    return None


def _open_end(lines: Sequence[Printed], first: int, heads: Collection[str]) -> int:
    """Return the place behind the last row below a first one; its heads may come again."""
    end, without = first + 1, 0
    left = min(piece.x0 for piece in lines[first].pieces if is_amount(piece))
    for at in range(first + 1, len(lines)):
        line = lines[at]
        if not _is_near(lines[at - 1], line) or (_is_boxed(line) and _ruled(lines, at)[0]):
            break
        if line.text in heads:
            continue
        if has_figures(line) or any(map(is_amount, line.pieces[1:])):
            end, without = at + 1, 0
            continue
        without += 1
        is_label = len(line.pieces) == 1 and len(line.text) <= LONGEST_HEADING
        crosses = line.pieces[0].x0 < left < line.pieces[0].x1 - 10 * _NEAR
        if without > _BETWEEN or crosses or not is_label:
            break
    if end < len(lines) and _ends_name(lines, end):
        end += 1
    return end


def _ends_name(lines: Sequence[Printed], at: int) -> bool:
    """Say whether a line ends the name of the last row, to which it stands close."""
    line, above = lines[at], lines[at - 1]
    alone = len(line.pieces) == 1 and line.page is above.page
    return alone and continues(above.pieces[0].text, line.text) and _is_near(above, line, 1.0)


def _is_near(above: Printed, below: Printed, apart: float = _APART) -> bool:
    if above.page is not below.page:
        return above.page.number + 1 == below.page.number
    return below.top - above.bottom <= apart * max(piece.size for piece in below.pieces)


def _head_start(lines: Sequence[Printed], place: int, first: int, seeds: Sequence[Printed]) -> int:
    """Return where the heads above a first row begin: at the line, or where nothing does."""
    left = min(piece.x0 for line in seeds for piece in line.pieces if is_amount(piece))
    start = first
    for at in range(first - 1, place - 1, -1):
        line = lines[at]
        long = any(len(piece.text) > LONGEST_HEADING // 2 for piece in line.pieces)
        if not _is_near(line, lines[at + 1], 2.5) or section_of(line.text):
            break
        if long and len(line.pieces) > 1:
            break
        among = all(piece.x0 >= left - 10 * _NEAR for piece in line.pieces)
        if len(line.pieces) > 1 or among:
            start = at
        elif len(line.text) > LONGEST_HEADING or line.pieces[0].x1 > left + 10 * _NEAR:
            break
    return start


def _body_start(lines: Sequence[Printed], place: int, first: int) -> int:
    """Return where the rows begin: at a heading of theirs that stands below the heads."""
    start = first
    for at in range(first - 1, place, -1):
        heading, above = lines[at], lines[at - 1]
        is_label = heading.pieces[0].x1 < lines[first].pieces[-1].x0
        if len(heading.pieces) > 1 or not is_label or heading.page is not above.page:
            break
        if heading.text[:1].islower():
            continue
        near = min(1.35 * heading.pieces[0].size, _CLOSE * (lines[at + 1].middle - heading.middle))
        if heading.middle - above.middle < near:
            break
        start = at
    return start


def _columns(seeds: Sequence[Printed]) -> list[_Column]:
    """Find the columns of rows with amounts, from left to right."""
    amounts: list[_Column] = []
    texts: list[_Column] = []
    for line in seeds:
        for piece in line.pieces:
            if is_amount(piece):
                amounts.append(_Column(piece.x0, piece.x1, amounts=True))
            elif _parts(piece) == (piece,):
                texts.append(_Column(piece.x0, piece.x1, amounts=False))
    amounts, texts = _distinct(amounts), _distinct(texts)
    for text in texts:
        over = [c for c in amounts if min(c.x1, text.x1) > max(c.x0, text.x0)]
        if not over or text.x0 < amounts[0].x0:
            amounts.append(text)
    return sorted(amounts, key=lambda column: (column.x0 + column.x1, column.x0))


def _distinct(columns: Sequence[_Column]) -> list[_Column]:
    """Make one column of those that stand over each other."""
    found: list[_Column] = []
    for column in sorted(columns, key=lambda column: column.x0):
        if found and column.x0 < found[-1].x1:
            found[-1].x1 = max(found[-1].x1, column.x1)
        else:
            found.append(_Column(column.x0, column.x1, column.amounts))
    return found


def _with_heads(columns: list[_Column], heads: Sequence[Printed]) -> list[_Column]:
    """Add the columns that only a head tells of, or give a head beside its amounts its column."""
    alone: list[_Column] = []
    named: set[int] = set()
    for line in heads:
        for piece in line.pieces:
            over = [n for n, column in enumerate(columns) if column.overlap(piece) > 0]
            named.update(over)
            if not over and piece.x1 > columns[0].x1:
                alone.append(_Column(piece.x0, piece.x1, amounts=False))
    alone = _distinct(alone)
    silent = [n for n, column in enumerate(columns) if column.amounts and n not in named]
    if len(alone) == len(silent):
        for column, n in zip(alone, silent, strict=True):
            columns[n].x0 = min(columns[n].x0, column.x0)
            columns[n].x1 = max(columns[n].x1, column.x1)
        return columns
    return sorted([*columns, *alone], key=lambda column: (column.x0 + column.x1, column.x0))


def _cells(group: Sequence[Printed], columns: Sequence[_Column]) -> list[str] | None:
    """Place the pieces of a row in columns; None where two amounts would share a cell."""
    cells = [""] * len(columns)
    amounts: set[int] = set()
    for line in group:
        for piece in line.pieces:
            if _parts(piece) != (piece,):
                placed = _word_places(piece, columns)
            else:
                placed = [(piece.text, _column_of(piece, columns, is_amount(piece)))]
            stated = [at for _, at in placed if is_amount(piece) or len(placed) > 1]
            if not placed or len({*stated} - amounts) < len(stated):
                return None
            amounts.update(stated)
            for text, at in placed:
                cells[at] = joined(cells[at], text) if cells[at] else text
    return cells


def _column_of(piece: Piece, columns: Sequence[_Column], amount: bool) -> int:
    """Return the column that a piece stands in, or stands nearest to."""
    fitting = [n for n, column in enumerate(columns) if column.amounts == amount]
    over = [n for n in fitting if columns[n].overlap(piece) > 0]
    among = over or [n for n, column in enumerate(columns) if column.overlap(piece) > 0]
    among = among or list(range(len(columns)))
    return max(among, key=lambda n: columns[n].overlap(piece))


def _head_rows(heads: Sequence[Printed], columns: Sequence[_Column]) -> Iterator[TableRow]:
    """Yield the heads: a row for each line that spans columns, and one for the lines below.

    Where one may be that of either of two columns, none is given to a column.
    """
    rows: list[TableRow] = []
    rest: list[Printed] = []
    for n, line in enumerate(heads):
        spanned = [] if rest else _spanned(line, heads[n + 1 :], columns)
        if spanned:
            cells = [""] * len(columns)
            for piece, at in spanned:
                cells[at] = piece.text
            rows.append(_row(line.number, cells))
        else:
            rest.append(line)
    cells = [""] * len(columns)
    for line in rest:
        placed = [_head_places(piece, columns) for piece in line.pieces]
        if not all(placed):
            yield from (TableRow(line.number, line.text) for line in heads)
            return
        for text, at in chain.from_iterable(placed):
            cells[at] = joined(cells[at], text) if cells[at] else text
    yield from rows
    if rest:
        yield _row(rest[0].number, cells)


def _head_places(piece: Piece, columns: Sequence[_Column]) -> list[tuple[str, int]]:
    """Place a head, or each of several whose words stand close; none where a word may be of two."""
    if not _is_unsure(piece, columns):
        return [(piece.text, max(range(len(columns)), key=lambda n: columns[n].overlap(piece)))]
    return _word_places(piece, columns)


def _word_places(piece: Piece, columns: Sequence[_Column]) -> list[tuple[str, int]]:
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
    """Return the column of the word beside one that stands over none, where that is certain."""
    before = over[n - 1][0] if n and over[n - 1] else None
    after = over[n + 1][0] if n + 1 < len(words) and over[n + 1] else None
    if before is None or after is None or before == after:
        return after if before is None else before
    left, right = words[n].x0 - words[n - 1].x1, words[n + 1].x0 - words[n].x1
    if max(left, right) < 1.3 * max(min(left, right), 0.1):
        return None
    return before if left < right else after


def _is_unsure(piece: Piece, columns: Sequence[_Column]) -> bool:
    """Say whether a head stands over several columns, of which it may be any."""
    return sum(column.amounts and column.overlap(piece) > 1 for column in columns) > 1


def _spanned(
    line: Printed, below: Sequence[Printed], columns: Sequence[_Column]
) -> list[tuple[Piece, int]]:
    """Place heads that each stand over as many columns, or one that stands over all of them.

    They stand in the middle of these, or beside their edge where the heads below say the same of
    each group.
    """
    first = next(n for n, column in enumerate(columns) if column.amounts)
    labels = [piece for piece in line.pieces if first and columns[0].overlap(piece) > 0]
    pieces = [piece for piece in line.pieces if piece not in labels]
    count = len(columns) - first
    if not pieces or len(pieces) >= count or count % len(pieces):
        return []
    if len(line.pieces) == 1 and (count == 1 or _is_unsure(pieces[0], columns)):
        return [(pieces[0], 0)]  # a title, which is about every column
    size = count // len(pieces)
    groups = [columns[first + n * size : first + (n + 1) * size] for n in range(len(pieces))]
    over = list(zip(pieces, groups, strict=True))
    if not all(_stands_in_middle(piece, group) for piece, group in over) and not (
        _are_repeated(below, len(pieces), size)
        and (
            all(abs(piece.x0 - group[0].x0) <= _NEAR for piece, group in over)
            or all(abs(piece.x1 - group[-1].x1) <= _NEAR for piece, group in over)
        )
    ):
        return []
    placed = [(piece, first + n * size) for n, piece in enumerate(pieces)]
    return [*((piece, 0) for piece in labels), *placed]


def _stands_in_middle(piece: Piece, group: Sequence[_Column]) -> bool:
    left, right = group[0].x0, group[-1].x1
    return abs((piece.x0 + piece.x1) - (left + right)) / 2 <= (right - left) / len(group) / 4


def _are_repeated(heads: Sequence[Printed], times: int, size: int) -> bool:
    """Say whether a line of heads says the same so many times."""
    pieces = [[piece.text for piece in line.pieces] for line in heads]
    words = [[word.text for piece in line.pieces for word in piece.words] for line in heads]
    texts = [text[-times * size :] for text in (*pieces, *words)]
    return any(len(text) == times * size and text == text[:size] * times for text in texts)


# --- rows that no rule divides ---


def _by_distance(block: Sequence[Printed]) -> list[list[Printed]]:
    """Group lines in rows: a line without figures joins the row that it stands close to."""
    pitch = min(
        (
            below.middle - above.middle
            for above, below in pairwise(block)
            if above.page is below.page and has_figures(above) and has_figures(below)
        ),
        default=0.0,
    )
    groups: list[list[Printed]] = []
    opened = False
    for at, line in enumerate(block):
        before = block[at - 1] if at else None
        after = block[at + 1] if at + 1 < len(block) else None
        if opened or (before and _joins(before, line, pitch)):
            groups[-1].append(line)
        else:
            groups.append([line])
        opened = bool(
            after
            and not has_figures(line)
            and has_figures(after)
            and line.page is after.page
            and after.middle - line.middle < _CLOSE * pitch
        )
    return groups


def _joins(above: Printed, line: Printed, pitch: float) -> bool:
    """Say whether a line without figures belongs to the line above it."""
    if any(map(is_amount, line.pieces)):
        return False
    if above.page is line.page and line.middle - above.middle < _CLOSE * pitch:
        return True
    return len(line.pieces) == 1 and line.text[:1].islower() and above.text[:1].isupper()
