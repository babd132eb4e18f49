"""Tables of indicators with each cell on lines of its own, one row after the other.

Where cells are empty nothing stands: a row counts only if every column has a cell of its kind.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.numbers.scores import read_score
from doelenboom.sources.accounts.extraction.subjects.indicators.columns import (
    FORMS,
    LONGEST_HEAD,
    VALUES,
    IndicatorColumn,
    IndicatorTable,
    fit,
    indicator_column,
    indicator_columns,
    indicator_table,
    is_grouped,
    is_head,
    unread,
)
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.words.texts import squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import AFTER_INDICATORS, section_of

_LOOK_BELOW = 60
_MOST_HEADS = 20
_ABBREVIATION = 5


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


def stacked_table(lines: Sequence[Line], place: int, section: str) -> IndicatorTable | None:
    """Return the table whose first head stands on a line, None where it is none.

    The longest run of heads that a row fits counts: a name may look like a head.
    """
    if not lines[place].text.strip() or indicator_column(lines[place].text).kind not in (
        "name",
        "number",
    ):
        return None
    near = list(islice(_blocks(lines, place), _LOOK_BELOW))
    heads: list[str] = []
    for block in near[:_MOST_HEADS]:
        if (
            len(block.text) > LONGEST_HEAD
            or (len(block.text) > _ABBREVIATION and block.text.endswith("."))
            or not indicator_column(block.text).kind
        ):
            break
        heads.append(block.text)
    tried = [indicator_columns(heads[:count]) for count in range(len(heads), 1, -1)]
    columns = next(
        (each for each in tried if is_head(each) and _begins(near, each, len(heads))), None
    )
    if columns is None or is_grouped(lines, place):
        return _unreadable(near, heads, section)
    return _stacked_rows(list(_blocks(lines, place)), heads[: len(columns)], section)


def _begins(blocks: Sequence[_Block], columns: Sequence[IndicatorColumn], heads: int) -> bool:
    """Say whether a row stands below the heads: at once, or further down where all heads count."""
    width = len(columns)
    last = len(blocks) if width == heads else width
    return any(
        fit([block.text for block in blocks[at : at + width]], columns)
        for at in range(width, last + 1)
    )


def _unreadable(
    blocks: Sequence[_Block], heads: Sequence[str], section: str
) -> IndicatorTable | None:
    columns = indicator_columns(heads)
    below = blocks[len(heads) : len(heads) + 12]
    values = [block.text for block in below if read_score(block.text)]
    kinds = [column.kind for column in columns]
    if kinds.count("name") != 1 or not {*kinds} & {*VALUES} or not values:
        return None
    problem = "De koppen passen niet op de rijen; geen waarde overgenomen."
    issue = Issue(blocks[0].lines[0].number, "indicator_values", " | ".join(heads), problem)
    covered = [line for block in blocks[: len(heads)] for line in block.lines]
    return indicator_table(heads, {}, covered, section, [issue])


def _stacked_rows(blocks: Sequence[_Block], heads: Sequence[str], section: str) -> IndicatorTable:
    columns, width = indicator_columns(heads), len(heads)
    rows: dict[Line, TableRow] = {}
    issues: list[Issue] = []
    covered = {line for block in blocks[:width] for line in block.lines}
    named: list[_Block] = []
    loose: list[str] = []
    at = width
    while at <= len(blocks):
        block = blocks[at] if at < len(blocks) else None
        ended = block is None or section_of(block.text) or AFTER_INDICATORS.fullmatch(block.text)
        whole = not ended and _row_fits(blocks, at, columns)
        starts = block is not None and read_score(block.text) is None
        if (ended or whole or starts) and loose:
            source = named or [blocks[at - 1]]
            text = " | ".join(block.text for block in source[-3:])
            issues.append(unread(source[-1].lines[0].number, text, loose, columns))
            named, loose = [], []
        if ended or block is None:
            break
        if whole:
            row = blocks[at : at + width]
            covered |= {line for cell in row for line in cell.lines}
            texts = tuple(cell.text for cell in row)
            first = row[0].lines[0]
            rows[first] = TableRow(first.number, "  ".join(texts), cells=texts)
            named, at = [], at + width
            continue
        if starts:
            named.append(block)
        else:
            loose.append(block.text)
            covered |= set(block.lines)
        at += 1
    return indicator_table(heads, rows, covered, section, issues)


def _row_fits(blocks: Sequence[_Block], at: int, columns: Sequence[IndicatorColumn]) -> bool:
    """Say whether a row stands at a place; what follows it must not be a value left over."""
    width = len(columns)
    if not fit([block.text for block in blocks[at : at + width]], columns):
        return False
    after = blocks[at + width].text if at + width < len(blocks) else ""
    if columns[0].kind == "number":
        return not after or bool(FORMS["number"].fullmatch(after)) or len(after) > LONGEST_HEAD
    return not after or read_score(after) is None
