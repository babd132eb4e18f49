"""Chapters of the inbox, judged by a person: corrected, accepted or refused.

What is accepted becomes a delivery in the store, which the next night publishes.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from doelenboom.errors import RefusedError, nearest
from doelenboom.ingestion.documented import Document, Rows, with_own_tables
from doelenboom.ingestion.fitting import CANDIDATE, Standing, fit, standing_now, vintage_of_rows
from doelenboom.ingestion.reviewed import ReviewedChapter, corrected, find_chapter, matches
from doelenboom.ingestion.taking import move_away
from doelenboom.landing.accepted import (
    Acceptance,
    KeptDelivery,
    NewDelivery,
    NewTable,
    document_name,
    keep_delivery,
)
from doelenboom.landing.reviews import Judgement, keep_judgement
from doelenboom.page_lines import place_nl
from doelenboom.publication.release_times import AMSTERDAM
from doelenboom.raw.vintages import DOCUMENTS, MADE_HERE
from doelenboom.settings import Settings
from doelenboom.sources.inbox.chapters import ACCEPTED, REFUSED
from doelenboom.sources.inbox.delivered import DeliveredTable, Delivery


def correct(
    settings: Settings,
    chapter: ReviewedChapter,
    table: str,
    key: Mapping[str, str],
    *,
    column: str,
    value: str,
    reason: str,
    by: str,
) -> ReviewedChapter:
    """Correct a cell of a chapter, and return the chapter as it is then; the caller writes alone.

    Raises RefusedError for a table, row or column that is not there, and for a value that the
    package does not take.
    """
    names = [name for name in chapter.rows if name not in MADE_HERE]
    if table not in names:
        raise RefusedError(f"a chapter has no table {table}{nearest(table, names)}")
    rows = chapter.rows[table]
    for name in (*key, column):
        if rows and name not in rows[0]:
            raise RefusedError(f"{table} has no column {name}{nearest(name, rows[0])}")
    found = [row for row in rows if matches(row, key)]
    if len(found) != 1:
        told = ", ".join(f"{name}={text}" for name, text in key.items()) or "no key"
        raise RefusedError(
            f"{len(found)} rows of {table} of {chapter.name} have {told}, expected one"
        )
    judgement = Judgement(
        "correct",
        chapter.name,
        by,
        _today(),
        reason=reason,
        table=table,
        key=dict(key),
        values={column: value},
    )
    after = replace(chapter, rows=corrected(chapter.rows, judgement))
    place = rows.index(found[0])
    standing = standing_now(settings)
    whole = with_own_tables(_own_rows(after), _document(standing, after), standing.shapes)
    for row, problem in standing.problems_with(vintage_of_rows(whole, standing.shapes)):
        if row.delivery == CANDIDATE and (row.path, row.line) == (table, place):
            raise RefusedError(f"{table}, {column}: found {value!r}, expected {problem.expected}")
    keep_judgement(settings.landing_dir, chapter.sha256, judgement)
    return find_chapter(settings, chapter.name)


def accept(
    settings: Settings,
    chapter: ReviewedChapter,
    by: str,
    on: date | None = None,
    *,
    named: Sequence[str] = (),
) -> KeptDelivery:
    """Make a chapter a delivery, as it is with its corrections; the caller writes alone.

    `named` are the lines of the contradictions that are accepted as they are. Raises RefusedError
    when one is not named, and when the rows do not fit the accounts in force.
    """
    unnamed = [point for point in chapter.contradictions if point.line not in named]
    if unnamed:
        first = unnamed[0]
        lines = " ".join(f"--naming {point.line}" for point in chapter.contradictions)
        raise RefusedError(
            f"{chapter.name} contradicts itself on line {first.line} ({first.text}:"
            f" {first.problem}): correct it, or accept it by naming it: {lines}"
        )
    day = (on or date.fromisoformat(_today())).isoformat()
    telling = tuple(
        f"{place_nl(int(point.line), chapter.pages)}: {point.text} ({point.problem})"
        for point in chapter.contradictions
    )
    kept = _keep(settings, chapter, Acceptance(by, day, telling))
    accepted = Judgement("accept", chapter.name, by, day, named=tuple(named))
    if not chapter.judged or chapter.judged[-1].verdict != "accept" or chapter.kept != kept:
        keep_judgement(settings.landing_dir, chapter.sha256, accepted)
    _clear(settings, chapter, ACCEPTED)
    return kept


def _keep(settings: Settings, chapter: ReviewedChapter, acceptance: Acceptance) -> KeptDelivery:
    """Keep a chapter as a delivery. Raises RefusedError for a row that does not fit."""
    standing = standing_now(settings)
    before, document = standing.before, _document(standing, chapter)
    tables = tuple(
        DeliveredTable(name, before.tables[name].columns, tuple(rows))
        for name, rows in _own_rows(chapter).items()
    )
    delivery = Delivery(chapter.name, chapter.sha256, tables, ())
    fitted = fit(standing, delivery, document)
    if fitted.refused:
        first = fitted.refused[0]
        raise RefusedError(
            f"{chapter.name}, line {first.row}, {first.column}: found {first.value!r}, expected"
            f" {first.expected}; correct it first"
        )
    new = NewDelivery(
        chapter.file,
        chapter.name,
        document.name,
        document.line_count,
        "chapter",
        acceptance,
        tuple(
            NewTable(name, before.tables[name].columns, tuple(rows))
            for name, rows in fitted.rows.items()
            if rows
        ),
        read=chapter.package,
        pages=chapter.pages,
    )
    return keep_delivery(settings.landing_dir, new)[0]


def _own_rows(chapter: ReviewedChapter) -> Rows:
    return {name: rows for name, rows in chapter.rows.items() if name not in MADE_HERE and rows}


def _document(standing: Standing, chapter: ReviewedChapter) -> Document:
    told = chapter.rows[DOCUMENTS][0]
    return Document(
        document_name(chapter.name, chapter.sha256, standing.documents),
        chapter.sha256,
        int(told["line_count"]),
        told["title"],
        is_chapter=True,
    )


def refuse(settings: Settings, chapter: ReviewedChapter, reason: str, by: str) -> None:
    """Put on record that a chapter is not accepted, and why; the caller writes alone.

    Raises RefusedError for a chapter of which figures count: these are withdrawn first.
    """
    if chapter.state == "accepted":
        raise RefusedError(
            f"{chapter.name} was accepted: take it back with"
            f" `doelenboom inbox withdraw {chapter.name}`"
        )
    judgement = Judgement("refuse", chapter.name, by, _today(), reason=reason)
    keep_judgement(settings.landing_dir, chapter.sha256, judgement)
    _clear(settings, chapter, REFUSED)


def _clear(settings: Settings, chapter: ReviewedChapter, folder: str) -> None:
    """Move the file of a chapter out of the inbox, where it still lies there."""
    path = settings.inbox_dir / chapter.name
    if os.path.lexists(path):
        move_away(path, settings.inbox_dir / folder, chapter.name)


def _today() -> str:
    return datetime.now(UTC).astimezone(AMSTERDAM).date().isoformat()
