"""Plausibility of `marts.iv3_deliveries`: municipality, year and report."""

from doelenboom.validation.expecting import (
    amounts_within_range,
    has_rows,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "iv3_deliveries"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.iv3_deliveries`.

    Per inhabitant: 3,472 euro over the country in the accounts of 2018 (DOMAIN, Iv3).
    """
    return [
        has_rows(TABLE, at_least=100),
        years_within_range(TABLE),
        amounts_within_range(TABLE, ("expenses_keur", "revenue_keur", "net_cost_keur")),
        offenders(
            """
            select fiscal_year, report from batch
            where source_delivery is not null and report in ('budget', 'accounts')
            group by all having count(*) not between 300 and 500
            """,
            unlikely(f"{TABLE}.a_whole_country", "300 to 500 municipalities in a landed year"),
        ),
        offenders(
            """
            select fiscal_year, report from batch where report in ('budget', 'accounts')
            group by all having avg(is_delivered::integer) < 0.9
            """,
            unlikely(f"{TABLE}.mostly_delivered", "at least 90 % delivered"),
        ),
        offenders(
            """
            select fiscal_year, report from batch where report in ('budget', 'accounts')
                and expenses_keur is not null and inhabitants is not null
            group by all having sum(expenses_keur) * 1000 / sum(inhabitants)
                not between 2000 and 8000
            """,
            unlikely(
                f"{TABLE}.of_the_size_of_the_country", "2,000 to 8,000 euro per head over all"
            ),
        ),
        offenders(
            """
            select * from batch where report in ('budget', 'accounts')
                and expenses_eur_per_inhabitant not between 1000 and 20000
            """,
            unlikely(f"{TABLE}.per_inhabitant_within_range", "1,000 to 20,000 euro per head"),
        ),
        offenders(
            """
            select * from batch
            where report = 'accounts' and vintage = 2 and abs(closing_difference_keur) > 100
            """,
            unlikely(f"{TABLE}.accounts_close", "accounts that close within 100 thousand euro"),
        ),
        offenders(
            """
            select now.* from batch as now
            inner join batch as before
                on now.municipality_code = before.municipality_code and now.report = before.report
                and now.fiscal_year = before.fiscal_year + 1
            where now.report in ('budget', 'accounts')
                and now.expenses_keur / nullif(before.expenses_keur, 0) not between 0.5 and 2
            """,
            unlikely(f"{TABLE}.no_jumps", "totals within half and twice those of the year before"),
        ),
    ]
