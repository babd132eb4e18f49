"""The statutory indicators: rows of number, policy field, name, unit, year, score and source.

Their names are given by law, so that a list of them (an argument) decides where a name ends in a
row that lost its borders. Scores as printed, none where the source says that it has none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.numbers.scores import read_score
from doelenboom.sources.accounts.extraction.subjects.indicators.cells import (
    unreadable_values,
    values_in,
)
from doelenboom.sources.accounts.extraction.subjects.indicators.columns import (
    IndicatorColumn,
    IndicatorTable,
    cells_of,
    doubt_of,
    name_of,
)
from doelenboom.sources.accounts.extraction.subjects.indicators.statutory_names import code_of
from doelenboom.sources.accounts.extraction.tables.table import TableRow
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, anywhere, opening, whole
from doelenboom.sources.accounts.extraction.words.texts import shortened, squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import POLICY_FIELDS

_FIELD = opening(rf"(?:\d\.?\s*)?(?:{POLICY_FIELDS})", ANY_CASE)
_NUMBER = whole(r"(?P<number>\d{1,2})\.?\s+(?P<rest>.*)")
_YEAR = anywhere(r"\b(20\d\d)(?:[/-](?:20)?\d\d)?\b")
_PER = anywhere(r"\bper (1\.?000|10\.?000|100\.?000|100)\b(?!\.)", ANY_CASE)
_LETTERS = anywhere(r"[^\W\d]{3}")
_NUMBERS_BEFORE = opening(r"(?:\d{1,2}\.?\s+)+")
_SCORE = anywhere(r"\s\d{1,12}(?:[.,]\d{1,12})?\s*%?$|\d,\d")
_UNIT = anywhere(r"\s(?=(?:%|aantal|€|euro|per |fte|index|verhouding))", ANY_CASE)

_UNKNOWN = "Geen verplichte indicator herkend; niet overgenomen."
_UNREAD = "De waarde van deze indicator is niet gelezen; niet overgenomen."

_DENOMINATORS = {
    **dict.fromkeys(("bbv_1", "bbv_2", "bbv_8", "bbv_9", "bbv_10", "bbv_11"), "1.000"),
    **dict.fromkeys(("bbv_16", "bbv_17", "bbv_18", "bbv_21", "bbv_36"), "1.000"),
    **dict.fromkeys(("bbv_6", "bbv_27", "bbv_28", "bbv_32"), "10.000"),
}
"""Of how many the score of an indicator is, by its unit in budgets and accounts of 2018.

Referrals to Halt are printed per 1.000 from about 2020, the last three per 1.000 up to 2018.
"""


_IN_EURO = ("bbv_3", "bbv_35", "bbv_38", "bbv_39")
_WHOLE_EUROS = 10_000
"""From here on the value of a home is in euro, not in thousands."""


@dataclass(frozen=True)
class Statutory:
    """One statutory indicator as printed; `score` is None where none is stated."""

    code: str
    field: str
    name: str
    unit: str
    year: int | None
    score: Decimal | None
    text: str
    source: str
    line: int


def read_statutory(
    lines: Sequence[Line],
    sections: Sequence[str],
    year: int,
    names: Mapping[str, str],
    tables: Sequence[IndicatorTable],
) -> tuple[list[Statutory], list[Issue]]:
    """Return the statutory indicators; `names` gives the code of each name in the regulation."""
    known = sorted(names, key=len, reverse=True)
    covered = {line for table in tables for line in table.covered}
    problems: dict[Statutory, str] = {}
    issues = [issue for table in tables if table.statutory for issue in table.issues]
    for table in tables:
        of_table = []
        for printed in table.rows:
            issues += (
                unreadable_values(table.kinds, printed, year, ("score",)) if table.statutory else []
            )
            row, problem = _from_cells(printed, table, year, names)
            of_table += [row] if row else []
            if problem:
                issues.append(Issue(printed.line, "statutory", shortened(printed.text), problem))
        problems |= _of_other_units(of_table)
    alone: list[tuple[Line, str]] = []
    of_text = []
    for line, section in zip(lines, sections, strict=True):
        if section not in ("statutory", "indicators") or line in covered:
            continue
        row = None if line.cells else _from_text(line, names, known)
        if row and row.code:
            of_text.append(row)
        elif _looks_like_row(line, section, names):
            issues.append(Issue(line.number, "statutory", shortened(line.text), _UNKNOWN))
        elif code := next(filter(None, (code_of(text, names) for text in cells_of(line))), ""):
            alone.append((line, code))
    problems |= _of_other_units(of_text)
    kept, doubles = _once([row for row in problems if not problems[row]])
    read = {row.code for row in problems}
    issues += [
        Issue(line.number, "statutory", shortened(line.text), _UNREAD)
        for line, code in alone
        if code not in read
    ]
    issues += [
        Issue(row.line, "statutory", shortened(row.name), problem)
        for row, problem in problems.items()
        if problem
    ]
    return kept, [*issues, *doubles]


def _of_other_units(rows: Sequence[Statutory]) -> dict[Statutory, str]:
    """Say of each row why its score is in another unit than the regulation's; empty where not.

    Where most rows say of how many they are, one that does not may be a number of its own.
    """
    said = [bool(_denominators(row)) for row in rows if row.code in _DENOMINATORS]
    return {row: _of_another_unit(row, 2 * sum(said) > len(said)) for row in rows}


def _of_another_unit(row: Statutory, per_said: bool) -> str:
    if row.score is None:
        return ""
    in_euro = row.code in _IN_EURO
    if ("€" in row.text and not in_euro) or ("%" in row.text and in_euro):
        return f"{row.text} is niet in de eenheid van deze indicator; niet overgenomen."
    if row.code == "bbv_35" and row.score >= _WHOLE_EUROS:
        return f"{row.text} is in euro, gewoonlijk in duizend euro; niet overgenomen."
    usual, printed = _DENOMINATORS.get(row.code, ""), _denominators(row)
    if not usual or printed == {usual.replace(".", "")} or not (printed or per_said):
        return ""
    found = " en ".join(f"{int(number):,}".replace(",", ".") for number in sorted(printed))
    said = f"per {found}" if found else "zonder per hoeveel"
    return f"{row.text} {said}, gewoonlijk per {usual}; niet overgenomen."


def _denominators(row: Statutory) -> set[str]:
    """Return of how many a score is, as its row says it."""
    texts = (row.name, row.unit, row.text)
    return {per[1].replace(".", "") for text in texts for per in _PER.finditer(text)}


def _once(rows: Sequence[Statutory]) -> tuple[list[Statutory], list[Issue]]:
    """Keep one row of each indicator: of the latest year, none where two of that year differ."""
    kept: list[Statutory] = []
    issues: list[Issue] = []
    for code in dict.fromkeys(row.code for row in rows):
        mine = [row for row in rows if row.code == code]
        latest = max(
            row.year or 0 for row in [row for row in mine if row.score is not None] or mine
        )
        of_year = [row for row in mine if (row.year or 0) == latest]
        agreed = len({(row.text, row.unit) for row in of_year}) == 1
        kept += of_year[:1] if agreed else []
        verdict = f"van {latest or 'geen jaar'} is overgenomen" if agreed else "geen is overgenomen"
        if len(mine) > 1:
            problem = f"Indicator {code} staat er {len(mine)} maal; {verdict}."
            texts = tuple(row.text for row in mine)
            issues.append(Issue(mine[1].line, "statutory", mine[1].name, problem, texts))
    return kept, issues


def _looks_like_row(line: Line, section: str, names: Mapping[str, str]) -> bool:
    """Say whether a line has the look of a statutory indicator with a value."""
    text = squeezed(line.text)
    if len(text) > 250 or not _LETTERS.search(text):  # noqa: PLR2004
        return False
    if section == "statutory" and _NUMBER.fullmatch(text) and _YEAR.search(text):
        return True
    cells = line.cells or text.split("|")
    if any(read_score(cell.strip()) for cell in cells[1:]):
        return True
    name = _NUMBERS_BEFORE.sub("", text)
    begins = any(name.lower().startswith(known.lower()) for known in names)
    return begins and bool(_SCORE.search(name))


def _from_text(line: Line, names: Mapping[str, str], known: Sequence[str]) -> Statutory | None:
    """Read a row without borders: its score stands behind the last year in it."""
    text = squeezed(line.text)
    number = _NUMBER.fullmatch(text)
    rest = number["rest"] if number else text
    field = _FIELD.match(rest)
    rest = rest[field.end() :].strip() if field else rest
    name = next((n for n in known if rest.lower().startswith(n.lower())), "")
    years = list(_YEAR.finditer(rest))
    if not years or not (name or (number and field)):
        return None
    year = years[-1]
    value, _, source = rest[year.end() :].strip().partition(" ")
    if source.startswith("%"):
        value, source = f"{value}%", source[1:].strip()
    score = read_score(value)
    if score is None:
        return None
    before = rest[: year.start()].strip()
    *earlier, last = before.split() or [""]
    if read_score(last) and (earlier[-1:] != ["per"] or "," in last):
        return None  # the year stands behind the values, or a value where a unit goes on
    if not name:
        name, unit = _name_and_unit(before)
    else:
        name, unit = rest[: len(name)], before[len(name) :].strip()
    if source and read_score(source.split()[0]):
        return None
    return Statutory(
        code_of(name, names), field[0] if field else "", name, unit, int(year[1]), score.value,
        value, source, line.number,
    )  # fmt: skip


def _name_and_unit(text: str) -> tuple[str, str]:
    match = _UNIT.search(text)
    return (text[: match.start()], text[match.end() :]) if match else (text, "")


# --- cells ---


def _from_cells(
    row: TableRow, table: IndicatorTable, year: int, names: Mapping[str, str]
) -> tuple[Statutory | None, str]:
    """Read a row of cells: the score of this year, else of the latest before it."""
    cells = list(zip(table.kinds, row.cells, strict=False))
    name, unit, source = name_of(_under(cells, "name"))
    code = code_of(name, names)
    stated = [
        (head.year or year, score)
        for head, score in values_in(table.kinds, row)
        if not head.is_target
    ]
    if not code:
        return None, _UNKNOWN if table.statutory and name else ""
    if not any(column.kind == "score" for column in table.kinds):
        return None, "Geen kolom met een score; niet overgenomen."
    if doubt := doubt_of(table.kinds, year):
        return None, doubt
    past = [pair for pair in stated if pair[0] <= year]
    told = [pair for pair in past if pair[1].value is not None] or past
    latest = max((at for at, _ in told), default=None)
    scores = [score for at, score in told if at == latest]
    if len({score.value for score in scores}) > 1:
        return None, f"Twee waarden voor {latest}; niet overgenomen."
    score = scores[0] if scores else None
    return Statutory(
        code, _policy_field(cells), name, _under(cells, "unit") or unit, latest,
        score.value if score else None, score.text if score else "",
        _under(cells, "source") or source,
        row.line,
    ), ""  # fmt: skip


def _policy_field(cells: Sequence[tuple[IndicatorColumn, str]]) -> str:
    return next((cell for _, cell in cells if _FIELD.fullmatch(cell)), "")


def _under(cells: Sequence[tuple[IndicatorColumn, str]], kind: str) -> str:
    return next((cell for column, cell in cells if column.kind == kind), "")
