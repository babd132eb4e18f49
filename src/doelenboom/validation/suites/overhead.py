"""Plausibility of `marts.overhead`: municipality, year and report.

Overhead is known where its taakveld is, in years of which the total is bundled: a year that landed
has none, so nothing is expected of a year without rows.
"""

from doelenboom.validation.expecting import (
    amounts_within_range,
    blocks,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "overhead"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.overhead`.

    In the accounts of 2018 the median was 12 %, the 95th percentile 20 % (DOMAIN).
    """
    return [
        offenders(
            """
            select municipality_code, fiscal_year, report from marts.taakveld_spending
            where taakveld_code = '0.4'
                and (fiscal_year, report) in (select (fiscal_year, report) from batch)
            except select municipality_code, fiscal_year, report from batch
            """,
            blocks(
                f"{TABLE}.every_amount_there",
                "a row for every amount of overhead in a year with rows",
            ),
        ),
        years_within_range(TABLE),
        amounts_within_range(TABLE, ("overhead_keur", "expenses_keur")),
        offenders(
            """
            select fiscal_year, report from batch group by all having count(*) > 300
                and median(overhead_pct) not between 5 and 20
            """,
            unlikely(f"{TABLE}.medians_within_range", "a median of 5 to 20 % in each year"),
        ),
        offenders(
            "select * from batch where report = 'accounts' and overhead_pct > 45",
            unlikely(f"{TABLE}.share_within_range", "accounts with a share of at most 45 %"),
        ),
    ]
