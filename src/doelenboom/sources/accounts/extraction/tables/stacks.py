"""Tables of which each cell stands on a line of its own, as a page is copied: with their cells.

Only where it is certain which cell is whose: each row has as many amounts as there are heads, and
what stands above the heads is none of them. Any other table stays as its lines are.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.alike import is_side
from doelenboom.sources.accounts.extraction.numbers.printed import read_cell
from doelenboom.sources.accounts.extraction.tables.columns import ASIDE, column_of
from doelenboom.sources.accounts.extraction.tables.head_rows import column_heads, over_their_columns
from doelenboom.sources.accounts.extraction.tables.stacked_rows import CODE, PERCENTAGE
from doelenboom.sources.accounts.extraction.tables.units import units_in
from doelenboom.sources.accounts.extraction.words.rows import SIDES, kind_of
from doelenboom.sources.accounts.extraction.words.texts import A_YEAR
from doelenboom.sources.accounts.extraction.words.vocabulary import LONGEST_HEADING, section_of

_LABELS = frozenset({"number", "description", "subject", "field", "theme", "amount"})
"""What the head over the names of rows holds."""

_NUMBERED = frozenset({"number", "field", "theme"})
"""What the head over numbers holds that stand beside the names."""

_FEWEST, _MOST_HEADINGS = 2, 2
"""Rows, and amounts of one, that are a table; and headings above a row."""

_MOST = 120
"""Lines above the first amount that are looked at; three for each column."""


def with_cells(lines: Sequence[Line]) -> list[Line]:
    """Give the tables of which each cell stands on a line of its own their cells."""
    found: list[Line] = []
    table = max((line.table for line in lines), default=0) + 1
    for run in _runs(lines):
        rows = _rows_of([line for line in run if line.text.strip()], table)
        table += bool(rows)
        found += rows or run
    return found


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Divide lines where a line is blank or has cells; lines with a blank around each are one.

    The heading of a section, and a line too long for one, end these as well.
    """
    alone: list[Line] = []
    for blank, group in groupby(lines, key=lambda line: not line.text.strip()):
        part = list(group)
        single = len(part) == 1 and not part[0].cells
        if single and (len(part[0].text) > LONGEST_HEADING or section_of(part[0].text)):
            yield alone
            alone = []
        if blank or single:
            alone += part
            continue
        yield alone
        alone = []
        for _, run in groupby(part, key=lambda line: bool(line.cells)):
            yield list(run)
    yield alone


def _rows_of(lines: Sequence[Line], table: int) -> list[Line]:
    """Return the lines of a run with the cells of its table; none where it has none for sure."""
    parts = [(value, list(group)) for value, group in groupby(lines, key=_is_value)]
    texts = [part for value, part in parts if not value]
    values = [_amounts(part) for value, part in parts if value]
    if len(values) < _FEWEST or parts[0][0]:
        return []
    width = len(values[0])
    after = texts.pop() if len(texts) > len(values) else []
    before, above, label = texts[0][:-_MOST], texts[0][-_MOST:-1], texts[0][-1]
    if not _FEWEST <= width <= _MOST // 3 or any(len(each) != width for each in values):
        return []
    found = _heads(above, width)
    if found is None or any(len(each) > _MOST_HEADINGS + 1 for each in texts[1:]):
        return []
    start, end, heads = found
    rows = [_line(above[start], heads, table)]
    for names, cells in zip([[*above[end:], label], *texts[1:]], values, strict=True):
        number = CODE.fullmatch(names[-2].text.strip()) if len(names) > 1 else None
        own = names[-2:] if number else names[-1:]
        name = " ".join(each.text.strip() for each in own)
        rows += [_line(each, [each.text.strip()], table) for each in names[: -len(own)]]
        rows.append(_line(own[0], [name, *cells], table))
    return [*before, *above[:start], *rows, *after]


def _line(first: Line, cells: Sequence[str], table: int) -> Line:
    return Line(first.number, "  ".join(cells).strip(), tuple(cells), table, stacked=True)


def _is_value(line: Line) -> bool:
    text = line.text.strip()
    amount = read_cell(text) is not None or bool(PERCENTAGE.fullmatch(text))
    return not line.cells and amount and not A_YEAR.fullmatch(text)


def _amounts(lines: Sequence[Line]) -> list[str]:
    """Return the amounts of a row; `N` or `V` on a line of its own belongs to the one before it."""
    texts: list[str] = []
    for line in lines:
        text = line.text.strip()
        if texts and is_side(text) and not is_side(texts[-1][-1]):
            texts[-1] = f"{texts[-1]} {text}"
        else:
            texts.append(text)
    return texts


def _heads(above: Sequence[Line], width: int) -> tuple[int, int, list[str]] | None:
    """Return where the heads above a first row begin and end, that of the names, and the others."""
    texts = [line.text.strip() for line in above]
    for end in range(len(texts), max(len(texts) - _MOST_HEADINGS - 1, 0), -1):
        for start, heads in _ending(texts[:end], width):
            below = [text for text in texts[end:] if not _heads_rows(text, heads)]
            loose = any(_changes(head, text) for head in heads[1:] for text in below)
            if loose or not _ends_above(texts[:start]):
                continue
            if start and not section_of(texts[start - 1]):
                return start - 1, end, [f"{texts[start - 1]} {heads[0]}".strip(), *heads[1:]]
            return start, end, heads
        if _names_column(texts[end - 1]) and kind_of(texts[end - 1]) not in SIDES:
            break
    return None


def _ends_above(texts: Sequence[str]) -> bool:
    """Say whether no head of a column is left above heads, up to the heading of a section.

    A head over numbers beside names is one, though it is none of amounts.
    """
    numbered = False
    for n, text in enumerate(reversed(texts)):
        if section_of(text):
            return True
        if _names_column(text) or not (n or _is_label(text)) or (n == 1 and numbered):
            return False
        numbered = column_of(text).holds in _NUMBERED
    return True


def _heads_rows(text: str, heads: Sequence[str]) -> bool:
    """Say whether a text below heads is a heading of rows: a flow, where no head names any."""
    return kind_of(text) in SIDES and not any(column_of(head).flow for head in heads)


def _changes(head: str, text: str) -> bool:
    """Say whether a text below a head may belong to it, rather than head the first row."""
    alone, together = column_of(head), column_of(f"{head} {text}")
    said = [(each.phase, each.flow, each.moved) for each in (alone, together)]
    return said[0] != said[1]


def _ending(texts: Sequence[str], width: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the ways to read heads at the end of texts: in one row, or in two."""
    lower = texts[-width:]
    start = len(texts) - width
    if start < 0:
        return
    if all(map(_names_column, lower)):
        yield start, ["", *lower]
    for years in range(_FEWEST, width):
        first = len(texts) - width - 1
        upper, below = texts[first:-years], texts[-years:]
        rows = over_their_columns([("", *upper), ("", *below)], width + 1, 1) if first >= 0 else []
        heads = column_heads(rows, spread=True)
        if heads and all(map(_names_column, heads[1:])):
            yield first, heads
    for over in range(_FEWEST, width + 1):
        for labels in (0, 1):
            first = start - labels - over
            if first < 0 or (labels and not _is_label(texts[start - 1])):
                continue
            upper = texts[first : first + over]
            label = texts[start - 1] if labels else ""
            rows = over_their_columns([("", *upper), (label, *lower)], width + 1, 1)
            heads = column_heads(rows, spread=True)
            each = all(map(_names_column, upper))
            if over == width and not all(map(_names_column, lower)):
                each = all(map(_names_column, heads[1:])) and not any(map(_is_label, upper))
            if heads and each:
                yield first, heads


def _names_column(text: str) -> bool:
    """Say whether a text is the head of a column of amounts, or of what stands beside them."""
    column = column_of(text)
    named = column.phase or column.flow or column.moved or column.years or column.holds in ASIDE
    return len(text) <= LONGEST_HEADING and bool(named)


def _is_label(text: str) -> bool:
    """Say whether a text may stand above heads, or over the names of rows, and is none of them."""
    return bool(units_in(text) or column_of(text).holds in _LABELS or section_of(text))
