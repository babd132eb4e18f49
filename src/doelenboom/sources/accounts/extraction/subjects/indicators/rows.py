"""Tables of indicators with a row on each line: cells, or texts between bars or wide blanks."""

from collections.abc import Sequence

from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.numbers.scores import read_score
from doelenboom.sources.accounts.extraction.subjects.indicators.columns import (
    VALUES,
    IndicatorTable,
    cells_of,
    fit,
    indicator_column,
    indicator_columns,
    indicator_table,
    is_grouped,
    is_head,
    unread,
)
from doelenboom.sources.accounts.extraction.tables.heads import YEAR
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.words.patterns import whole
from doelenboom.sources.accounts.extraction.words.vocabulary import AREAS, section_of

_AREA = whole(AREAS)


def _heads_at(lines: Sequence[Line], place: int) -> tuple[str, ...]:
    """Return the heads that begin on a line, with the row of heads above it or of years below."""
    line = lines[place]
    heads = list(cells_of(line))
    above = lines[place - 1] if place else None
    below = lines[place + 1] if place + 1 < len(lines) else None
    if (
        line.cells
        and above
        and _same_table(above, line)
        and not is_head(indicator_columns(above.cells))
    ):
        heads = _joined(above.cells, heads)
    if line.cells and below and _is_year_row(below, line):
        heads = _joined(heads, below.cells)
    elif line.cells and below and _are_years(below):
        heads = _over_years(heads, below, lines[place + 2 : place + 3])
    return tuple(heads)


def _over_years(heads: list[str], years: Line, rows: Sequence[Line]) -> list[str]:
    """Put the years of a row among tabs below the one head of values, where rows have room."""
    over = [n for n, head in enumerate(heads) if indicator_column(head).kind in VALUES]
    wide = any(len(row.cells) == len(heads) + len(years.cells) - 1 for row in rows)
    if len(over) != 1 or not wide or years.table:
        return heads
    (at,) = over
    return [*heads[:at], *(f"{heads[at]} {year}" for year in years.cells), *heads[at + 1 :]]


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Join two rows of heads; a head above stands over the empty cells to its right."""
    joined: list[str] = []
    over = ""
    for high, low in zip(upper, lower, strict=True):
        over = high or over
        joined.append(f"{over} {low}".strip() if YEAR.fullmatch(low) else low or high)
    return joined


def _same_table(one: Line, other: Line) -> bool:
    """Say whether two lines are rows of one table."""
    return bool(one.cells) and len(one.cells) == len(other.cells) and one.table == other.table


def _is_year_row(line: Line, head: Line) -> bool:
    """Say whether a row holds nothing but years, as heads of what is below it."""
    return _same_table(line, head) and _are_years(line)


def _are_years(line: Line) -> bool:
    texts = [cell for cell in line.cells if cell]
    return len(texts) > 1 and all(map(YEAR.fullmatch, texts))


def _is_loose(cells: Sequence[str], heads: Sequence[str], name: int) -> bool:
    """Say whether a row has a value without a head, or one where its name should stand."""
    named = zip(cells[name + 1 :], heads[name + 1 :], strict=False)
    alone = (cell for cell, head in named if not head)
    return any(map(_is_value, (*alone, *cells[name : name + 1])))


def _is_value(cell: str) -> bool:
    score = read_score(cell)
    return bool(score and score.value is not None)


def rows_table(lines: Sequence[Line], place: int, section: str) -> IndicatorTable | None:
    """Return the table whose heads stand on a line, None where they are none.

    Where blanks part the cells and no row fits, the blanks mean nothing.
    """
    heads = _heads_at(lines, place)
    columns = indicator_columns(heads)
    if not is_head(columns):
        return None
    rows: dict[Line, TableRow] = {}
    issues: list[Issue] = []
    covered = {lines[place]}
    grouped = not lines[place].cells and is_grouped(lines, place)
    title = ""
    for at in range(place + 1, len(lines)):
        line = lines[at]
        cells = cells_of(line)
        if len(cells) > 1 and is_head(indicator_columns(cells)):
            break
        if section_of(line.text) or (line.cells and line.table != lines[place].table):
            break
        values = [cell for cell in cells if cell and read_score(cell)]
        if line.cells and _are_years(line):
            continue
        if len([cell for cell in cells if cell]) < 2 or not values:  # noqa: PLR2004
            title = next((cell for cell in cells if cell), title)
            continue
        covered.add(line)
        name = next(n for n, column in enumerate(columns) if column.kind == "name")
        if any(_AREA.fullmatch(cell.lower()) for cell in (*cells[name : name + 1], cells[0])):
            continue
        if name < len(cells) and cells[name].lower() == "gemeente" and title:
            cells = (*cells[:name], title, *cells[name + 1 :])
        whole = fit(cells, columns) if not line.cells else not _is_loose(cells, heads, name)
        if not grouped and whole:
            rows[line] = TableRow(line.number, line.text, cells=cells)
        else:
            issues.append(unread(line.number, line.text, values, columns))
    if not rows and not lines[place].cells and "|" not in lines[place].text:
        return None
    return indicator_table(heads, rows, covered, section, issues)
