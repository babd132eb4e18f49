"""Plausibility of `marts.taakveld_spending`: municipality, year, report and taakveld."""

from doelenboom.validation.expecting import (
    amounts_within_range,
    blocks,
    has_rows,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "taakveld_spending"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.taakveld_spending`."""
    return [
        has_rows(TABLE, at_least=1000),
        years_within_range(TABLE),
        amounts_within_range(TABLE, ("expenses_keur", "revenue_keur", "net_cost_keur")),
        offenders(
            "select * from batch where (vintage = 1) <> (value_status = 'provisional')",
            blocks(f"{TABLE}.first_publication_is_provisional", "provisional where vintage is 1"),
        ),
        offenders(
            "select * from batch where taakveld_code in ('0.10', '0.11')"
            " and taakveld_cluster is not null",
            blocks(f"{TABLE}.reserves_in_no_cluster", "0.10 and 0.11 in no cluster"),
        ),
        offenders(
            """
            select municipality_code, fiscal_year, report, count(*)
            from batch where source_delivery is not null
            group by municipality_code, fiscal_year, report
            qualify count(*) <> max(count(*)) over (partition by fiscal_year)
            """,
            blocks(f"{TABLE}.landed_reports_dense", "every taakveld of the year, landed reports"),
        ),
        offenders(
            """
            select spending.municipality_code, spending.fiscal_year, spending.report
            from batch as spending
            inner join marts.iv3_deliveries as delivery
                using (municipality_code, fiscal_year, report)
            where spending.source_delivery is not null
                and spending.taakveld_code not in ('0.10', '0.11')
            group by all
            having sum(spending.expenses_keur) is distinct from any_value(delivery.expenses_keur)
            """,
            blocks(f"{TABLE}.adds_up_to_its_delivery", "the total of the delivery"),
        ),
        offenders(
            "select * from batch where abs(expenses_eur_per_inhabitant) > 10000",
            unlikely(f"{TABLE}.per_inhabitant_within_range", "less than 10,000 euro per head"),
        ),
        offenders(
            "select 1 from batch having avg((expenses_keur < 0)::integer) > 0.05",
            unlikely(f"{TABLE}.negative_expenses_rare", "at most 5 % of expenses below zero"),
        ),
    ]
