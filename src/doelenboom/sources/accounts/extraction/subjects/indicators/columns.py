"""What a table of indicators is, and what a column of one is by its head."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.numbers.scores import read_score
from doelenboom.sources.accounts.extraction.tables.columns import column_of, columns_of
from doelenboom.sources.accounts.extraction.tables.heads import YEAR
from doelenboom.sources.accounts.extraction.tables.table import Table, TableRow
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, anywhere, whole
from doelenboom.sources.accounts.extraction.words.texts import shortened
from doelenboom.sources.accounts.extraction.words.vocabulary import (
    AREAS,
    section_of,
)

VALUES = ("score", "target", "other")

IsStatutory = Callable[[str], bool]
"""Says whether a text is the name of a statutory indicator."""

_KINDS = {
    **dict.fromkeys(("indicator", "description"), "name"),
    **{holds: holds for holds in ("number", "unit", "source", "year", "score", "target")},
    **dict.fromkeys(("field", "theme"), "field"),
    **dict.fromkeys(("text", "remark", "status"), "text"),
    **dict.fromkeys(("elsewhere", "difference", "note"), "other"),
    **dict.fromkeys(("outcome", "standing"), "score"),
    "goal": "target",
    "measurement": "year",
}
"""What a table of indicators takes from what a column holds."""

FORMS = {
    "number": whole(r"[A-Z]{0,2}\.?\d{1,3}(?:\.\d{1,2})?[a-z]?\.?"),
    "year": whole(r"20\d\d(?:[/-](?:20)?\d\d)?"),
    "name": whole(r".*[^\W\d]{3}.{0,250}"),
}
LONGEST_HEAD = 60
LONGEST_TEXT = 150
LONGEST_GROUP = 30
"""Letters of a head, of a cell, and of a head over others."""

_LOOK_ABOVE = 10
_AN_AREA = whole(AREAS)
_MARK = anywhere(r"(?<=\s)(eenheid|bron)\s?:", ANY_CASE)
_WIDE = anywhere(" {2,}")


@dataclass(frozen=True)
class IndicatorColumn:
    """What a column is in a table of indicators, and of values the year in its head.

    `stated` is the year of the document that the head names where rows say of which year they are.
    """

    kind: str
    year: int | None = None
    stated: int | None = None


YEAR_TWICE = "Twee waarden voor hetzelfde jaar; niet overgenomen."
YEARS_AHEAD = "Jaren die nog komen, zonder wat de cijfers ervan zijn; niet overgenomen."
MISFIT = "De koppen passen niet op de rijen; geen waarde overgenomen."
_OF_NO_YEAR = IndicatorColumn("other")


@dataclass(frozen=True, kw_only=True)
class IndicatorTable(Table):
    """A table of indicators: what its columns hold, its rows with cells, the lines it covers.

    `places` are the lines on which the rows begin: a page may have many on one line of its file.
    """

    kinds: Sequence[IndicatorColumn]
    places: Sequence[Line]
    covered: frozenset[Line]
    statutory: bool
    issues: Sequence[Issue]


@dataclass(frozen=True)
class Heads:
    """The heads of a table of indicators, and what its columns hold."""

    texts: Sequence[str]
    kinds: tuple[IndicatorColumn, ...]


def indicator_table(
    heads: Heads,
    rows: Mapping[Line, TableRow],
    covered: Collection[Line],
    section: str,
    issues: Sequence[Issue],
) -> IndicatorTable:
    """Return a table of a section with these heads, and its rows by the lines they begin on."""
    numbers = [line.number for line in covered]
    return IndicatorTable(
        columns=columns_of(heads.texts), kinds=heads.kinds, rows=tuple(rows.values()),
        places=tuple(rows), first_line=min(numbers), last_line=max(numbers),
        covered=frozenset(covered), statutory=section == "statutory", issues=issues,
    )  # fmt: skip


def indicator_column(head: str) -> IndicatorColumn:
    """Say what a column is by its head; the kind is empty where it is unknown."""
    column = column_of(head)
    kind = _KINDS.get(column.holds, "")
    if kind not in VALUES or not column.years:
        return IndicatorColumn(kind)
    return IndicatorColumn(kind, column.years[0]) if len(column.years) == 1 else _OF_NO_YEAR


def doubt_of(columns: Sequence[IndicatorColumn], year: int) -> str:
    """Say why no score of a table is certain: two of one year, or years or documents to come.

    Then the head that told them apart, or said what they are, is lost.
    """
    years = [column.year for column in columns if column.kind == "score" and column.year]
    if len(set(years)) < len(years) or [column.kind for column in columns].count("year") > 1:
        return YEAR_TWICE
    told = [*years, *(column.stated for column in columns if column.stated)]
    return YEARS_AHEAD if max(told, default=year) > year else ""


def names_area(text: str) -> bool:
    """Say whether a text is nothing but the name of another area."""
    return bool(_AN_AREA.fullmatch(text.lower()))


def name_of(cell: str) -> tuple[str, str, str]:
    """Return the name of an indicator, its unit and its source, which its cell may hold as well."""
    parts = {"eenheid": "", "bron": ""}
    marks = list(_MARK.finditer(cell))
    ends = [*(mark.start() for mark in marks), len(cell)]
    for mark, end in zip(marks, ends[1:], strict=True):
        parts[mark[1].lower()] = cell[mark.end() : end].strip()
    return cell[: ends[0]].strip(" ,"), parts["eenheid"], parts["bron"]


def is_head(columns: Sequence[IndicatorColumn]) -> bool:
    """Say whether columns are those of indicators: one of names, and scores or targets."""
    kinds = [column.kind for column in columns]
    return kinds.count("name") == 1 and any(kind in ("score", "target") for kind in kinds)


def is_value(text: str) -> bool:
    """Say whether a text is a value, or a sign that there is none, and no year."""
    return read_score(text) is not None and not YEAR.fullmatch(text)


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
        indicator_column(cell).kind in VALUES and len(cell) <= LONGEST_GROUP
        for cell in cells_of(above)
    )
