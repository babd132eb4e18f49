"""Figures as Dutch readers write them: rounded for the eye, with a true minus.

Amounts come in thousands of euro. Nothing is computed here but the rounding of what is shown.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import Any

MINUS = "\u2212"

MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli"),
    *("augustus", "september", "oktober", "november", "december"),
)

LEAST_MILLION = 950
"""Thousands of euro from which an amount is told in millions: 1,0 after rounding."""

Figure = Decimal | int | float

SEPARATORS = str.maketrans(",.", ".,")


def number(value: Figure, decimals: int = 0) -> str:
    """Write a number: `13.166`, `−0,3`. What rounds to nothing has no minus."""
    return _number(value, decimals)


@lru_cache(maxsize=10_000, typed=True)  # the median of a group is on the page of each member
def _number(value: Figure, decimals: int) -> str:
    known = value if isinstance(value, Decimal) else Decimal(str(value))
    rounded = known.quantize(_unit(decimals), ROUND_HALF_UP)
    shown = f"{abs(rounded):,.{decimals}f}".translate(SEPARATORS)
    return f"{MINUS}{shown}" if rounded < 0 else shown


@cache
def _unit(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def signed(value: Figure, decimals: int = 0) -> str:
    """Write a difference, with its sign: `+13.166`."""
    shown = number(value, decimals)
    return shown if shown.startswith(MINUS) or not shown.strip("0,.") else f"+{shown}"


def millions(keur: Figure) -> str:
    """Write thousands of euro as millions with one decimal, without their unit: `13,2`."""
    return number(Decimal(str(keur)) / 1000, 1)


def signed_millions(keur: Figure) -> str:
    """Write a difference of thousands of euro as millions, with its sign: `+13,2`."""
    return signed(Decimal(str(keur)) / 1000, 1)


def amount(keur: Figure, unit: str = " euro") -> str:
    """Write the size of an amount in prose: `13,2 miljoen euro`, `14 duizend euro`."""
    size = abs(Decimal(str(keur)))
    if size >= LEAST_MILLION:
        return f"{millions(size)} miljoen{unit}"
    return f"{number(size)} duizend{unit}"


def measured(value: Figure, decimals: int = 2) -> str:
    """Write a score with the decimals that it has, at most so many: `47,7`, `95`."""
    shown = number(value, decimals)
    return shown.rstrip("0").rstrip(",") if "," in shown else shown


def exact(value: Figure | str) -> str:
    """Write a number with every decimal that it has, whatever it counts: `13.166,25`."""
    return _plain(value)


def exact_signed(value: Figure | str) -> str:
    """Write a difference with every decimal that it has, and its sign."""
    shown = _plain(value)
    return shown if shown.startswith(MINUS) or shown == "0" else f"+{shown}"


def _plain(value: Figure | str) -> str:
    found = Decimal(str(value))
    exponent = found.normalize().as_tuple().exponent
    return number(found, max(-exponent, 0)) if isinstance(exponent, int) else str(value)


def day(moment: date) -> str:
    """Write a day: `28 november 2026`."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def without_null(value: Any) -> Any:
    """Refuse to show what is not there: a page says in words why it is missing."""
    if value is None:
        raise ValueError("a page would show a null: say in words why the figure is missing")
    return value
