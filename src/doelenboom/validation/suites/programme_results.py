"""Plausibility of `marts.programme_results`: one row per programme, year and municipality."""

from doelenboom.validation import library as gxe
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
from doelenboom.validation.vocabulary import PHASES, RESULT_AMOUNTS

TABLE = "programme_results"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.programme_results`."""
    return [
        has_rows(TABLE),
        _every_chapter_present(),
        years_within_range(TABLE),
        amounts_within_range(TABLE, RESULT_AMOUNTS),
        *_ranges(),
        *_budget_ratios(),
        *_relations(),
    ]


def _every_chapter_present() -> Expectation:
    return offenders(
        f"""
        select distinct {PROGRAMME} from marts.chapter_parts
        anti join batch using ({PROGRAMME})
        """,
        blocks(f"{TABLE}.reviewed_programmes_present", "the programme of every reviewed chapter"),
    )


def _ranges() -> list[Expectation]:
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column="expenses_without_indicator_pct",
            min_value=0,
            max_value=100,
            **blocks(f"{TABLE}.percent_within_range", "percentages from 0 to 100"),
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="inhabitants",
            min_value=900,
            max_value=1_000_000,
            **blocks(f"{TABLE}.inhabitants_within_range", "from 900 to 1,000,000 inhabitants"),
        ),
        gxe.ExpectColumnProportionOfNonNullValuesToBeBetween(
            column="inhabitants",
            min_value=0.9,
            **unlikely(f"{TABLE}.inhabitants_mostly_known", "a share of filled values from 0.9"),
        ),
        gxe.ExpectColumnMeanToBeBetween(
            column="indicators_own",
            min_value=1,
            max_value=100,
            **unlikely(f"{TABLE}.indicators_in_proportion", "a mean of 1 to 100 own indicators"),
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="transfer_to_reserves_beyond_budget_keur",
            min_value=0,
            **blocks(f"{TABLE}.beyond_budget_not_negative", "no amount below zero"),
        ),
    ]


def _budget_ratios() -> list[Expectation]:
    ratio = "expenses_actual_keur / nullif(expenses_final_budget_keur, 0)"
    return [
        offenders(
            f"select * from batch where {ratio} not between 0.1 and 10",
            blocks(
                f"{TABLE}.actual_of_the_size_of_the_budget",
                "expenses between a tenth and ten times the final budget",
            ),
        ),
        offenders(
            f"select * from batch where {ratio} not between 0.7 and 1.3",
            unlikely(
                f"{TABLE}.actual_near_final_budget", "expenses within 30 % of the final budget"
            ),
        ),
        offenders(
            f"select stddev_pop({ratio}) as spread from batch having spread > 0.2",
            unlikely(
                f"{TABLE}.budget_ratio_spread",
                "actual over final budget spread by at most 0.2 (standard deviation)",
            ),
        ),
    ]


def _relations() -> list[Expectation]:
    off_by_more = " or ".join(
        f"abs(net_cost_{phase}_keur - (expenses_{phase}_keur - revenue_{phase}_keur)) > 2"
        for phase in PHASES
        if phase != "variance"
    )
    verdicts = "indicators_met + indicators_missed + indicators_undecided"
    return [
        offenders(
            f"select * from batch where {off_by_more}",
            blocks(
                f"{TABLE}.net_cost_is_expenses_less_revenue",
                "net cost within 2 of expenses less revenue (rounded parts)",
            ),
        ),
        offenders(
            f"select * from batch where {verdicts} + indicators_without_verdict <> indicators_own",
            blocks(f"{TABLE}.verdicts_add_up", "verdicts that add up to the own indicators"),
        ),
        *_never_above(),
    ]


def _never_above() -> list[Expectation]:
    whole_and_part = {
        "coverage_within_variance": ("gross_variance_keur", "gross_variance_covered_keur"),
        "carried_over_within_total": ("action_points_total", "action_points_carried_over"),
    }
    return [
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A=whole,
            column_B=part,
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            **blocks(f"{TABLE}.{check}", f"{part} never above {whole}"),
        )
        for check, (whole, part) in whole_and_part.items()
    ]
