"""Plausibility of `marts.taakveld_bridge_coverage`: municipality, year, taakveld and flow."""

from doelenboom.validation.expecting import (
    amounts_within_range,
    blocks,
    has_rows,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "taakveld_bridge_coverage"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.taakveld_bridge_coverage`."""
    return [
        has_rows(TABLE),
        years_within_range(TABLE),
        amounts_within_range(TABLE, ("allocated_keur", "iv3_keur", "difference_keur")),
        offenders(
            """
            select * from (
                select municipality_code, fiscal_year, flow, sum(allocated_keur) as keur
                from batch group by municipality_code, fiscal_year, flow
            ) as covered
            full join (
                select municipality_code, fiscal_year, flow, sum(allocated_keur) as keur
                from marts.programme_taakveld_bridge group by municipality_code, fiscal_year, flow
            ) as bridged using (municipality_code, fiscal_year, flow)
            where covered.keur is distinct from bridged.keur
            """,
            blocks(f"{TABLE}.adds_up_to_the_bridge", "the total of the bridge"),
        ),
        offenders(
            "select municipality_code, fiscal_year from batch"
            " group by municipality_code, fiscal_year"
            " having not bool_or(coverage_status = 'compared')",
            unlikely(
                f"{TABLE}.something_is_compared", "a taakveld compared without fitted weights"
            ),
        ),
        offenders(
            "select * from batch where coverage_pct > 125",
            unlikely(f"{TABLE}.not_far_above_iv3", "at most 125 % of the whole taakveld"),
        ),
    ]
