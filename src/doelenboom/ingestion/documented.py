"""What follows from a delivered file itself: its document, and which parts of a chapter it has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from doelenboom.raw.vintages import DOCUMENTS, PARTS, PROGRAMME, Block, Shapes, number_of
from doelenboom.sources.accounts.extraction.package.parts import part_rows

Rows = dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Document:
    """The file that rows were read from: what they call it, its hash, its lines.

    `told` are the rows of `documents` in it, by programme: their title and address count.
    """

    name: str
    sha256: str
    line_count: int
    title: str = ""
    is_chapter: bool = False
    told: Mapping[Block, Mapping[str, str]] = field(default_factory=dict)


def place_of_row(source_line: str) -> tuple[str, int]:
    """Part the place of a row in its sheet, none in a text file, and its number there."""
    return source_line.rpartition("!")[0], int(number_of(source_line))


def with_own_tables(rows: Rows, document: Document, shapes: Shapes) -> Rows:
    """Add to rows what follows from their file: one document of each programme, and its parts.

    A programme of which the file has nothing that a chapter prints is none that was read.
    """
    of_programmes = {name: found for name, found in rows.items() if shapes[name].is_of_programmes}
    by_programme: dict[Block, Rows] = {}
    for name, found in of_programmes.items():
        for row in found:
            tables = by_programme.setdefault(shapes[name].block_of(row), {})
            tables.setdefault(name, []).append(row)
    own: Rows = {DOCUMENTS: [], PARTS: []}
    for programme, tables in by_programme.items():
        base = dict(zip(PROGRAMME, programme, strict=True))
        source = {**base, "source_document": document.name, "source_line": "1"}
        own[DOCUMENTS].append(_document_row(document, source, programme))
        typed = {name: list(map(_typed, tables.get(name, ()))) for name in of_programmes}
        parts = part_rows(source, typed)
        if document.is_chapter or any(row["rows_n"] for row in parts):
            own[PARTS] += [_part(row, document) for row in parts]
    return {**rows, **own}


def _document_row(
    document: Document, source: Mapping[str, str], programme: Block
) -> dict[str, str]:
    told = document.told.get(programme, {})
    return {
        **source,
        "name": document.name,
        "title": told.get("title") or document.title or document.name,
        "address": told.get("address", ""),
        "sha256": document.sha256,
        "line_count": str(document.line_count),
    }


def _typed(row: Mapping[str, str]) -> dict[str, Any]:
    """Give a row of text as the parts of a chapter are counted: nothing is None."""
    typed: dict[str, Any] = {name: cell or None for name, cell in row.items()}
    typed["source_line"] = place_of_row(row["source_line"])[1]
    if "is_total" in row:
        typed["is_total"] = row["is_total"] == "true"
    return typed


def _part(row: Mapping[str, Any], document: Document) -> dict[str, str]:
    """Say of a part without rows in tables that nobody delivered it: it may be printed."""
    told = {name: str(cell) for name, cell in row.items()}
    if not row["rows_n"] and not document.is_chapter:
        told |= {
            "value_status": "not_captured",
            "status_reason": "Staat niet in wat is aangeleverd",
        }
    return told
