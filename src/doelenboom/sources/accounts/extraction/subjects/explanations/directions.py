"""Which way an amount goes, and whether it comes back: the words nearest to it in its sentence."""

from collections.abc import Sequence
from functools import lru_cache

from doelenboom.sources.accounts.extraction.numbers.amounts import Amount
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, Match, anywhere, opening
from doelenboom.sources.accounts.extraction.words.vocabulary import (
    BAD,
    COST_WORD,
    GOOD,
    NATURES,
    REVENUE_WORD,
)

_MORE = opening(r"\s*(?:euro\s*)?(hoger|lager|meer|minder)\b", ANY_CASE)
_THAN_BUDGET = anywhere(
    r"\bdan (?:er |was |in de )*(?:begroot|geraamd|verwacht|begroting|raming)|(?:hoger|lager) uit",
    ANY_CASE,
)
_WHOLE = anywhere(
    r"\b(?:\w*+(?:(?<=budget)|(?<=begroting))|begroot|geraamd|raming|krediet|uitgegeven|besteed|kosten|lasten"
    r"|baten|reserve)\s*+(?:van|ad|was|waren|is|zijn|bedroeg(?:en)?|bedraagt|bedragen|op)?"
    r"(?:\s*+(?:in|over) 20\d\d)?\s*+$|\b20\d\d:?\s*$|\bnaar\s*$",
    ANY_CASE,
)
_DENIED = anywhere(
    r"\b(?:geen|zonder|zou|verwachte?|verwachtte|voorziene?)\b[^.;,]{0,30}"
    r"\b(?:voorde[e]?l\w*+|nade[e]?l\w*+|tekort|overschot)\b[^.;,]{0,30}$",
    ANY_CASE,
)
_FROM = opening(r"\s*(?:euro\s*)?(?:(?:\(?in 20\d\d\)?\s*)?naar|uit de \w*reserve)\b", ANY_CASE)
_NEAR = 200
_CLAUSE = anywhere(r"[,;:]\s|\s(?:en|maar|terwijl|tegenover)\s")


def direction_of(text: str, amount: Amount) -> int:
    """Return 1 for an advantage, -1 for a disadvantage, 0 where the text does not say.

    The side printed at the amount decides, else `lasten … lager dan begroot`, else the nearest
    word in the part of the sentence between commas or `en` that has one; without one, the rest of
    the sentence must speak of one direction only.
    """
    if amount.side:
        return 1 if amount.side == "voordeel" else -1
    beside = beside_budget(text, amount)
    if beside:
        return beside
    words = [(_distance(match, amount), sign, match) for sign, match in _directed(text)]
    start = max((match.end() for match in _CLAUSE.finditer(text, 0, amount.start)), default=0)
    after = _CLAUSE.search(text, amount.end)
    end = after.start() if after else len(text)
    near = [
        (far, sign) for far, sign, match in words if start <= match.start() and match.end() <= end
    ]
    if near:
        return min(near)[1]
    signs = {sign for _, sign, _ in words}
    return signs.pop() if len(signs) == 1 else 0


@lru_cache(maxsize=16)
def _directed(text: str) -> Sequence[tuple[int, Match]]:
    """Find the words of advantage (1) and disadvantage (-1) in a sentence, once for its amounts."""
    return [
        (sign, match)
        for pattern, sign in ((GOOD, 1), (BAD, -1))
        for match in pattern.finditer(text)
    ]


def beside_budget(text: str, amount: Amount) -> int:
    """Return the direction of costs or revenue that are so much more or less than budgeted.

    Zero where a clause speaks of both, or compares with anything but the budget.
    """
    more = _MORE.match(text[amount.end :])
    if not more:
        return 0
    clause = text[text.rfind(";", 0, amount.start) + 1 :]
    costs, revenue = bool(COST_WORD.search(clause)), bool(REVENUE_WORD.search(clause))
    if costs == revenue or not _THAN_BUDGET.search(text[amount.end :]):
        return 0
    return 1 if (more[1].lower() in ("meer", "hoger")) == revenue else -1


def is_no_difference(text: str, amount: Amount) -> bool:
    """Say whether an amount is a budget or spent, or an advantage that is denied or expected."""
    before = text[max(amount.start - _NEAR, 0) : amount.start]
    if _DENIED.search(before):
        return True
    if amount.side or beside_budget(text, amount):
        return False
    return bool(_WHOLE.search(before) or _FROM.match(text[amount.end : amount.end + _NEAR]))


def _distance(match: Match, amount: Amount) -> int:
    return amount.start - match.end() if match.end() <= amount.start else match.start() - amount.end


def nature_of(text: str, amount: Amount) -> str:
    """Return whether the words nearest to an amount call it structural or incidental."""
    found = [
        (_distance(match, amount), nature)
        for nature, pattern in NATURES
        for match in pattern.finditer(text)
    ]
    return min(found)[1] if found else ""


def nature_in(cell: str) -> str:
    """Return what a cell of `I` and `S`, or its word, says of an amount."""
    letter = cell.strip().lower()[:1]
    return {"i": "incidental", "s": "structural"}.get(letter, "")
