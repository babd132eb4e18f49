"""Letters that were damaged on the way to text, repaired from the chapter's own words.

A letter is damaged where it is none that Dutch or its neighbours use (`cliƫnten`). It is repaired
only when the same chapter has the word whole (`cliënten`); otherwise it stays, and is an issue.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.words.patterns import anywhere

MOST_KINDS = 300
"""Kinds of damage that are repaired; one font has dozens."""

_WORD = anywhere(r"[^\W\d_]+")
_DAMAGED = anywhere("[\u0180-\u024f\ufffd\ue000-\uf8ff]")


def repair_letters(lines: Sequence[Line]) -> tuple[list[Line], list[Issue]]:
    """Repair damaged letters where the chapter has the word whole; say where it has not."""
    damaged = dict.fromkeys(
        word
        for line in lines
        if _DAMAGED.search(line.text)
        for word in _WORD.findall(line.text)
        if _DAMAGED.search(word)
    )
    if not damaged:
        return list(lines), []
    whole = defaultdict(set)
    for line in lines:
        for word in _WORD.findall(line.text):
            if not _DAMAGED.search(word):
                whole[len(word)].add(word)
    repairs = _repairs(damaged, whole)
    return [_repaired(line, repairs) for line in lines], [
        Issue(line.number, "damaged_letter", word, "Beschadigd teken; zo overgenomen.")
        for line in lines
        if _DAMAGED.search(line.text)
        for word in _WORD.findall(line.text)
        if word in damaged and word not in repairs
    ]


def _repairs(damaged: Iterable[str], whole: Mapping[int, Collection[str]]) -> dict[str, str]:
    """Give each damaged word the one whole word that is the same but for its damaged letters.

    Whole words are looked through once for each kind of damage: a length, and places in it.
    """
    kinds = defaultdict(list)
    for word in damaged:
        places = tuple(match.start() for match in _DAMAGED.finditer(word))
        kinds[len(word), places].append(word)
    repairs = {}
    for (length, places), words in islice(kinds.items(), MOST_KINDS):
        alike = defaultdict(list)
        for other in whole.get(length, ()):
            alike[_without(other, places)].append(other)
        for word in words:
            found = alike.get(_without(word, places), ())
            if len(found) == 1:
                repairs[word] = found[0]
    return repairs


def _without(word: str, places: Iterable[int]) -> str:
    letters = list(word)
    for place in places:
        letters[place] = "."
    return "".join(letters)


def _repaired(line: Line, repairs: dict[str, str]) -> Line:
    def mend(text: str) -> str:
        return _WORD.sub(lambda match: repairs.get(match[0], match[0]), text)

    if not _DAMAGED.search(line.text):
        return line
    return replace(line, text=mend(line.text), cells=tuple(map(mend, line.cells)))
