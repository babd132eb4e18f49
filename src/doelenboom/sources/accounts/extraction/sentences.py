"""The sentences that explain a cost table, each with the subject that it stands under.

A subject is a short line above its text, or what stands before the amount of a bullet. Which
amount says what is decided in `explanations`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from doelenboom.sources.accounts.extraction.amounts import amounts_in
from doelenboom.sources.accounts.extraction.lines import Line, squeezed
from doelenboom.sources.accounts.extraction.vocabulary import section_of

_LONGEST_SUBJECT = 80
_BULLET = re.compile(r"^\s*[•\-*–·]\s+(?P<text>.*)")
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ‘“\"'(])|(?<=;)\s+")


@dataclass(frozen=True)
class Sentence:
    """A sentence, where it stands, its subject, and whether a bullet names that subject."""

    line: int
    start: int
    text: str
    subject: str
    bullet: bool


def sentences_of(section: Sequence[Line]) -> Iterator[Sentence]:
    """Yield the sentences of the section, each with the subject that it stands under."""
    subject = ""
    for n, line in enumerate(section):
        if section_of(line.text) or not line.text.strip():
            continue
        if _is_subject(section, n):
            subject = squeezed(line.text).rstrip(":")
            continue
        bullet = _BULLET.match(line.text)
        start = bullet.start("text") if bullet else 0
        own = _bullet_subject(bullet["text"]) if bullet else ""
        for begin, text in _split(line.text, start):
            yield Sentence(line.number, begin, text, own or subject, bool(own))


def _split(text: str, start: int) -> Iterator[tuple[int, str]]:
    for match in _SENTENCES.finditer(text, start):
        yield start, text[start : match.start()]
        start = match.end()
    yield start, text[start:]


def _is_subject(section: Sequence[Line], n: int) -> bool:
    """Say whether a line names what the lines under it are about."""
    text = squeezed(section[n].text)
    following = next((line.text for line in section[n + 1 :] if line.text.strip()), "")
    return (
        len(text) <= _LONGEST_SUBJECT
        and not text.endswith((".", ";", ","))
        and not re.match(r"[•\-*–·]", text)
        and not any(True for _ in amounts_in(text))
        and len(following) > len(text)
        and bool(re.match(r"[^\W\d]|\d+(\.\d+)*\.?\s", text))
    )


def _bullet_subject(text: str) -> str:
    """Return what stands before the amount of a bullet: `Subject (2,3 miljoen voordeel): …`."""
    amount = next(amounts_in(text), None)
    if amount is None or amount.start > _LONGEST_SUBJECT:
        return ""
    before = text[: amount.start].rstrip()
    if before.endswith(("(", ":", "-", "–", ",")):
        return squeezed(before.rstrip("(:-–, "))
    return ""
