"""The own indicators of a programme: names, scores and targets, margins, what the text says.

Values may stand behind the name, on lines below it or in cells. What is judged by a person
(direction, kind of target, whether a sample was drawn) is left open.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from doelenboom.sources.accounts.extraction.lines import Issue, Line, shortened, squeezed
from doelenboom.sources.accounts.extraction.scores import (
    Head,
    Score,
    read_heads,
    read_score,
    trailing_scores,
)
from doelenboom.sources.accounts.extraction.sections import objective_of

_ITEM = re.compile(r"(?P<code>\d{1,3}(?:\.?[a-z])?)\.\s*(?P<name>[^\W\d].*)")
_MARGIN = re.compile(r"foutmarge\D{0,40}?(\d{1,2}(?:[.,]\d+)?)\s*%", re.IGNORECASE)
_NO_MARGIN = re.compile(r"foutmarge[^.]{0,80}niet van toepassing", re.IGNORECASE)
_CONFIDENCE = re.compile(r"betrouwbaarheid(?:sniveau)?\s+van\s+(\d{2})\s*%", re.IGNORECASE)
_THEME = re.compile(r"sluit aan bij thema\s+(\d{1,2})", re.IGNORECASE)
_ENDED = re.compile(r"indicator\s+niet\s+(?:meer|langer)\s+opgenomen|indicator\s+vervalt", re.I)
_AIM = r"(?:ambitie|streefwaarde|streefcijfer|streven|doelstelling|norm)"
_DONE = r"(?:gerealiseerd|gehaald|behaald|bereikt)"
_MISSED = re.compile(
    rf"{_AIM}[^.]{{0,80}}\b(?:niet|geen|onvoldoende)\b[^.]{{0,20}}{_DONE}"
    rf"|in tegenstelling tot de {_AIM}|(?:niet|geen)[^.]{{0,30}}{_AIM}[^.]{{0,20}}{_DONE}",
    re.IGNORECASE,
)
_MET = re.compile(rf"{_AIM}\b[^.]{{0,40}}{_DONE}", re.IGNORECASE)
_NOT_MEASURED = re.compile(
    r"geen score|niet[- ]representatief|niet gemeten|geen representatief beeld"
    r"|niet meegenomen|geen meting",
    re.IGNORECASE,
)
_REMARKS = re.compile(r"(?:opmerkingen|toelichting) (?:bij|op) de indicatoren:?", re.IGNORECASE)
_SHARE = re.compile(r"\b\d{1,3}(?:,\d+)?\s?%")
_NO_CHART = re.compile(r"geen (?:grafiek|cijfers?|gegevens) beschikbaar", re.IGNORECASE)
_UNITS = (
    (re.compile(r"(?:het )?(?:percentage|aandeel)\b|\bpercentage\b|%", re.IGNORECASE), "%"),
    (re.compile(r"(?:het )?(?:gemiddelde? )?rapportcijfer", re.IGNORECASE), "rapportcijfer"),
    (re.compile(r"(?:het )?aantal\b", re.IGNORECASE), "aantal"),
)


@dataclass(frozen=True)
class Indicator:
    """One own indicator as printed, with what the text says of it."""

    code: str
    name: str
    line: int
    objective: str = ""
    theme: str = ""
    unit: str = ""
    score_year: int | None = None
    score: Decimal | None = None
    previous: Decimal | None = None
    target: Decimal | None = None
    target_year: int | None = None
    margin: Decimal | None = None
    confidence: int | None = None
    margin_status: str = "not_printed"
    verdict: str = ""
    verdict_line: int | None = None
    value_status: str = "not_captured"
    reason: str = ""
    continued: bool | None = None


@dataclass
class _Item:
    """An indicator on its way: its head line and everything printed under it."""

    code: str
    name: str
    line: int
    objective: str
    scores: list[Score] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)


def read_indicators(
    lines: Sequence[Line], sections: Sequence[str], year: int
) -> tuple[list[Indicator], list[Issue]]:
    """Return the own indicators in the indicator sections, for scores of `year`."""
    section = [
        line for line, name in zip(lines, sections, strict=True) if name == "indicators"
    ]
    if any(line.cells for line in section):
        found = _from_cells(section, year)
        if found[0]:
            return found
    heads: list[Head] = []
    items: list[_Item] = []
    issues: list[Issue] = []
    for item_or_heads in _items(section):
        if isinstance(item_or_heads, _Item):
            items.append(item_or_heads)
        else:
            heads = heads or item_or_heads
    indicators = []
    for item in items:
        indicator, problems = _indicator(item, heads, year)
        indicators.append(indicator)
        issues += problems
    return indicators, issues


def _items(section: Sequence[Line]) -> Iterator[_Item | list[Head]]:
    """Yield the heads of the table, if any, and each indicator with what stands below it."""
    item: _Item | None = None
    objective = ""
    last = (0, "")
    for line in section:
        text = squeezed(line.text)
        heading = objective_of(text)
        if _REMARKS.fullmatch(text):
            break
        match = _ITEM.fullmatch(text)
        order = _order(match["code"]) if match else (0, "")
        if heading:
            objective = heading.code
        elif match and order > last:
            if item:
                yield item
            last = order
            item = _item(match, line, objective)
        elif item:
            item.body.append(line)
        elif len(heads := read_heads(text)) > 1 and len(text) < 150:  # noqa: PLR2004
            yield heads
    if item:
        yield item


def _item(match: re.Match[str], line: Line, objective: str) -> _Item:
    name, scores = trailing_scores(match["name"])
    if len(scores) < 2:  # noqa: PLR2004
        name, scores = match["name"], []
    return _Item(match["code"], re.sub(r"\s*\*\d*$", "", name), line.number, objective, scores)


def _order(code: str) -> tuple[int, str]:
    number = re.match(r"\d+", code)
    return int(number[0]) if number else 0, code.lstrip("0123456789.")


def _indicator(item: _Item, heads: Sequence[Head], year: int) -> tuple[Indicator, list[Issue]]:
    scores = item.scores or [
        score
        for line in item.body
        if len(line.text.strip()) < 15 and (score := read_score(line.text))  # noqa: PLR2004
    ]
    issues = []
    if heads and len(scores) != len(heads) or (scores and not heads):
        texts = tuple(score.text for score in scores)
        problem = f"{len(scores)} waarden bij {len(heads)} kolommen; niet overgenomen."
        issues.append(Issue(item.line, "indicator_values", shortened(item.name), problem, texts))
        scores = []
    values = _values(list(zip(heads, scores, strict=True)) if scores else [], year)
    found = _with_text(item, values, scores, year)
    if found.value_status == "not_captured":
        issues += _shares_in_text(item)
    return found, issues


def _shares_in_text(item: _Item) -> list[Issue]:
    """Show the percentages in the text of an indicator without a score; none is taken for it."""
    return [
        Issue(
            line.number,
            "indicator_text",
            shortened(item.name),
            "Geen score gevonden; de tekst noemt percentages. Niet overgenomen.",
            tuple(dict.fromkeys(_SHARE.findall(line.text))),
        )
        for line in item.body
        if _SHARE.search(line.text) and "foutmarge" not in line.text.lower()
    ]


@dataclass(frozen=True)
class _Values:
    score: Decimal | None = None
    score_year: int | None = None
    previous: Decimal | None = None
    target: Decimal | None = None
    target_year: int | None = None


def _values(columns: Sequence[tuple[Head, Score]], year: int) -> _Values:
    """Pick the score and target of the year, and the score of the latest year before it."""
    scores = [(head.year or year, s.value) for head, s in columns if not head.is_target]
    targets = [(head.year or year, s.value) for head, s in columns if head.is_target]
    earlier = sorted((at, value) for at, value in scores if at < year and value is not None)
    of_year = dict(scores).get(year)
    target = dict(targets).get(year)
    return _Values(
        of_year,
        year if year in dict(scores) else None,
        earlier[-1][1] if earlier else None,
        target,
        year if target is not None else None,
    )


def _with_text(item: _Item, values: _Values, scores: Sequence[Score], year: int) -> Indicator:
    body = squeezed(" ".join(line.text for line in item.body))
    margin, confidence = _MARGIN.search(body), _CONFIDENCE.search(body)
    theme = _THEME.search(body)
    verdict, verdict_line = _verdict(item.body)
    status, reason = _status(values, body)
    unit = next((score.unit for score in scores if score.unit), "") or _unit(item.name)
    return Indicator(
        code=item.code,
        name=item.name,
        line=item.line,
        objective=item.objective,
        theme=theme[1] if theme else "",
        unit=unit,
        score_year=values.score_year or year,
        score=values.score,
        previous=values.previous,
        target=values.target,
        target_year=values.target_year,
        margin=Decimal(margin[1].replace(",", ".")) if margin else None,
        confidence=int(confidence[1]) if margin and confidence else None,
        margin_status="printed"
        if margin
        else "not_applicable"
        if _NO_MARGIN.search(body)
        else "not_printed",
        verdict=verdict,
        verdict_line=verdict_line,
        value_status=status,
        reason=reason,
        continued=False if _ENDED.search(body) else None,
    )


def _verdict(body: Sequence[Line]) -> tuple[str, int | None]:
    """Return what the text states of the target, and where it says so."""
    for line in body:
        if _MISSED.search(line.text):
            return "missed", line.number
        if _MET.search(line.text):
            return "met", line.number
    return "", None


def _status(values: _Values, body: str) -> tuple[str, str]:
    """Say why there is no score, in the printed sentence where there is one."""
    if values.score is not None:
        return "reported", ""
    if _NOT_MEASURED.search(body):
        return "not_measured", _sentence(body, _NOT_MEASURED)
    if _NO_CHART.search(body):
        return "not_published", _sentence(body, _NO_CHART)
    return "not_captured", "De score staat niet in de tekst van de bron"


def _sentence(body: str, pattern: re.Pattern[str]) -> str:
    sentences = re.split(r"(?<=[.!?])\s+", body)
    return shortened(next((s for s in sentences if pattern.search(s)), ""))


def _unit(name: str) -> str:
    return next((unit for pattern, unit in _UNITS if pattern.search(name)), "")


# --- cells ---


def _from_cells(section: Sequence[Line], year: int) -> tuple[list[Indicator], list[Issue]]:
    """Read a table in which each indicator has a row of cells."""
    heads: list[Head | None] = []
    objective = ""
    items: list[tuple[_Item, list[tuple[Head, Score]]]] = []
    issues: list[Issue] = []
    for line in section:
        heading = objective_of(line.text)
        if heading:
            objective = heading.code
        elif not line.cells:
            if items:
                items[-1][0].body.append(line)
        elif not heads:
            heads = _cell_heads(line.cells)
        else:
            item, columns = _cell_item(line, heads, objective, len(items) + 1)
            if item:
                items.append((item, columns))
            elif any(read_score(cell) for cell in line.cells if cell):
                problem = "Waarden zonder naam van een indicator."
                issues.append(
                    Issue(line.number, "indicator_values", shortened(line.text), problem)
                )
    return [
        _with_text(item, _values(columns, year), [score for _, score in columns], year)
        for item, columns in items
    ], issues


def _cell_heads(cells: Sequence[str]) -> list[Head | None]:
    heads = [(read_heads(cell) or [None])[0] if cell else None for cell in cells]
    return heads if sum(head is not None for head in heads) > 1 else []


def _cell_item(
    line: Line, heads: Sequence[Head | None], objective: str, ordinal: int
) -> tuple[_Item | None, list[tuple[Head, Score]]]:
    pairs = list(zip(heads, line.cells, strict=False))
    columns = [(head, score) for head, cell in pairs if head and (score := read_score(cell))]
    names = [cell for head, cell in pairs if head is None and re.search(r"[^\W\d]{3}", cell)]
    codes = [cell.strip(" .") for head, cell in pairs if head is None]
    if not names or not columns:
        return None, []
    match = _ITEM.fullmatch(names[0])
    code = match["code"] if match else next((c for c in codes if re.fullmatch(r"\d+[a-z]?", c)), "")
    name = match["name"] if match else names[0]
    return _Item(code or str(ordinal), name, line.number, objective), columns
