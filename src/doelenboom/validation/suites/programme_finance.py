"""Plausibility of `marts.programme_finance`: one row per programme, line and flow."""

from doelenboom.validation import library as gxe
from doelenboom.validation.expecting import (
    PROGRAMME,
    SAME_PROGRAMME,
    amounts_within_range,
    blocks,
    every_programme_has,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation
from doelenboom.validation.vocabulary import FLOWS, PHASE_AMOUNTS

TABLE = "programme_finance"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.programme_finance`."""
    return [
        *(
            every_programme_has(
                f"{TABLE}.every_programme_has_total_{flow}",
                f"a total of {flow}",
                f"total_{flow}",
                f"batch.is_total and batch.flow = '{flow}'",
            )
            for flow in FLOWS
        ),
        years_within_range(TABLE),
        amounts_within_range(TABLE, PHASE_AMOUNTS),
        *_distributions(),
        *_relations(),
    ]


def _distributions() -> list[Expectation]:
    return [
        offenders(
            f"""
            select avg((actual_keur is not null)::integer) as share
            from batch
            semi join (select * from marts.chapter_parts where part = 'actual' and rows_n > 0)
                using ({PROGRAMME})
            where value_status = 'reported' having share < 0.9
            """,
            blocks(
                f"{TABLE}.actuals_mostly_present",
                "a share of filled actuals from 0.9 where the cost table has them",
            ),
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="value_status",
            value_set=["reported"],
            mostly=0.5,
            **unlikely(f"{TABLE}.mostly_reported", "at least half of the lines reported"),
        ),
        offenders(
            f"""
            select {PROGRAMME}, avg((actual_keur < 0)::integer) as share
            from batch group by {PROGRAMME} having share > 0.1
            """,
            unlikely(f"{TABLE}.negative_lines_rare", "at most a tenth of the lines negative"),
        ),
        offenders(
            f"""
            select {PROGRAMME},
                avg((abs(actual_keur / final_budget_keur - 1) > 0.5)::integer) as share
            from batch where not is_total and final_budget_keur <> 0
            group by {PROGRAMME} having share > 0.5
            """,
            unlikely(
                f"{TABLE}.few_lines_far_from_budget",
                "at most half of the lines more than 50 % away from their final budget",
            ),
        ),
    ]


def _relations() -> list[Expectation]:
    amounts = ", ".join(PHASE_AMOUNTS)
    return [
        offenders(
            "select * from batch where not regexp_full_match(source_sha256, '[0-9a-f]{64}')",
            blocks(f"{TABLE}.source_hash_is_sha256", "64 hexadecimal digits"),
        ),
        offenders(
            f"select * from batch where coalesce({amounts}) is null and value_status = 'reported'",
            blocks(f"{TABLE}.missing_amount_explained", "a status other than reported where empty"),
        ),
        offenders(
            f"""
            select batch.* from batch join batch as programme
                on {SAME_PROGRAMME} and batch.flow = programme.flow and programme.is_total
            where not batch.is_total and batch.actual_keur > programme.actual_keur + 2
            """,
            unlikely(f"{TABLE}.line_within_total", "no line above the total of its flow"),
        ),
        offenders(
            """
            select * from batch where is_total and flow in ('expenses', 'revenue')
                and actual_keur / nullif(final_budget_keur, 0) not between 0.1 and 10
            """,
            blocks(
                f"{TABLE}.totals_of_the_size_of_the_budget",
                "totals between a tenth and ten times the final budget",
            ),
        ),
    ]
