"""Which way an amount goes, and whether it comes back: the words nearest to it in its sentence."""

import re

from doelenboom.sources.accounts.extraction.amounts import Amount

GOOD = re.compile(
    r"voorde[e]?l\w*|positie\w+|onderschrijding|onderbesteding|onderuitputting|overschot|meevaller"
    r"|lagere lasten|hogere baten|minder lasten|meer baten|vrijval",
    re.IGNORECASE,
)
BAD = re.compile(
    r"nade[e]?l\w*|negatie\w+|overschrijding|overbesteding|tekort\b|tegenvaller|hogere lasten"
    r"|lagere baten|meer lasten|minder baten",
    re.IGNORECASE,
)
_MORE = re.compile(r"\s*(?:euro\s*)?(hoger|lager|meer|minder)\b", re.IGNORECASE)
_THAN_BUDGET = re.compile(
    r"\bdan (?:er |was |in de )*(?:begroot|geraamd|verwacht|begroting|raming)|(?:hoger|lager) uit",
    re.IGNORECASE,
)
_COSTS = re.compile(r"\b(?:\w*lasten|\w*kosten|\w*uitgaven|uitgegeven)\b", re.IGNORECASE)
_REVENUE = re.compile(
    r"\b(?:\w*baten|\w*inkomsten|\w*opbrengst(?:en)?|\w*ontvang(?:en|sten)|\w*leges|\w*bijdragen?)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:\w*budget|\w*begroting|begroot|geraamd|raming|krediet|uitgegeven|besteed|kosten|lasten"
    r"|baten|reserve)\s*(?:van|ad|was|waren|is|zijn|bedroeg(?:en)?|bedraagt|bedragen|op)?"
    r"(?:\s*(?:in|over) 20\d\d)?\s*$|\b20\d\d:?\s*$|\bnaar\s*$",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:geen|zonder|zou|verwachte?|verwachtte|voorziene?)\b[^.;,]{0,30}"
    r"\b(?:voorde[e]?l\w*|nade[e]?l\w*|tekort|overschot)\b[^.;,]{0,30}$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\s*(?:euro\s*)?(?:(?:\(?in 20\d\d\)?\s*)?naar|uit de \w*reserve)\b", re.I)
_NEAR = 200
_CLAUSE = re.compile(r"[,;:]\s|\s(?:en|maar|terwijl|tegenover)\s")
_STRUCTURAL = re.compile(r"structure\w+", re.IGNORECASE)
_INCIDENTAL = re.compile(r"incidente\w+|eenmalig\w*", re.IGNORECASE)
_PRIOR = re.compile(r"voorgaande? ja\w+|vorige? ja\w+|oude jaren", re.IGNORECASE)


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
    words = [
        (_distance(match, amount), sign, match)
        for pattern, sign in ((GOOD, 1), (BAD, -1))
        for match in pattern.finditer(text)
    ]
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


def beside_budget(text: str, amount: Amount) -> int:
    """Return the direction of costs or revenue that are so much more or less than budgeted.

    Zero where a clause speaks of both, or compares with anything but the budget.
    """
    more = _MORE.match(text[amount.end :])
    clause = text[text.rfind(";", 0, amount.start) + 1 :]
    costs, revenue = bool(_COSTS.search(clause)), bool(_REVENUE.search(clause))
    if not more or costs == revenue or not _THAN_BUDGET.search(text[amount.end :]):
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


def _distance(match: re.Match[str], amount: Amount) -> int:
    return amount.start - match.end() if match.end() <= amount.start else match.start() - amount.end


def nature_of(text: str, amount: Amount) -> str:
    """Return whether the words nearest to an amount call it structural or incidental."""
    found = [
        (_distance(match, amount), nature)
        for nature, pattern in (
            ("structural", _STRUCTURAL),
            ("incidental", _INCIDENTAL),
            ("prior_year", _PRIOR),
        )
        for match in pattern.finditer(text)
    ]
    return min(found)[1] if found else ""


def nature_in(cell: str) -> str:
    """Return what a cell of `I` and `S`, or its word, says of an amount."""
    letter = cell.strip().lower()[:1]
    return {"i": "incidental", "s": "structural"}.get(letter, "")
