"""The many ways to print one amount, made alike before it is read: `(22)`, `-/- 22`, `+38`, `850¹`.

Only what stands at an amount is changed; what the amount is, `printed` says.
"""

from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, anywhere, whole

_SIDE = whole(r"\(?(?:v|n|(?:voor|na)de(?:el|lig))\)?", ANY_CASE)
"""What alone in a cell says on which side the amount before it falls."""

_ALIKE = (
    (anywhere(r"(?<=\d)(\s?(?:[NVnv]\b)?)\s?(?:[¹²³⁰-⁹⁽⁾]{1,6}|\*{1,3}(?!\S))"), r"\1"),
    (anywhere(r"(?<=\d) \d{1,2}\)"), ""),
    (anywhere(r"(?<=\d\.\d{3})\d{1,2}\)(?!\S)"), ""),
    (anywhere(r"(?<!\S)\+ ?(?=(?:€ ?)?\d)"), ""),
    (anywhere(r"-\s?/\s?-\s{0,3}(?=(?:€ ?)?\d)"), "-"),
    (anywhere(r"(?<=\d) ?-\s?/\s?-"), "-"),
    (anywhere(r"(?<!\S)\( ?(?:€ ?)?(?!(?:19|20)\d\d\))(\d[\d.,]{0,20}) ?\)(?!\S)"), r"-\1"),
    (anywhere(r"(?<=\d)\s?\(?v(?:oorde(?:el|lig))?\)?(?![^\W\d_]|[)-])", ANY_CASE), " V"),
    (anywhere(r"(?<=\d)\s?\(?n(?:ade(?:el|lig))?\)?(?![^\W\d_]|[)-])", ANY_CASE), " N"),
)
"""Footnotes behind an amount, plus signs, minuses and sides, and how they are printed by most."""

_PERCENTAGE = anywhere(r"(?<=[\dNV])\s{1,9}[-+]?\d{1,6}(?:[.,]\d{1,4})?\s?%")


def alike(text: str) -> str:
    """Print the amounts of a text as most do: without footnotes, with a minus and `N` or `V`."""
    for pattern, most in _ALIKE:
        text = pattern.sub(most, text)
    return text.strip()


def is_side(text: str) -> bool:
    """Say whether a cell holds only a side: `N`, `v`, `voordeel`."""
    return bool(_SIDE.fullmatch(text))


def without_percentages(text: str) -> str:
    """Leave out the percentages that stand between and behind the amounts of a row."""
    return _PERCENTAGE.sub("", text)
