"""The names of statutory indicators, in the words of the law and as they are printed."""

from collections.abc import Mapping

from doelenboom.sources.accounts.extraction.words.patterns import anywhere, opening
from doelenboom.sources.accounts.extraction.words.texts import squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import STATUTORY_NAMES

_LONGEST = 200
_BEFORE = opening(
    r"(?:\d{1,2}\s*[-.:]\s*|[a-z]{1,3}\s?\d{2,4} - |misdrijven -\s*"
    r"|(?:het |de )?(?:aantal|percentage|aandeel) |% |bekende ){1,4}"
)
_ASIDE = anywhere(r"\s*\([^()]{0,200}\)")
_UNIT = anywhere(
    r"\s*[*⁰¹²³⁴-⁹]+$|(?<=[a-z])\d$"
    r"|[\s,.:(/]+(?:aantal\b|per (?:1|inwoner)|in (?:euro|kg|%)|kosten\b|kg\b|%|\(bbv\)|fte\b"
    r"|\d\d?\s*-\s*\d\d|(?:van|t\.o\.v\.|ten opzichte van) (?:alle|totaal|de)\b).*"
)
_BROKEN = anywhere(r"(?<=[a-z])-\s(?=[a-z])(?!en\b|of\b)")


def code_of(name: str, names: Mapping[str, str]) -> str:
    """Return the code of a statutory indicator, empty where a name is none of them.

    `names` gives the code of each name in the regulation. A unit around the name is let go, what
    stands between brackets too.
    """
    low = {known.lower(): code for known, code in names.items()}
    text = _BROKEN.sub("", squeezed(name).lower())
    if text in low or len(text) > _LONGEST:
        return low.get(text, "")
    bare = _UNIT.sub("", _ASIDE.sub("", _BEFORE.sub("", text, count=1))).strip(" .,:")
    if bare in low:
        return low[bare]
    return next((code for code, form in STATUTORY_NAMES if form.fullmatch(bare)), "")
