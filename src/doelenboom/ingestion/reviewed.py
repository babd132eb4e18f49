"""Chapters of the inbox as a person finds them: what was read, what is odd, what was judged.

A judgement belongs to the bytes of a chapter, whatever its file is called. None is made here.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from doelenboom.errors import RefusedError, nearest
from doelenboom.ingestion.documented import Rows
from doelenboom.landing.accepted import (
    READ,
    KeptDelivery,
    kept_deliveries,
)
from doelenboom.landing.files import HASH_LENGTH
from doelenboom.landing.reviews import Judgement, judgements
from doelenboom.raw.vintages import DOCUMENTS
from doelenboom.settings import Settings
from doelenboom.sources.accounts.extraction.subjects.costs.sums import broken_sums
from doelenboom.sources.accounts.package import read_schema

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
        {**row, **judgement.values} if matches(row, judgement.key) else row
        for row in rows[judgement.table]
    ]
    return {**rows, judgement.table: changed}


def matches(row: Mapping[str, str], key: Mapping[str, str]) -> bool:
    """Say whether a row has all cells of a key."""
    return all(row.get(name) == text for name, text in key.items())
