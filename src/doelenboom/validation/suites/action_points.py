"""Plausibility of `marts.action_points`: one row per action point of a programme."""

from doelenboom.validation import library as gxe
from doelenboom.validation.expecting import (
    PROGRAMME,
    SAME_PROGRAMME,
    blocks,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "action_points"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.action_points`."""
    return [
        offenders(
            f"""
            select {PROGRAMME}, rows_n,
                (select count(*) from batch where {SAME_PROGRAMME}) as points
            from marts.chapter_parts as programme
            where part = 'action_point' and points <> rows_n
            """,
            blocks(f"{TABLE}.points_complete", "as many points as the chapter prints"),
        ),
        years_within_range(TABLE),
        gxe.ExpectColumnValuesToBeBetween(
            column="savings_target_keur",
            min_value=0,
            max_value=100_000,
            **blocks(f"{TABLE}.savings_within_range", "savings from 0 to 100 million euro"),
        ),
        *_distributions(),
        *_relations(),
    ]


def _distributions() -> list[Expectation]:
    return [
        offenders(
            """
            select avg((carried_over is true)::integer) as share
            from batch having share > 0.5
            """,
            unlikely(f"{TABLE}.few_carried_over", "at most half of the points carried over"),
        ),
        gxe.ExpectColumnValueLengthsToBeBetween(
            column="title",
            min_value=3,
            max_value=150,
            **unlikely(f"{TABLE}.titles_short", "titles of 3 to 150 characters"),
        ),
    ]


def _relations() -> list[Expectation]:
    return [
        offenders(
            "select * from batch where not regexp_full_match(action_code, '[0-9A-Za-z.-]+')",
            blocks(f"{TABLE}.codes_as_printed", "codes in one word, such as 5 and 5a"),
        ),
        offenders(
            f"""
            select batch.* from batch
            semi join (select * from marts.chapter_parts where part = 'objective' and rows_n > 0)
                using ({PROGRAMME})
            anti join (
                select {PROGRAMME}, node_code as objective_code
                from marts.goal_tree where node_type = 'objective'
            ) using ({PROGRAMME}, objective_code)
            where objective_code is not null
            """,
            blocks(
                f"{TABLE}.objective_is_in_the_goal_tree", "objectives of the goal tree, if printed"
            ),
        ),
        offenders(
            "select * from batch where status_final is null and value_status = 'reported'",
            blocks(f"{TABLE}.missing_status_explained", "a status other than reported where empty"),
        ),
    ]
