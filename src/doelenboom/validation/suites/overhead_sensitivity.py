"""Plausibility of `marts.overhead_sensitivity`: how far overhead moves a municipality.

Overhead is known where all of Iv3 has landed. Without a landing the table is empty and so does
not begin with a row count.
"""

from doelenboom.validation.expecting import (
    blocks,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "overhead_sensitivity"

ORDER = "fiscal_year, report, boundary, cluster_code"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.overhead_sensitivity`."""
    ratio = "expenses_with_overhead_eur_per_inhabitant / nullif(expenses_eur_per_inhabitant, 0)"
    return [
        offenders(
            """
            select fiscal_year, report from marts.iv3_deliveries
            where source_delivery is not null and report in ('budget', 'accounts')
            except select fiscal_year, report from batch
            """,
            unlikely(f"{TABLE}.every_landed_year", "rows for every landed budget and accounts"),
        ),
        years_within_range(TABLE),
        offenders(
            f"""
            select {ORDER} from batch group by all
            having min(place) <> 1 or min(place_with_overhead) <> 1
                or min(places_n) <> count(*) or max(places_n) <> count(*)
            """,
            blocks(f"{TABLE}.places_are_those_of_the_rows", "places from 1 to the number of rows"),
        ),
        offenders(
            f"select {ORDER} from batch group by all having max(places_n) not between 300 and 450",
            unlikely(f"{TABLE}.a_whole_country", "300 to 450 municipalities in each order"),
        ),
        offenders(
            f"""
            select municipality_code, fiscal_year, report, boundary,
                min({ratio}) as least, max({ratio}) as most
            from batch where abs(expenses_eur_per_inhabitant) > 50
            group by all having most - least > 0.01
            """,
            blocks(f"{TABLE}.spread_evenly", "one share of overhead over all clusters"),
        ),
        offenders(
            f"select * from batch where abs(expenses_eur_per_inhabitant) > 50"
            f" and {ratio} not between 0.9 and 2",
            unlikely(f"{TABLE}.overhead_of_its_size", "overhead of at most the other expenses"),
        ),
        offenders(
            f"select {ORDER} from batch group by all"
            " having avg(places_shifted) > 0.15 * max(places_n)",
            unlikely(f"{TABLE}.order_mostly_stands", "shifts of 15 % of the places on average"),
        ),
    ]
