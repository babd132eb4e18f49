"""Plausibility of `marts.indicator_results`: one row per indicator, programme and year."""

from doelenboom.codes import codes
from doelenboom.validation import library as gxe
from doelenboom.validation.expecting import (
    blocks,
    every_programme_has,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "indicator_results"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.indicator_results`."""
    return [
        every_programme_has(
            f"{TABLE}.every_programme_has_own_indicators",
            "an own indicator",
            "own_indicator",
            "batch.indicator_kind = 'own'",
        ),
        every_programme_has(
            f"{TABLE}.statutory_indicators_present",
            "a statutory indicator",
            "statutory_indicator",
            "batch.indicator_kind = 'statutory'",
        ),
        years_within_range(TABLE),
        *_ranges(),
        *_distributions(),
        *_relations(),
        *_verdicts(),
    ]


def _ranges() -> list[Expectation]:
    return [
        offenders(
            """
            select * from batch where contains(unit, '%')
                and (score not between 0 and 100 or previous_score not between 0 and 100
                    or target not between 0 and 100)
            """,
            blocks(f"{TABLE}.percent_within_range", "percentages from 0 to 100"),
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="margin_of_error",
            min_value=0,
            max_value=25,
            **blocks(f"{TABLE}.margin_within_range", "margins from 0 to 25"),
        ),
        gxe.ExpectColumnValuesToBeBetween(
            column="confidence_level",
            min_value=50,
            max_value=100,
            **blocks(f"{TABLE}.confidence_in_percent", "confidence from 50 to 100 percent"),
        ),
        offenders(
            "select * from batch where score_year not between fiscal_year - 3 and fiscal_year + 1",
            unlikely(f"{TABLE}.score_year_near_fiscal_year", "scores at most three years old"),
        ),
        offenders(
            "select * from batch where contains(unit, '%') and abs(score - previous_score) > 30",
            unlikely(f"{TABLE}.no_large_jump", "percentages within 30 points of the previous"),
        ),
    ]


def _distributions() -> list[Expectation]:
    return [
        offenders(
            """
            select avg((score is not null)::integer) as share
            from batch where value_status = 'reported' having share < 0.3
            """,
            blocks(f"{TABLE}.scores_present", "a share of filled scores from 0.3 where reported"),
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column="value_status",
            value_set=["reported"],
            mostly=0.3,
            **unlikely(f"{TABLE}.scores_mostly_reported", "at least 30 % of the rows reported"),
        ),
    ]


def _relations() -> list[Expectation]:
    return [
        offenders(
            "select * from batch where not regexp_full_match(indicator_code, "
            "'own_[0-9A-Za-z.-]+|bbv_[0-9]+')",
            blocks(f"{TABLE}.codes_readable", "codes as own_<as printed> or bbv_<number>"),
        ),
        offenders(
            """
            select * from batch
            where (margin_of_error is not null) <> (margin_status = 'printed')
            """,
            blocks(f"{TABLE}.margin_only_where_printed", "a margin exactly where one is printed"),
        ),
        offenders(
            """
            select * from batch where (score is null and value_status = 'reported')
                or (score is not null and value_status in ('not_captured', 'not_measured'))
            """,
            blocks(f"{TABLE}.missing_score_explained", "a status that agrees with the score"),
        ),
        offenders(
            "select * from batch where indicator_kind = 'statutory' and direction_basis = 'source'",
            blocks(f"{TABLE}.no_source_prescribes_statutory_direction", "direction_basis ours"),
        ),
    ]


def _verdicts() -> list[Expectation]:
    above, below = "score > target", "score < target"
    return [
        offenders(
            """
            select * from batch
            where verdict_computed is not null and (target is null or score is null)
            """,
            blocks(f"{TABLE}.computed_verdict_has_target", "a score and target where computed"),
        ),
        offenders(
            f"""
            select * from batch where verdict_computed = 'met' and (
                (target_type = 'at_least' and {below}) or (target_type = 'at_most' and {above}))
            """,
            blocks(f"{TABLE}.met_reaches_target", "a score on the right side where met"),
        ),
        offenders(
            """
            select * from batch where verdict_computed = 'missed' and (
                (target_type = 'at_least' and score >= target)
                or (target_type = 'at_most' and score <= target))
            """,
            blocks(f"{TABLE}.missed_falls_short", "a score on the wrong side where missed"),
        ),
        offenders(
            "select * from batch where verdict_computed = 'undecided' and margin_of_error is null",
            blocks(f"{TABLE}.undecided_has_margin", "a printed margin where undecided"),
        ),
        offenders(
            f"""
            select * from batch
            where verdict in {codes("verdict_computed")} and verdict_basis = 'none'
            """,
            blocks(f"{TABLE}.verdict_has_basis", "a basis for every verdict"),
        ),
    ]
