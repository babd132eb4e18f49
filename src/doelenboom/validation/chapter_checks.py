"""Chapters from the inbox as check results: read or not, do they add up, what a person must check.

They warn and never block: nothing of an unreviewed chapter is loaded.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from doelenboom.raw.chapters import ReadChapter
from doelenboom.sources.accounts.extraction.package.extract import ChapterOutcome
from doelenboom.sources.accounts.extraction.package.proving import BROKEN, HOLDS, ROUNDING
from doelenboom.validation.outcomes import CheckResult, Status

MOST_LINES = 10
"""Lines of the source that are named per kind of point."""


def chapter_checks(
    readings: Iterable[ReadChapter], verdicts: Mapping[str, str] | None = None
) -> list[CheckResult]:
    """Give the check results of files in the inbox, subject the file.

    `verdicts` says, by the name of a file, what a person decided who reviewed it.
    """
    return [
        CheckResult(name, f"inbox/{reading.name}", "warn", status, observed, expected, kind="inbox")
        for reading in readings
        for name, status, observed, expected in _checks(reading, (verdicts or {}).get(reading.name))
    ]


def _checks(reading: ReadChapter, verdict: str | None) -> Iterator[tuple[str, Status, str, str]]:
    """Yield name, status, what was observed and what is expected."""
    chapter = reading.chapter
    if chapter is None:
        status: Status = "broken" if reading.is_fault else "fail"
        yield "chapter_is_read", status, reading.refusal or "", "a chapter of annual accounts"
        return
    yield "chapter_is_read", "pass", _rows(chapter.rows), "a chapter of annual accounts"
    broken = chapter.sums.get(BROKEN, 0)
    yield (
        "chapter_adds_up",
        "fail" if broken else "pass",
        f"{chapter.sums.get(HOLDS, 0)} sums hold, {chapter.sums.get(ROUNDING, 0)} within rounding,"
        f" {broken} do not",
        "every sum holds",
    )
    if chapter.differences is not None:
        yield (
            "chapter_equals_the_reviewed_one",
            "fail" if chapter.differences else "pass",
            f"{chapter.differences} cells differ",
            "0 cells differ",
        )
    yield (
        "chapter_is_reviewed",
        "warn" if chapter.differences is None and verdict is None else "pass",
        verdict or _points(chapter),
        "accepted or refused by a person",
    )


def _rows(rows: Mapping[str, int]) -> str:
    found = [f"{count} rows of {table}" for table, count in rows.items() if count]
    return ", ".join(found)


def _points(chapter: ChapterOutcome) -> str:
    if not chapter.issues:
        return "nothing to check"
    lines: defaultdict[str, list[int]] = defaultdict(list)
    for issue in chapter.issues:
        lines[issue.kind].append(issue.line)
    kinds = "; ".join(_kind(kind, found) for kind, found in sorted(lines.items()))
    return f"{len(chapter.issues)} points to check: {kinds}"


def _kind(kind: str, lines: list[int]) -> str:
    shown = ", ".join(str(line) for line in lines[:MOST_LINES])
    more = f" and {len(lines) - MOST_LINES} more" if len(lines) > MOST_LINES else ""
    return f"{kind} on line {shown}{more}"
