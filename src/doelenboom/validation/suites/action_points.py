"""Plausibility of `marts.action_points`: one row per action point of a programme."""

from doelenboom.validation import library as gxe
from doelenboom.validation.expecting import (
    blocks,
    has_rows,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "action_points"
FEWEST_OF_2018 = 30
"""The chapter of 2018 has 36 points counting sub-points; fewer than this means a lost table."""


def suite() -> list[Expectation]:
    """Give the expectations on `marts.action_points`."""
    return [
        has_rows(TABLE),
        offenders(
            f"""
            select count(*) as points from batch
            where municipality_code = 'GM0153' and fiscal_year = 2018 and programme_code = '2.1'
            having points < {FEWEST_OF_2018}
            """,
            blocks(
                f"{TABLE}.points_of_2018_complete", f"at least {FEWEST_OF_2018} points for 2018"
            ),
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
            "select * from batch where not regexp_full_match(action_code, '[0-9]+[a-z]?')",
            blocks(f"{TABLE}.codes_as_printed", "codes such as 5 and 5a"),
        ),
        offenders(
            "select * from batch where not regexp_full_match(objective_code, '[A-Z]')",
            blocks(f"{TABLE}.objective_is_a_letter", "objectives as one letter"),
        ),
        offenders(
            "select * from batch where status_final is null and value_status = 'reported'",
            blocks(f"{TABLE}.missing_status_explained", "a status other than reported where empty"),
        ),
    ]
