"""Statements of reserves: rows, movements and years, whichever of them stands in columns or rows.

A column may say the movement and its year, or one of them, and a row or heading the other. Which
row holds is not said here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.candidates import Reading
from doelenboom.sources.accounts.extraction.numbers.printed import Printed, read_cell
from doelenboom.sources.accounts.extraction.tables.columns import columns_of, columns_of_statement
from doelenboom.sources.accounts.extraction.tables.heads import YEAR
from doelenboom.sources.accounts.extraction.tables.reserve_columns import (
    BALANCES,
    MOVEMENTS,
    Link,
    Meaning,
    dated,
    in_order,
    is_year,
    links_of,
    meaning_of,
    phased,
    unknown_within,
    with_context,
)
from doelenboom.sources.accounts.extraction.tables.reserve_sheets import (
    Sheet,
    sheet_of_cells,
)
from doelenboom.sources.accounts.extraction.tables.reserve_texts import (
    first_amount,
    may_begin,
    sheet_of_text,
)
from doelenboom.sources.accounts.extraction.tables.table import Table, TableRow
from doelenboom.sources.accounts.extraction.tables.units import units_in
from doelenboom.sources.accounts.extraction.words.rows import kind_of
from doelenboom.sources.accounts.extraction.words.texts import squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import (
    BALANCE_SHEET,
    LONGEST_HEADING,
    PROVISIONS,
    RESERVES,
    STATEMENT_TITLE,
    SUM,
)

_ABOVE = 4
"""Lines above a table among which one may say of what it is."""

_BELOW = 6
"""Lines below its head among which one may say so where none above does."""

_BETWEEN = 4
"""Lines from the end of a table to rows that go on with its columns."""

_OF_A_YEAR = "De rij noemt een jaar of begroting, niet welke reserve; niet overgenomen."
_UNKNOWN = "een kolom zegt niet wat zij is."


@dataclass(frozen=True)
class StatementRow(TableRow):
    """A row, and what the heading above it is about: reserves, provisions, or both."""

    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Statement(Table):
    """A statement of reserves: its columns of the year, and its `chain`, those of all its years.

    Where it may hold provisions as well only rows that are `named` reserves count. It stands from a
    `place` among the lines to that `after` it.
    """

    rows: Sequence[StatementRow] = ()
    link: Link = field(default_factory=dict)
    chain: Sequence[Link] = ()
    named: bool = False
    place: int = 0
    after: int = 0


def statements(lines: Sequence[Line], year: int) -> Iterator[Statement]:
    """Yield the statements of reserves in their order, as of a year."""
    place = tried = 0
    while place < len(lines):
        in_cells = bool(lines[place].cells)
        sheet = _in_cells(lines, place) if in_cells else sheet_of_text(lines, place, place < tried)
        if sheet is None:
            if place >= tried and not in_cells and may_begin(lines[place].text):
                tried = first_amount(lines, place) or 0
            place += 1
            continue
        found = list(_statements_of(sheet, lines, year))
        yield from (replace(each, place=sheet.place, after=sheet.after) for each in found)
        place = sheet.after


def _in_cells(lines: Sequence[Line], place: int) -> Sheet | None:
    """Read a table of cells, and the rows just below it that go on with its columns."""
    sheet = sheet_of_cells(lines, place)
    while sheet:
        near = range(sheet.after, min(sheet.after + _BETWEEN, len(lines)))
        below = next((at for at in near if lines[at].cells), None)
        rest = sheet_of_cells(lines, below, sheet) if below else None
        if not rest or [*rest.head] != [*sheet.head] or [*rest.heads] != [*sheet.heads]:
            break
        sheet = replace(
            sheet, rows=[*sheet.rows, *rest.rows], last_line=rest.last_line, after=rest.after
        )
    return sheet


def _statements_of(sheet: Sheet, lines: Sequence[Line], year: int) -> Iterator[Statement]:
    """Yield the statement of a table, or that of each reserve whose movements are its rows."""
    near = lines[max(sheet.place - 3 * _ABOVE, 0) : sheet.place]
    above = [line for line in reversed(near) if line.text.strip()][:_ABOVE]
    subject = _subject(sheet, above)
    if subject not in ("reserves", "both"):
        return
    named = subject == "both"
    in_rows = any(meaning_of(row.label).what in BALANCES for row in sheet.rows if row.readings)
    titles = [line.text for line in above if len(line.text) <= LONGEST_HEADING][:2]
    days = [] if in_rows else [sheet.label, *titles]
    of = _year_of([sheet.label, sheet.head_text, *titles]) or year
    ways = [_meanings(heads, days, of) for heads in sheet.heads]
    moving = [way for way in ways if any(each.what in BALANCES for each in way)]
    if moving:
        printed = (line for line in reversed(near) if line.text.strip())
        over = takewhile(lambda line: not (line.cells or read_cell(line.text)), printed)
        found = _in_columns(sheet, moving, year, _moved([*over, *sheet.head]))
        yield from [replace(found, named=named)] if found else []
    elif in_rows:
        name = next((line for line in above if _names_reserve(line)), None)
        yield from (replace(each, named=named) for each in _in_rows(sheet, ways[0], name, year))


def _year_of(texts: Sequence[str]) -> int:
    """Return the one year that the nearest of some texts names; 0 where it names several."""
    named = (set(YEAR.findall(text)) for text in texts)
    years = next(filter(None, named), set())
    return int(years.pop()) if len(years) == 1 else 0


def _meanings(heads: Sequence[str], days: Sequence[str], year: int) -> list[Meaning]:
    """Say what columns are, where the nearest text that names a day says on which balances are.

    Where none has a year they are of that year.
    """
    found = [meaning_of(head) for head in heads]
    for text in days:
        found = with_context(found, text)
    return dated(phased(found), year)


def _subject(sheet: Sheet, above: Sequence[Line]) -> str:
    """Return what the nearest line that names reserves or provisions names, or `both`."""
    near = [sheet.label, sheet.head_text, *(line.text for line in above)]
    groups = map(_group, (*near, *(row.text for row in sheet.rows[:_BELOW])))
    return next(filter(None, groups), "")


def _in_columns(
    sheet: Sheet, ways: Sequence[Sequence[Meaning]], year: int, moved: Sequence[Meaning]
) -> Statement | None:
    """Read the statement whose columns say balances, in the first way that holds a year whole.

    What `moved` is as far as heads say.
    """
    doubts = []
    for meanings in ways:
        links = links_of(meanings)
        moving = any(each.what in MOVEMENTS for each in meanings)
        rows = list(_rows(sheet.rows, year))
        if not moving and (not rows or any(map(_is_of_another, sheet.rows))):
            return None
        link = links.get(year)
        if link and not (in_order(meanings, link) and _holds(meanings, moved)):
            doubts.append(_UNKNOWN)
        elif link:
            unknown = unknown_within(meanings, link)
            if not any(_holds_something(sheet.rows, column) for column in unknown):
                chain = [each for of, each in links.items() if "opening" in each]
                return _statement(sheet, rows, link, chain)
            doubts.append(_UNKNOWN)
        elif links:
            doubts.append(f"zij is van {min(links)}.")
        elif moving:
            doubts.append(_UNKNOWN)
    return _statement(sheet, refusal=doubts[0]) if doubts else None


def _moved(heads: Sequence[Line]) -> list[Meaning]:
    """Return what heads say that moved in which year, also one left out of a way."""
    said = (meaning_of(text) for line in heads for text in line.cells or (line.text,))
    return [each for each in said if each.what in MOVEMENTS and each.year]


def _holds(meanings: Sequence[Meaning], moved: Sequence[Meaning]) -> bool:
    """Say whether columns are of the years in which something moved, none of them said twice."""
    years = {each.year for each in meanings if each.what}
    return len({*moved}) == len(moved) and years.issuperset(each.year for each in moved)


def _is_of_another(row: TableRow) -> bool:
    """Say whether a row is one of a balance sheet, or of costs and revenue."""
    kind = kind_of(row.label).flow
    return bool(BALANCE_SHEET.search(row.text)) or kind in ("expenses", "revenue")


def _statement(
    sheet: Sheet,
    rows: Sequence[StatementRow] = (),
    link: Link | None = None,
    chain: Sequence[Link] = (),
    *,
    refusal: str = "",
) -> Statement:
    return Statement(
        columns=columns_of(sheet.heads[0]),
        rows=rows,
        first_line=sheet.first_line,
        last_line=sheet.last_line,
        head=sheet.head,
        link=link or {},
        chain=chain,
        refusal=refusal,
    )


def _holds_something(rows: Sequence[TableRow], column: int) -> bool:
    return any(reading.cells[column].text for row in rows for reading in row.readings[:1])


def _rows(rows: Sequence[TableRow], year: int) -> Iterator[StatementRow]:
    """Yield the rows of reserves; those of years below a name are that reserve, in the year."""
    group, name = "", ""
    of_years: list[tuple[TableRow, str]] = []
    for row in (*rows, None):
        if row is None or row.heading or not is_year(row.label):
            yield from _of_the_year(of_years, name, group)
            of_years = []
        if row is None:
            return
        if row.heading:
            group, name = _group(row.label) or group, row.label.strip(" :")
        elif is_year(row.label):
            meaning = meaning_of(row.label)
            of_years += [(row, meaning.phase)] if meaning.year in (0, year) else []
        else:
            name = row.label if row.readings else ""
            yield _row(row, row.readings, _group_of_row(row, group))


def _row(row: TableRow, readings: Sequence[Reading], group: str, problem: str = "") -> StatementRow:
    return StatementRow(row.line, row.text, readings, problem=problem or row.problem, group=group)


def _of_the_year(
    rows: Sequence[tuple[TableRow, str]], name: str, group: str
) -> Iterator[StatementRow]:
    """Yield the one of several rows of a year that was done and not budgeted, with its name."""
    done = [each for each in rows if each[1] == "actual"]
    rows = done if len(done) == 1 else rows
    sure = len(rows) == 1 and bool(name) and meaning_of(rows[0][0].label).year > 0
    for row, _ in rows:
        named = [Reading(name, reading.cells) for reading in row.readings] if sure else []
        yield _row(row, named, group, "" if sure else _OF_A_YEAR)


def _group(heading: str) -> str:
    """Return what a heading says that the rows below it are."""
    of_reserves, of_provisions = RESERVES.search(heading), PROVISIONS.search(heading)
    if of_reserves and of_provisions:
        return "both"
    return "reserves" if of_reserves else "provisions" if of_provisions else ""


def _group_of_row(row: TableRow, group: str) -> str:
    own = _group(row.label)
    if own == "provisions" != group and not PROVISIONS.match(row.label.strip()):
        return "both"
    return own or group


def _in_rows(
    sheet: Sheet, meanings: Sequence[Meaning], name: Line | None, year: int
) -> Iterator[Statement]:
    """Yield the statement of each reserve of which the balances and movements are rows."""
    columns = [n for n, each in enumerate(meanings) if each.year == year]
    done = [n for n in columns if meanings[n].phase == "actual"]
    columns = done if len(done) == 1 else columns
    if not any(each.year for each in meanings):
        columns = list(range(len(meanings)))
    if not columns:
        others = [each.year for each in meanings if each.year]
        yield _statement(sheet, refusal=f"zij is van {min(others)}.")
        return
    heads = sheet.heads[0]
    across = len(columns) > 1 and all(
        RESERVES.search(heads[n]) or SUM.match(heads[n]) for n in columns
    )
    for line, label, group, rows in _blocks(sheet.rows, name):
        said = [meaning_of(row.label) for row in rows]
        of_rows = dated(said, year)
        link = links_of(of_rows).get(year)
        doubt = "" if link and (len(columns) == 1 or across) else _UNKNOWN
        if not label and not across:
            doubt = "welke reserve het is, staat er niet bij."
        if doubt:
            yield _statement(sheet, refusal=doubt)
            return
        found = []
        for column in columns:
            cells = tuple(row.sole[column] if row.sole else Printed(row.text, None) for row in rows)
            of = heads[column] if across else label
            found.append(StatementRow(line, of, [Reading(of, cells)], group=_group(of) or group))
        yield _statement(sheet, found, link, [link] if link else [])


def _blocks(
    rows: Sequence[TableRow], above: Line | None
) -> Iterator[tuple[int, str, str, list[TableRow]]]:
    """Yield the line and name of each reserve, and the rows of its balances and movements.

    Also `provisions` where a heading says that those below it are.
    """
    line, name, group = (above.number, squeezed(above.text), "") if above else (0, "", "")
    block: list[TableRow] = []
    for row in rows:
        if row.heading and block and _is_movement(row.label):
            continue
        what = "" if row.heading else meaning_of(row.label).what
        said = {meaning_of(each.label).what for each in block}
        if block and (not what or what in said):
            yield line or block[0].line, name, group, block
            block = []
        if what:
            block.append(row)
        elif row.label.strip() and not units_in(row.label):
            line, name = row.line, row.label.strip(" :")
            own = _group(name)
            group = own if own == "provisions" else "" if own else group
    if block:
        yield line or block[0].line, name, group, block


def _is_movement(text: str) -> bool:
    """Say whether a text is nothing but a balance or movement, as of a row without amounts."""
    return [column.head for column in columns_of_statement(text)] == [text.strip(" :")]


def _names_reserve(line: Line) -> bool:
    text = squeezed(line.text)
    return (
        not any(line.cells[1:])
        and len(text) <= LONGEST_HEADING
        and bool(RESERVES.search(text))
        and not STATEMENT_TITLE.search(text)
    )
