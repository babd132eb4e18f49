"""Plausibility of `marts.variance_explanations`: one row per explanation in the prose."""

from doelenboom.validation import library as gxe
from doelenboom.validation.expecting import (
    PROGRAMME,
    amounts_within_range,
    blocks,
    every_programme_has,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "variance_explanations"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.variance_explanations`."""
    return [
        every_programme_has(
            f"{TABLE}.every_programme_has_components",
            "a component",
            "explanation_component",
            "batch.role = 'component'",
        ),
        years_within_range(TABLE),
        amounts_within_range(TABLE, ("amount_keur", "table_amount_keur", "difference_keur")),
        *_distributions(),
        *_relations(),
    ]


def _distributions() -> list[Expectation]:
    return [
        gxe.ExpectColumnProportionOfNonNullValuesToBeBetween(
            column="amount_keur",
            min_value=0.5,
            **unlikely(f"{TABLE}.amounts_mostly_present", "a share of filled amounts from 0.5"),
        ),
        gxe.ExpectColumnValueLengthsToBeBetween(
            column="reason",
            max_value=200,
            **unlikely(f"{TABLE}.reasons_short", "reasons of at most 200 characters"),
        ),
        offenders(
            f"""
            select {PROGRAMME}, sum(amount_keur) as components, variance
            from (select *, net_cost_after_reserves_variance_keur as variance from batch
                join marts.programme_results using ({PROGRAMME}) where role = 'component')
            group by all
            having abs(components) > 3 * greatest(abs(variance), 1000)
            """,
            blocks(
                f"{TABLE}.components_in_proportion",
                "components of at most three times the variance they explain",
            ),
        ),
    ]


def _relations() -> list[Expectation]:
    return [
        offenders(
            "select * from batch where amount_keur is not null and amount_text is null",
            blocks(f"{TABLE}.amount_has_its_text", "the printed text beside every amount"),
        ),
        offenders(
            """
            select * from batch where reconciliation is not null
                and (table_amount_keur is null) <> (reconciliation = 'no_table_line')
            """,
            blocks(
                f"{TABLE}.table_amount_where_compared",
                "a table amount exactly where one is compared",
            ),
        ),
        offenders(
            """
            select * from batch
            where reconciliation in ('reconciled', 'rounding') and abs(difference_keur) > 1000
            """,
            blocks(f"{TABLE}.agreement_is_close", "agreement within one million euro"),
        ),
    ]
