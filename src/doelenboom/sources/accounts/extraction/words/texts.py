"""Texts, whatever stands in them: blanks, signs, words that are whole or broken over lines."""

from collections.abc import Iterator

from doelenboom.sources.accounts.extraction.words.patterns import anywhere, whole

DIGIT = anywhere(r"\d")
A_YEAR = whole(r"(?:19|20)\d\d")
_SPACES = anywhere("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_MINUSES = anywhere("[\u2010-\u2012\ufe63\uff0d]")
_INVISIBLE = anywhere("[\u00ad\u200b-\u200d\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")


def plain(text: str) -> str:
    """Make all blanks spaces and all hyphens a minus, drop what is invisible, keep the rest."""
    return _INVISIBLE.sub("", _MINUSES.sub("-", _SPACES.sub(" ", text)))


def squeezed(text: str) -> str:
    """Return the text with single spaces between words and none around it."""
    return " ".join(text.split())


def shortened(text: str, most: int = 120) -> str:
    """Return at most `most` characters of a text, on one line."""
    text = squeezed(text)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def occurrences(words: str, text: str) -> Iterator[int]:
    """Yield where some words begin in a text."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def has_words(text: str, words: str) -> bool:
    """Say whether a text has some words whole, neither end of them within a word."""
    return any(
        _is_edge(text, at) and _is_edge(text, at + len(words)) for at in occurrences(words, text)
    )


def _is_edge(text: str, at: int) -> bool:
    before, behind = (_is_letter(text[place : place + 1]) for place in (at - 1, at))
    return before != behind if at else behind


def _is_letter(text: str) -> bool:
    return text.isalnum() or text == "_"


def joined(first: str, then: str) -> str:
    """Join the parts of a name or a text that is broken over lines, without its hyphen."""
    if not first.endswith("-"):
        return f"{first} {then}"
    if then.startswith(("en ", "of ")):
        return f"{first} {then}"
    return (first[:-1] if then[:1].islower() else first) + then
