"""Plausibility of `marts.dim_municipality`: one row per municipality and validity period."""

from doelenboom.validation.expecting import blocks, has_rows, offenders, unlikely
from doelenboom.validation.library import Expectation

TABLE = "dim_municipality"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.dim_municipality`."""
    return [
        has_rows(TABLE),
        offenders(
            """
            select programme.municipality_code, programme.fiscal_year
            from marts.programme_results as programme
            where not exists (
                select 1 from batch where batch.municipality_code = programme.municipality_code
                    and make_date(programme.fiscal_year, 12, 31)
                        between valid_from and coalesce(valid_to, date '9999-12-31')
            )
            """,
            blocks(f"{TABLE}.programmes_covered", "every programme's municipality that year"),
        ),
        offenders(
            "select * from batch where not regexp_full_match(municipality_code, 'GM[0-9]{4}')",
            blocks(f"{TABLE}.codes_readable", "codes as GM0153"),
        ),
        offenders(
            "select * from batch where valid_to < valid_from or valid_from < date '1800-01-01'",
            blocks(f"{TABLE}.validity_in_order", "validity that ends after it begins"),
        ),
        offenders(
            """
            select year, count(*) as municipalities
            from range(2013, 2019) as years (year)
            left join batch on make_date(year::integer, 12, 31)
                between valid_from and coalesce(valid_to, date '9999-12-31')
            group by year having count(*) not between 300 and 500
            """,
            unlikely(f"{TABLE}.a_whole_country", "300 to 500 municipalities in each year"),
        ),
    ]
