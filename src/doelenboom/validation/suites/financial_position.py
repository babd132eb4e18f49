"""Plausibility of `marts.financial_position`: municipality and year."""

from doelenboom.validation.expecting import (
    amounts_within_range,
    has_rows,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "financial_position"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.financial_position`.

    Own capital: 1,754 euro per inhabitant over the country at the end of 2018, 2,414 of 2024.
    """
    return [
        has_rows(TABLE, at_least=100),
        years_within_range(TABLE),
        amounts_within_range(TABLE, ("equity_keur", "provisions_keur", "debt_keur")),
        offenders(
            """
            select fiscal_year from batch where balance_reconciliation is not null
            group by fiscal_year
            having avg((balance_reconciliation = 'contradiction')::integer) > 0.05
            """,
            unlikely(f"{TABLE}.balances_mostly_close", "assets that are liabilities for 95 %"),
        ),
        offenders(
            """
            select fiscal_year from batch where result_difference_keur is not null
            group by fiscal_year having avg((result_reconciliation = 'not_reconciled')::integer)
                > 0.25
            """,
            unlikely(f"{TABLE}.results_mostly_hold", "the result of the flows for 75 %"),
        ),
        offenders(
            """
            select fiscal_year from batch where equity_eur_per_inhabitant is not null
            group by fiscal_year having count(*) > 300
                and sum(equity_keur) * 1000 / sum(inhabitants) not between 1000 and 4000
            """,
            unlikely(
                f"{TABLE}.of_the_size_of_the_country", "1,000 to 4,000 euro per head over all"
            ),
        ),
        offenders(
            "select * from batch where net_debt_eur_per_inhabitant not between -10000 and 20000",
            unlikely(f"{TABLE}.net_debt_within_range", "-10,000 to 20,000 euro per head"),
        ),
    ]
