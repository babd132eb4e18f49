"""How a number is written: which sign stands before decimals, where the minus is.

A number that can be read in two ways is read as the unambiguous ones of its column are written,
else those of its file; where these leave it open, so does this module.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

COMMA, POINT = "comma", "point"
_LONGEST = 40

_BLANKS = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007"), " ") | {ord("’"): "'"}
_DIGITS = r"0|[1-9][0-9]*"
_SPACED = r"[1-9][0-9]{0,2}(?: [0-9]{3})+|[1-9][0-9]{0,2}(?:'[0-9]{3})+"
_WITH_COMMA = re.compile(
    rf"(?P<whole>{_DIGITS}|[1-9][0-9]{{0,2}}(?:[.][0-9]{{3}})+|{_SPACED})(?:,(?P<rest>[0-9]+|-+))?"
)
_WITH_POINT = re.compile(
    rf"(?P<whole>{_DIGITS}|[1-9][0-9]{{0,2}}(?:,[0-9]{{3}})+|{_SPACED})(?:[.](?P<rest>[0-9]+))?"
)
_FORMS = {COMMA: _WITH_COMMA.fullmatch, POINT: _WITH_POINT.fullmatch}
_SIGNED = re.compile(
    r"(?P<open>[(])?(?P<before>[-+−–]|-/-)? ?(?:€|EUR)? ?(?P<second>[-−–])? ?"
    r"(?P<number>[0-9](?:[0-9 .']|,(?!-))*(?:,-{1,2})?)(?: ?(?P<behind>[-−–]|-/-))?(?P<close>[)])?"
)


@dataclass(frozen=True)
class Written:
    """A number as it is written, read with a decimal comma and with a decimal point."""

    readings: dict[str, Decimal]

    @property
    def votes(self) -> set[str]:
        """The one way in which it can be read, if it is the only one."""
        return set(self.readings) if len(self.readings) == 1 else set()

    def value(self, *votes: Collection[str]) -> Decimal | None:
        """Read it as those that say one thing do, the first first; None where it stays open."""
        values = set(self.readings.values())
        if len(values) == 1:
            return values.pop()
        said = next((found for found in votes if found), ())
        return self.readings[next(iter(said))] if len(said) == 1 else None


def written(text: str) -> Written | None:
    """Read a number; None where a text is none."""
    text = text.translate(_BLANKS).strip()
    match = _SIGNED.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    signs = [match["open"], match["before"], match["second"], match["behind"]]
    if sum(map(bool, signs)) > 1:
        return None
    minus = any(sign and sign != "+" for sign in signs)
    readings = {
        form: -value if minus else value
        for form in _FORMS
        if (value := _value(match["number"].strip(), form)) is not None
    }
    return Written(readings) if readings else None


def _value(number: str, form: str) -> Decimal | None:
    match = _FORMS[form](number)
    if match is None:
        return None
    whole = "".join(filter(str.isdigit, match["whole"]))
    return Decimal(f"{whole}.{(match['rest'] or '').strip('-') or '0'}")


def iso(number: Decimal) -> str:
    """Write a number as the package has it: a point, no zeros behind it, no minus of nothing."""
    return f"{number.normalize():f}" if number else "0"
