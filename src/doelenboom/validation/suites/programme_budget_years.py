"""Plausibility of `marts.programme_budget_years`: one row per line, flow, year and phase."""

from doelenboom.validation.expecting import (
    PROGRAMME,
    amounts_within_range,
    blocks,
    has_rows,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "programme_budget_years"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.programme_budget_years`."""
    return [
        has_rows(TABLE),
        years_within_range(TABLE),
        years_within_range(TABLE, "amount_year"),
        amounts_within_range(TABLE, ("amount_keur",)),
        *_signs_and_sizes(),
        *_relations(),
    ]


def _signs_and_sizes() -> list[Expectation]:
    return [
        offenders(
            """
            select source_document, avg((amount_keur < 0)::integer) as share
            from batch where flow in ('expenses', 'revenue')
            group by source_document having share > 0.1
            """,
            blocks(
                f"{TABLE}.negative_amounts_rare",
                "at most a tenth of the expenses and revenue of a document negative",
            ),
        ),
        offenders(
            f"""
            select {PROGRAMME}, max(abs(amount_keur)) as largest, min(abs(amount_keur)) as smallest
            from batch where is_total and flow = 'expenses'
            group by {PROGRAMME} having largest > 10 * smallest
            """,
            blocks(f"{TABLE}.totals_of_one_size", "expenses of a programme within ten times"),
        ),
    ]


def _relations() -> list[Expectation]:
    return [
        offenders(
            "select * from batch where abs(amount_year - fiscal_year) > 5",
            unlikely(f"{TABLE}.years_near_the_document", "years within five of the document's"),
        ),
        offenders(
            f"""
            select batch.* from batch join batch as whole using ({PROGRAMME}, flow, amount_year,
                phase)
            where whole.is_total and not batch.is_total
                and batch.amount_keur > whole.amount_keur + 2
            """,
            unlikely(f"{TABLE}.line_within_total", "no line above the total of its flow"),
        ),
    ]
