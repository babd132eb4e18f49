"""What CBS should have published by its calendar, and has not, is told; nothing before its day."""

from datetime import date

import pytest

from doelenboom.sources.cbs.calendar import overdue
from doelenboom.sources.cbs.datasets import IV3

ACCOUNTS_2024 = date(2025, 7, 24)
"""Ten days after 14 July: the first publication of the accounts of 2024."""
SEEN = date(2025, 4, 26)
"""The last day of the calendar of 2024 before it: the fourth quarter, for the second time."""


def told(changed: dict[int, date], today: date) -> str | None:
    return overdue(IV3.calendar, changed, today)


def test_accounts_are_late_a_fortnight_after_their_day_and_not_before() -> None:
    held = {2024: SEEN, 2025: date(2025, 7, 10)}
    assert told(held, date(2025, 8, 7)) is None
    assert told({**held, 2024: ACCOUNTS_2024}, date(2025, 8, 8)) is None
    late = told(held, date(2025, 8, 8))
    assert late == (
        "the first publication of the accounts of 2024 was due on 2025-07-24"
        " and its table changed last on 2025-04-26"
    )


@pytest.mark.parametrize(
    ("changed", "late"),
    [
        ({2026: date(2026, 11, 25)}, True),
        ({2026: date(2026, 11, 25), 2027: date(2026, 11, 25)}, False),
        ({2018: date(2019, 9, 23)}, False),
    ],
)
def test_a_year_without_a_table_is_late_where_the_series_goes_on(
    changed: dict[int, date], late: bool
) -> None:
    found = told(changed, date(2026, 12, 9))
    assert (found is not None) == late
    if found:
        assert found == (
            "the first publication of the budget of 2027 was due on 2026-11-24"
            " and no table of 2027 has landed"
        )


def test_the_calendar_has_two_days_for_each_of_six_reports() -> None:
    days = [publication.day(2024) for publication in IV3.calendar]
    assert len(days) == 12
    assert (min(days), max(days)) == (date(2023, 11, 24), date(2025, 9, 22))


def test_who_has_no_calendar_is_never_late() -> None:
    assert overdue((), {2010: date(2010, 1, 1)}, date(2026, 11, 29)) is None
