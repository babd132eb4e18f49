"""A date or a time on the command line is a moment, in Amsterdam unless told."""

from datetime import UTC, datetime, timedelta

import pytest
import typer

from doelenboom.commands.arguments import moment


@pytest.mark.parametrize(
    ("words", "utc"),
    [
        ("2026-08-15", datetime(2026, 8, 15, 21, 59, 59, 999999, UTC)),
        ("2026-01-31", datetime(2026, 1, 31, 22, 59, 59, 999999, UTC)),
        ("2026-08-15T12:00", datetime(2026, 8, 15, 10, tzinfo=UTC)),
        ("2026-08-15 12:00:30", datetime(2026, 8, 15, 10, 0, 30, tzinfo=UTC)),
        ("2026-08-15T12:00Z", datetime(2026, 8, 15, 12, tzinfo=UTC)),
        ("2026-08-15T12:00+05:00", datetime(2026, 8, 15, 7, tzinfo=UTC)),
    ],
)
def test_a_date_is_its_end_and_a_time_is_one_in_amsterdam(words: str, utc: datetime) -> None:
    assert moment(words) == utc


@pytest.mark.parametrize(
    "words", ["15-08-2026", "2026-13-01", "yesterday", "", "9999-12-31", "2026"]
)
def test_other_words_are_refused_with_an_example(words: str) -> None:
    with pytest.raises(typer.BadParameter, match=r"is not a date or a time, as 2026-08-15 or"):
        moment(words)


def test_what_has_not_come_yet_cannot_be_asked_but_today_can() -> None:
    now = datetime.now(UTC)
    for ahead in ((now + timedelta(days=2)).date().isoformat(), f"{now + timedelta(hours=1)}"):
        with pytest.raises(typer.BadParameter, match="has not come yet"):
            moment(ahead)
    assert moment(f"{now - timedelta(seconds=1)}") < now
