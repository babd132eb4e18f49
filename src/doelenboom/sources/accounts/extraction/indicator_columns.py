"""What the columns of a table of indicators hold, read from its head.

A score or a target of a year, or what goes with it (number, name, unit, period, source). A column
that is none of these, or may be more than one thing, is known by its words and set aside.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from doelenboom.sources.accounts.extraction.lines import squeezed
from doelenboom.sources.accounts.extraction.vocabulary import (
    INDICATOR_COLUMNS,
    INDICATOR_HEAD_FILL,
    INDICATOR_NAME,
)

_LONGEST_HEAD = 150
_MOST_OTHER_WORDS = 4
_WORDS = re.compile(r"toelichting|opmerking(?:en)?|beschrijving", re.IGNORECASE)
_WITHOUT_YEAR = ("number", "unit", "source")
"""A year behind these is the head of the next column."""
_TOKEN = re.compile(
    r"(?<!\w)(?:(?:"
    + "|".join(f"(?P<k{n}>{pattern})" for n, (_, pattern) in enumerate(INDICATOR_COLUMNS))
    + r")(?![^\W\d])(?:[\s(:'’-]*(?P<year>20\d\d)(?!\d))?|(?P<plain>20\d\d)(?!\d))",
    re.IGNORECASE,
)
_BEGINS = re.compile(rf"(?:nr\.?\s*)?(?:{INDICATOR_NAME})(?!\w)", re.IGNORECASE)
_FILL = re.compile(rf"(?:{INDICATOR_HEAD_FILL})", re.IGNORECASE)
_FUSED = re.compile(r"(?<=[a-zà-ÿ\d)])(?=[A-Z][a-z])")


@dataclass(frozen=True)
class Column:
    """What a column holds, the year it is of, and its head as printed."""

    kind: str
    year: int | None
    text: str

    @property
    def holds_value(self) -> bool:
        """Whether the cells of the column are scores or targets."""
        return self.kind in ("score", "target")


def column_of(text: str) -> Column | None:
    """Read the head of one column; None where its words are not all those of a head."""
    text = squeezed(text)
    if not text or len(text) > _LONGEST_HEAD:
        return None
    if _BEGINS.fullmatch(text.strip(" :*")):
        return Column("name", None, text)
    found = _tokens(text)
    if not found or _FILL.sub(" ", _TOKEN.sub(" ", text)).strip(" .,:;()/%*-"):
        return None
    named = {column.kind for column in found} - {"year"}
    years = {column.year for column in found if column.year}
    year = years.pop() if len(years) == 1 else None
    if years or len(named) > 1:
        return Column("other", None, text)
    return Column(named.pop() if named else "year", year, text)


def columns_of_text(text: str) -> list[Column]:
    """Read the heads of all columns from one line; empty where it is no such line."""
    text = squeezed(_FUSED.sub(" ", text))
    if len(text) > _LONGEST_HEAD or text.endswith((".", ":", ";")):
        return []
    begins = _BEGINS.match(text)
    rest = text[begins.end() :] if begins else text
    found = [column for column in _tokens(rest) if column.kind not in ("number", "source", "unit")]
    others = _FILL.sub(" ", _TOKEN.sub(" ", rest)).split()
    dated = [column.year for column in found if column.kind != "year"]
    if len(others) > (_MOST_OTHER_WORDS if begins else 0) or len(found) < 2:  # noqa: PLR2004
        return []
    if found[0].kind == "year" and None in dated:
        return []  # a year may stand before its head or behind it
    named = text[: len(text) - len(rest) + _first_value(rest)].strip() if begins else ""
    return [*([Column("name", None, named)] if begins else []), *found]


def value_columns(text: str, year: int) -> list[Column]:
    """Read the columns of values from a head, whatever else stands in it, settled for a year."""
    columns = settled(_tokens(squeezed(text)), year)
    return [
        column
        for column in columns
        if column.holds_value or (column.kind == "other" and not _WORDS.fullmatch(column.text))
    ]


def _first_value(text: str) -> int:
    """Return where the first head of values begins."""
    ahead = (
        m.start() for m in _TOKEN.finditer(text) if _kind(m) not in ("number", "source", "unit")
    )
    return next(ahead, len(text))


def _tokens(text: str) -> list[Column]:
    found = []
    for match in _TOKEN.finditer(text):
        printed = match["plain"] or match["year"]
        year = int(printed) if printed else None
        kind = _kind(match)
        if year and kind in _WITHOUT_YEAR:
            found += [Column(kind, None, match[0][: match.start("year") - match.start()].strip())]
            found += [Column("year", year, match["year"])]
        else:
            found.append(Column(kind, year, match[0]))
    return found


def _kind(match: re.Match[str]) -> str:
    kinds = (kind for n, (kind, _) in enumerate(INDICATOR_COLUMNS) if match[f"k{n}"] is not None)
    return next(kinds, "year")


def settled(columns: Sequence[Column], year: int) -> list[Column]:
    """Give plain years their meaning, and set aside columns that may mean two things.

    Plain years hold scores where no head says score and none is after `year`. Below heads without
    a year (`Werkelijk`, `Streefwaarden`) each run of years belongs to one of them.
    """
    columns = _grouped(columns)
    plain = [c.year or 0 for c in columns if c.kind == "year"]
    scores = any(c.kind == "score" for c in columns)
    kind = "other" if scores or (plain and max(plain) > year) else "score"
    columns = [replace(c, kind=kind) if c.kind == "year" else c for c in columns]
    places = Counter((c.kind, c.year or year) for c in columns if c.holds_value)
    return [
        replace(c, kind="other") if c.holds_value and places[c.kind, c.year or year] > 1 else c
        for c in columns
    ]


def _grouped(columns: Sequence[Column]) -> list[Column]:
    """Put heads without a year over the runs of plain years that follow them all."""
    plain = [n for n, c in enumerate(columns) if c.kind == "year"]
    heads = [n for n, c in enumerate(columns) if c.holds_value and not c.year]
    if not plain or not heads or max(heads) > min(plain):
        return list(columns)
    runs: list[list[int]] = []
    for n in plain:
        if runs and (columns[n].year or 0) > (columns[runs[-1][-1]].year or 0):
            runs[-1].append(n)
        else:
            runs.append([n])
    kinds = {
        n: columns[head].kind if len(runs) == len(heads) else "other"
        for head, run in zip(heads, runs, strict=False)
        for n in run
    }
    return [
        replace(c, kind=kinds.get(n, "other")) if n in plain else c
        for n, c in enumerate(columns)
        if n not in heads
    ]
