"""Tables of indicators of which the cells stand on lines, one by one or a row at a time.

Read is a row in which every piece fits its head and nothing is left over; words after it are its
text, values elsewhere are reported.
"""

import re
from collections.abc import Iterator, Sequence

from doelenboom.sources.accounts.extraction.indicator import ITEM
from doelenboom.sources.accounts.extraction.indicator_columns import Column
from doelenboom.sources.accounts.extraction.indicator_rows import CODE, Found, Piece, Table, item_of
from doelenboom.sources.accounts.extraction.lines import Line, squeezed
from doelenboom.sources.accounts.extraction.scores import fused_scores, read_score, trailing_scores

_SOURCE = re.compile(r"bron(?:nen)?\s*:.*", re.IGNORECASE)
_OPEN = re.compile(
    r".*\b(?:dan|tot|van|in|per|vanaf|t/m|en|of|om|≥|>|<|min|plus|jaar|thema|nummer)", re.IGNORECASE
)
_LONGEST_NAME = 300


def pieces_of(line: Line, table: Table) -> Iterator[Piece]:
    """Yield the cells that a line holds: words, a value, or a name with all its values."""
    text = squeezed(line.text)
    many = sum(column.holds_value or column.kind == "other" for column in table.columns)
    own = read_score(text)
    name, scores = ("", fused_scores(text)) if not own else ("", [own])
    if not scores and many > 1:
        name, scores = trailing_scores(text)
        if len(scores) < 2:  # noqa: PLR2004
            name, scores = text, []
    if name or not scores:
        yield Piece(line, name or text, None)
    for score in scores:
        yield Piece(line, score.text, score)


def close_table(table: Table | None, objective: str, found: Found) -> None:
    """Read the pieces of a table on lines: each row is its core, words after it are its text."""
    if not table or not table.pieces:
        return
    pieces, table.pieces = table.pieces, []
    columns = _core(table.columns)
    place = 0
    while place < len(pieces):
        row = _row_at(pieces, place, columns)
        if row:
            item = item_of([(c, p.text) for c, p in row], row[0][1].line, objective)
            values = [(c, p.score) for c, p in row if c.holds_value and p.score]
            if item:
                item.columns += values
                found.items.append(item)
            else:
                found.doubt(
                    row[0][1].line, row[0][1].text, "Waarden zonder naam van een indicator."
                )
            place += sum(1 for _ in _spanned(pieces, place, len(columns)))
            continue
        place = _pass_over(pieces, place, table, objective, found)


def _core(columns: Sequence[Column]) -> list[Column]:
    """Return the columns from the first to the last that holds a value."""
    last = max((n for n, c in enumerate(columns) if c.holds_value), default=-1)
    return list(columns[: last + 1])


def _spanned(pieces: Sequence[Piece], place: int, width: int) -> Iterator[Piece]:
    """Yield the pieces of a row; a line that names the source under a name is none of them."""
    taken = 0
    while place < len(pieces) and taken < width:
        yield pieces[place]
        taken += not _SOURCE.fullmatch(pieces[place].text)
        place += 1


def _row_at(
    pieces: Sequence[Piece], place: int, columns: Sequence[Column]
) -> list[tuple[Column, Piece]] | None:
    """Return the row that begins here, each piece under its head; None where one does not fit."""
    cells = [p for p in _spanned(pieces, place, len(columns)) if not _SOURCE.fullmatch(p.text)]
    row = list(zip(columns, cells, strict=False))
    if not columns or len(row) < len(columns) or not all(_fits(c, p) for c, p in row):
        return None
    after = place + sum(1 for _ in _spanned(pieces, place, len(columns)))
    following = pieces[after : after + 3]
    if columns[-1].holds_value and following and following[0].score and columns[0].kind == "name":
        return None
    if columns[0].kind == "number" and len(following) > 1:
        ahead = following[0].score is None and following[1].score is not None
        if ahead:
            return None
    name = next(p for c, p in row if c.kind == "name")
    first = next(p for c, p in row if c.holds_value)
    if first.line is name.line and _OPEN.fullmatch(name.text):
        return None
    return row


def _fits(column: Column, piece: Piece) -> bool:
    if column.holds_value:
        return piece.score is not None
    if column.kind == "number":
        return bool(CODE.fullmatch(piece.text))
    if column.kind == "period":
        return bool(re.fullmatch(r"\D*20\d\d\D*", piece.text))
    if column.kind == "name":
        return piece.score is None and len(piece.text) < _LONGEST_NAME
    return True


def _pass_over(
    pieces: Sequence[Piece], place: int, table: Table, objective: str, found: Found
) -> int:
    """Pass over words or values that make no row: text of an indicator, or a row to report."""
    piece = pieces[place]
    if piece.score:
        end = place
        while end < len(pieces) and pieces[end].score:
            end += 1
        values = [p.text for p in pieces[place:end]]
        name = pieces[place - 1].text if place else ""
        stated = any(p.score and p.score.value is not None for p in pieces[place:end])
        if stated and not (table.ended and len(values) == 1):
            found.doubt(
                piece.line,
                name,
                f"{len(values)} waarden zonder vaste plaats; niet overgenomen.",
                values,
            )
        return end
    if table.numbered and ITEM.fullmatch(piece.text):
        item = item_of([(Column("name", None, ""), piece.text)], piece.line, objective)
        found.items += [item] if item else []
    elif len(found.items) > table.first and not table.ended:
        found.items[-1].body.append(piece.line)
    return place + 1
