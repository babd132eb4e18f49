"""Plausibility of `marts.local_levies`: municipality, year and report."""

from doelenboom.validation.expecting import (
    amounts_within_range,
    has_rows,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "local_levies"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.local_levies`."""
    return [
        has_rows(TABLE, at_least=100),
        years_within_range(TABLE),
        amounts_within_range(TABLE, ("local_levies_keur", "revenue_keur")),
        offenders(
            """
            select fiscal_year, report from batch group by all having count(*) > 300
                and median(local_levies_pct) not between 5 and 25
            """,
            unlikely(f"{TABLE}.medians_within_range", "a median of 5 to 25 % in each year"),
        ),
        offenders(
            "select * from batch where report = 'accounts' and local_levies_pct > 60",
            unlikely(f"{TABLE}.share_within_range", "accounts with a share of at most 60 %"),
        ),
    ]
