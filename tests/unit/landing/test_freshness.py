"""What readers are told of a dataset changes with its state, never with the time of day."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from doelenboom.landing.freshness import Attempt, judge_freshness, read_attempts, record_attempts

TODAY = date(2026, 11, 24)


def told(attempt: Attempt | None, landed: bool = True) -> tuple[str, str]:
    attempts = {"iv3": attempt} if attempt else {}
    (found,) = judge_freshness(attempts, ["iv3"] if landed else [], TODAY)
    return found.status, found.observed


def test_a_recent_answer_is_fresh() -> None:
    fresh = "asked with success in the last 7 days"
    assert told(Attempt(date(2026, 11, 17), None)) == ("pass", fresh)
    assert told(Attempt(TODAY, None)) == ("pass", fresh)


def test_a_failure_and_an_old_answer_are_stale() -> None:
    assert told(Attempt(TODAY, "down")) == (
        "warn",
        "the last question failed; what was landed before is used",
    )
    assert told(Attempt(None, "down"), landed=False) == (
        "warn",
        "the last question failed; nothing is landed",
    )
    assert told(Attempt(date(2026, 11, 16), None))[1].startswith("last asked on 2026-11-16;")
    assert told(None)[1].startswith("no question is on record;")


def test_what_its_source_should_have_published_is_stale_whatever_it_answered() -> None:
    asked = {"iv3": Attempt(TODAY, None), "cpi": Attempt(TODAY, None)}
    cpi, iv3 = judge_freshness(asked, ["iv3"], TODAY, {"iv3": "the accounts were due"})
    assert cpi.status == "pass"
    assert (iv3.status, iv3.observed) == (
        "warn",
        "the accounts were due; what was landed before is used",
    )


def test_what_was_never_asked_for_is_not_judged() -> None:
    assert judge_freshness({}, [], TODAY) == []


def test_a_failure_keeps_the_day_of_the_last_answer(tmp_path: Path) -> None:
    path = tmp_path / "attempts" / "cbs.json"
    assert read_attempts(path) == {}
    record_attempts(path, {"iv3": None, "cpi": "down"})
    record_attempts(path, {"iv3": "down as well"})
    today = datetime.now(UTC).date()
    assert read_attempts(path) == {
        "cpi": Attempt(None, "down"),
        "iv3": Attempt(today, "down as well"),
    }


DAMAGED = ["", "{", "[]", "[" * 200_000, '{"iv3": {}}', '{"iv3": {"answered_on": "x"}}']


@pytest.mark.parametrize("text", DAMAGED, ids=lambda text: text[:40])
def test_a_damaged_record_counts_as_none_and_is_named(
    tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "cbs.json"
    path.write_text(text)
    assert read_attempts(path) == {}
    assert f"{path} is damaged and counts as none" in caplog.text
    record_attempts(path, {"iv3": "down"})
    assert read_attempts(path) == {"iv3": Attempt(None, "down")}
