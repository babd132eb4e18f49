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
_STRUCTURAL = re.compile(r"structure\w+", re.IGNORECASE)
_INCIDENTAL = re.compile(r"incidente\w+|eenmalig\w*", re.IGNORECASE)
_PRIOR = re.compile(r"voorgaande? ja\w+|vorige? ja\w+|oude jaren", re.IGNORECASE)


def direction_of(text: str, amount: Amount) -> int:
    """Return 1 for an advantage, -1 for a disadvantage, by the word nearest to the amount."""
    if amount.side:
        return 1 if amount.side == "voordeel" else -1
    nearest = min(
        (
            (_distance(match, amount), sign)
            for pattern, sign in ((GOOD, 1), (BAD, -1))
            for match in pattern.finditer(text)
        ),
        default=(0, 0),
    )
    return nearest[1]


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
