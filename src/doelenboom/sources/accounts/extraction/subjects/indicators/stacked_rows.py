"""Rows of indicators of which each cell stands on lines of its own: where they begin and end."""

from collections.abc import Sequence

from doelenboom.sources.accounts.extraction.subjects.indicators.columns import (
    FORMS,
    VALUES,
    IndicatorColumn,
    IsStatutory,
    is_value,
)
from doelenboom.sources.accounts.extraction.subjects.indicators.fitting import fit, fits, placed
from doelenboom.sources.accounts.extraction.words.vocabulary import AFTER_INDICATORS, section_of

Columns = tuple[IndicatorColumn, ...]


def ends(text: str) -> bool:
    """Say whether a table ends: at a heading; what has a colon behind it may be within one."""
    return not text.endswith(":") and bool(section_of(text) or AFTER_INDICATORS.fullmatch(text))


def end_of(texts: Sequence[str], at: int, columns: Columns, is_statutory: IsStatutory) -> int:
    """Return where a row ends that is not whole: where another begins, or the table ends.

    A second year begins another one too, of the same name.
    """
    dated = any(column.kind == "year" for column in columns)
    year = FORMS["year"].fullmatch
    for end in range(at + 1, len(texts)):
        again = dated and year(texts[end]) and any(map(year, texts[at:end]))
        begins = again or _begins(texts, end, columns, is_statutory)
        if begins or ends(texts[end]) or row_fits(texts, end, columns, is_statutory):
            return end
    return len(texts)


def _begins(texts: Sequence[str], at: int, columns: Columns, is_statutory: IsStatutory) -> bool:
    """Say whether a row begins: with a name of the regulation, or any where values end a row."""
    name = next(n for n, column in enumerate(columns) if column.kind == "name")
    lead, behind = list(texts[at : at + name]), texts[at + name : at + name + 1]
    if not behind or not fit(lead, columns[:name]) or any(map(is_statutory, lead)):
        return False
    alone = columns[-1].kind in VALUES and is_value(texts[at - 1])
    return is_statutory(behind[0]) or (alone and fits(behind[0], columns[name]))


def short_row(texts: Sequence[str], columns: Columns) -> tuple[str, ...] | None:
    """Put the cells of a row that is not whole below their heads; text behind them may be left."""
    last = max((n for n, text in enumerate(texts) if is_value(text)), default=-1)
    ends = range(len(texts), last, -1) if last > 0 else range(0)
    return next((row for end in ends if (row := placed(texts[:end], columns))), None)


def row_fits(texts: Sequence[str], at: int, columns: Columns, is_statutory: IsStatutory) -> bool:
    """Say whether a row stands at a place; what follows it must not be a value left over."""
    width = len(columns)
    cells = texts[at : at + width]
    if not fit(cells, columns) or any(
        is_statutory(cell) and column.kind not in ("name", "unit", "text")
        for cell, column in zip(cells, columns, strict=True)
    ):
        return False
    after = texts[at + width] if at + width < len(texts) else ""
    if not FORMS["number"].fullmatch(cells[0]):
        return not is_value(after)
    first = next(n for n, column in enumerate(columns) if column.kind in VALUES)
    next_row = texts[at + width - 1 : at + width + first]
    return not fit(next_row, columns[: first + 1]) and (
        not is_value(after) or bool(FORMS["number"].fullmatch(after))
    )
