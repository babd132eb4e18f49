"""Plausibility of `marts.taakveld_spending_current`: spending at today's boundaries."""

from doelenboom.validation.expecting import (
    amounts_within_range,
    blocks,
    has_rows,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "taakveld_spending_current"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.taakveld_spending_current`."""
    key = "fiscal_year, report, taakveld_code"
    total = f"select {key}, sum(expenses_keur) as keur"
    return [
        has_rows(TABLE, at_least=1000),
        years_within_range(TABLE),
        amounts_within_range(TABLE, ("expenses_keur", "revenue_keur", "net_cost_keur")),
        offenders(
            f"""
            select {key}, today.keur as today, delivered.keur as delivered
            from ({total} from batch group by all) as today
            full join ({total} from marts.taakveld_spending group by all) as delivered
                using ({key})
            where today.keur is distinct from delivered.keur
            """,
            blocks(f"{TABLE}.no_euro_lost", "the expenses of taakveld_spending, to the euro"),
        ),
        offenders(
            """
            select * from batch where not exists (
                select 1 from marts.dim_municipality as municipality
                where municipality.municipality_code = batch.municipality_code
                    and municipality.valid_to is null
            )
            """,
            blocks(f"{TABLE}.todays_municipalities_only", "municipalities that exist today"),
        ),
        offenders(
            """
            select fiscal_year, report, sum(revenue_keur) / sum(expenses_keur) as ratio from batch
            where source_delivery is not null and report in ('budget', 'accounts')
                and taakveld_code not in ('0.10', '0.11')
            group by all having ratio not between 0.8 and 1.25
            """,
            unlikely(f"{TABLE}.revenue_as_expenses", "revenue of 80 to 125 % of the expenses"),
        ),
        offenders(
            "select * from batch where abs(expenses_eur_per_inhabitant) > 10000",
            unlikely(f"{TABLE}.per_inhabitant_within_range", "less than 10,000 euro per head"),
        ),
        offenders(
            """
            select fiscal_year, report from batch
            where source_delivery is not null and report in ('budget', 'accounts')
            group by all
            having avg((value_status in ('partially_reported', 'estimated'))::integer) > 0.1
            """,
            unlikely(f"{TABLE}.mostly_whole", "at most 10 % of what landed in part or estimated"),
        ),
    ]
