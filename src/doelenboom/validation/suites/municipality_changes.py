"""Plausibility of `marts.municipality_changes`: who ended, and who took over which part."""

from doelenboom.validation.expecting import (
    blocks,
    has_rows,
    offenders,
    unlikely,
)
from doelenboom.validation.library import Expectation

TABLE = "municipality_changes"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.municipality_changes`."""
    return [
        has_rows(TABLE, at_least=50),
        offenders(
            """
            select predecessor_code, sum(weight) as weights from batch group by predecessor_code
            having abs(weights - 1) > 0.000001 or min(weight) <= 0
            """,
            blocks(f"{TABLE}.nothing_lost_or_doubled", "parts above 0 that add up to 1"),
        ),
        offenders(
            "select * from batch where year(effective_date) not between 2010 and 2026",
            blocks(f"{TABLE}.dates_within_range", "changes of 2010 to 2026"),
        ),
        offenders(
            """
            select batch.* from batch
            where not exists (
                select 1 from marts.dim_municipality as ended
                where ended.municipality_code = batch.predecessor_code
                    and ended.valid_to = batch.effective_date - 1
            ) or not exists (
                select 1 from marts.dim_municipality as began
                where began.municipality_code = batch.successor_code and batch.effective_date
                    between began.valid_from and coalesce(began.valid_to, date '9999-12-31')
            )
            """,
            blocks(
                f"{TABLE}.both_sides_known", "one that ended the day before, one that was there"
            ),
        ),
        offenders(
            "select 1 from batch having avg((weight < 1)::integer) > 0.2",
            unlikely(f"{TABLE}.mostly_whole", "at most a fifth of the rows a part"),
        ),
    ]
