"""Plausibility of `marts.intergovernmental_flows`: municipality, year and report."""

from doelenboom.validation.expecting import (
    amounts_within_range,
    has_rows,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "intergovernmental_flows"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.intergovernmental_flows`."""
    return [
        has_rows(TABLE, at_least=100),
        years_within_range(TABLE),
        amounts_within_range(TABLE, ("joint_arrangements_keur", "expenses_keur")),
        offenders(
            """
            select fiscal_year, report from batch group by all having count(*) > 300
                and median(joint_arrangements_pct) not between 5 and 20
            """,
            unlikely(f"{TABLE}.medians_within_range", "a median of 5 to 20 % in each year"),
        ),
        offenders(
            "select * from batch where report = 'accounts' and joint_arrangements_pct > 80",
            unlikely(f"{TABLE}.share_within_range", "accounts with a share of at most 80 %"),
        ),
    ]
