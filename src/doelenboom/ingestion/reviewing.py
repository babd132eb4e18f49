"""Chapters of the inbox, judged by a person: what was read, corrected, accepted or refused.

A judgement belongs to the bytes of a chapter, whatever its file is called. What is accepted becomes
a delivery in the store, which the next night publishes.
"""

import csv
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from doelenboom.errors import RefusedError, nearest
from doelenboom.ingestion.taking import (
    CANDIDATE,
    MADE_HERE,
    Document,
    Rows,
    Standing,
    fit,
    move_away,
    standing_now,
    vintage_of_rows,
    with_own_tables,
)
from doelenboom.landing.accepted import (
    READ,
    Acceptance,
    KeptDelivery,
    NewDelivery,
    NewTable,
    document_name,
    keep_delivery,
    kept_deliveries,
)
from doelenboom.landing.files import HASH_LENGTH
from doelenboom.landing.reviews import Judgement, judgements, keep_judgement
from doelenboom.page_lines import place_nl
from doelenboom.publication.release_times import AMSTERDAM
from doelenboom.raw.accounts import DOCUMENTS
from doelenboom.settings import Settings
from doelenboom.sources.accounts.extraction.subjects.costs.sums import broken_sums
from doelenboom.sources.accounts.package import read_schema
from doelenboom.sources.inbox.chapters import ACCEPTED, REFUSED
from doelenboom.sources.inbox.delivered import DeliveredTable, Delivery

CHAPTERS = "chapters"
CONTRADICTS = "does_not_add_up"
"""The kind of issue that says that parts of a chapter do not agree."""


@dataclass(frozen=True)
class Point:
    """Something in a chapter that a person must look at; `line` is that of the chapter."""

    line: str
    kind: str
    text: str
    problem: str
    candidates: str = ""


@dataclass(frozen=True)
class ReviewedChapter:
    """A chapter that was read, and what was judged of it.

    `rows` are as they would be accepted now, corrections included; `contradictions` are what in
    them does not agree and nobody has named. `pages` are the lines on which those of a PDF begin.
    """

    name: str
    sha256: str
    file: Path
    package: Path
    rows: Rows
    points: tuple[Point, ...]
    contradictions: tuple[Point, ...]
    judged: tuple[Judgement, ...]
    kept: KeptDelivery | None
    pages: tuple[int, ...] = ()

    @property
    def programme(self) -> Mapping[str, str]:
        """Its row of `programmes`."""
        return self.rows["programmes"][0]

    @property
    def state(self) -> str:
        """Whether it is `open`, `corrected`, `accepted`, `refused`, `withdrawn` or `set_aside`."""
        since = [each for each in self.judged if not self._is_kept_after(each)]
        if since and since[-1].verdict != "accept":
            return {"correct": "corrected", "refuse": "refused"}[since[-1].verdict]
        if self.kept is None:
            return "open"
        if self.kept.mark is not None:
            return {"withdrawn": "withdrawn", "refused": "set_aside"}[self.kept.mark.kind]
        return "accepted"

    def _is_kept_after(self, judgement: Judgement) -> bool:
        return self.kept is not None and judgement.at <= self.kept.manifest.accepted_at

    @property
    def judged_by(self) -> str:
        """Who accepted or refused it, if anybody did."""
        if self.state == "accepted" and self.kept is not None:
            return self.kept.manifest.acceptance.by
        return self.judged[-1].by if self.state == "refused" else ""


def reviewed_chapters(settings: Settings) -> list[ReviewedChapter]:
    """List the chapters that were read or accepted, by name. Raises RefusedError as `landing`."""
    kept = {
        each.manifest.sha256: each
        for each in kept_deliveries(settings.landing_dir)
        if each.manifest.kind == "chapter"
    }
    found = [
        _chapter(settings, folder, folder.relative_to(settings.review_dir).as_posix(), kept)
        for folder in sorted(path.parent for path in settings.review_dir.rglob("report.md"))
    ]
    read = {chapter.sha256 for chapter in found}
    found += [
        _chapter(settings, each.folder / READ, each.manifest.name, kept)
        for sha256, each in kept.items()
        if sha256 not in read
    ]
    return sorted(found, key=lambda chapter: chapter.name)


def verdicts(settings: Settings) -> dict[str, str]:
    """Say of each chapter of the inbox that a person judged what came of it."""
    return {
        chapter.name: " ".join(filter(None, [chapter.state, "by", chapter.judged_by]))
        for chapter in reviewed_chapters(settings)
        if chapter.judged_by
    }


def find_chapter(settings: Settings, name: str) -> ReviewedChapter:
    """Find a chapter by its name in the inbox, or the end of it that no other has.

    Raises RefusedError when there is none or there are several.
    """
    chapters = reviewed_chapters(settings)
    wanted = name.removeprefix("inbox/").strip("/")
    found = [chapter for chapter in chapters if chapter.name == wanted]
    found = found or [chapter for chapter in chapters if chapter.name.endswith(f"/{wanted}")]
    if len(found) == 1:
        return found[0]
    names = [chapter.name for chapter in found or chapters]
    if found:
        raise RefusedError(f"{name} is the name of {len(found)} chapters: {', '.join(names)}")
    near = nearest(wanted, names)
    raise RefusedError(f"no chapter {name} was read{near}: `doelenboom review list` lists them")


def _chapter(
    settings: Settings, package: Path, name: str, kept: Mapping[str, KeptDelivery]
) -> ReviewedChapter:
    tables = _read_package(settings, package)
    sha256 = tables[DOCUMENTS][0]["sha256"]
    judged = tuple(judgements(settings.landing_dir, sha256))
    for each in judged:
        if each.verdict == "correct":
            tables = corrected(tables, each)
    delivery = kept.get(sha256)
    file = delivery.file if delivery else _landed(settings, name, sha256)
    points = tuple(_points(package))
    fixed = {line for each in judged for line in [each.key.get("source_line")] if line}
    fixed |= {line for each in judged for line in _lines_of(tables, each)}
    return ReviewedChapter(
        name,
        sha256,
        file,
        package,
        tables,
        points,
        tuple(_contradictions(tables, points, fixed)),
        judged,
        delivery,
        tuple(_pages(package)),
    )


def _read_package(settings: Settings, package: Path) -> Rows:
    schema = read_schema(settings.project_dir / "seeds" / "accounts" / "datapackage.json")
    return {f"{each.name}": _read_csv(package / f"{each.path}") for each in schema.resources}


def _read_csv(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        raise RefusedError(f"{path} cannot be read ({error.strerror})") from error


def _landed(settings: Settings, name: str, sha256: str) -> Path:
    """Say where the copy of a chapter is that landed when it was read."""
    municipality, year, _ = name.split("/", 2)
    folder = settings.landing_dir / CHAPTERS / f"{municipality}_{year}"
    return next(folder.glob(f"*/{sha256[:HASH_LENGTH]}/*"), settings.inbox_dir / name)


def _points(package: Path) -> Iterator[Point]:
    for row in _read_csv(package / "issues.csv"):
        yield Point(row["source_line"], row["kind"], row["text"], row["problem"], row["candidates"])


def _pages(package: Path) -> Iterator[int]:
    """Yield the line on which each page begins; what was accepted before PDF has no such list."""
    if (package / "pages.csv").is_file():
        yield from (int(row["source_line"]) for row in _read_csv(package / "pages.csv"))


def _contradictions(rows: Rows, points: Iterable[Point], fixed: set[str]) -> Iterator[Point]:
    """Yield the sums that do not hold as rows are now, and what did not agree, uncorrected."""
    for found in broken_sums(rows["programme_finance"]):
        off = f"{found.difference.normalize():f}".replace(".", ",")
        yield Point(found.line, "contradiction", found.name, f"Verschil € {off} × 1.000.")
    yield from (point for point in points if point.kind == CONTRADICTS and point.line not in fixed)


def _lines_of(rows: Rows, judgement: Judgement) -> Iterator[str]:
    if judgement.verdict == "correct":
        for row in rows.get(judgement.table, ()):
            if all(row.get(name) == text for name, text in _after(judgement).items()):
                yield row["source_line"]


def _after(judgement: Judgement) -> Mapping[str, str]:
    """Give the key of the row of a correction as it is once the correction was made."""
    return {**judgement.key, **judgement.values}


def corrected(rows: Rows, judgement: Judgement) -> Rows:
    """Apply a correction; another number of the programme is that of all its rows."""
    if judgement.table == "programmes" and "programme_code" in judgement.values:
        code = judgement.values["programme_code"]
        return {
            name: [{**row, "programme_code": code} for row in found] for name, found in rows.items()
        }
    changed = [
        {**row, **judgement.values} if _matches(row, judgement.key) else row
        for row in rows[judgement.table]
    ]
    return {**rows, judgement.table: changed}


def _matches(row: Mapping[str, str], key: Mapping[str, str]) -> bool:
    return all(row.get(name) == text for name, text in key.items())


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
    found = [row for row in rows if _matches(row, key)]
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
    whole = with_own_tables(_own_rows(after), _document(standing, after), standing.before)
    for row, problem in standing.problems_with(vintage_of_rows(whole, standing.before)):
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
