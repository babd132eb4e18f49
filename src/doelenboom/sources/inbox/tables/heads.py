"""Where the head of a table stands in a sheet, which table it is of, and what each column holds.

The kind of a sheet is known by its head, never by a name. A head may stand in two rows, of which
the upper one has merged cells; above it there may be titles. No cell below it is judged here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from doelenboom.sources.accounts.extraction.tables.columns import ASIDE, column_of
from doelenboom.sources.accounts.extraction.tables.heads import YEAR
from doelenboom.sources.accounts.extraction.tables.layout import IGNORED, read_layout
from doelenboom.sources.inbox.tables.grid import Cell, Row, Sheet
from doelenboom.sources.inbox.tables.head import Head, HeadColumn, HeadFault
from doelenboom.sources.inbox.tables.kinds import KEUR, MADE_COLUMNS, SOURCES_OF, Kind, plain
from doelenboom.sources.inbox.tables.units import has_other_unit, unit_said, without_unit
from doelenboom.sources.inbox.tables.words import ADDED_COLUMNS

FINANCE = "programme_finance"
_FIRST_ROWS = 30
"""Rows in which a head is looked for."""

LONGEST_HEAD = 200
"""Characters of a head."""

PROGRAMME = "programme_code"
_TELLING = frozenset({"taakveld_code", "peer_group_name", "member_code"})
"""Columns by which a table of no programme is known."""

_ENOUGH = 4
"""Columns of a table that a sheet has if it is meant to be that table; one is the programme."""

_OWN = frozenset((*MADE_COLUMNS, *SOURCES_OF))
_ADDED = frozenset(map(plain, ADDED_COLUMNS))


class _Candidate(NamedTuple):
    """What may be a head: its texts, its line, and the rows before its body."""

    texts: list[str]
    number: int
    body: int


def find_head(sheet: Sheet, kinds: Iterable[Kind], known: Mapping[str, str]) -> Head | None:
    """Find the head that fits a table best, and what is wrong with it; None where there is none.

    `known` are columns that need not be there.
    """
    kinds = tuple(kinds)
    found = [
        head
        for candidate in _candidates(sheet)
        for kind in kinds
        if (head := _head(kind, candidate, sheet, known))
    ]
    best = max(found, key=lambda head: head.weight, default=None)
    if best is None or PROGRAMME in best.missing:
        told = [head for head in found if _is_of_no_programme(head)]
        best = max(told, key=lambda head: head.weight, default=best)
    if best is None:
        return None
    least = _ENOUGH - 1 if _is_of_no_programme(best) else _ENOUGH
    if best.missing and len(best.columns) < least:
        return None
    return _judged(best, sheet)


def _is_of_no_programme(head: Head) -> bool:
    """Say whether a head is of a table of no programme, and has a column that no other table has.

    What lacks the programme as well as something of such a table is meant to be such a table.
    """
    names = {column.name for column in head.columns}
    return PROGRAMME not in head.kind.fields and bool(names & _TELLING)


def _candidates(sheet: Sheet) -> Iterator[_Candidate]:
    """Yield what may be a head: one row, or two of which the upper one reaches to the right."""
    for place, row in enumerate(sheet.rows[:_FIRST_ROWS]):
        texts = [cell.text if _may_be_head(cell) else "" for cell in row.cells]
        yield _Candidate(texts, row.number, place + 1)
        below = sheet.rows[place + 1] if place + 1 < len(sheet.rows) else None
        if below and below.number == row.number + 1 and _is_all_words(below):
            lower = [cell.text for cell in below.cells]
            yield _Candidate(_joined(texts, lower), row.number, place + 2)


def _may_be_head(cell: Cell) -> bool:
    return isinstance(cell.value, str) and len(cell.text) <= LONGEST_HEAD


def _is_all_words(row: Row) -> bool:
    """Say whether a row has no figures but years: it may belong to a head."""
    return all(
        isinstance(cell.value, str) and not any(map(str.isdigit, YEAR.sub("", cell.text)))
        for cell in row.cells
        if cell.text
    )


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    texts, group = [], ""
    for place in range(max(len(upper), len(lower))):
        above = upper[place] if place < len(upper) else ""
        below = lower[place] if place < len(lower) else ""
        group = above or group
        texts.append(f"{group} {below}".strip() if below else above)
    return texts


def _head(kind: Kind, candidate: _Candidate, sheet: Sheet, known: Mapping[str, str]) -> Head | None:
    texts = candidate.texts
    columns = tuple(
        HeadColumn(place, text, name)
        for place, text in enumerate(texts)
        if text and plain(text) not in _ADDED and (name := _column(kind, text))
    )
    columns = (*columns, *_of_the_year(kind, candidate, columns, sheet, known))
    marks = {plain(text): n for n, text in enumerate(texts) if plain(text) in _ADDED}
    placed = {column.place for column in columns} | set(marks.values())
    others = [n for n, text in enumerate(texts) if text and n not in placed]
    left = tuple(texts[n] for n in others)
    head = Head(kind, candidate.number, candidate.body, columns, left, (), marks, known)
    if kind.name == FINANCE:
        head = _with_amounts(head, texts, others, sheet)
    return head if head.columns else None


def _of_the_year(
    kind: Kind,
    candidate: _Candidate,
    columns: Sequence[HeadColumn],
    sheet: Sheet,
    known: Mapping[str, str],
) -> Iterator[HeadColumn]:
    """Yield the columns whose heads have the one year of all rows behind them: `Score 2018`."""
    years = _years(columns, candidate.body, sheet, known)
    found = {column.place for column in columns}
    for place, text in enumerate(candidate.texts):
        named = YEAR.findall(text)
        if place not in found and len(named) == 1 and years == {int(named[0])}:
            name = _column(kind, YEAR.sub(" ", text))
            if name:
                yield HeadColumn(place, text, name)


def _column(kind: Kind, text: str) -> str:
    """Give the column of a table that a head means, nothing where it means none."""
    name = kind.words.get(plain(text)) or kind.words.get(plain(without_unit(text))) or ""
    if name.endswith(KEUR) and has_other_unit(text):
        return ""
    return name


def _with_amounts(head: Head, texts: Sequence[str], others: Sequence[int], sheet: Sheet) -> Head:
    """Add the columns of amounts whose heads name a phase, and perhaps a flow."""
    years = _years(head.columns, head.body, sheet, head.known)
    amounts = [c.place for c in head.columns if c.name.endswith(KEUR)]
    heads = sorted([*amounts, *(n for n in others if not has_other_unit(texts[n]))])
    year = next(iter(years)) if len(years) == 1 else 0
    layout = read_layout([without_unit(texts[n]) for n in heads], year) if heads[1:] else None
    if layout is None or len(layout.columns) != len(heads):
        return head
    read = dict(zip(heads, layout.columns, strict=True))
    added = tuple(
        HeadColumn(n, texts[n], f"{read[n].phase}{KEUR}", flow=read[n].flow)
        for n in heads
        if (n in others or read[n].flow) and read[n].phase != IGNORED and read[n].flow != "total"
    )
    replaced = {column.place for column in added}
    kept = tuple(column for column in head.columns if column.place not in replaced)
    left = tuple(texts[n] for n in others if n not in replaced)
    unplaced = [n for n in heads if layout.unplaced and read[n].phase == IGNORED]
    faults = tuple(HeadFault("which_budget", texts[n]) for n in unplaced if _is_budget(texts[n]))
    if layout.dated and len(years) > 1:
        faults = (*faults, HeadFault("which_year"))
    return replace(head, columns=(*kept, *added), left_out=left, faults=faults)


def _is_budget(text: str) -> bool:
    return "begroting" in plain(text) or "raming" in plain(text)


def _years(
    columns: Iterable[HeadColumn], body: int, sheet: Sheet, known: Mapping[str, str]
) -> set[int]:
    """Give the years of the rows below a head."""
    place = next((column.place for column in columns if column.name == "fiscal_year"), None)
    if place is None:
        return {int(known["fiscal_year"])} if "fiscal_year" in known else set()
    texts = {row.cell(place).text for row in sheet.rows[body:]}
    return {int(text) for text in texts if YEAR.fullmatch(text)}


def _judged(head: Head, sheet: Sheet) -> Head:
    """Say what is wrong with a head, and give amounts their unit: its own, else of a title."""
    faults = [*head.faults, *(HeadFault("no_column", expected=name) for name in head.missing)]
    keys = Counter((c.name, c.flow) for c in head.columns)
    faults += [
        HeadFault("column_twice", column.text)
        for column in head.columns
        if keys[column.name, column.flow] > 1
    ]
    titles = {
        unit
        for row in sheet.rows[: head.body]
        if row.number < head.number
        for cell in row.cells
        if (unit := unit_said(cell.text)) is not None
    }
    title = titles.pop() if len(titles) == 1 else None
    columns = []
    for column in head.columns:
        if column.name.endswith(KEUR):
            unit = _unit(column, title)
            if unit is None:
                faults.append(HeadFault("unit", column.text, place=column.place))
            column = replace(column, unit=unit)  # noqa: PLW2901
        columns.append(column)
    for text in head.left_out:
        if _is_amount_of_another_unit(head.kind, text):
            faults.append(HeadFault("unit", text, place=_place(sheet, head, text)))
    left = tuple(text for text in head.left_out if column_of(text).holds not in ASIDE)
    read = tuple(column for column in columns if column.name not in _OWN)
    return replace(head, columns=read, faults=tuple(faults), left_out=left)


def _place(sheet: Sheet, head: Head, text: str) -> int | None:
    """Find the column that a head stands above; None where it is made of the heads of two rows."""
    found = (
        place
        for row in sheet.rows[: head.body]
        if row.number >= head.number
        for place, cell in enumerate(row.cells)
        if cell.text == text
    )
    return next(found, None)


def _unit(column: HeadColumn, title: Decimal | None) -> Decimal | None:
    if plain(column.text) == plain(column.name):
        return Decimal(1)  # the name of the package says so
    said = unit_said(column.text)
    return title if said is None else said


def _is_amount_of_another_unit(kind: Kind, text: str) -> bool:
    """Say whether a head is that of an amount, but for words behind it that look like a unit."""
    words = plain(text).split()
    for length in range(len(words) - 1, 0, -1):
        if kind.words.get(" ".join(words[:length]), "").endswith(KEUR):
            return words[length] in ("x", "in", "per") or has_other_unit(text)
    return False
