"""A row of text as its label and the run of figures at its end, and the words of a run."""

from functools import lru_cache

from doelenboom.sources.accounts.extraction.numbers.printed import MINUS, MOST_KEPT, read_cell
from doelenboom.sources.accounts.extraction.words.patterns import Match, Pattern, anywhere

LONGEST_RUN = 300
_SIDES_BEFORE = anywhere(r"(?>(?<!\S)[NV] ?(?:€ ?)?\d[\d.,]*+\s*+){1,300}+")
_RUN = anywhere(
    rf"(?>(?:€ ?)?(?:{MINUS} ?)?(?:€ ?)?\d(?:[\d.]|,(?!-))*+(?:,-+)?(?: ?[NV](?![A-Za-z]))?"
    rf"|(?:€ ?)?{MINUS}(?![A-Za-z])"
    r"|(?<![A-Za-z])(?:n\.?n\.?b\.?|n\.?v\.?t\.?|[xX])(?![A-Za-z])| ){1,300}+"
)
FUSED = anywhere(r"\d{1,3}(?:\.\d{3})+")
"""Amounts of one run without blanks: as many as have a dot."""

_LONG = anywhere(r"\d{4}")
"""Figures without dots, which may be several amounts."""
_LOOSE_EURO = anywhere("€ +")
_LOOSE_SIDE = anywhere(r"(?<=\d) +([NV])(?![A-Za-z])")
_SIDE_BEFORE = anywhere("([NV]) ?([^NV ]+)")


def sides_behind(text: str) -> str:
    """Put `N` and `V` behind the amounts of a row where they are printed before them."""
    match = _last(_SIDES_BEFORE, text)
    if match is None or number_run(text[: match.start()])[1]:
        return text
    return text[: match.start()] + _SIDE_BEFORE.sub(r"\2 \1", match[0])


def _last(pattern: Pattern, text: str) -> Match | None:
    """Find what a text ends in."""
    return next((match for match in pattern.finditer(text) if match.end() == len(text)), None)


@lru_cache(maxsize=MOST_KEPT)
def number_run(text: str) -> tuple[str, str]:
    """Split a row in its label and the run of figures at its end, which may be empty."""
    text = text.rstrip()
    before, end = text[:-LONGEST_RUN], text[-LONGEST_RUN:]
    match = _last(_RUN, end)
    if match is None or not match[0].strip():
        return text, ""
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return before + end[:start], match[0].strip()


@lru_cache(maxsize=256)
def is_spaced(run: str) -> bool:
    """Say whether blanks divide a run in amounts, so that none of its words is two of them."""
    words = words_of(run)
    return len(words) > 1 and all(map(read_cell, words)) and not any(map(_LONG.search, words))


def words_of(run: str) -> list[str]:
    """Divide a run at its blanks, keeping a euro sign, a minus or `N` and `V` with their figure."""
    run = _LOOSE_EURO.sub("€", run)
    run = _LOOSE_SIDE.sub(r"\1", run)
    return run.split()
