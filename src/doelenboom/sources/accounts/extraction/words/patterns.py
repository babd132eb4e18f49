"""Patterns that meet text from outside: the time that each takes grows with the text, no faster.

The one door to `re` in extraction. Each pattern says where it may stand: in the whole text, at its
beginning, or anywhere. A test proves from the form of each that it is linear.

What repeats repeats at most `MOST` times: so many steps, and no more, can be taken in vain from
any place. Only a dot may go on to the end of a text that is tried from its beginning alone, and
what a pattern that may stand anywhere ends in, for that is never taken in vain.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

Match = re.Match[str]
Pattern = re.Pattern[str]

ANY_CASE: Final = re.IGNORECASE
MOST = 60
"""Times that what is written `*`, `+` or `{2,}` may repeat: blanks, the letters of a word."""


@dataclass(frozen=True)
class Known:
    """A pattern, and whether it is tried from the beginning of a text alone."""

    pattern: Pattern
    anchored: bool


KNOWN: list[Known] = []
"""Every pattern of extraction, for the test that proves what is said above."""

_PARTS = re.compile(
    r"(?P<atom>\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?(?:P<\w+>|<?[=!:>]|[a-z]+:)|[^*+?{])"
    r"|(?P<endless>[*+]|\{(?P<least>\d+),\})|(?P<counted>\?|\{\d+(?:,\d+)?\})",
    re.DOTALL,
)


def whole(source: str, flags: re.RegexFlag = re.NOFLAG) -> Pattern:
    """Compile a pattern that a whole text must match."""
    return _known(rf"\A(?:{_limited(source, '.')})\Z", flags, anchored=True)


def opening(source: str, flags: re.RegexFlag = re.NOFLAG) -> Pattern:
    """Compile a pattern that may stand at the beginning of a text."""
    return _known(rf"\A(?:{_limited(source, '.')})", flags, anchored=True)


def anywhere(source: str, flags: re.RegexFlag = re.NOFLAG) -> Pattern:
    """Compile a pattern that may stand anywhere in a text, several times."""
    return _known(_limited(source), flags, anchored=False)


def any_of(texts: Iterable[str]) -> str:
    """Return the source of a pattern of some texts as they are."""
    return "|".join(map(re.escape, texts))


def _known(source: str, flags: re.RegexFlag, anchored: bool) -> Pattern:
    pattern = re.compile(source, flags)
    KNOWN.append(Known(pattern, anchored))
    return pattern


def _limited(source: str, free: str = "") -> str:
    """Count what repeats without end, but what is `free` and what the pattern ends in."""
    limited = []
    atom = ""
    for part in _PARTS.finditer(source):
        text = part[0]
        if part["endless"] and atom not in ("", free) and part.end() < len(source):
            least = int(part["least"] or text == "+")
            text = f"{{{least},{least + MOST}}}"
        atom = part["atom"] or ""
        limited.append(text)
    return "".join(limited)


def wholes(*forms: tuple[str, str]) -> tuple[tuple[str, Pattern], ...]:
    """Compile the forms of some kinds, each of a whole text."""
    return tuple((kind, whole(form)) for kind, form in forms)


def anywheres(*forms: tuple[str, str]) -> tuple[tuple[str, Pattern], ...]:
    """Compile the forms of some kinds, each anywhere in a text, in any case."""
    return tuple((kind, anywhere(form, ANY_CASE)) for kind, form in forms)
