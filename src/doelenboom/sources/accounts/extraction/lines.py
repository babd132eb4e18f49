"""Numbered lines: the one shape that text, HTML and PDF take before anything is read in them.

Also the issue, which is how every reader says what it could not settle. No rule about a figure.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from doelenboom.codes import codes
from doelenboom.sources.accounts.extraction.patterns import anywhere

_SPACES = anywhere("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_MINUSES = anywhere("[\u2010-\u2012\ufe63\uff0d]")
_INVISIBLE = anywhere("[\u00ad\u200b-\u200d\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class Line:
    """One line of a chapter: its number in the file, its text, and its cells if it has any.

    `cells` come from markup or from tabs; `table` tells tables of markup apart, 0 is none.
    """

    number: int
    text: str
    cells: tuple[str, ...] = ()
    table: int = 0


@dataclass(frozen=True)
class Issue:
    """What a person must look at: where, what is printed there, why, and what it may be.

    `kind` is a code of the list `issue_kind`; raises `ValueError` for another one.
    """

    line: int
    kind: str
    text: str
    problem: str
    candidates: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in codes("issue_kind"):
            raise ValueError(f"no kind of issue: {self.kind}")


@dataclass(frozen=True)
class Chapter:
    """A chapter as it was read: where from, its lines, and what was left out on the way.

    `pages` are the numbers of the lines on which the pages of a PDF begin.
    """

    name: str
    sha256: str
    line_count: int
    lines: tuple[Line, ...]
    issues: tuple[Issue, ...] = field(default=())
    pages: tuple[int, ...] = ()


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
