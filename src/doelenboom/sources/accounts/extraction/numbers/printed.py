"""How one amount is printed.

A number is an optional minus, one to three digits, then groups of exactly three after a dot (or
after a single space), and decimals after a comma. It may carry a euro sign and `N` or `V`
(disadvantage, advantage). A dash alone is nil.

Other ways to print them (`(22)`, `-/- 22`, `+38`, `38 voordeel`, `850¹`) are made alike first.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from doelenboom.codes import last_digits
from doelenboom.sources.accounts.extraction.numbers.alike import alike, is_side
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, Match, anywhere, whole

SCALE = 1000
"""Values are whole thousandths of the printed unit: `1.234,5` is 1234500."""

LONGEST_CELL = 24
MOST_KEPT = 30_000
"""Cells of which is kept what they hold: several rules look at each line of a chapter."""
MINUS = "[-−–]"
_WHOLE = r"(?:0|[1-9]\d{0,2}(?:\.\d{3}){1,4}|[1-9]\d{0,2}(?: \d{3}){1,4}|[1-9]\d{0,11})"
_CELL = whole(
    rf"(?P<euro>€ ?)?(?P<minus>{MINUS})?(?:€ ?)?(?P<whole>{_WHOLE})"
    r"(?:,(?P<decimals>\d{1,3}|-+))? ?(?P<side>[NV](?![A-Za-z]))?"
)
MINUS_BEHIND = whole(rf"^(\d[\d.,]*) ?{MINUS}$")
"""An amount with its minus behind it."""
_SIDE_BEFORE = whole(r"([NV]) ?((?:€ ?)?\d[\d.,]*+)")
_NIL = whole(rf"€? ?{MINUS}{{1,2}}")
_DASH_AND_NOTE = whole(rf"(?:€ ?)?{MINUS} ?[1-9]")
_SILENT = whole(r"n\.?n\.?b\.?|n\.?b\.?|n\.?v\.?t\.?|x|\.|pm|p\.m\.", ANY_CASE)
_LOOSE_MINUS = anywhere(rf"({MINUS}) (?=\d)")


@dataclass(frozen=True)
class Printed:
    """One cell: its value in thousandths of the printed unit, None where nothing is stated.

    `side` is `N` or `V` where printed; `nil` marks a dash, which counts as nothing until an
    identity proves it; `decimals` is how many decimals were printed. What is `noted` may as well be
    a dash with the number of a note behind it (`-1`), printed as large as the dash.
    """

    text: str
    value: int | None
    side: str = ""
    nil: bool = False
    decimals: int = 0
    noted: bool = False


Cells = tuple[Printed, ...]


def rounding_of(cells: Collection[Printed]) -> int:
    """Return what rounding may take from a sum of printed figures, in thousandths."""
    digit = SCALE // int(10 ** max(cell.decimals for cell in cells))
    return int(len(cells) * digit * last_digits(None))


def may_be_noted(text: str) -> bool:
    """Say whether a text is one figure below zero, or a dash and the number of a note."""
    return bool(_DASH_AND_NOTE.fullmatch(text.strip()))


@lru_cache(maxsize=MOST_KEPT)
def read_cell(text: str) -> Printed | None:
    """Read a cell that stands by itself; None when it is no amount, dash or sign of silence."""
    noted, text = may_be_noted(text), alike(text.strip())
    if not text or is_side(text) or _SILENT.fullmatch(text):
        return Printed(text, None)
    if _NIL.fullmatch(text):
        return Printed(text, 0, nil=True)
    text = _SIDE_BEFORE.sub(r"\2 \1", MINUS_BEHIND.sub(r"-\1", text))
    match = _CELL.fullmatch(_LOOSE_MINUS.sub(r"\1", text))
    return _printed(match, noted) if match else None


def _printed(match: Match, noted: bool) -> Printed:
    decimals = (match["decimals"] or "").strip("-")
    whole = match["whole"].replace(".", "").replace(" ", "")
    value = int(whole) * SCALE + int(decimals.ljust(3, "0") or "0")
    side = match["side"] or ""
    value = -value if match["minus"] else value
    return Printed(match[0].strip(), value, side, decimals=len(decimals), noted=noted)


def cell_within(text: str, before: str, after: str) -> Printed | None:
    """Read a part of a run of figures, between two characters of it; None when it is no cell."""
    if _NIL.fullmatch(text):
        return Printed(text, 0, nil=True)
    match = _CELL.fullmatch(text)
    if match is None:
        return _silent(text, before, after)
    if after in ",." or (after == " " and text.endswith(",")):
        return None
    bare = match["whole"].isdigit() and len(match["whole"]) > 3  # noqa: PLR2004
    if bare and not (before == " " and after == " "):
        return None  # figures without dots are one number only where blanks say so
    return _printed(match, may_be_noted(text))


def _silent(text: str, before: str, after: str) -> Printed | None:
    alone = not before.isalpha() and not after.isalpha()
    return Printed(text, None) if alone and text != "." and _SILENT.fullmatch(text) else None
