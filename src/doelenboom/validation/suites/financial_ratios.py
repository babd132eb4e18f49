"""Plausibility of `marts.financial_ratios`: municipality, year, edition and ratio."""

from doelenboom.validation.expecting import (
    blocks,
    has_rows,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "financial_ratios"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.financial_ratios`."""
    return [
        has_rows(TABLE, at_least=100),
        years_within_range(TABLE),
        offenders(
            """
            select * from batch where edition_year - fiscal_year
                <> if(figure_kind = 'actual', 2, 0)
            """,
            blocks(f"{TABLE}.edition_of_its_figure", "actuals of two years before the edition"),
        ),
        offenders(
            """
            select edition_year, ratio_code from batch
            where printed_status = 'reported' and difference is not null
            group by all having median(abs(difference)) > 3
            """,
            unlikely(f"{TABLE}.printed_near_recomputed", "a median difference of at most 3 points"),
        ),
        offenders(
            """
            select edition_year, ratio_code from batch where class_before is not null
            group by all having count(*) > 100 and avg((is_worse)::integer) > 0.5
            """,
            unlikely(f"{TABLE}.few_worsen", "at most half of the classes worse than before"),
        ),
        offenders(
            """
            select
                one.municipality_code, one.edition_year,
                other.municipality_code as alike_code, other.edition_year as alike_year
            from batch as one
            join batch as other using (ratio_code, figure_kind, printed_value, printed_status)
            where printed_value != 0 and printed_status = 'reported' and (
                one.edition_year = other.edition_year
                and one.municipality_code < other.municipality_code
                or one.municipality_code = other.municipality_code
                and one.edition_year < other.edition_year
            )
            group by all having count(*) >= 8
            """,
            unlikely(
                f"{TABLE}.no_edition_of_another",
                "fewer than 8 of 12 ratios that are those of another municipality or edition",
            ),
        ),
    ]
