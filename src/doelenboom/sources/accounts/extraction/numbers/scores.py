"""Values as indicators print them, and the heads under which they stand.

A score is `5,9`, `89,1%`, `9.9`, `1.052,8` or `€ 799`; `n.n.b.`, `nb`, `X`, `-` and a dot say that
there is none. A dot before exactly three figures parts thousands, any other is a decimal point.
"""

from dataclasses import dataclass
from decimal import Decimal

from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, anywhere, opening, whole
from doelenboom.sources.accounts.extraction.words.vocabulary import SCORE_OR_TARGET

SILENT = whole(
    r"n\.?\s?n\.?\s?b\.?|n\.?\s?b\.?|n\.?\s?v\.?\s?t\.?|g\.?\s?m\.?"
    r"|x|\.|-+|–|onbekend|geen (?:data|score)",
    ANY_CASE,
)
_VALUE = whole(
    r"(?P<euro>€\s*)?(?P<minus>[-−])?(?P<whole>\d{1,3}(?:\.\d{3}){1,4}|\d{1,12})"
    r"(?:(?P<mark>[.,])(?P<decimals>\d{1,4}))?\s*(?P<percent>%|procent)?"
)
_LOOSE_PERCENT = anywhere(r"(?<=\d)\s+%")
_YEAR_BEHIND = opening(r"[\s(]*(20\d\d)")
_YEAR = anywhere(r"\b20\d\d\b")


@dataclass(frozen=True)
class Score:
    """A printed value; `value` is None where the source says that there is none."""

    text: str
    value: Decimal | None
    unit: str = ""


@dataclass(frozen=True)
class Head:
    """What a column of indicators holds: a score or a target, and the year it is of."""

    is_target: bool
    year: int | None


def read_score(text: str) -> Score | None:
    """Read a value that stands by itself; None where it is no value and no sign of silence."""
    text = text.strip().rstrip("*").strip()
    if not text:
        return None
    if SILENT.fullmatch(text):
        return Score(text, None)
    match = _VALUE.fullmatch(text)
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
