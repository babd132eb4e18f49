"""Plausibility of `marts.source_pages`: the pages of CBS that a release was made from.

Empty where nothing has landed, and so does not begin with a row count.
"""

from doelenboom.validation.expecting import blocks, offenders
from doelenboom.validation.library import Expectation

TABLE = "source_pages"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.source_pages`."""
    return [
        offenders(
            """
            select distinct source_table, source_delivery from marts.iv3_deliveries
            where source_delivery is not null
            except select source_table, source_delivery from batch
            """,
            blocks(f"{TABLE}.every_landed_delivery", "pages of every delivery that is published"),
        ),
        offenders(
            "select * from batch"
            " where not coalesce(regexp_full_match(sha256, '[0-9a-f]{64}'), false)",
            blocks(f"{TABLE}.hash_is_sha256", "64 hexadecimal digits for each page"),
        ),
        offenders(
            """
            select * from batch where try_cast(fetched_at as timestamptz) is null
                or left(fetched_at, 4) < '2020'
            """,
            blocks(f"{TABLE}.fetched_at_a_time", "a time as ISO 8601 for each page"),
        ),
        offenders(
            "select source_table, source_delivery from batch group by all having sum(rows_n) = 0",
            blocks(f"{TABLE}.deliveries_hold_rows", "rows in every delivery"),
        ),
    ]
