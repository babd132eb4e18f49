"""One own indicator: what is printed of it, and what the text under it says in fixed phrases.

Where its values stand is known by then (`own`, `cells`). What is judged by a person (direction,
kind of target, whether a sample was drawn) is left open.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.numbers.scores import Head, Score
from doelenboom.sources.accounts.extraction.subjects.indicators.columns import YEAR_TWICE
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, Pattern, anywhere, whole
from doelenboom.sources.accounts.extraction.words.texts import shortened, squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import (
    ENDED,
    NO_SCORE,
    SCORE_UNITS,
    VERDICTS,
)

ITEM = whole(r"(?P<code>\d{1,3}(?:\.?[a-z])?)\.\s*(?P<name>[^\W\d].*)")
_MARGIN = anywhere(r"foutmarge\D{0,40}?(\d{1,2}(?:[.,]\d+)?)\s*%", ANY_CASE)
_NO_MARGIN = anywhere(r"foutmarge[^.]{0,80}niet van toepassing", ANY_CASE)
_CONFIDENCE = anywhere(r"betrouwbaarheid(?:sniveau)?\s+van\s+(\d{2})\s*%", ANY_CASE)
_THEME = anywhere(r"sluit aan bij thema\s+(\d{1,2})", ANY_CASE)
_BETWEEN_SENTENCES = anywhere(r"(?<=[.!?])\s+")


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
    """An indicator on its way: its head line and everything printed under it."""

    code: str
    name: str
    line: int
    objective: str
    unit: str = ""
    scores: list[Score] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Values:
    """The figures of an indicator that its columns hold."""

    score: Decimal | None = None
    score_year: int | None = None
    previous: Decimal | None = None
    target: Decimal | None = None
    target_year: int | None = None
    doubled: tuple[str, ...] = ()


def _values_of(columns: Sequence[tuple[Head, Score]], year: int) -> Values:
    """Pick the score and target of the year, and the score of the latest year before it.

    A head without a year is of this year, unless another head says so of itself. Two values for
    one year are `doubled`, and none of them is taken.
    """
    scores, double_scores = _by_year(columns, year, is_target=False)
    targets, double_targets = _by_year(columns, year, is_target=True)
    earlier = [at for at, value in scores.items() if at < year and value is not None]
    target = targets.get(year)
    return Values(
        scores.get(year),
        year if year in scores else None,
        scores[max(earlier)] if earlier else None,
        target,
        year if target is not None else None,
        (*double_scores, *double_targets),
    )


def _by_year(
    columns: Sequence[tuple[Head, Score]], year: int, *, is_target: bool
) -> tuple[dict[int, Decimal | None], tuple[str, ...]]:
    """Return the values of scores or targets by year, and the texts of those printed doubly."""
    mine = [(head, score) for head, score in columns if head.is_target == is_target]
    dated = any(head.year == year for head, _ in mine)
    found: dict[int, list[Score]] = {}
    for head, score in mine:
        if head.year or not dated:
            found.setdefault(head.year or year, []).append(score)
    doubled = [scores for scores in found.values() if len({each.value for each in scores}) > 1]
    values = {at: scores[0].value for at, scores in found.items() if scores not in doubled}
    return values, tuple(score.text for scores in doubled for score in scores)


def indicator_of(
    item: Item, columns: Sequence[tuple[Head, Score]], year: int
) -> tuple[Indicator, list[Issue]]:
    """Return an indicator with its figures and what its text says, and what is printed doubly."""
    values = _values_of(columns, year)
    doubled = Issue(item.line, "indicator_values", shortened(item.name), YEAR_TWICE, values.doubled)
    body = squeezed(" ".join(line.text for line in item.body))
    margin, confidence = _MARGIN.search(body), _CONFIDENCE.search(body)
    theme = _THEME.search(body)
    verdict, verdict_line = _verdict(item.body)
    status, reason = _status(values, body)
    units = (score.unit for _, score in columns if score.unit)
    indicator = Indicator(
        code=item.code,
        name=item.name,
        line=item.line,
        objective=item.objective,
        theme=theme[1] if theme else "",
        unit=item.unit or next(units, "") or _unit(item.name),
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
        continued=False if ENDED.search(body) else None,
    )
    return indicator, [doubled] if values.doubled else []


def _verdict(body: Sequence[Line]) -> tuple[str, int | None]:
    """Return what the text states of the target, and where it says so."""
    for line in body:
        for verdict, pattern in VERDICTS:
            if pattern.search(line.text):
                return verdict, line.number
    return "", None


def _status(values: Values, body: str) -> tuple[str, str]:
    """Say why there is no score, in the printed sentence where there is one."""
    if values.score is not None:
        return "reported", ""
    for status, pattern in NO_SCORE:
        if pattern.search(body):
            return status, _sentence(body, pattern)
    return "not_captured", "De score staat niet in de tekst van de bron"


def _sentence(body: str, pattern: Pattern) -> str:
    sentences = _BETWEEN_SENTENCES.split(body)
    return shortened(next((s for s in sentences if pattern.search(s)), ""))


def _unit(name: str) -> str:
    return next((unit for unit, pattern in SCORE_UNITS if pattern.search(name)), "")
