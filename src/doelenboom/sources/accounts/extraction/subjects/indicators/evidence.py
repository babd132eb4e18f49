"""What the columns of a table of indicators are: by their heads, and by what stands below them."""

from collections.abc import Sequence

from doelenboom.sources.accounts.extraction.numbers.scores import read_score
from doelenboom.sources.accounts.extraction.subjects.indicators.columns import (
    FORMS,
    IndicatorColumn,
    IsStatutory,
    indicator_column,
    names_area,
)
from doelenboom.sources.accounts.extraction.tables.columns import column_of
from doelenboom.sources.accounts.extraction.tables.heads import YEAR
from doelenboom.sources.accounts.extraction.words.patterns import anywhere
from doelenboom.sources.accounts.extraction.words.texts import squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import AREAS

_AREA = anywhere(rf"\b(?:{AREAS})\b")


def indicator_columns(
    heads: Sequence[str], rows: Sequence[Sequence[str]], is_statutory: IsStatutory
) -> tuple[IndicatorColumn, ...]:
    """Return the columns by their heads, and by what rows have below them."""
    columns = [indicator_column(head) for head in heads]
    below = [[row[n] for row in rows if n < len(row) and row[n]] for n in range(len(heads))]
    _find_name(columns, heads, below, is_statutory)
    _find_groups(columns, heads)
    _find_years(columns, heads, below)
    _find_areas(columns, below)
    _find_own(columns, heads, below)
    _find_stated(columns, below)
    _leave_doubles(columns, heads)
    return tuple(columns)


Below = Sequence[Sequence[str]]
"""Of each column the cells that are not empty."""


def _find_name(
    columns: list[IndicatorColumn], heads: Sequence[str], below: Below, is_statutory: IsStatutory
) -> None:
    """Find the column of names by the names below it, where its head is lost or over numbers."""
    named = [n for n, column in enumerate(columns) if column.kind == "name"]
    known = [sum(map(is_statutory, cells)) for cells in below]
    best = max(range(len(columns)), key=lambda n: known[n], default=0)
    if len(named) > 1 and known[best] and best in named:
        for n in named:
            columns[n] = columns[n] if n == best else IndicatorColumn("text")
    elif known[best] and not any(known[n] for n in named) and columns[best].kind in ("", "field"):
        for n in named:
            columns[n] = IndicatorColumn("text")
        columns[best] = IndicatorColumn("name")
    for n, cells in enumerate(below):
        numbers = cells and all(map(FORMS["number"].fullmatch, cells))
        if not heads[n] and numbers and any(each.kind == "name" for each in columns[n + 1 :]):
            columns[n] = IndicatorColumn("number")


def _find_years(columns: list[IndicatorColumn], heads: Sequence[str], below: Below) -> None:
    """Find the column of years, which `Laatste meting` may be, and also the values of one."""
    for n, cells in enumerate(below):
        kind, years = columns[n].kind, [bool(FORMS["year"].fullmatch(cell)) for cell in cells]
        values = [read_score(cell) is not None for cell in cells]
        measured = column_of(heads[n]).holds == "measurement"
        scored = measured and values and all(values) and not any(years)
        if scored:
            columns[n] = IndicatorColumn("score")
        dated = columns[n].year and {*cells} != {str(columns[n].year)}  # not as its own head
        if kind in ("", "year", "score") and not (dated or scored) and years and all(years):
            over = kind != "" and n + 1 < len(columns) and not heads[n + 1]
            columns[n] = IndicatorColumn("year")
            if over and any(read_score(cell) for cell in below[n + 1]):
                columns[n + 1] = IndicatorColumn("score")


def _find_groups(columns: list[IndicatorColumn], heads: Sequence[str]) -> None:
    """Make bare years behind the year of a target, or of elsewhere, what that is.

    The head over them all may stand over the first alone.
    """
    for n, head in enumerate(heads[1:], 1):
        group = columns[n - 1]
        follows = group.year and columns[n].year == group.year + 1 and YEAR.fullmatch(head)
        if follows and group.kind in ("target", "other"):
            columns[n] = IndicatorColumn(group.kind, columns[n].year)


def _find_areas(columns: list[IndicatorColumn], below: Below) -> None:
    """Find the column of places: of the row, or of the values behind it where others are before."""
    for n, cells in enumerate(below):
        kind = columns[n].kind
        named = any(map(names_area, cells)) or (kind == "other" and bool(cells))
        if kind not in ("", "other", "text") or not named or any(map(read_score, cells)):
            continue
        before = any(each.kind in ("score", "target") for each in columns[:n])
        columns[n] = IndicatorColumn("text" if before else "area")
        behind = columns[n + 1] if n + 1 < len(columns) else None
        if before and behind and behind.kind == "score":
            columns[n + 1] = IndicatorColumn("other", behind.year)


def _find_stated(columns: list[IndicatorColumn], below: Below) -> None:
    """Make the one column of values, just behind years before its own, one of scores of those.

    Its head then says the document in which they stand: `Cijfer begroting 2018`.
    """
    values = [n for n, column in enumerate(columns) if column.kind in ("score", "target")]
    if len(values) != 1 or not values[0] or columns[values[0] - 1].kind != "year":
        return
    place = values[0]
    cells = [cell for cell in below[place - 1] if FORMS["year"].fullmatch(cell)]
    last, of = max((int(cell[:4]) for cell in cells), default=0), columns[place].year or 0
    unknown = any(
        not column.kind and any(map(read_score, below[n])) for n, column in enumerate(columns)
    )
    if len(cells) == len(below[place]) and 0 < last < of and not unknown:
        columns[place] = IndicatorColumn("score", stated=of)


def _find_own(columns: list[IndicatorColumn], heads: Sequence[str], below: Below) -> None:
    """Beside other areas, one unknown head names the municipality; it may come again by year."""
    told = [n for n, column in enumerate(columns) if not column.kind and heads[n]]
    unknown = [n for n in told if any(map(read_score, below[n]))]
    unknown = unknown or [n for n in told if not below[n]]
    areas = any(_AREA.search(head.lower()) for head in heads)
    names = {squeezed(YEAR.sub("", heads[n])) for n in unknown}
    years = [YEAR.findall(heads[n]) for n in unknown]
    dated = all(len(found) == 1 for found in years) or len(unknown) == 1
    seen = any(below)
    scores = any(
        column.kind == "score" and (cells or not seen)
        for column, cells in zip(columns, below, strict=True)
    )
    if len(names) == 1 and dated and areas and not scores:
        for n, found in zip(unknown, years, strict=True):
            columns[n] = IndicatorColumn("score", int(found[0]) if len(found) == 1 else None)


def _leave_doubles(columns: list[IndicatorColumn], heads: Sequence[str]) -> None:
    """Take no scores below a head that comes again over years: one above told them apart."""
    over_years = {
        head for head, column in zip(heads, columns, strict=True) if column.kind == "year"
    }
    for n, head in enumerate(heads):
        if head in over_years and columns[n].kind == "score":
            columns[n] = IndicatorColumn("other")
