"""Letters that were damaged on the way to text, repaired from the chapter's own words.

A letter is damaged where it is none that Dutch or its neighbours use (`cliƫnten`). It is repaired
only when the same chapter has the word whole (`cliënten`); otherwise it stays, and is an issue.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from doelenboom.sources.accounts.extraction.lines import Issue, Line

_WORD = re.compile(r"[^\W\d_]+")
_DAMAGED = re.compile("[\u0180-\u024f\ufffd\ue000-\uf8ff]")


def repair_letters(lines: Sequence[Line]) -> tuple[list[Line], list[Issue]]:
    """Repair damaged letters where the chapter has the word whole; say where it has not."""
    damaged = {
        word
        for line in lines
        if _DAMAGED.search(line.text)
        for word in _WORD.findall(line.text)
        if _DAMAGED.search(word)
    }
    if not damaged:
        return list(lines), []
    whole = defaultdict(set)
    for line in lines:
        for word in _WORD.findall(line.text):
            if not _DAMAGED.search(word):
                whole[len(word)].add(word)
    repairs = {word: found for word in damaged if (found := _whole_word(word, whole[len(word)]))}
    return [_repaired(line, repairs) for line in lines], [
        Issue(line.number, "damaged_letter", word, "Beschadigd teken; zo overgenomen.")
        for line in lines
        for word in _WORD.findall(line.text)
        if word in damaged and word not in repairs
    ]


def _whole_word(word: str, others: set[str]) -> str | None:
    pattern = re.compile(_DAMAGED.sub(r"\\w", re.escape(word)))
    found = {other for other in others if pattern.fullmatch(other)}
    return found.pop() if len(found) == 1 else None


def _repaired(line: Line, repairs: dict[str, str]) -> Line:
    def mend(text: str) -> str:
        return _WORD.sub(lambda match: repairs.get(match[0], match[0]), text)

    if not _DAMAGED.search(line.text):
        return line
    return replace(line, text=mend(line.text), cells=tuple(map(mend, line.cells)))
