from collections.abc import Mapping
from pathlib import Path

from doelenboom.raw.chapters import ReadChapter
from doelenboom.sources.accounts.extraction.document.lines import Issue
from doelenboom.sources.accounts.extraction.package.extract import ChapterOutcome
from doelenboom.sources.accounts.extraction.package.proving import BROKEN, HOLDS
from doelenboom.validation.chapter_checks import chapter_checks
from doelenboom.validation.outcomes import CheckResult

NAME = "GM0153/2018/page.html"


def _checks(
    sums: Mapping[str, int] | None = None,
    issues: tuple[Issue, ...] = (),
    differences: int | None = None,
) -> dict[str, CheckResult]:
    rows = {"programme_finance": 4, "forecasts": 0}
    chapter = ChapterOutcome("page.html", "4", rows, sums or {HOLDS: 3}, issues, differences)
    return _by_name(ReadChapter(NAME, Path(), chapter, None))


def _by_name(reading: ReadChapter) -> dict[str, CheckResult]:
    return {check.check_name: check for check in chapter_checks([reading])}


def _statuses(checks: Mapping[str, CheckResult]) -> dict[str, str]:
    return {name: check.status for name, check in checks.items()}


def test_a_chapter_that_was_read_waits_for_review() -> None:
    checks = _checks()
    assert _statuses(checks) == {
        "chapter_is_read": "pass",
        "chapter_adds_up": "pass",
        "chapter_is_reviewed": "warn",
    }
    assert {(check.kind, check.severity) for check in checks.values()} == {("inbox", "warn")}
    assert {check.subject for check in checks.values()} == {f"inbox/{NAME}"}
    assert checks["chapter_is_read"].observed == "4 rows of programme_finance"


def test_a_sum_that_does_not_hold_fails() -> None:
    found = _checks({HOLDS: 3, BROKEN: 1})["chapter_adds_up"]
    assert (found.status, found.observed) == (
        "fail",
        "3 sums hold, 0 within rounding, 1 do not",
    )


def test_points_are_counted_by_kind_with_their_lines() -> None:
    issues = tuple(Issue(line, "dash", "-", "?", ()) for line in range(1, 13))
    observed = _checks(issues=issues)["chapter_is_reviewed"].observed
    assert observed == "12 points to check: dash on line 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more"


def test_a_reviewed_chapter_must_be_the_same() -> None:
    assert _statuses(_checks(differences=0)) == {
        "chapter_is_read": "pass",
        "chapter_adds_up": "pass",
        "chapter_equals_the_reviewed_one": "pass",
        "chapter_is_reviewed": "pass",
    }
    assert _checks(differences=2)["chapter_equals_the_reviewed_one"].status == "fail"


def test_a_refused_file_fails_and_a_fault_of_ours_is_broken() -> None:
    refused = _by_name(ReadChapter(NAME, Path(), None, "found a PDF"))
    assert _statuses(refused) == {"chapter_is_read": "fail"}
    assert refused["chapter_is_read"].observed == "found a PDF"
    fault = _by_name(ReadChapter(NAME, Path(), None, "broke down", is_fault=True))
    assert _statuses(fault) == {"chapter_is_read": "broken"}
