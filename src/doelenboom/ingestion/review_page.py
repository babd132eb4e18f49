"""A chapter to judge: the text of the source beside the figures that were read in it, as a page.

Dutch, without a script; whatever a chapter says is text.
"""

import csv
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from doelenboom.apart import read_apart
from doelenboom.codes import labels_nl
from doelenboom.ingestion.reviewed import ReviewedChapter
from doelenboom.page_lines import page_and_line
from doelenboom.raw.vintages import MADE_HERE
from doelenboom.settings import Settings
from doelenboom.sources.accounts.extraction.document.lines import Chapter, Line
from doelenboom.sources.accounts.extraction.document.reading import read_chapter
from doelenboom.sources.inbox.tables.kinds import Kind, read_kinds
from doelenboom.storage.files import replace_text

STATES = {
    "open": "Nog niet nagekeken",
    "corrected": "Verbeterd, nog niet aanvaard",
    "accepted": "Aanvaard",
    "refused": "Geweigerd",
    "withdrawn": "Teruggenomen",
    "set_aside": "Aanvaard, maar de nacht kon er niet mee bouwen",
}
_OF_ALL = (
    *("municipality_code", "fiscal_year", "programme_code", "source_document", "source_line"),
)


def write_page(settings: Settings, chapter: ReviewedChapter, out: Path | None = None) -> Path:
    """Write the page of a chapter and return where it is, `state/review/` unless told otherwise.

    Raises RefusedError when the chapter cannot be read any more, OSError when the page cannot be
    written.
    """
    name = chapter.name.replace("/", "_")
    path = out or settings.state_dir / "review" / f"{name}.html"
    read = read_apart(read_chapter, chapter.file, name=chapter.file.name, expected="a chapter")
    text = _template().render(
        chapter=chapter,
        programme=chapter.programme,
        municipality=_municipality(settings, chapter.programme["municipality_code"]),
        state=STATES[chapter.state],
        points=list(_points(chapter)),
        corrections=[each for each in chapter.judged if each.verdict == "correct"],
        tables=list(_tables(settings, chapter)),
        lines=list(_lines(read)),
        there={str(line.number) for line in read.lines},
        cited={row["source_line"] for rows in chapter.rows.values() for row in rows},
        first_lines=read.pages,
        page_and_line=page_and_line,
    )
    replace_text(path, text)
    return path


@cache
def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("doelenboom.ingestion"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("review.html")


def _municipality(settings: Settings, code: str) -> str:
    path = settings.project_dir / "seeds" / "reference" / "municipalities.csv"
    with path.open(encoding="utf-8", newline="") as file:
        names = {row["municipality_code"]: row["municipality_name"] for row in csv.DictReader(file)}
    return names.get(code, code)


def _lines(chapter: Chapter) -> Iterator[tuple[Line, bool]]:
    """Yield each line, and whether it is the first of its number: markup may put two on one."""
    numbers: set[int] = set()
    for line in chapter.lines:
        yield line, line.number not in numbers
        numbers.add(line.number)


def _points(chapter: ReviewedChapter) -> Iterator[tuple[str, list[Any]]]:
    kinds = labels_nl("issue_kind")
    order = list(kinds)
    points = sorted(chapter.points, key=lambda point: (order.index(point.kind), int(point.line)))
    for kind, found in groupby(points, key=lambda point: point.kind):
        yield kinds[kind], list(found)


def _tables(settings: Settings, chapter: ReviewedChapter) -> Iterator[Mapping[str, Any]]:
    """Yield the tables with their rows; a column in which nothing stands is left out."""
    kinds = read_kinds(settings.project_dir / "seeds")
    for name, kind in kinds.items():
        rows = chapter.rows.get(name, [])
        if name in MADE_HERE or not rows:
            continue
        columns = [
            column
            for column in kind.fields
            if column not in _OF_ALL and any(r[column] for r in rows)
        ]
        yield {
            "name": name,
            "title": kind.title,
            "columns": [
                {
                    "name": column,
                    "label": kind.label(column),
                    "is_number": kind.fields[column].type in ("integer", "number"),
                }
                for column in columns
            ],
            "rows": [
                {
                    "source_line": row["source_line"],
                    "cells": {column: _shown(row[column], kind, column) for column in columns},
                    "changed": _changed(chapter, name, row),
                }
                for row in rows
            ],
        }


def _shown(cell: str, kind: Kind, column: str) -> str:
    """Write a number, yes or no, and a code the Dutch way; other text as it is."""
    match kind.fields[column].type:
        case "number" if cell:
            return f"{Decimal(cell):,f}".translate(str.maketrans(",.", ".,"))
        case "boolean":
            return {"true": "ja", "false": "nee"}.get(cell, cell)
        case _:
            return kind.choices(column).get(cell, cell)


def _changed(chapter: ReviewedChapter, table: str, row: Mapping[str, str]) -> set[str]:
    """Name the columns of a row that a person corrected."""
    return {
        name
        for each in chapter.judged
        if each.verdict == "correct" and each.table == table
        if all(row.get(key) == text for key, text in {**each.key, **each.values}.items())
        for name in each.values
    }
