"""Values as indicators print them.

A score is `5,9`, `89,1%`, `9.9`, `1.052,8` or `€ 799`, with or without its year: `24% (2013)`.
`n.n.b.`, `nb`, `X`, `-` and a dot say that there is none. A dot before exactly three figures
parts thousands, any other is a decimal point.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

SILENT = re.compile(
    r"n\.?\s?n\.?\s?b\.?|n\.?\s?b\.?|n\.?\s?v\.?\s?t\.?|n\.?\s?t\.?\s?b\.?|g\.?\s?m\.?"
    r"|x|\.|-+|–|\?|onbekend|niet (?:gemeten|van toepassing|uitgevraagd)"
    r"|(?:gegevens |cijfers )?(?:nog )?niet (?:bekend|beschikbaar)"
    r"|geen (?:data|score|meting|gegevens)",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"(?P<euro>€\s*)?(?P<minus>[-−])?(?P<whole>\d{1,3}(?:\.\d{3}){1,4}|\d{1,12})"
    r"(?:(?P<mark>[.,])(?P<decimals>\d{1,4}))?\s*(?P<percent>%|procent)?"
)
_DATED = re.compile(r"(?P<value>.*\S)\s*\((?:eind |begin |medio |ultimo )?(?P<year>20\d\d)\)")
_NOTE = re.compile(r"[\s*¹²³⁴⁵]+$")
_FUSED = re.compile(r"(?:\d{1,3}(?:,\d{1,2})?%){2,}")


@dataclass(frozen=True)
class Score:
    """A printed value; `value` is None where the source says that there is none.

    `year` is the one printed behind the value.
    """

    text: str
    value: Decimal | None
    unit: str = ""
    year: int | None = None


def read_score(text: str) -> Score | None:
    """Read a value that stands by itself; None where it is no value and no sign of silence."""
    text = _NOTE.sub("", text.strip())
    dated = _DATED.fullmatch(text)
    bare = _NOTE.sub("", dated["value"]) if dated else text
    year = int(dated["year"]) if dated else None
    if not bare:
        return None
    if SILENT.fullmatch(bare):
        return Score(text, None, year=year)
    match = _VALUE.fullmatch(bare)
    if match is None:
        return None
    number = match["whole"].replace(".", "") + (f".{match['decimals']}" if match["mark"] else "")
    value = Decimal(f"-{number}" if match["minus"] else number)
    unit = "%" if match["percent"] else "euro" if match["euro"] else ""
    return Score(text, value, unit, year)


def fused_scores(text: str) -> list[Score]:
    """Read percentages that stand against each other, `93%94%93%`: each ends with its sign."""
    if not _FUSED.fullmatch(text):
        return []
    parts = re.findall(r"[\d,]+%", text)
    return [score for part in parts if (score := read_score(part))]


def trailing_scores(text: str) -> tuple[str, list[Score]]:
    """Take the values from the end of a text: what is before them, and the values in order."""
    words = re.sub(r"€\s+(?=[\d-])", "€", re.sub(r"(?<=\d)\s+%", "%", text)).split()
    found: list[Score] = []
    while words and (score := read_score(words[-1])):
        stops = words[-1].endswith(".") and score.value is not None
        if not found and (stops or words[-1].lower() in ("x", ".")):
            break
        found.insert(0, score)
        words.pop()
    return " ".join(words), found
