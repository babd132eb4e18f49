"""The statutory indicators: rows of number, policy field, name, unit, year, score and source.

Their names are given by law, so that a list of them (an argument) decides where a name ends in a
row that lost its borders. Scores as printed, none where the source says that it has none.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from doelenboom.sources.accounts.extraction.lines import Issue, Line, shortened, squeezed
from doelenboom.sources.accounts.extraction.scores import read_score

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
_YEAR = re.compile(r"\b(20\d\d)(?:[/-](?:20)?\d\d)?\b")


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
    lines: Sequence[Line], sections: Sequence[str], year: int, names: Mapping[str, str]
) -> tuple[list[Statutory], list[Issue]]:
    """Return the statutory indicators; `names` gives the code of each name in the regulation."""
    known = sorted(names, key=len, reverse=True)
    found: dict[str, Statutory] = {}
    issues: list[Issue] = []
    heads: list[str] = []
    for line, section in zip(lines, sections, strict=True):
        if section not in ("statutory", "indicators"):
            continue
        if line.cells and _is_head(line):
            heads = [cell.lower() for cell in line.cells]
            continue
        row = (
            _from_cells(line, heads, year, names) if line.cells else _from_text(line, names, known)
        )
        if row is None:
            if section == "statutory" and _looks_like_row(line):
                problem = "Geen wettelijke indicator herkend; niet overgenomen."
                issues.append(Issue(line.number, "statutory", shortened(line.text), problem))
            continue
        if section == "indicators" and not row.code:
            continue
        if found.setdefault(row.code, row) is not row:
            problem = f"Indicator {row.code} staat er tweemaal; de eerste is overgenomen."
            issues.append(Issue(line.number, "statutory", shortened(line.text), problem))
    return list(found.values()), issues


def _looks_like_row(line: Line) -> bool:
    text = squeezed(line.text)
    return bool(_NUMBER.fullmatch(text) and _YEAR.search(text)) and len(text) < 250  # noqa: PLR2004


def _code(number: str, name: str, names: Mapping[str, str]) -> str:
    low = {known.lower(): code for known, code in names.items()}
    return low.get(name.lower(), f"bbv_{int(number)}" if number else "")


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
    if not name:
        name, unit = _name_and_unit(before)
    else:
        name, unit = rest[: len(name)], before[len(name) :].strip()
    code = _code(number["number"] if number else "", name, names)
    return Statutory(
        code, field[0] if field else "", name, unit, int(year[1]), score.value, value, source,
        line.number,
    )  # fmt: skip


def _name_and_unit(text: str) -> tuple[str, str]:
    match = re.search(r"\s(?=(?:%|aantal|€|euro|per |fte|index|verhouding))", text, re.IGNORECASE)
    return (text[: match.start()], text[match.end() :]) if match else (text, "")


# --- cells ---


def _is_head(line: Line) -> bool:
    text = line.text.lower()
    return "indicator" in text and bool(re.search(r"score|waarde|eenheid|20\d\d|realisatie", text))


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
        code, field, name, _under(cells, "eenheid"), at,
        score.value if score else None, text, _under(cells, "bron"), line.number,
    )  # fmt: skip


def _under(cells: Sequence[tuple[str, str]], word: str) -> str:
    return next((cell for head, cell in cells if word in head), "")


def _cell_score(cells: Sequence[tuple[str, str]], year: int) -> tuple[int | None, str]:
    """Return the year and the text of the score: of this year, else of the latest before it."""
    printed = _under(cells, "jaar") or _under(cells, "periode")
    text = _under(cells, "score") or _under(cells, "waarde") or _under(cells, "realisatie")
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
    return (year if text else None), text
