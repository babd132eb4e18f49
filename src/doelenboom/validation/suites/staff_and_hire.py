"""Plausibility of `marts.staff_and_hire`: municipality, year and report."""

from doelenboom.validation.expecting import (
    amounts_within_range,
    has_rows,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "staff_and_hire"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.staff_and_hire`."""
    return [
        has_rows(TABLE, at_least=100),
        years_within_range(TABLE),
        amounts_within_range(TABLE, ("wages_keur", "hired_staff_keur")),
        offenders(
            """
            select fiscal_year, report from batch group by all having count(*) > 300
                and median(hired_staff_pct) not between 2 and 30
            """,
            unlikely(f"{TABLE}.medians_within_range", "a median of 2 to 30 % in each year"),
        ),
        offenders(
            "select * from batch where report = 'accounts' and hired_staff_pct > 97",
            unlikely(f"{TABLE}.share_within_range", "accounts with a share of at most 97 %"),
        ),
    ]
