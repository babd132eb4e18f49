"""When a source that has a calendar should have published, and what of it is not there yet."""

from collections.abc import Mapping
from datetime import date, timedelta

from doelenboom.sources.cbs.declaring import Publication

GRACE = timedelta(days=14)
"""So long after its day a publication may be late before anybody is told."""


def overdue(
    calendar: tuple[Publication, ...], changed: Mapping[int, date], today: date
) -> str | None:
    """Say in one clause which publication is late, the latest if there are more; null if none.

    `changed` gives the years whose table landed, with the day on which the source changed it last:
    a table that changed on or after a day of the calendar holds what was due on it. A year without
    a table is late only where the series goes on: where the year before landed, and is last year
    or later.
    """
    series = {year + 1 for year in changed if year >= today.year - 1} | set(changed)
    due = [
        (published_on, publication.name, year)
        for publication in calendar
        for year in series
        if (published_on := publication.day(year)) + GRACE < today
        and changed.get(year, date.min) < published_on
    ]
    if not due:
        return None
    published_on, name, year = max(due)
    day = published_on.isoformat()
    if year not in changed:
        return f"the {name} of {year} was due on {day} and no table of {year} has landed"
    last = changed[year].isoformat()
    return f"the {name} of {year} was due on {day} and its table changed last on {last}"
