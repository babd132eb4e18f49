"""One own indicator: what is printed of it, and what the text under it says in fixed phrases.

Where its values stand is known by then (`indicators`, `indicator_tables`). What is judged by a
person (direction, kind of target, whether a sample was drawn) is left open.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from doelenboom.sources.accounts.extraction.indicator_columns import Column
from doelenboom.sources.accounts.extraction.lines import Line, shortened, squeezed
from doelenboom.sources.accounts.extraction.scores import Score

ITEM = re.compile(r"(?P<code>\d{1,3}(?:\.?[a-z])?)\.\s*(?P<name>[^\W\d].*)")
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
_NO_CHART = re.compile(r"geen (?:grafiek|cijfers?|gegevens) beschikbaar", re.IGNORECASE)
_UNITS = (
    (
        re.compile(r"(?:het )?(?:percentage|aandeel|perc\.)\b.*|%.*|.*\((?:percentage|%)\)", re.I),
        "%",
    ),
    (re.compile(r"(?:het )?(?:gemiddelde? )?rapportcijfer.*", re.IGNORECASE), "rapportcijfer"),
    (re.compile(r"(?:het )?aantal\b(?!.* per [\d.]+).*", re.IGNORECASE), "aantal"),
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
class Item:
    """An indicator on its way: its name, its values by column, and everything printed under it.

    `period` is the year that its row prints for its scores.
    """

    code: str
    name: str
    line: int
    objective: str
    unit: str = ""
    period: int | None = None
    columns: list[tuple[Column, Score]] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Values:
    """The figures of an indicator that its columns hold; `silent` is what stands for no score."""

    score: Decimal | None = None
    score_year: int | None = None
    previous: Decimal | None = None
    target: Decimal | None = None
    target_year: int | None = None
    silent: str = ""


def values_of(item: Item, year: int) -> Values:
    """Pick the score of the year, the latest one before it, and the target.

    A value is of the year printed behind it, else of its head, else of its row, else of `year`. A
    score of an earlier year is the score only where its column is of no year. The target is that
    of the year; where no column is, the first that is still to come.
    """
    scores = {
        score.year or column.year or item.period or year: (score, column.year is None)
        for column, score in item.columns
        if column.kind == "score"
    }
    undated = [at for at, (_, undated) in scores.items() if undated and at <= year]
    at = year if year in scores else max(undated, default=None)
    score = scores[at][0] if at is not None else None
    earlier = [
        (before, found.value)
        for before, (found, _) in sorted(scores.items())
        if before < (at or year) and found.value is not None
    ]
    targets = {
        score.year or column.year or year: score.value
        for column, score in item.columns
        if column.kind == "target"
    }
    due = min((aim for aim in targets if aim >= year), default=None)
    target = targets[due] if due is not None else None
    return Values(
        score.value if score else None,
        at,
        earlier[-1][1] if earlier else None,
        target,
        due if target is not None else None,
        score.text if score and score.value is None else "",
    )


def indicator_of(item: Item, code: str, year: int) -> Indicator:
    """Return an indicator with its figures and what its text says."""
    values = values_of(item, year)
    body = squeezed(" ".join(line.text for line in item.body))
    margin, confidence = _MARGIN.search(body), _CONFIDENCE.search(body)
    theme = _THEME.search(body)
    verdict, verdict_line = _verdict(item.body)
    status, reason = _status(values, body)
    unit = item.unit or next((score.unit for _, score in item.columns if score.unit), "")
    return Indicator(
        code=code,
        name=item.name,
        line=item.line,
        objective=item.objective,
        theme=theme[1] if theme else "",
        unit=unit or _unit(item.name),
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


def _status(values: Values, body: str) -> tuple[str, str]:
    """Say why there is no score, in the printed sentence where there is one."""
    if values.score is not None:
        return "reported", ""
    if _NOT_MEASURED.search(body):
        return "not_measured", _sentence(body, _NOT_MEASURED)
    if values.silent:
        return "not_published", f"De bron toont {values.silent}"
    if _NO_CHART.search(body):
        return "not_published", _sentence(body, _NO_CHART)
    return "not_captured", "De score staat niet in de tekst van de bron"


def _sentence(body: str, pattern: re.Pattern[str]) -> str:
    sentences = re.split(r"(?<=[.!?])\s+", body)
    return shortened(next((s for s in sentences if pattern.search(s)), ""))


def _unit(name: str) -> str:
    return next((unit for pattern, unit in _UNITS if pattern.fullmatch(name)), "")
