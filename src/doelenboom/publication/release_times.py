"""Times of releases: names that sort, one second apart, and the calendar of readers.

Knows nothing of files.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

RELEASE_ID = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
"""Where a day and a month of the readers begin and end."""

_NAME = "%Y%m%dT%H%M%SZ"
_SECOND = timedelta(seconds=1)


def next_second(now: datetime, newest: datetime | None) -> datetime:
    """Give `now` in UTC as a whole second, or the second after `newest` when that is later.

    So what is made within one second, or by a clock that ran back, still comes last.
    """
    moment = now.astimezone(UTC).replace(microsecond=0)
    return moment if newest is None else max(moment, newest + _SECOND)


def release_name(moment: datetime, content_hash: str) -> str:
    """Name a release after a moment in UTC and what it holds."""
    return f"{moment:{_NAME}}-{content_hash[:8]}"


def moment_of(release_id: str) -> datetime:
    """Read the moment in the name of a release, in UTC. Raises ValueError for another name."""
    return datetime.strptime(release_id.partition("-")[0], _NAME).replace(tzinfo=UTC)


def is_release_id(name: str) -> bool:
    """Tell whether a name is that of a release: a moment that exists, and a hash."""
    try:
        return RELEASE_ID.fullmatch(name) is not None and moment_of(name) is not None
    except ValueError:
        return False


def month_of(moment: datetime) -> tuple[int, int]:
    """Give the year and month of a moment in Amsterdam."""
    local = moment.astimezone(AMSTERDAM)
    return local.year, local.month


def end_of_day(day: date) -> datetime:
    """Give the last moment of a day in Amsterdam, in UTC. Raises OverflowError after 9999."""
    midnight = datetime.combine(day + timedelta(days=1), time(), AMSTERDAM)
    return midnight.astimezone(UTC) - timedelta(microseconds=1)


def utc_text(moment: datetime) -> str:
    """Write a moment for a sentence: UTC, to the second."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
