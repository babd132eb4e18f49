"""Plausibility of `marts.dim_indicator`: one row per measure that is compared."""

from doelenboom.validation import library as gxe
from doelenboom.validation.expecting import (
    blocks,
    has_rows,
    offenders,
    unlikely,
)
from doelenboom.validation.library import Expectation

TABLE = "dim_indicator"

FEWEST = "('iv3', 50), ('statutory', 30), ('ratio', 5)"
"""Of each kind: the ratios are five that the law asks for, and one or more beside them."""


def suite() -> list[Expectation]:
    """Give the expectations on `marts.dim_indicator`."""
    return [
        has_rows(TABLE),
        offenders(
            f"""
            select kind, fewest from (values {FEWEST}) as kinds (kind, fewest)
            where fewest > (select count(*) from batch where indicator_kind = kind)
            """,
            unlikely(f"{TABLE}.every_kind_complete", "50 of Iv3, 30 statutory, 5 ratios or more"),
        ),
        offenders(
            "select * from batch where indicator_kind = 'iv3' and direction <> 'none'",
            blocks(f"{TABLE}.spending_is_not_judged", "no good or bad direction of spending"),
        ),
        offenders(
            "select indicator_name, unit from batch group by all having count(*) > 1",
            blocks(f"{TABLE}.told_apart", "no two measures of one name and unit"),
        ),
        offenders(
            """
            select * from batch where indicator_kind <> 'statutory' and indicator_code not in (
                select distinct measure_code from marts.municipality_comparison
            )
            """,
            unlikely(f"{TABLE}.spending_is_compared", "a comparison of each measure and ratio"),
        ),
        gxe.ExpectColumnProportionOfNonNullValuesToBeBetween(
            column="unit",
            min_value=0.9,
            **unlikely(f"{TABLE}.units_mostly_known", "a share of filled units from 0.9"),
        ),
        offenders(
            "select * from batch where valid_to < valid_from",
            blocks(f"{TABLE}.validity_in_order", "validity that ends after it begins"),
        ),
    ]
