"""Plausibility of `marts.own_taakveld_amounts`: one row per budget or accounts and taakveld.

Empty where no municipality delivered any.
"""

from doelenboom.validation.expecting import (
    amounts_within_range,
    blocks,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "own_taakveld_amounts"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.own_taakveld_amounts`."""
    return [
        years_within_range(TABLE),
        amounts_within_range(TABLE, ("expenses_keur", "revenue_keur")),
        offenders(
            """
            select * from batch
            where standing = 'fills' and coalesce(iv3_expenses_keur, iv3_revenue_keur) is not null
            """,
            blocks(f"{TABLE}.fills_what_is_not_there", "no figure of CBS where its own fills"),
        ),
        offenders(
            """
            select municipality_code, fiscal_year, report from batch
            where standing in ('agrees', 'contradiction') group by all
            having sum(abs(expenses_keur)) > 100 * sum(abs(iv3_expenses_keur))
                or sum(abs(iv3_expenses_keur)) > 100 * sum(abs(expenses_keur))
            """,
            unlikely(f"{TABLE}.of_the_size_of_iv3", "amounts of the size of those of CBS"),
        ),
    ]
