"""Plausibility of `marts.national_events`: what distorts a taakveld all over the country."""

from doelenboom.validation.expecting import blocks, has_rows, offenders, unlikely
from doelenboom.validation.library import Expectation

TABLE = "national_events"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.national_events`."""
    return [
        has_rows(TABLE),
        offenders(
            """
            select * from (values ('6.3', 2020), ('6.1', 2022)) as events (taakveld_code, year)
            where not exists (
                select 1 from batch where batch.taakveld_code = events.taakveld_code
                    and make_date(events.year, 12, 31)
                        between valid_from and coalesce(valid_to, date '9999-12-31')
            )
            """,
            blocks(f"{TABLE}.tozo_and_refugees_present", "6.3 in 2020 and 6.1 in 2022"),
        ),
        offenders(
            """
            select batch.* from batch where not exists (
                select 1 from marts.dim_taakveld as taakveld
                where batch.taakveld_code = taakveld.taakveld_code and batch.valid_from
                    between taakveld.valid_from and coalesce(taakveld.valid_to, date '9999-12-31')
            )
            """,
            blocks(f"{TABLE}.of_known_taakvelden", "a taakveld of the year it begins"),
        ),
        offenders(
            "select * from batch where valid_to < valid_from or valid_from < date '2017-01-01'",
            blocks(f"{TABLE}.validity_in_order", "validity from 2017 that ends after it begins"),
        ),
        offenders(
            """
            select batch.event_code, spending.taakveld_code,
                sum(expenses_keur) filter (where fiscal_year = year(valid_from) - 1) as before,
                sum(expenses_keur) filter (where fiscal_year = year(valid_from)) as first_year
            from batch inner join marts.taakveld_spending as spending
                on batch.taakveld_code = spending.taakveld_code and spending.report = 'accounts'
            group by all having first_year < before
            """,
            unlikely(f"{TABLE}.seen_in_the_amounts", "more spending in its first year"),
        ),
    ]
