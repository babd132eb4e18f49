"""Tables of which each cell stands on a line of its own, as a page is copied: with their cells.

Only where it is certain which cell is whose: each row has as many amounts as there are heads, and
what stands above the heads is none of them. Any other table stays as its lines are.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.alike import is_side
from doelenboom.sources.accounts.extraction.numbers.printed import read_cell
from doelenboom.sources.accounts.extraction.tables.columns import ASIDE, Column, column_of
from doelenboom.sources.accounts.extraction.tables.grid import LETTERS
from doelenboom.sources.accounts.extraction.tables.head_rows import column_heads, over_their_columns
from doelenboom.sources.accounts.extraction.tables.head_spans import sole_heads, ways_to_place
from doelenboom.sources.accounts.extraction.tables.heads import is_phase
from doelenboom.sources.accounts.extraction.tables.stacked_rows import (
    CODE,
    PERCENTAGE,
    without_marks,
)
from doelenboom.sources.accounts.extraction.tables.units import units_in
from doelenboom.sources.accounts.extraction.words.patterns import whole
from doelenboom.sources.accounts.extraction.words.rows import SIDES, kind_of
from doelenboom.sources.accounts.extraction.words.texts import A_YEAR
from doelenboom.sources.accounts.extraction.words.vocabulary import (
    LONGEST_HEADING,
    ROW_SIDES,
    section_of,
)

_LABELS = frozenset({"number", "description", "subject", "field", "theme", "goal", "amount"})
"""What the head over the names of rows holds."""

_NUMBERED = frozenset({"number", "field", "theme"})
"""What the head over numbers holds that stand beside the names."""

_FEWEST, _MOST_HEADINGS, _MOST_LABELS = 2, 2, 2
"""Rows, and amounts of one, that are a table; headings above a row; columns of names."""

_MOST = 120
"""Lines above the first amount that are looked at; three for each column."""

_NUMBER = whole(r"\s*\d{1,2}\.?\s*")
_DASHES = ("-", "–", "−")


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
    parts = _parts(_numbered(lines))
    texts = [part for value, part in parts if not value]
    values = [_amounts(part) for value, part in parts if value]
    sided = [len(each) for each in values if is_side(each[-1][-1])]
    values = [_without_dash(each, max(sided, default=0)) for each in values]
    if len(values) < _FEWEST or parts[0][0]:
        return []
    width = max(map(len, values))
    full = sum(len(each) == width for each in values)
    after = texts.pop() if len(texts) > len(values) else []
    before, above, label = texts[0][:-_MOST], texts[0][-_MOST:-1], texts[0][-1]
    if not _FEWEST <= width <= _MOST // 3 or 2 * full <= len(values):
        return []
    if sided and above and column_of(above[-1].text).holds == "side":
        above = above[:-1]
    found = _heads(above, width)
    if found is None:
        return []
    start, end, heads = found
    again = [line.text for line in above[start + 1 : end]]
    named = [[*above[end:], label], *(_without(each, again) for each in texts[1:])]
    names = without_marks(named)
    if any(len(each) > _MOST_HEADINGS + 1 for each in names):
        return []
    by_flow = _have_flows(names)
    rows = [_line(above[start], [*heads[:1], *[""] * by_flow, *heads[1:]], table)]
    for (*headings, own), cells in zip(names, values, strict=True):
        flow = own.text.strip() if by_flow and _is_flow(own) else ""
        first = headings.pop() if flow and headings else own
        name = "" if flow and first is own else first.text.strip()
        rows += [_line(each, [each.text.strip()], table) for each in headings]
        rows.append(_line(first, [name, *[flow] * by_flow, *cells], table))
    return [*before, *above[:start], *rows, *after]


def _have_flows(names: Sequence[Sequence[Line]]) -> bool:
    """Say whether the flow of each row stands beside its name, as it does in most of them."""
    named = [lines for lines in names if len(lines) > 1 and _is_flow(lines[-1])]
    return len(named) > 1 and 2 * sum(_is_flow(lines[-1]) for lines in names) > len(names)


def _is_flow(line: Line) -> bool:
    return line.text.strip().lower() in ROW_SIDES


def _without(lines: Sequence[Line], heads: Sequence[str]) -> list[Line]:
    """Leave out the heads of columns where they come again among the names of rows."""
    for n in range(len(lines) - len(heads) + 1):
        if [line.text for line in lines[n : n + len(heads)]] == heads:
            return [*lines[:n], *lines[n + len(heads) :]]
    return list(lines)


def _parts(lines: Sequence[Line]) -> list[tuple[bool, list[Line]]]:
    """Divide lines where amounts begin, and where they end."""
    return [(value, list(group)) for value, group in groupby(lines, key=_is_value)]


def _numbered(lines: Sequence[Line]) -> list[Line]:
    """Join the numbers of rows to the names below them, as codes like `6.71` are for sure.

    They are those that count up from one name to another, and without which more rows have as many
    amounts.
    """
    lines = _joined(
        lines, [n for n, line in enumerate(lines[:-1]) if CODE.fullmatch(line.text.strip())]
    )
    before = [n for n in range(len(lines) - 1) if _is_value(lines[n]) > _is_value(lines[n + 1])]
    numbers = [n for n in before if _NUMBER.fullmatch(lines[n].text)]
    counted: list[int] = []
    for n in numbers:
        if (
            not counted
            or int(lines[n].text.strip(" .")) == int(lines[counted[-1]].text.strip(" .")) + 1
        ):
            counted.append(n)
    joined = _joined(lines, counted)
    return joined if len(counted) > 1 and _alike(joined) > _alike(lines) else list(lines)


def _joined(lines: Sequence[Line], places: Collection[int]) -> list[Line]:
    """Join the lines at some places with the names that follow them."""
    found: list[Line] = []
    for n, line in enumerate(lines):
        if n - 1 in places and not _is_value(line):
            found[-1] = replace(found[-1], text=f"{found[-1].text.strip()} {line.text.strip()}")
        else:
            found.append(line)
    return found


def _alike(lines: Sequence[Line]) -> int:
    """Count the rows that have as many amounts as most have."""
    widths = Counter(len(part) for value, part in _parts(lines) if value)
    return max(widths.values(), default=0)


def _without_dash(cells: list[str], sided: int) -> list[str]:
    """Leave out the dash behind the amounts of a row, where other rows have their side."""
    return cells[:-1] if sided and len(cells) == sided + 1 and cells[-1] in _DASHES else cells


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
        if _heads_rows(texts[end - 1], texts[max(end - width, 0) : end - 1]):
            continue  # no head of a column beside heads without a flow
        for start, heads in _ending(texts[:end], width):
            below = [
                text for text in texts[end:] if not (_is_label(text) or _heads_rows(text, heads))
            ]
            loose = any(_changes(head, text) for head in heads[1:] for text in below)
            if loose or not _ends_above(texts[:start]):
                continue
            if start and not section_of(texts[start - 1]):
                return start - 1, end, [f"{texts[start - 1]} {heads[0]}".strip(), *heads[1:]]
            return start, end, heads
        for start, heads in _spanning(texts[:end], width):
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
        if section_of(text) or (units_in(text) and _names_column(text)):
            return True
        label = _is_label(text)
        if _names_column(text) or not (n or label) or (n == 1 and numbered and not label):
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
    for years in range(1, width):
        first = start - years
        heads = _dated(texts[first:-years], texts[-years:]) if first >= 0 else []
        if heads and all(map(_names_column, heads)):
            yield first, ["", *heads]
    for years in range(_FEWEST, width):
        first = len(texts) - width - 1
        upper, below = texts[first:-years], texts[-years:]
        rows = over_their_columns([("", *upper), ("", *below)], width + 1, 1) if first >= 0 else []
        heads = column_heads(rows, spread=True)
        if heads and all(map(_names_column, heads[1:])):
            yield first, heads
    for over in range(1, width + 1):
        for labels in range(_MOST_LABELS + 1):
            first = start - labels - over
            if first < 0 or not all(map(_heads_names, texts[start - labels : start])):
                continue
            upper = texts[first : first + over]
            if over == 1 and not (_names_when(upper[0]) and all(map(_names_flow, lower))):
                continue
            label = " ".join(texts[start - labels : start])
            rows = over_their_columns([("", *upper), (label, *lower)], width + 1, 1)
            heads = column_heads(rows, spread=True)
            each = all(map(_names_column, upper))
            if over == width and not all(map(_names_column, lower)):
                each = all(map(_names_column, heads[1:])) and not any(map(_is_label, upper))
            if heads and each:
                yield first, heads


def _spanning(texts: Sequence[str], width: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the heads of two rows, of which all ways to place them mean the same, and their start.

    Texts between the rows head the names. What stands above may name both flows, or one where each
    head has its own; a phase or a year there would be a head as well.
    """
    lower = len(texts) - width
    if lower < 1 or not all(map(_names_column, texts[lower:])):
        return
    ways: list[tuple[int, list[str]]] = []
    for upper in range(lower, max(lower - _MOST_LABELS, 1) - 1, -1):
        if upper < lower and not _heads_names(texts[upper]):
            break
        for start in range(upper - 2, max(upper - width, -1), -1):
            if not _names_column(texts[start]):
                break
            above = column_of(texts[start - 1]) if start else Column()
            if _is_dated(above.head):
                continue
            half = (upper - start) // 2
            whole_rows = [texts[start:upper]]
            if upper - start == 2 * half:
                broken = zip(texts[start:upper][:half], texts[start:upper][half:], strict=True)
                whole_rows.append([" ".join(parts) for parts in broken])
            ways += (
                (start, heads)
                for over in whole_rows
                for heads in ways_to_place((tuple(over), tuple(texts[lower:])), width)
                if not above.flow or all(column_of(head).flow for head in heads)
            )
    heads = sole_heads(heads for _, heads in ways)
    yield from ((start, ["", *each]) for start, each in ways if each == heads)


def _heads_names(text: str) -> bool:
    """Say whether a text between two rows of heads may be about the names: words, and no phase."""
    return _is_label(text) or (bool(LETTERS.search(text)) and not _is_dated(text))


def _is_dated(text: str) -> bool:
    """Say whether a text tells a phase or is a year, so that it heads columns."""
    return bool(column_of(text).phase or A_YEAR.fullmatch(text))


def _dated(heads: Sequence[str], years: Sequence[str]) -> list[str]:
    """Give the heads of budgets and accounts the years below them, where each lacks its own."""
    if not all(map(A_YEAR.fullmatch, years)) or any(map(A_YEAR.fullmatch, heads)):
        return []
    columns = [column_of(head) for head in heads]
    lacking = [bool(each.phase) and each.phase != "variance" and not each.years for each in columns]
    following = iter(years)
    if sum(lacking) != len(years):
        return []
    return [
        f"{head} {next(following)}" if lacks else head
        for head, lacks in zip(heads, lacking, strict=True)
    ]


def _names_column(text: str) -> bool:
    """Say whether a text is the head of a column of amounts, or of what stands beside them."""
    column = column_of(text)
    named = column.phase or column.flow or column.moved or column.years or column.holds in ASIDE
    return len(text) <= LONGEST_HEADING and bool(named)


def _names_flow(text: str) -> bool:
    """Say whether a text is a flow or a balance, without a phase or a year."""
    column = column_of(text)
    return bool(column.flow or column.phase == "saldo") and not (
        column.years or column.phase not in ("", "saldo")
    )


def _names_when(text: str) -> bool:
    """Say whether a text is a phase or a year, and no more."""
    return bool(is_phase(text) or A_YEAR.fullmatch(text))


def _is_label(text: str) -> bool:
    """Say whether a text may stand above heads, or over the names of rows, and is none of them."""
    return bool(units_in(text) or column_of(text).holds in _LABELS or section_of(text))
