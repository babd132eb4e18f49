"""Plausibility of `marts.state_grants`: municipality, year and report."""

from doelenboom.validation.expecting import (
    amounts_within_range,
    has_rows,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "state_grants"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.state_grants`."""
    return [
        has_rows(TABLE, at_least=100),
        years_within_range(TABLE),
        amounts_within_range(TABLE, ("general_grant_keur", "specific_grants_keur", "revenue_keur")),
        offenders(
            """
            select fiscal_year, report from batch group by all having count(*) > 300
                and median(state_grants_pct) not between 40 and 85
            """,
            unlikely(f"{TABLE}.medians_within_range", "a median of 40 to 85 % in each year"),
        ),
        offenders(
            "select * from batch where report = 'accounts' and state_grants_pct > 95",
            unlikely(f"{TABLE}.share_within_range", "accounts with a share of at most 95 %"),
        ),
    ]
