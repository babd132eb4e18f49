"""Cost tables in lines of text: a head that names phases, and rows with figures at their end.

Each row comes with every way in which it can be read; which is right is decided by `cost_tables`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from doelenboom.errors import RefusedError
from doelenboom.sources.accounts.extraction.document.lines import LONGEST_ROW, LONGEST_TABLE, Line
from doelenboom.sources.accounts.extraction.numbers.alike import alike, without_percentages
from doelenboom.sources.accounts.extraction.numbers.candidates import read_row, read_short_row
from doelenboom.sources.accounts.extraction.numbers.printed import read_cell
from doelenboom.sources.accounts.extraction.numbers.runs import FUSED, number_run, sides_behind
from doelenboom.sources.accounts.extraction.tables.grid import (
    LETTERS,
    Grid,
    context_of,
    headings_above,
    is_cost_table,
    is_heading,
    is_page_number,
)
from doelenboom.sources.accounts.extraction.tables.heads import (
    flows_in,
    is_phase,
    names_column,
    names_phase,
)
from doelenboom.sources.accounts.extraction.tables.layout import Layout, read_layout
from doelenboom.sources.accounts.extraction.tables.names import whole_names
from doelenboom.sources.accounts.extraction.tables.stacked_rows import stacked_label, stacked_row
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.words.patterns import anywhere
from doelenboom.sources.accounts.extraction.words.rows import is_known_row, is_whole_label
from doelenboom.sources.accounts.extraction.words.texts import A_YEAR, DIGIT, squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import HEAD_WORD, ROW_SIDES, section_of

_ENDS_IN_FIGURE = anywhere(r"\d ?[NV]?\s*$|[-–]\s*$")
_HEAD_LINES = 24
_LOOK_AHEAD = 3


def text_grid(lines: Sequence[Line], place: int, year: int) -> tuple[Grid | None, int]:
    """Read the table whose head begins on a line, if one does, and return the place after it."""
    head = _text_head(lines, place, year)
    if head is None:
        return None, place + 1
    layout, start = head
    above = next((line.text for line in reversed(lines[:place]) if line.text.strip()), "")
    heads = [line.text for line in lines[place:start] if line.text.strip()]
    if names_phase(above) and (above in heads or (len(heads) > 1 and is_phase(above))):
        return None, place + 1  # the heads began above
    rows = list(headings_above(lines, place, layout))
    end = last = start
    for row, following in _text_rows(lines, start, layout, lines[place].text):
        rows.append(row)
        end, last = following, last if row.heading else following
        if len(rows) > LONGEST_TABLE:
            raise RefusedError(
                f"line {lines[place].number}: found a table of more than {LONGEST_TABLE} rows,"
                " expected a chapter of annual accounts."
            )
    rows = whole_names(rows)
    while rows and rows[-1].heading:
        rows.pop()
    if not is_cost_table(rows, layout):
        return None, max(end, place + 1)
    first_line, last_line = lines[place].number, lines[last - 1].number
    grid = Grid(
        columns=layout.heads, rows=rows, first_line=first_line, last_line=last_line,
        head=lines[place:start], layout=layout,
    )  # fmt: skip
    return grid, end


def _text_head(lines: Sequence[Line], place: int, year: int) -> tuple[Layout, int] | None:
    """Return the layout that begins on a line, and the place of the first row under it."""
    texts: list[str] = []
    best: tuple[Layout, int] | None = None
    for at in range(place, min(place + 3 * _HEAD_LINES, len(lines))):
        text = lines[at].text.strip()
        if not text:
            continue
        if len(texts) == _HEAD_LINES or len(text) > LONGEST_ROW:
            break
        if texts and (_is_row(text) or _is_amount(text)):
            break
        if len(texts) == 1 and _stands_alone(texts[0], text):
            break
        texts.append(text)
        layout = read_layout([" ".join(texts)], year, context_of(lines, place))
        columns = len(layout.columns) if layout else 0
        wider = columns > (len(best[0].columns) if best else 0)
        if layout and layout.is_sound and wider and _next_is_row(lines, at + 1, layout, head=True):
            best = (layout, at + 1)
    return best


def _is_row(text: str) -> bool:
    """Say whether a line is a row, fused or not, rather than a part of the head."""
    label, run = number_run(alike(text))
    words = [word for word in run.split() if DIGIT.search(word)]
    named = is_known_row(label) and bool(words) and not all(map(A_YEAR.fullmatch, words))
    return len(words) > 1 or named or len(FUSED.findall(run)) > 1


def _is_amount(text: str) -> bool:
    """Say whether a line is an amount by itself, of a row that may lack another."""
    cell = read_cell(text) if DIGIT.search(text) and not A_YEAR.fullmatch(text) else None
    return bool(cell and cell.value is not None)


def _stands_alone(first: str, second: str) -> bool:
    """Say whether a line that names one phase is a heading, as the next line heads no column."""
    return names_phase(first) and not (names_column(second) or read_layout([first], 0))


def may_be_head(lines: Sequence[Line], place: int) -> bool:
    """Say whether a table may begin on a line: a word of the budget, figures close below it."""
    text = lines[place].text
    return bool(
        len(text) <= LONGEST_ROW and HEAD_WORD.search(text) and _figures_below(lines, place)
    )


def _figures_below(lines: Sequence[Line], place: int) -> bool:
    """Say whether a line that ends in figures stands close below a head."""
    near = (line.text for line in lines[place + 1 : place + 3 * _HEAD_LINES] if line.text.strip())
    ends = (without_percentages(alike(text[-LONGEST_ROW:])) for text in islice(near, _HEAD_LINES))
    return any(map(_ENDS_IN_FIGURE.search, ends))


def _next_is_row(
    lines: Sequence[Line], place: int, layout: Layout, head: bool = False, paged: bool = False
) -> bool:
    """Say whether a row of that many figures follows, at once or after a heading.

    Below a `head` the row must be whole, and what stands between names no column; a flow may head
    the rows where no column has one. Below a number
    that may be of a page (`paged`) it must be on one line, or the number may be one of its own.
    """
    seen = 0
    flows = head and any(column.flow for column in layout.columns)
    for at in range(place, len(lines)):
        text = lines[at].text.strip()
        if not text:
            continue
        if found := _row_at(lines, at, layout, short=not head):
            return not (paged and found[0].stacked)
        if is_page_number(text):
            paged = True
            continue
        seen += 1
        fitting = is_heading(text) or stacked_label(lines, at)[0]
        names_head = (head and names_phase(text)) or (flows and len(flows_in(text)) == 1)
        if seen == _LOOK_AHEAD or not fitting or names_head:
            return False
    return False


def _text_rows(
    lines: Sequence[Line], place: int, layout: Layout, head: str
) -> Iterator[tuple[TableRow, int]]:
    """Yield the rows of a text table with the place after each, until something else begins.

    The head may come again, as at the top of a page; another head ends the table.
    """
    at = place
    while at < len(lines):
        line = lines[at]
        text = line.text.strip()
        numbered = is_page_number(text) and LETTERS.search(text)
        if not text or line.text == head or numbered:
            at += 1
            continue
        if _is_next_head(lines, at):
            return
        found = _row_at(lines, at, layout)
        if not found and not _has_figures(text):
            found = _heading_at(lines, at, layout)
        if not found and (_is_broken_row(text) or _has_figures(text)):
            found = TableRow(line.number, squeezed(text)), at + 1
        if not found and is_page_number(text) and _next_is_row(lines, at + 1, layout, paged=True):
            at += 1
            continue
        if not found:
            return
        yield found
        at = found[1]


def _heading_at(lines: Sequence[Line], at: int, layout: Layout) -> tuple[TableRow, int] | None:
    """Read a heading within a table, or a label with its number of which no figure is printed."""
    label, after = stacked_label(lines, at)
    if label and _next_is_row(lines, after, layout):
        return TableRow(lines[at].number, label, heading=True), after
    return None


def _is_next_head(lines: Sequence[Line], at: int) -> bool:
    """Say whether another table begins on a line: its heads on one line, or one on each."""
    text = lines[at].text.strip()
    if len(text) > LONGEST_ROW or number_run(text)[1].count(" "):
        return False
    if read_layout([text], 0):
        return True
    following = next((line.text for line in lines[at + 1 : at + 6] if line.text.strip()), "")
    return names_phase(text) and names_phase(following) and bool(_text_head(lines, at, 0))


def _row_at(
    lines: Sequence[Line], at: int, layout: Layout, short: bool = True
) -> tuple[TableRow, int] | None:
    """Read the row that begins on a line: figures behind its label, or on the lines below it."""
    line = lines[at]
    text = sides_behind(without_percentages(alike(line.text)))
    if len(text) > LONGEST_ROW or section_of(text):
        return None
    label, run = number_run(text)
    named = bool(LETTERS.search(label)) or label.strip().lower() in ROW_SIDES
    bare = not (named or LETTERS.search(text)) or not run or run == text
    stacked = stacked_row(lines, at, len(layout.columns), short and bare)
    if bare or (stacked and " " not in run):
        return stacked
    if not named or (label.endswith(" ") and A_YEAR.fullmatch(run)):
        return None  # a name such as `Wmo 2015` is no row of four figures
    found = read_row(text, len(layout.columns), layout.fits, is_whole_label(label))
    if found.fitting:
        row = TableRow(
            line.number, squeezed(text), found.fitting, others=found.others,
            complete=found.complete,
        )  # fmt: skip
        return row, at + 1
    if found.others:
        return TableRow(line.number, squeezed(text), found.others, complete=found.complete), at + 1
    return _short_row(replace(line, text=text), len(layout.columns), at)


def _short_row(line: Line, columns: int, at: int) -> tuple[TableRow, int] | None:
    readings = read_short_row(line.text, columns)
    if not readings or sum(cell.value is not None for cell in readings[0].cells) < 2:  # noqa: PLR2004
        return None
    return TableRow(line.number, squeezed(line.text), tuple(readings)), at + 1


def _has_figures(text: str) -> bool:
    """Say whether two amounts stand side by side in a line."""
    words = alike(text).split()
    amounts = [bool(DIGIT.search(word) and read_cell(word)) for word in words]
    return len(text) <= LONGEST_ROW and not text.endswith(".") and (True, True) in pairwise(amounts)


def _is_broken_row(text: str) -> bool:
    """Say whether a line looks like a row of figures that cannot be read as one."""
    if len(text) > LONGEST_ROW or text.endswith("."):
        return False
    label, run = number_run(text)
    return bool(LETTERS.search(label)) and bool(DIGIT.search(run))
