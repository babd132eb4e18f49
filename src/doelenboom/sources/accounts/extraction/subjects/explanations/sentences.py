"""The sentences that explain a cost table, each with the subject that it stands under.

A subject is a short line above its text, or what stands before the amount of a bullet. Which
amount says what is decided in `prose`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.numbers.amounts import amounts_in
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, anywhere, opening
from doelenboom.sources.accounts.extraction.words.texts import squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import VERB, section_of

_LONGEST_SUBJECT = 80
_LONGEST_SENTENCE = 2000
_BULLET = opening(r"^\s*[•\-*–·]\s+(?P<text>.*)")
_ASIDE = anywhere(r"\([^)]{0,250}\)")
_SIDE = anywhere(
    r"(?:^|[\s(:,–-])(?P<side>(?:een\s+)?(?:voordeel|nadeel|voordelig|nadelig)(?:\s+van)?:?\s*)$",
    ANY_CASE,
)
_PROPOSAL = opening(r"voorstel\b", ANY_CASE)
"""What is proposed to do with a result is no part of it."""

_SENTENCES = anywhere(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ‘“\"'(])|(?<=;)\s+")
_MARK = opening(r"[•\-*–·]")
_NAMES = opening(r"[^\W\d]|\d+(\.\d+)*\.?\s")


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
        bullet = _BULLET.match(line.text)
        start = bullet.start("text") if bullet else 0
        if _is_subject(section, n):
            subject = squeezed(line.text[start:]).rstrip(":")
            continue
        place = _headed_amount(line.text[start:])
        if place and (bullet or _ends_with_amount(line.text)):
            own = _before(line.text[start : start + place])
            subject = subject if bullet else own
        else:
            own = ""
        if _PROPOSAL.match(own or subject):
            continue
        for begin, text in _split(line.text, start):
            first = bool(own) and begin == start
            skipped = place if first else 0
            yield Sentence(line.number, begin + skipped, text[skipped:], own or subject, first)


def _split(text: str, start: int) -> Iterator[tuple[int, str]]:
    for match in _SENTENCES.finditer(text, start):
        yield from _pieces(text[start : match.start()], start)
        start = match.end()
    yield from _pieces(text[start:], start)


def _pieces(sentence: str, start: int) -> Iterator[tuple[int, str]]:
    """Divide what is too long to be a sentence: every amount looks at the whole of its own."""
    while len(sentence) > _LONGEST_SENTENCE:
        end = sentence.rfind(" ", 0, _LONGEST_SENTENCE) + 1 or _LONGEST_SENTENCE
        yield start, sentence[:end]
        start, sentence = start + end, sentence[end:]
    yield start, sentence


def _texts_behind(section: Sequence[Line], n: int) -> Iterator[str]:
    return (section[place].text for place in range(n + 1, len(section)))


def _is_subject(section: Sequence[Line], n: int) -> bool:
    """Say whether a line names what the lines under it are about."""
    bullet = _BULLET.match(section[n].text)
    text = squeezed(bullet["text"] if bullet else section[n].text)
    following = next((text for text in _texts_behind(section, n) if text.strip()), "")
    return (
        len(text) <= _LONGEST_SUBJECT
        and not text.endswith((".", ";", ","))
        and not _MARK.match(text)
        and not any(True for _ in amounts_in(text))
        and len(following) > len(text)
        and not (bullet and _BULLET.match(following))
        and bool(_NAMES.match(text))
    )


def _headed_amount(text: str) -> int:
    """Return where the amount stands that a text begins with: `Subject (2,3 miljoen voordeel)`.

    Where a line ends in an amount with its side it is that one: `Subject (was € 1.000) € 500 V`.
    A side before the amount goes with it. Zero where there is no such amount.
    """
    amounts = list(amounts_in(text))
    if amounts and _ends_with_amount(text):
        return _with_side(text, amounts[-1].start)
    if not amounts or amounts[0].start > _LONGEST_SUBJECT:
        return 0
    start = _with_side(text, amounts[0].start)
    before = text[:start].rstrip()
    named = before.endswith(("(", ":", "-", "–", ",")) or (
        amounts[0].side and not VERB.search(before)
    )
    return start if before and named else 0


def _with_side(text: str, start: int) -> int:
    """Return where an amount begins, with the word of its side before it."""
    side = _SIDE.search(text[:start])
    return side.start("side") if side else start


def _ends_with_amount(text: str) -> bool:
    """Say whether a line is a subject and, behind it, an amount with its side."""
    amounts = list(amounts_in(text))
    if not amounts:
        return False
    last = amounts[-1]
    start = _with_side(text, last.start)
    before = text[:start]
    return bool(
        (last.side or start < last.start)
        and not text[last.end :].strip(" ).:")
        and before.strip()
        and len(before) <= 2 * _LONGEST_SUBJECT
        and not VERB.search(_without_amounts_aside(before))
    )


def _before(text: str) -> str:
    """Return the subject in what stands before its amount, without amounts of its own."""
    return squeezed(_without_amounts_aside(text).rstrip("(:-–, "))


def _without_amounts_aside(text: str) -> str:
    return _ASIDE.sub(lambda aside: "" if "€" in aside[0] else aside[0], text)
