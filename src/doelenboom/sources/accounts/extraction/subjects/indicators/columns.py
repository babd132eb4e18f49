"""What the columns of a table of indicators hold, and whether a cell is of its column's kind."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.numbers.scores import read_score
from doelenboom.sources.accounts.extraction.tables.columns import column_of, columns_of
from doelenboom.sources.accounts.extraction.tables.heads import YEAR
from doelenboom.sources.accounts.extraction.tables.table import Table, TableRow
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, anywhere, whole
from doelenboom.sources.accounts.extraction.words.texts import shortened, squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import (
    AFTER_INDICATORS,
    AREAS,
    MEASURE,
    section_of,
)

VALUES = ("score", "target", "other")

_KINDS = {
    **dict.fromkeys(("indicator", "description"), "name"),
    **{holds: holds for holds in ("number", "unit", "source", "year", "score", "target")},
    **dict.fromkeys(("field", "theme"), "field"),
    **dict.fromkeys(("text", "remark", "status"), "text"),
    **dict.fromkeys(("elsewhere", "difference", "note"), "other"),
    **dict.fromkeys(("outcome", "standing"), "score"),
    "goal": "target",
}
"""What a table of indicators takes from what a column holds."""

FORMS = {
    "number": whole(r"\d{1,3}[a-z]?\.?"),
    "year": whole(r"20\d\d(?:[/-](?:20)?\d\d)?"),
    "name": whole(r".*[^\W\d]{3}.{0,250}"),
}
LONGEST_HEAD = 60
LONGEST_TEXT = 150
_LONGEST_GROUP = 30
_LOOK_ABOVE = 10
_AREA = anywhere(rf"\b(?:{AREAS})\b")
_MARK = anywhere(r"(?<=\s)(eenheid|bron)\s?:", ANY_CASE)
_WIDE = anywhere(" {2,}")


@dataclass(frozen=True)
class IndicatorColumn:
    """What a column is in a table of indicators, and of values the year in its head."""

    kind: str
    year: int | None = None


YEAR_TWICE = "Twee waarden voor hetzelfde jaar; niet overgenomen."
_OF_NO_YEAR = IndicatorColumn("other")


@dataclass(frozen=True, kw_only=True)
class IndicatorTable(Table):
    """A table of indicators: its rows with their cells, and the lines it covers.

    `places` are the lines on which the rows begin: a page may have many on one line of its file.
    """

    places: Sequence[Line]
    covered: frozenset[Line]
    statutory: bool
    issues: Sequence[Issue]

    @cached_property
    def kinds(self) -> tuple[IndicatorColumn, ...]:
        """What its columns hold."""
        return indicator_columns([column.head for column in self.columns])


def indicator_table(
    heads: Sequence[str],
    rows: Mapping[Line, TableRow],
    covered: Collection[Line],
    section: str,
    issues: Sequence[Issue],
) -> IndicatorTable:
    """Return a table of a section with these heads, and its rows by the lines they begin on."""
    numbers = [line.number for line in covered]
    return IndicatorTable(
        columns=columns_of(heads), rows=tuple(rows.values()), places=tuple(rows),
        first_line=min(numbers), last_line=max(numbers), covered=frozenset(covered),
        statutory=section == "statutory", issues=issues,
    )  # fmt: skip


def indicator_column(head: str) -> IndicatorColumn:
    """Say what a column is by its head; the kind is empty where it is unknown."""
    column = column_of(head)
    kind = _KINDS.get(column.holds, "")
    if kind not in VALUES or not column.years:
        return IndicatorColumn(kind)
    return IndicatorColumn(kind, column.years[0]) if len(column.years) == 1 else _OF_NO_YEAR


def indicator_columns(heads: Sequence[str]) -> tuple[IndicatorColumn, ...]:
    """Return the columns; beside other areas, one unknown head names the municipality.

    It may come again with another year.
    """
    columns = [indicator_column(head) for head in heads]
    unknown = [n for n, column in enumerate(columns) if not column.kind and heads[n]]
    areas = any(_AREA.search(head.lower()) for head in heads)
    names = {squeezed(YEAR.sub("", heads[n])) for n in unknown}
    years = [YEAR.findall(heads[n]) for n in unknown]
    dated = all(len(found) == 1 for found in years) or len(unknown) == 1
    if len(names) == 1 and dated and areas and all(each.kind != "score" for each in columns):
        for n, found in zip(unknown, years, strict=True):
            columns[n] = IndicatorColumn("score", int(found[0]) if len(found) == 1 else None)
    return tuple(columns)


def has_year_twice(columns: Sequence[IndicatorColumn]) -> bool:
    """Say whether two columns of scores are of one year: the head that told them apart is lost."""
    years = [column.year for column in columns if column.kind == "score" and column.year]
    return len(set(years)) < len(years)


def name_of(cell: str) -> tuple[str, str, str]:
    """Return the name of an indicator, its unit and its source, which its cell may hold as well."""
    parts = {"eenheid": "", "bron": ""}
    marks = list(_MARK.finditer(cell))
    ends = [*(mark.start() for mark in marks), len(cell)]
    for mark, end in zip(marks, ends[1:], strict=True):
        parts[mark[1].lower()] = cell[mark.end() : end].strip()
    return cell[: ends[0]].strip(), parts["eenheid"], parts["bron"]


def is_head(columns: Sequence[IndicatorColumn]) -> bool:
    """Say whether columns are those of indicators: one of names, and scores or targets."""
    kinds = [column.kind for column in columns]
    return kinds.count("name") == 1 and any(kind in ("score", "target") for kind in kinds)


def _fits(cell: str, column: IndicatorColumn) -> bool:
    """Say whether a cell is of the kind of its column."""
    if column.kind in VALUES:
        return read_score(cell) is not None and not YEAR.fullmatch(cell)
    if column.kind in FORMS:
        return bool(FORMS[column.kind].fullmatch(cell)) and (
            column.kind != "name" or not AFTER_INDICATORS.fullmatch(cell)
        )
    if column.kind == "unit":
        return bool(MEASURE.search(cell)) and len(cell) <= LONGEST_TEXT
    return read_score(cell) is None and len(cell) <= LONGEST_TEXT


def fit(cells: Sequence[str], columns: Sequence[IndicatorColumn]) -> bool:
    """Say whether there is a cell for each column, of its kind."""
    return len(cells) == len(columns) and all(
        _fits(cell, column) for cell, column in zip(cells, columns, strict=True)
    )


def unread(
    line: int, text: str, values: Sequence[str], columns: Sequence[IndicatorColumn]
) -> Issue:
    """Say that the values of a row do not fit the columns."""
    wanted = sum(column.kind in (*VALUES, "year") for column in columns)
    problem = f"{len(values)} waarden bij {wanted} kolommen; niet overgenomen."
    return Issue(line, "indicator_values", shortened(text), problem, tuple(values))


def cells_of(line: Line) -> tuple[str, ...]:
    """Return the cells of a line: its own, or those between bars or wide blanks."""
    if line.cells:
        return line.cells
    if "|" in line.text:
        return tuple(cell.strip() for cell in line.text.strip().strip("|").rstrip("| ").split("|"))
    return tuple(_WIDE.split(line.text.strip()))


def is_grouped(lines: Sequence[Line], place: int) -> bool:
    """Say whether heads stand over the heads of a line whose empty cells are lost."""
    near = (lines[at] for at in range(place - 1, max(place - _LOOK_ABOVE, -1), -1))
    above = next((line for line in near if line.text.strip()), None)
    if above is None or section_of(above.text) or len(above.text) > LONGEST_TEXT:
        return False
    return any(
        indicator_column(cell).kind in VALUES and len(cell) <= _LONGEST_GROUP
        for cell in cells_of(above)
    )
