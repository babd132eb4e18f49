"""The statutory indicators: rows of number, policy field, name, unit, year, score and source.

Their names are given by law, so that a list of them (an argument) decides where a name ends in a
row that lost its borders. Scores as printed, none where the source says that it has none.
"""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from doelenboom.sources.accounts.extraction.indicator_columns import Column, value_columns
from doelenboom.sources.accounts.extraction.lines import Issue, Line, shortened, squeezed
from doelenboom.sources.accounts.extraction.records import gather
from doelenboom.sources.accounts.extraction.scores import Score, read_score, trailing_scores

POLICY_FIELDS = (
    "Bestuur en ondersteuning",
    "Veiligheid",
    "Verkeer, vervoer en waterstaat",
    "Verkeer en vervoer",
    "Economie",
    "Onderwijs",
    "Sport, cultuur en recreatie",
    "Sociaal domein",
    "Volksgezondheid en milieu",
    "Volkshuisvesting, ruimtelijke ordening en stedelijke vernieuwing",
    "Volkshuisvesting, leefomgeving en stedelijke vernieuwing",
)
"""Policy fields of the regulation on indicators (Regeling beleidsindicatoren gemeenten)."""

_FIELD = re.compile(
    r"(?:\d\.?\s*)?(?:" + "|".join(re.escape(name) for name in POLICY_FIELDS) + ")", re.IGNORECASE
)
_NUMBER = re.compile(r"(?P<number>\d{1,2})\.?\s+(?P<rest>.*)")
_HEAD_BEGINS = re.compile(r"(?:nr|nummer|naam|taakveld|beleidsveld|(?:verplichte )?\w*indicator)\b")
_HEAD_HOLDS = re.compile(r"score|waarde|eenheid|20\d\d|realisatie|resultaat|actueel")
_ACTUAL = re.compile(r"score|waarde|realisatie|actueel|werkelijk")
_OF_THIS_YEAR = re.compile(r"realisatie|werkelijk|rekening")
_LONGEST_ROW = 250
_TAAKVELD = re.compile(r"\d(?:\.\d{1,2})?\s+")
_YEAR = re.compile(r"\b(20\d\d)(?:[/-](?:20)?\d\d)?\b")


@dataclass(frozen=True)
class Statutory:
    """One statutory indicator as printed; `score` is None where none is stated.

    `number` is the one that stands before it, which is that of the regulation in most chapters.
    """

    code: str
    number: str
    field: str
    name: str
    unit: str
    year: int | None
    score: Decimal | None
    text: str
    source: str
    line: int


def read_statutory(
    lines: Sequence[Line], sections: Sequence[str], year: int, names: Mapping[str, str]
) -> tuple[list[Statutory], list[Issue]]:
    """Return the statutory indicators; `names` gives the code of each name in the regulation."""
    known = sorted(names, key=len, reverse=True)
    low = {name.lower() for name in names}
    held = [
        line
        for line, section in zip(lines, sections, strict=True)
        if section in ("statutory", "indicators")
    ]
    own = {
        line.number
        for line, section in zip(lines, sections, strict=True)
        if section == "indicators"
    }
    gathered, issues = gather(held, lambda text: text.rstrip("*").strip().lower() in low)
    found: list[tuple[Statutory, str]] = []
    heads: list[str] = []
    columns: list[Column] = []
    for line in (*held, *gathered):
        if _is_head(line):
            heads = [cell.lower() for cell in line.cells]
            columns = value_columns(line.text, year)
            continue
        row = (
            _from_cells(line, heads, year, names)
            if line.cells
            else _from_text(line, columns, year, names, known)
        )
        if row is not None:
            found.append((row, line.text))
        elif line.number not in own and _looks_like_row(line, known):
            problem = "Geen wettelijke indicator herkend; niet overgenomen."
            issues.append(Issue(line.number, "statutory", shortened(line.text), problem))
    kept, told = _of_the_regulation(found, own, low)
    return kept, [*issues, *told]


def _of_the_regulation(
    found: Sequence[tuple[Statutory, str]], own: Container[int], low: Container[str]
) -> tuple[list[Statutory], list[Issue]]:
    """Keep each indicator once; a printed number counts only where the chapter numbers by law."""
    by_law = all(
        row.number in ("", row.code.removeprefix("bbv_"))
        for row, _ in found
        if row.name.lower() in low
    )
    kept: dict[str, Statutory] = {}
    issues: list[Issue] = []
    for row, text in found:
        is_known = row.name.lower() in low
        if not row.code or (not is_known and (row.line in own or not by_law)):
            if row.line not in own:
                problem = "De naam staat niet in de regeling; niet overgenomen."
                issues.append(Issue(row.line, "statutory", shortened(text), problem))
        elif kept.setdefault(row.code, row) is not row:
            problem = f"Indicator {row.code} staat er tweemaal; de eerste is overgenomen."
            issues.append(Issue(row.line, "statutory", shortened(text), problem))
    return list(kept.values()), issues


def _looks_like_row(line: Line, known: Sequence[str]) -> bool:
    text = squeezed(line.text)
    numbered = _NUMBER.fullmatch(text)
    rest = numbered["rest"] if numbered else text
    named = bool(_known_name(rest, known) and trailing_scores(rest)[1])
    return len(text) < _LONGEST_ROW and (named or bool(numbered and _YEAR.search(text)))


def _code(number: str, name: str, names: Mapping[str, str]) -> str:
    low = {known.lower(): code for known, code in names.items()}
    return low.get(name.lower(), f"bbv_{int(number)}" if number else "")


def _from_text(
    line: Line, columns: Sequence[Column], year: int, names: Mapping[str, str], known: Sequence[str]
) -> Statutory | None:
    """Read a row without borders: its scores stand behind the last year in it, or at its end."""
    text = squeezed(line.text)
    number = _NUMBER.fullmatch(text)
    rest = number["rest"] if number else text
    field = _FIELD.match(rest)
    rest = rest[field.end() :].strip() if field else rest
    name = _known_name(rest, known) or _known_name(_TAAKVELD.sub("", rest, count=1), known)
    rest = rest[rest.find(name) :] if name else rest
    if not (name or (number and field)):
        return None
    found = _values(rest, columns, year)
    if found is None:
        return None
    before, at, score, source = found
    name, unit = (name, before[len(name) :].strip()) if name else _name_and_unit(before)
    code = _code(number["number"] if number else "", name, names)
    return Statutory(
        code, number["number"] if number else "", field[0] if field else "", name, unit, at,
        score.value, score.text, source, line.number,
    )  # fmt: skip


def _known_name(text: str, known: Sequence[str]) -> str:
    """Return the name of the regulation that a text begins with, as printed."""
    return next((text[: len(n)] for n in known if text.lower().startswith(n.lower())), "")


def _values(
    text: str, columns: Sequence[Column], year: int
) -> tuple[str, int | None, Score, str] | None:
    """Return what is before the scores, the year and score that count, and what is behind them."""
    years = list(_YEAR.finditer(text))
    if years:
        before = text[: years[-1].start()].strip()
        scores, source = _leading_scores(text[years[-1].end() :])
        actual = [n for n, head in enumerate(columns) if head.kind == "score"]
        if len(scores) > 1 and (len(scores) != len(columns) or len(actual) != 1):
            return None
        place = actual[0] if len(scores) > 1 else 0
        return (before, int(years[-1][1]), scores[place], source) if scores else None
    before, scores = trailing_scores(text)
    stated = [
        (head.year, score)
        for head, score in zip(columns, scores, strict=False)
        if head.kind == "score" and head.year and head.year <= year and score.value is not None
    ]
    if len(scores) != len(columns) or not stated:
        return None
    return (before, *max(stated, key=lambda pair: pair[0] or 0), "")


def _leading_scores(text: str) -> tuple[list[Score], str]:
    """Take the scores that a text begins with; return them and the rest."""
    words = re.sub(r"(?<=\d)\s+%", "%", text).split()
    scores: list[Score] = []
    while words and (score := read_score(words[0])) is not None:
        scores.append(score)
        words.pop(0)
    return scores, " ".join(words)


def _name_and_unit(text: str) -> tuple[str, str]:
    match = re.search(r"\s(?=(?:%|aantal|€|euro|per |fte|index|verhouding))", text, re.IGNORECASE)
    return (text[: match.start()], text[match.end() :]) if match else (text, "")


# --- cells ---


def _is_head(line: Line) -> bool:
    text = squeezed(line.text).lower()
    begins = bool(line.cells) or bool(_HEAD_BEGINS.match(text))
    return begins and "indicator" in text and bool(_HEAD_HOLDS.search(text))


def _from_cells(
    line: Line, heads: Sequence[str], year: int, names: Mapping[str, str]
) -> Statutory | None:
    """Read a row of cells under heads such as `Beleidsveld`, `Naam indicator`, `Score`."""
    cells = list(zip(heads, line.cells, strict=False))
    low = {known.lower(): known for known in names}
    name = next((cell for _, cell in cells if cell.lower() in low), "")
    name = name or _under(cells, "indicator")
    number = next((cell.strip(". ") for _, cell in cells if re.fullmatch(r"\d{1,2}\.?", cell)), "")
    code = _code(number, name, names)
    if not name or not code:
        return None
    at, text = _cell_score(cells, year)
    score = read_score(text) if text else None
    field = next((cell for _, cell in cells if _FIELD.fullmatch(cell)), "")
    return Statutory(
        code, number, field, name, _under(cells, "eenheid") or _under(cells, "meetbaar"), at,
        score.value if score else None, text, _under(cells, "bron"), line.number,
    )  # fmt: skip


def _under(cells: Sequence[tuple[str, str]], word: str) -> str:
    return next((cell for head, cell in cells if word in head), "")


def _cell_score(cells: Sequence[tuple[str, str]], year: int) -> tuple[int | None, str]:
    """Return the year and the text of the score: of this year, else of the latest before it."""
    printed = _under(cells, "jaar") or _under(cells, "periode")
    text = next((cell for head, cell in cells if _ACTUAL.search(head)), "")
    match = _YEAR.search(printed)
    if text and match:
        return int(match[1]), text
    by_year = sorted(
        (int(found[1]), cell)
        for head, cell in cells
        if (found := _YEAR.search(head))
        and cell
        and int(found[1]) <= year
        and not re.search(r"streef|norm|doel|begroting", head)
    )
    stated = [
        pair for pair in by_year if (score := read_score(pair[1])) and score.value is not None
    ]
    if stated or by_year:
        return (stated or by_year)[-1]
    of_this_year = any(cell == text and _OF_THIS_YEAR.search(head) for head, cell in cells)
    return (year if of_this_year else None), text
