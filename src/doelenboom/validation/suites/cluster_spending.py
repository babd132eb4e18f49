"""Plausibility of `marts.cluster_spending`: municipality, year, report and cluster."""

from doelenboom.validation.expecting import (
    amounts_within_range,
    has_rows,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "cluster_spending"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.cluster_spending`."""
    return [
        has_rows(TABLE, at_least=1000),
        years_within_range(TABLE),
        amounts_within_range(TABLE, ("expenses_keur", "revenue_keur", "net_cost_keur")),
        offenders(
            """
            select cluster_code from batch where report = 'accounts' group by cluster_code
            having max(fiscal_year) - min(fiscal_year) + 1 > count(distinct fiscal_year)
            """,
            unlikely(f"{TABLE}.runs_over_the_breaks", "every cluster in each year of its series"),
        ),
        offenders(
            """
            select fiscal_year, cluster_code, sum(expenses_keur) as keur
            from batch where report = 'accounts' group by fiscal_year, cluster_code
            qualify keur / nullif(
                lag(keur) over (partition by cluster_code order by fiscal_year), 0
            ) not between 0.4 and 2.5
            """,
            unlikely(f"{TABLE}.no_jumps", "each cluster between 40 % and 250 % of the year before"),
        ),
    ]
