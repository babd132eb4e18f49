"""Plausibility of `marts.budget_accuracy`: municipality, year and taakveld, cluster or total.

It has rows where both a budget and accounts are due, and is empty where budgets are not known.
"""

from doelenboom.validation.expecting import (
    amounts_within_range,
    blocks,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "budget_accuracy"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.budget_accuracy`.

    The median municipality spent 6 to 11 % more in total than it budgeted, 2017 to 2024.
    """
    return [
        offenders(
            """
            select municipality_code, fiscal_year from marts.budget_prudence
            except select municipality_code, fiscal_year from batch where subject_kind = 'total'
            """,
            blocks(f"{TABLE}.every_pair_of_reports", "a total for every budget with accounts"),
        ),
        years_within_range(TABLE),
        amounts_within_range(TABLE, ("budget_keur", "accounts_keur")),
        offenders(
            """
            select fiscal_year from batch where subject_kind = 'total'
            group by fiscal_year having median(difference_pct) not between -10 and 25
            """,
            unlikely(f"{TABLE}.medians_within_range", "a median of -10 to 25 % in each year"),
        ),
        offenders(
            "select * from batch where subject_kind = 'total' and abs(difference_pct) > 110",
            unlikely(f"{TABLE}.totals_near_budget", "totals of at most 2.1 times the budget"),
        ),
    ]
