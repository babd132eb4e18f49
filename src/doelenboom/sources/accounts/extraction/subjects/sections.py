"""Which section each line of a chapter belongs to, and what the chapter says of itself.

A heading opens a section wherever it stands; a section ends where the next begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from doelenboom.sources.accounts.extraction.document.lines import Line
from doelenboom.sources.accounts.extraction.tables.grid import Grid
from doelenboom.sources.accounts.extraction.words.patterns import ANY_CASE, whole
from doelenboom.sources.accounts.extraction.words.texts import squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import DOCUMENT, HOLDER, section_of

_TITLE = whole(
    r"(?:programma|hoofdstuk|thema)?\s*(?P<code>\d{1,2}(?:\.\d{1,2})*[a-z]?)\.?\s*[:.–-]?\s+"
    r"(?P<name>[^\W\d].{1,150})",
    ANY_CASE,
)
_UNNUMBERED = whole(r"programma:?\s+(?P<name>[^\W\d].{2,150})", ANY_CASE)
_HOLDER = whole(rf"(?:{HOLDER})\s*:\s*(?P<name>\S.{{1,120}})", ANY_CASE)
_OBJECTIVE = whole(
    r"(?i:doelstelling|doel)\s+(?P<code>[A-Z]|\d{1,2})(?:\s*[:.]\s*(?P<name>.*)"
    r"|\s+(?P<plain>[A-Z]\S*\s.{1,150}))"
)
_THEME = whole(r"thema\s+(?P<code>\d{1,2})\s*[:.]\s*(?P<name>\S.*)", ANY_CASE)

_TITLE_LINES = 15


@dataclass(frozen=True)
class Heading:
    """A number and a name that a chapter prints for itself, an objective or a theme, and where."""

    code: str
    name: str
    line: int


def sections_of(lines: Sequence[Line], grids: Sequence[Grid]) -> list[str]:
    """Return the section of each line, empty before the first heading.

    `Toelichting` opens the explanations only below a cost table or its heading; a further cost
    table is none of them.
    """
    inside = {n for grid in grids for n in range(grid.first_line, grid.last_line + 1)}
    ends = [grid.last_line for grid in grids]
    found: list[str] = []
    section = ""
    before = 0
    for line in lines:
        opened = section_of(line.text)
        below = section in ("costs", "explanations")
        if opened and (opened != "explanations" or below):
            section = opened
        elif section == "costs" and before in ends and line.number > before:
            section = "explanations"
        explained = section == "explanations" and line.number in inside
        found.append("costs" if explained else section)
        before = line.number
    return found


def title_of(lines: Sequence[Line], grids: Sequence[Grid]) -> Heading | None:
    """Return the number and name of the programme, from the first lines above any cost table."""
    end = min((grid.first_line for grid in grids), default=lines[-1].number + 1)
    first = [
        line
        for line in lines
        if line.text.strip() and line.number < end and not DOCUMENT.fullmatch(squeezed(line.text))
    ][:_TITLE_LINES]
    for pattern in (_TITLE, _UNNUMBERED):
        for line in first:
            text = squeezed(line.text)
            match = pattern.fullmatch(text)
            if match and not section_of(text) and not text.endswith((".", ";")):
                return Heading(match.groupdict().get("code") or "", match["name"], line.number)
    for line in first:
        if not section_of(line.text) and len(line.text) <= _LONGEST_NAME:
            return Heading("", squeezed(line.text), line.number)
    return None


_LONGEST_NAME = 150


def portfolio_holder_of(lines: Sequence[Line]) -> str:
    """Return who holds the portfolio where the chapter names one; members of the executive only."""
    for line in lines:
        match = _HOLDER.fullmatch(squeezed(line.text))
        if match:
            return match["name"]
    return ""


def objective_of(text: str) -> Heading | None:
    """Read `Doelstelling A: …`, which opens what belongs to an objective; its name may be empty."""
    match = _OBJECTIVE.fullmatch(squeezed(text))
    return Heading(match["code"], match["name"] or match["plain"] or "", 0) if match else None


def theme_of(text: str) -> Heading | None:
    """Read `Thema 1: …`."""
    match = _THEME.fullmatch(squeezed(text))
    return Heading(match["code"], match["name"], 0) if match else None
