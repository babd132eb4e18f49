"""What the columns of a table of indicators hold, and whether a cell is of its column's kind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.numbers.scores import read_score
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, anywhere, whole
from doelenboom.sources.accounts.extraction.words.texts import shortened, squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import (
    AREAS,
    INDICATOR_HEADS,
    section_of,
)

VALUES = ("score", "target", "other")

YEAR = anywhere(r"\b20\d\d\b")
_UNIT = anywhere(
    r"%|aantal|\bper\b|euro|€|fte|index|\bkg\b|cijfer|schaal|ratio|verhouding|percentage|kosten",
    ANY_CASE,
)
END = whole(r"(?:toelichting|bron(?:nen)?|definities|legenda|indicator)\b:?", ANY_CASE)
FORMS = {
    "number": whole(r"\d{1,3}[a-z]?\.?"),
    "year": whole(r"20\d\d(?:[/-](?:20)?\d\d)?"),
    "name": whole(r".*[^\W\d]{3}.{0,250}"),
}
LONGEST_HEAD = 60
LONGEST_TEXT = 150
_LONGEST_GROUP = 30
_LOOK_ABOVE = 10
_BROKEN_OFF = anywhere(r"(?<=[a-z])- (?=[a-z])")
_AREA = anywhere(rf"\b(?:{AREAS})\b")
_WIDE = anywhere(" {2,}")


@dataclass(frozen=True)
class IndicatorColumn:
    """What a column holds, one of the kinds of `INDICATOR_HEADS`, and the year in its head."""

    kind: str
    year: int | None = None


@dataclass(frozen=True)
class IndicatorTable:
    """A table: its columns, its rows (lines with a cell per column), and the lines it covers.

    `places` are the lines on which the rows begin: a page may have many on one line of its file.
    """

    columns: tuple[IndicatorColumn, ...]
    rows: tuple[Line, ...]
    places: tuple[Line, ...]
    covered: frozenset[Line]
    statutory: bool
    issues: tuple[Issue, ...] = field(default=())


@lru_cache(maxsize=4096)
def column_of(head: str) -> IndicatorColumn:
    """Say what a column holds by its head; the kind is empty where it is unknown."""
    low = _BROKEN_OFF.sub("", squeezed(head).lower().rstrip("*: "))
    years = YEAR.findall(low)
    kind = next((kind for kind, form in INDICATOR_HEADS if form.fullmatch(low)), "")
    if len(years) > 1 and kind in VALUES:
        kind = "other"
    return IndicatorColumn(kind, int(years[0]) if len(years) == 1 and kind in VALUES else None)


def columns_of(heads: Sequence[str]) -> tuple[IndicatorColumn, ...]:
    """Return the columns; beside other areas, a sole unknown head names the municipality."""
    columns = [column_of(head) for head in heads]
    unknown = [n for n, column in enumerate(columns) if not column.kind and heads[n]]
    areas = any(_AREA.search(head.lower()) for head in heads)
    if len(unknown) == 1 and areas and not any(column.kind == "score" for column in columns):
        columns[unknown[0]] = IndicatorColumn("score")
    return tuple(columns)


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
            column.kind != "name" or not END.fullmatch(cell)
        )
    if column.kind == "unit":
        return bool(_UNIT.search(cell)) and len(cell) <= LONGEST_TEXT
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
        column_of(cell).kind in VALUES and len(cell) <= _LONGEST_GROUP for cell in cells_of(above)
    )
