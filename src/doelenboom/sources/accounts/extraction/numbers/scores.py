"""Values as indicators print them, and the heads under which they stand.

A score is `5,9`, `89,1%`, `9.9`, `1.052,8` or `€ 799`; `n.n.b.`, `nb`, `X`, `-` and a dot say that
there is none. A dot before exactly three figures parts thousands, any other is a decimal point.
Its year may stand with it, `8,2 (2016)`, the value of another place, `104 tov 134 landelijk`, or of
how many it is, `2,6 per 1.000 inwoners`.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, anywhere, opening, whole
from doelenboom.sources.accounts.extraction.words.vocabulary import AREAS, SCORE_OR_TARGET

SILENT = whole(
    r"n\.?\s?n\.?\s?b\.?|n\.?\s?b\.?|n\.?\s?v\.?\s?t\.?|g\.?\s?m\.?"
    r"|x|\.|-+|–|onbekend|geen (?:data|score)",
    ANY_CASE,
)
_NUMBER = r"(?:€\s?+)?+\d[\d.,]{0,12}+(?:\s?+%)?+"
_VALUE = whole(
    r"(?P<euro>€\s*)?(?P<minus>[-−])?(?P<whole>\d{1,3}(?:\.\d{3}){1,4}|\d{1,12})"
    r"(?:(?P<mark>[.,])(?P<decimals>\d{1,4}))?\s*(?P<percent>%|procent)?"
)
_COMPARED = whole(
    rf"(?P<own>{_NUMBER})\s?+[(,;/]?+\s?+"
    r"(?:(?:tov|t\.o\.v\.|ten opzichte van|tegenover|vs\.?|versus)\s)?+"
    rf"(?:{_NUMBER}\s?+(?:{AREAS})|(?:{AREAS})\s?+:?+\s?+{_NUMBER})\)?+",
    ANY_CASE,
)
_OF_YEAR = whole(r"(?P<before>20\d\d)\s*:\s*(?P<then>.*)|(?P<value>.*\S)\s+\((?P<behind>20\d\d)\)")
_PER = whole(rf"(?P<value>{_NUMBER})\s++per\s(?:10{{2,5}}|1\.000|10\.000|100\.000)\s[^\d]{{3,60}}")
_LOOSE_PERCENT = anywhere(r"(?<=\d)\s+%")
_YEAR_BEHIND = opening(r"[\s(]*(20\d\d)")
_YEAR = anywhere(r"\b20\d\d\b")


@dataclass(frozen=True)
class Score:
    """A printed value, and its year if that stands with it; `value` is None where there is none."""

    text: str
    value: Decimal | None
    unit: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Head:
    """What a column of indicators holds: a score or a target, and the year it is of."""

    is_target: bool
    year: int | None


@lru_cache(maxsize=4096)
def read_score(text: str) -> Score | None:
    """Read a value that stands by itself; None where it is no value and no sign of silence."""
    text = text.strip().rstrip("*").strip()
    if not text:
        return None
    if of_year := _OF_YEAR.fullmatch(text):
        alone = read_score(of_year["then"] or of_year["value"] or "")
        year = int(of_year["before"] or of_year["behind"])
        return alone and replace(alone, text=text, year=year)
    if SILENT.fullmatch(text):
        return Score(text, None)
    if per := _PER.fullmatch(text):
        alone = read_score(per["value"])
        return alone and replace(alone, text=text)
    compared = _COMPARED.fullmatch(text)
    match = _VALUE.fullmatch(compared["own"].strip() if compared else text)
    if match is None:
        return None
    number = match["whole"].replace(".", "") + (f".{match['decimals']}" if match["mark"] else "")
    value = Decimal(f"-{number}" if match["minus"] else number)
    return Score(text, value, "%" if match["percent"] else "euro" if match["euro"] else "")


def trailing_scores(text: str) -> tuple[str, list[Score]]:
    """Take the values from the end of a text: what is before them, and the values in order."""
    words = _LOOSE_PERCENT.sub("%", text).split()
    found: list[Score] = []
    while words and (score := read_score(words[-1])) and (found or not words[-1].endswith(".")):
        if score.value is None and not found and words[-1].lower() in ("x", "."):
            break
        found.insert(0, score)
        words.pop()
    return " ".join(words), found


def read_heads(text: str) -> list[Head]:
    """Read the heads of a table of indicators, in order; empty where there are none."""
    heads = []
    for match in SCORE_OR_TARGET.finditer(text):
        year = _YEAR_BEHIND.match(text[match.end() :])
        heads.append(Head(bool(match["target"]), int(year[1]) if year else None))
    if not heads:
        heads = [Head(False, int(year)) for year in _YEAR.findall(text)]
    return heads
