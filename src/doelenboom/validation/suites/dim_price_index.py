"""Plausibility of `marts.dim_price_index`: one row per index and year."""

from doelenboom.validation.expecting import (
    blocks,
    has_rows,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "dim_price_index"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.dim_price_index`."""
    return [
        has_rows(TABLE, at_least=10),
        years_within_range(TABLE, "price_year"),
        offenders(
            "select * from batch where price_index not between 50 and 300",
            blocks(f"{TABLE}.index_readable", "an index between 50 and 300"),
        ),
        offenders(
            """
            select * from batch
            qualify price_index / lag(price_index) over (
                partition by price_index_code order by price_year
            ) not between 0.95 and 1.2
            """,
            unlikely(f"{TABLE}.no_jumps", "prices that change by -5 % to +20 % in a year"),
        ),
        offenders(
            """
            select * from batch
            qualify price_year - 1 <> lag(price_year, 1, price_year - 1) over (
                partition by price_index_code order by price_year
            )
            """,
            blocks(f"{TABLE}.no_year_missing", "no year missing in between"),
        ),
    ]
