"""The names of statutory indicators, in the words of the law and as they are printed."""

from collections.abc import Mapping

from doelenboom.sources.accounts.extraction.words.patterns import anywhere, opening
from doelenboom.sources.accounts.extraction.words.texts import squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import STATUTORY_NAMES

_BEFORE = opening(r"(?:\d{1,2}\s*[-.:]\s*|misdrijven - |(?:het )?(?:aantal|percentage) |% ){1,4}")
_UNIT = anywhere(
    r"\s*[*]+$|[\s,:(/]+(?:aantal\b|per 1|in (?:euro|kg|%)|kg\b|%|\(bbv\)|fte\b|\d\d?\s*-\s*\d\d).*"
)
_ASIDE = anywhere(r"\s*\([^()]{0,200}\)")


def code_of(name: str, names: Mapping[str, str]) -> str:
    """Return the code of a statutory indicator, empty where a name is none of them.

    `names` gives the code of each name in the regulation. A unit around the name is let go.
    """
    low = {known.lower(): code for known, code in names.items()}
    text = squeezed(name).lower()
    bare = _ASIDE.sub("", _UNIT.sub("", _BEFORE.sub("", text, count=1))).strip(" .:")
    for each in (text, bare):
        if each in low:
            return low[each]
    return next((code for code, form in STATUTORY_NAMES if form.fullmatch(bare)), "")
