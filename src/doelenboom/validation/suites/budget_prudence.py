"""Plausibility of `marts.budget_prudence`: municipality and year.

It has a row where both a budget and accounts are due, and is empty where budgets are not known.
"""

from doelenboom.validation.expecting import (
    amounts_within_range,
    blocks,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "budget_prudence"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.budget_prudence`."""
    return [
        offenders(
            """
            select municipality_code, fiscal_year from marts.iv3_deliveries
            where report in ('budget', 'accounts') group by all having count(*) = 2
            except select municipality_code, fiscal_year from batch
            """,
            blocks(f"{TABLE}.every_pair_of_reports", "a row for every budget with accounts"),
        ),
        years_within_range(TABLE),
        amounts_within_range(TABLE, ("budgeted_balance_keur", "realised_balance_keur")),
        offenders(
            """
            select fiscal_year from batch group by fiscal_year having count(*) > 300
                and avg((difference_keur > 0)::integer) not between 0.3 and 0.97
            """,
            unlikely(f"{TABLE}.better_for_some", "30 % to 97 % better than budgeted in a year"),
        ),
        offenders(
            "select * from batch where abs(difference_eur_per_inhabitant) > 5000",
            unlikely(f"{TABLE}.difference_within_range", "differences of at most 5,000 per head"),
        ),
    ]
