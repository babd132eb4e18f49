"""Plausibility of `marts.fund_allocation`: municipality, year, circular and cluster of the fund."""

from doelenboom.validation.expecting import (
    amounts_within_range,
    blocks,
    has_rows,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "fund_allocation"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.fund_allocation`."""
    return [
        has_rows(TABLE, at_least=100),
        years_within_range(TABLE),
        amounts_within_range(TABLE, ("allocation_keur", "net_cost_keur")),
        offenders(
            # A sum of n rounded rows is at most half a euro per row from the printed total, and
            # that of few municipalities is no total.
            """
            select fiscal_year, circular, fund_cluster_code
            from batch
            left join marts.source_facts as printed
                on printed.dataset = 'fund_totals'
                and printed.subject_code = fund_cluster_code
                and printed.period = concat_ws(' ', circular, batch.fiscal_year)
            group by all
            having count(*) > 300 and (abs(
                sum(allocation_keur) * 1000 - any_value(printed.value)
            ) <= count(*) / 2 + 1) is not true
            """,
            blocks(f"{TABLE}.adds_up_to_the_country", "the total that the circular prints"),
        ),
        offenders(
            """
            select fiscal_year, circular, fund_cluster_code from batch group by all
            having count(*) > 300 and
                abs(median(difference_eur_per_inhabitant)) > 150
            """,
            unlikely(f"{TABLE}.medians_within_range", "a median within 150 euro per inhabitant"),
        ),
        offenders(
            "select * from batch where abs(difference_eur_per_inhabitant) > 2000"
            " and comparability = 'comparable'",
            unlikely(f"{TABLE}.difference_within_range", "differences of at most 2,000 per head"),
        ),
    ]
