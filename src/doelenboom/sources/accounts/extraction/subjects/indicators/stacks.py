"""Tables of indicators with each cell on lines of its own, one row after the other.

Where cells are empty nothing stands: a row counts if every column has a cell of its kind, or if
there is one way alone in which its cells can stand below their heads.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.numbers.scores import read_score
from doelenboom.sources.accounts.extraction.subjects.indicators.columns import (
    FORMS,
    MISFIT,
    VALUES,
    Heads,
    IndicatorTable,
    IsStatutory,
    indicator_column,
    indicator_table,
    is_grouped,
    is_value,
    names_area,
    unread,
)
from doelenboom.sources.accounts.extraction.subjects.indicators.stacked_heads import (
    MOST_HEADS,
    Way,
    may_be_head,
    ways,
)
from doelenboom.sources.accounts.extraction.subjects.indicators.stacked_rows import (
    Columns,
    end_of,
    ends,
    row_fits,
    short_row,
)
from doelenboom.sources.accounts.extraction.tables.heads import YEAR
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.words.texts import squeezed

_LOOK_BELOW = 80
_MOST_ABOVE = 32


@dataclass(frozen=True)
class _Block:
    """A cell that stands on lines of its own."""

    text: str
    lines: tuple[Line, ...]


def _blocks(lines: Sequence[Line], place: int) -> Iterator[_Block]:
    """Yield the cells below a place: parted by empty lines if the first is, else by line."""
    spaced = place + 1 < len(lines) and not lines[place + 1].text.strip()
    block: list[Line] = []
    for at in range(place, len(lines)):
        line = lines[at]
        if line.cells:
            break
        if block and (not spaced or not line.text.strip()):
            yield _block(block)
            block = []
        if line.text.strip():
            block.append(line)
    if block:
        yield _block(block)


def _block(lines: Sequence[Line]) -> _Block:
    return _Block(squeezed(" ".join(line.text for line in lines)), tuple(lines))


def stacked_table(
    lines: Sequence[Line], place: int, section: str, is_statutory: IsStatutory
) -> tuple[IndicatorTable | None, int]:
    """Return the first table below a place, and the place of its first value.

    Of the ways to read its heads that counts by which most cells find a place. Where there is no
    table, none begins before the value either.
    """
    near = list(islice(_blocks(lines, place), _LOOK_BELOW))
    texts = [block.text for block in near]
    stop = next((n for n, text in enumerate(texts[:_MOST_ABOVE]) if is_value(text)), 0)
    if not stop:
        return None, place + 1
    best = max(ways(texts, stop, is_statutory), key=Way.worth, default=None)
    value = lines.index(near[stop].lines[0], place)
    if best is None:
        tables = (_unreadable(near[start:], section) for start in range(stop))
        return next((table for table in tables if table), None), value
    rest = enumerate(_blocks(lines, place))
    below = takewhile(lambda each: each[0] < best.end or not ends(each[1].text), rest)
    blocks = [block for n, block in below if n >= best.start]
    direct = best.end - best.start == len(best.heads.kinds)
    if direct and is_grouped(lines, lines.index(blocks[0].lines[0], place)):
        return _unreadable(blocks, section), value
    end = best.end - best.start
    return _stacked_rows(blocks, end, best.heads, section, is_statutory), value


def _unreadable(blocks: Sequence[_Block], section: str) -> IndicatorTable | None:
    """Name heads below which no row fits."""
    heads: list[str] = []
    for block in blocks[:MOST_HEADS]:
        if not may_be_head(block.text) or not indicator_column(block.text).kind:
            break
        heads.append(block.text)
    columns = tuple(map(indicator_column, heads))
    below = blocks[len(heads) : len(heads) + 12]
    values = [block.text for block in below if read_score(block.text)]
    kinds = [column.kind for column in columns]
    if kinds.count("name") != 1 or not {*kinds} & {*VALUES} or not values:
        return None
    issue = Issue(blocks[0].lines[0].number, "indicator_values", " | ".join(heads), MISFIT)
    covered = [line for block in blocks[: len(heads)] for line in block.lines]
    return indicator_table(Heads(heads, columns), {}, covered, section, [issue])


def _stacked_rows(
    blocks: Sequence[_Block],
    start: int,
    heads: Heads,
    section: str,
    is_statutory: IsStatutory,
) -> IndicatorTable:
    """Read the rows below the heads, whole ones and those that lost cells."""
    texts = [block.text for block in blocks]
    columns = heads.kinds
    rows: dict[Line, TableRow] = {}
    issues: list[Issue] = []
    covered = {line for block in blocks[:start] for line in block.lines}
    at, name = start, ""
    width, place = len(columns), _place_of_name(columns)
    while at < len(blocks):
        if _are_other_years(texts[at : at + width], columns):
            break
        whole = row_fits(texts, at, columns, is_statutory)
        end = at + width if whole else end_of(texts, at, columns, is_statutory)
        again = bool(name) and not whole and bool(FORMS["year"].fullmatch(texts[at]))
        found = [name, *texts[at:end]] if again else texts[at:end]
        cells = tuple(found) if whole else short_row(found, columns)
        cells = cells and _with_title(cells, columns, texts[at - 1])
        values = [text for text in texts[at:end] if is_value(text)]
        if cells and not _is_elsewhere(cells, columns):
            first = blocks[at].lines[0]
            name = cells[place]
            rows[first] = TableRow(first.number, "  ".join(texts[at:end]), cells=cells)
        elif values and not any(map(names_area, texts[at:end])):
            issues.append(_unread(blocks[at:end], values, columns))
            if again:  # one year of several would be told for the latest
                row = rows.pop(first)
                issues.append(unread(row.line, row.text, values, columns))
            name = ""
        if cells or values:
            covered |= {line for block in blocks[at:end] for line in block.lines}
        at = end
    return indicator_table(heads, rows, covered, section, issues)


def _are_other_years(cells: Sequence[str], columns: Columns) -> bool:
    """Say whether a row has the years of columns below it, which are not those of its own."""
    years = {column.year: cell for cell, column in zip(cells, columns, strict=False) if column.year}
    again = len(years) > 1 and all(map(YEAR.fullmatch, years.values()))
    return again and any(str(year) != cell for year, cell in years.items())


def _place_of_name(columns: Columns) -> int:
    return next(n for n, column in enumerate(columns) if column.kind == "name")


def _with_title(cells: tuple[str, ...], columns: Columns, title: str) -> tuple[str, ...]:
    """Give the row of the municipality among those of areas the name that stands above it."""
    name = _place_of_name(columns)
    own = cells[name].lower() == "gemeente" and not is_value(title)
    return (*cells[:name], title, *cells[name + 1 :]) if own else cells


def _is_elsewhere(cells: tuple[str, ...], columns: Columns) -> bool:
    kinds = ("name", "area")
    mine = [cell for cell, column in zip(cells, columns, strict=True) if column.kind in kinds]
    return any(map(names_area, mine))


def _unread(blocks: Sequence[_Block], values: Sequence[str], columns: Columns) -> Issue:
    """Name the values of a row, with what stands before the first of them."""
    first = next(n for n, block in enumerate(blocks) if is_value(block.text))
    names = blocks[max(first - 3, 0) : first] or blocks[:1]
    text = " | ".join(block.text for block in names)
    return unread(names[-1].lines[0].number, text, values, columns)
