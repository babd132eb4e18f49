"""The action points: what was planned, under which objective and theme, and what is said of it.

Points are numbered in one order through the section; a list that begins anew inside a point is
part of it. Texts `Ad 8, 10 en 11a.` are tied to their points. Titles are the printed words up to
the first stop; what became of a point is judged by a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from doelenboom.sources.accounts.extraction.document.lines import Issue, Line
from doelenboom.sources.accounts.extraction.numbers.amounts import amounts_in
from doelenboom.sources.accounts.extraction.subjects.actions.rows import ActionRow, action_rows
from doelenboom.sources.accounts.extraction.subjects.sections import objective_of, theme_of
from doelenboom.sources.accounts.extraction.words.patterns import (
    ANY_CASE,
    Match,
    anywhere,
    opening,
    whole,
)
from doelenboom.sources.accounts.extraction.words.texts import shortened, squeezed
from doelenboom.sources.accounts.extraction.words.vocabulary import (
    ACTION_HEADING,
    AFTER_ACTIONS,
    INDICATORS_BEGIN,
    SAVING,
)

LONGEST_TITLE = 80

_POINT = whole(
    r"(?P<code>\d{1,2}(?:\.\d{1,2}){1,2}[a-z]?(?=\.\s+[^\W\d]|\s+[A-ZÀ-Þ])|\d{1,3}[a-z]?(?=\s?[.)]))"
    r"\s?[.)]?\s*(?P<text>[^\W\d_].*|\d{4}.*)"
)
_AD = opening(
    r"ad\.?\s+(?P<codes>\d{1,3}[\da-z\s,+&./]{0,200}?(?:\s*en\s*\d+\s?[a-z]?)?)\s*[.:]\s*(?P<text>\S.*)?",
    ANY_CASE,
)
_BULLET = opening(r"[•\-–·]\s+\S")
_LEAD = opening(rf".{{3,{LONGEST_TITLE}}}?(?=\s*[,.;]\s|\s*:|$)")
_INDICATORS = opening(rf"(?:{INDICATORS_BEGIN})\b", ANY_CASE)
_DIGITS = anywhere(r"\d+")
_BETWEEN_CODES = anywhere(r",|\+|&|/|\ben\b")
_CODE = whole(r"\d{1,9}[a-z]?")
_LETTER = whole("[a-z]")


@dataclass(frozen=True)
class Point:
    """One action point; `saving` in thousands of euro where a sum to save is printed."""

    code: str
    title: str
    line: int
    theme: str = ""
    objective: str = ""
    saving: Decimal | None = None
    explanation: str = ""
    explanation_line: int | None = None


def read_points(
    lines: Sequence[Line], sections: Sequence[str]
) -> tuple[list[Point], list[Issue], bool]:
    """Return the action points, what is doubtful, and whether a status is an icon."""
    section = [line for line, name in zip(lines, sections, strict=True) if name == "actions"]
    rows = list(action_rows(section))
    reader = _ActionReader(rows)
    for n in range(len(rows)):
        reader.read(n)
    points, issues = _explained(section, reader.points)
    issues = [*issues, *_gaps(points), *_unnumbered(rows, points)]
    has_icons = reader.has_status and not any(row.said for row in rows)
    return list(points.values()), issues, has_icons


class _ActionReader:
    """Goes through a section and keeps the objective, the theme and the number it has come to."""

    def __init__(self, rows: Sequence[ActionRow]) -> None:
        self.points: dict[str, Point] = {}
        self.has_status = False
        self._rows = rows
        self._objective = self._theme = ""
        self._inside = True
        self._nested = 0
        found = ((n, match) for n, row in enumerate(rows) if (match := _POINT.fullmatch(row.text)))
        self._last_place = {match["code"]: n for n, match in found}

    def read(self, n: int) -> None:
        row = self._rows[n]
        text = row.text
        opened, named = objective_of(text), theme_of(text)
        if opened or named:
            self._objective = opened.code if opened else self._objective
            self._theme = named.code if named else ""
            self._inside = self._inside or bool(named)
        elif _is_head(text):
            self._inside, self.has_status = True, self.has_status or "status" in text.lower()
        elif AFTER_ACTIONS.fullmatch(text) or _is_indicator_head(text):
            self._inside = False
        elif self._inside and (match := _POINT.fullmatch(text)):
            if self._follows(match["code"], n):
                self.points[match["code"]] = _point(match, row, self._theme, self._objective)
        elif not self.points and len(text) > _PROSE:
            self._inside = False  # a list that follows prose is no list of points

    def _follows(self, code: str, n: int) -> bool:
        """Say whether a number goes on from the points so far: a list within one begins anew.

        Where it goes on from both, it is of the list if the number comes again further on.
        """
        last = _order(next(reversed(self.points), "0"))
        number = _order(code)
        if self.points and len(number[0]) != len(last[0]):
            return False
        if code == "1" and self.points:
            self._nested = 1
            return False
        if self._nested and number == ((self._nested + 1,), "") and self._last_place[code] > n:
            self._nested += 1
            return False
        gap = number[0][-1] - last[0][-1] if number[0][:-1] == last[0][:-1] else 0
        goes_on = number > last and (not self.points or gap <= _WIDEST_GAP)
        self._nested = 0 if goes_on else self._nested
        return goes_on


def _is_head(text: str) -> bool:
    return bool(ACTION_HEADING.fullmatch(text)) and len(text) < _PROSE and not text.endswith(".")


def _is_indicator_head(text: str) -> bool:
    """Say whether a table of indicators begins here: its rows are no points."""
    begins = bool(_INDICATORS.match(text))
    return begins and len(text) < _PROSE and not text.endswith(".")


def _order(code: str) -> tuple[tuple[int, ...], str]:
    """Return the numbers and the letter of a code, in which codes follow each other."""
    return tuple(map(int, _DIGITS.findall(code))), code.lstrip("0123456789.")


_WIDEST_GAP = 5
_PROSE = 120
_LONGEST_AD = 500


def _point(match: Match, row: ActionRow, theme: str, objective: str) -> Point:
    text = match["text"]
    saving = None
    for amount in amounts_in(text):
        if SAVING.search(text[: amount.end + 40]) and saving is None:
            saving = amount.keur
    said = shortened(row.said, LONGEST_TITLE)
    return Point(
        match["code"], _title(text), row.line, theme, objective, saving,
        said, row.line if said else None,
    )  # fmt: skip


def _title(text: str) -> str:
    """Return the printed words up to the first stop, or as many as a title may have."""
    match = _LEAD.match(text)
    return squeezed(match[0]).rstrip(".") if match else shortened(text, LONGEST_TITLE)


def _explained(
    section: Sequence[Line], points: dict[str, Point]
) -> tuple[dict[str, Point], list[Issue]]:
    """Tie each `Ad …` text to the points that it names."""
    result = dict(points)
    issues: list[Issue] = []
    for line in section:
        match = _AD.match(squeezed(line.text)[:_LONGEST_AD])
        if not match:
            continue
        for code in _codes(match["codes"]):
            if code not in result:
                problem = f"Toelichting bij punt {code}, dat er niet is."
                issues.append(Issue(line.number, "action_point", shortened(line.text), problem))
                continue
            reference = shortened(match["text"] or "", LONGEST_TITLE)
            result[code] = replace(
                result[code], explanation=reference, explanation_line=line.number
            )
    return result, issues


def _codes(text: str) -> list[str]:
    """Read `8, 10 en 11a` and `11 a + b` as the codes that they name."""
    codes: list[str] = []
    for part in _BETWEEN_CODES.split(text.strip()):
        word = part.replace(" ", "").strip(".")
        if _CODE.fullmatch(word):
            codes.append(word)
        elif _LETTER.fullmatch(word) and codes:
            codes.append(_DIGITS.match(codes[-1])[0] + word)  # type: ignore[index]
    return codes


def _gaps(points: dict[str, Point]) -> list[Issue]:
    """Say which numbers are skipped: the source may have lost a point, or our reading."""
    first: dict[int, Point] = {}
    for code, point in points.items():
        numbers = _order(code)[0]
        if len(numbers) == 1:
            first.setdefault(numbers[0], point)
    return [
        Issue(
            first[after].line,
            "action_point",
            first[after].code,
            f"Vóór dit punt ontbreekt nummer {missing}.",
        )
        for before, after in pairwise(sorted(first))
        for missing in range(before + 1, after)
    ]


def _unnumbered(rows: Sequence[ActionRow], points: dict[str, Point]) -> list[Issue]:
    """Say which points have no number of their own, and that a list without numbers is not read."""
    ordered = [row for row in rows if row.by_order]
    if ordered:
        problem = "De actiepunten hebben geen nummer in de bron; in hun volgorde genummerd."
        return [Issue(ordered[0].line, "action_point", shortened(ordered[0].text), problem)]
    bullets = [row for row in rows if _BULLET.match(row.text)]
    if bullets and not points:
        problem = f"{len(bullets)} opsommingstekens zonder nummer; niet als actiepunt overgenomen."
        return [Issue(bullets[0].line, "action_point", shortened(bullets[0].text), problem)]
    return []
