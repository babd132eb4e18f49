"""Numbered lines: the one shape that text and HTML take before anything is read in them.

Also the issue, which is how every reader says what it could not settle. No rule about a figure.
"""

import re
from dataclasses import dataclass, field

from doelenboom.codes import codes

_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")


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
    """A chapter as it was read: where from, its lines, and what was left out on the way."""

    name: str
    sha256: str
    line_count: int
    lines: tuple[Line, ...]
    issues: tuple[Issue, ...] = field(default=())


def plain(text: str) -> str:
    """Make every kind of blank a space, drop what is invisible, and keep the rest."""
    return _INVISIBLE.sub("", _SPACES.sub(" ", text))


def squeezed(text: str) -> str:
    """Return the text with single spaces between words and none around it."""
    return " ".join(text.split())


def shortened(text: str, most: int = 120) -> str:
    """Return at most `most` characters of a text, on one line."""
    text = squeezed(text)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
