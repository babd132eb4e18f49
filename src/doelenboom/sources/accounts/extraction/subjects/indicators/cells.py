"""Own indicators in tables of cells: one row each, values under heads of score and target."""

from collections.abc import Mapping, Sequence

from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.numbers.printed import may_be_noted
from doelenboom.sources.accounts.extraction.numbers.scores import Head, Score, read_score
from doelenboom.sources.accounts.extraction.subjects.indicators.columns import (
    IndicatorColumn,
    IndicatorTable,
    doubt_of,
    name_of,
)
from doelenboom.sources.accounts.extraction.subjects.indicators.indicator import (
    ITEM,
    Indicator,
    Item,
    indicator_of,
)
from doelenboom.sources.accounts.extraction.subjects.indicators.statutory_names import code_of
from doelenboom.sources.accounts.extraction.subjects.sections import objective_of
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, anywhere
from doelenboom.sources.accounts.extraction.words.texts import shortened

_BROKEN_OFF = anywhere(
    r"\s(?:aan|bij|de|door|een|en|het|in|met|naar|of|op|per|van|voor)$", ANY_CASE
)
_CUT = "De naam breekt af: de rest staat elders; niet overgenomen."


def from_tables(
    lines: Sequence[Line],
    sections: Sequence[str],
    tables: Sequence[IndicatorTable],
    year: int,
    names: Mapping[str, str],
) -> tuple[list[Indicator], list[Issue]]:
    """Read tables in which each indicator has a row; other lines of the section are about them.

    Rows with a name of a statutory indicator are left to `statutory`.
    """
    rows = {
        place: (table.kinds, row)
        for table in tables
        for place, row in zip(table.places, table.rows, strict=True)
    }
    covered = {line for table in tables for line in table.covered}
    issues = [issue for table in tables for issue in table.issues]
    objective = ""
    items: dict[str, tuple[Item, list[tuple[Head, Score]]]] = {}
    item: Item | None = None
    for line, section in zip(lines, sections, strict=True):
        heading = objective_of(line.text) if section == "indicators" else None
        if line in rows:
            columns, row = rows[line]
            issues += unreadable_values(columns, row, year)
            item, values = _item(columns, row, objective, items, names)
            if item and _is_cut(item.name, names):
                issues.append(Issue(row.line, "indicator_values", shortened(row.text), _CUT))
            elif item:
                items[item.code] = item, [] if doubt_of(columns, year) else values
        elif heading:
            objective = heading.code
        elif item and section == "indicators" and line not in covered:
            item.body.append(line)
    found = []
    for item, values in items.values():
        indicator, problems = indicator_of(item, values, year)
        found.append(indicator)
        issues += problems
    return found, issues


def _is_cut(name: str, names: Mapping[str, str]) -> bool:
    """Say whether a name breaks off: at a preposition, or within the name of a statutory one."""
    begun = f"{name.lower()} "
    return bool(_BROKEN_OFF.search(name)) or any(each.lower().startswith(begun) for each in names)


def _item(
    columns: Sequence[IndicatorColumn],
    row: TableRow,
    objective: str,
    known: Mapping[str, object],
    names: Mapping[str, str],
) -> tuple[Item | None, list[tuple[Head, Score]]]:
    """Read a row; its code is its number, or else the place that it has among the others."""
    cells = list(zip(columns, row.cells, strict=False))
    whole = next((cell for column, cell in cells if column.kind == "name"), "")
    printed, unit, _ = name_of(whole)
    match = ITEM.fullmatch(printed)
    name = match["name"] if match else printed
    if not name or code_of(name, names):
        return None, []
    number = next((cell for column, cell in cells if column.kind == "number"), "").strip(". ")
    code = match["code"] if match else number
    if not code or code in known:
        code = next(
            str(n) for n in range(len(known) + 1, 2 * len(known) + 2) if str(n) not in known
        )
    item = Item(code, name, row.line, objective)
    item.unit = next((cell for column, cell in cells if column.kind == "unit"), unit)
    return item, values_in(columns, row)


def unreadable_values(
    columns: Sequence[IndicatorColumn],
    row: TableRow,
    year: int,
    kinds: Sequence[str] = ("score", "target"),
) -> list[Issue]:
    """Return what stands in a column of scores or targets and is no single value."""
    problem = "Niet als één waarde te lezen; niet overgenomen."
    if doubt := doubt_of(columns, year):
        return [Issue(row.line, "indicator_values", shortened(row.text), doubt)]
    return [
        Issue(row.line, "indicator_values", shortened(row.text), problem, (cell,))
        for column, cell in zip(columns, row.cells, strict=False)
        if column.kind in kinds and cell and _value(cell) is None
    ]


def values_in(columns: Sequence[IndicatorColumn], row: TableRow) -> list[tuple[Head, Score]]:
    """Return the scores and targets of a row; the year of the row is that of a score without."""
    cells = list(zip(columns, row.cells, strict=False))
    text = next((cell for column, cell in cells if column.kind == "year"), "")
    of_row = int(text[:4]) if text[:4].isdigit() else None
    return [
        (
            Head(
                column.kind == "target",
                score.year or column.year or (of_row if column.kind == "score" else None),
            ),
            score,
        )
        for column, cell in cells
        if column.kind in ("score", "target") and (score := _value(cell))
    ]


def _value(cell: str) -> Score | None:
    """Read the one value of a cell; what may be a dash with the number of a note is none."""
    return None if may_be_noted(cell) else read_score(cell)
