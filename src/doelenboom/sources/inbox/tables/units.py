"""The unit of an amount, as a head or a title says it: `Lasten (x € 1.000)`, `in euro`."""

import unicodedata
from decimal import Decimal
from functools import lru_cache

from doelenboom.sources.accounts.extraction.tables.units import units_in
from doelenboom.sources.accounts.extraction.words.vocabulary import UNITS

_LONGEST = 200
"""Characters of a head or title in which a unit is looked for."""


def unit_said(text: str) -> Decimal | None:
    """Give thousands of euro per unit, None where a text names none, or several."""
    units = units_in(text[:_LONGEST])
    return units[0] if len(units) == 1 else None


@lru_cache(maxsize=4096)
def without_unit(text: str) -> str:
    """Leave out the unit that a text names; a head is held beside the columns of every table."""
    for _, pattern in UNITS:
        text = pattern.sub(" ", text[:_LONGEST])
    return text


def has_other_unit(text: str) -> bool:
    """Say whether a head has the sign of another unit than euro."""
    return any(c == "%" or (c != "€" and unicodedata.category(c) == "Sc") for c in text)
