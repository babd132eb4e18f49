"""Plausibility of `marts.reserve_movements`: one row per reserve."""

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

TABLE = "reserve_movements"
AMOUNTS = ("opening_keur", "interest_keur", "added_keur", "withdrawn_keur", "closing_keur")


def suite() -> list[Expectation]:
    """Give the expectations on `marts.reserve_movements`."""
    return [
        has_rows(TABLE),
        years_within_range(TABLE),
        amounts_within_range(TABLE, AMOUNTS),
        offenders(
            """
            select * from batch
            where abs(
                opening_keur + coalesce(interest_keur, 0) + added_keur - withdrawn_keur
                - closing_keur
            ) > 2.5
            """,
            blocks(
                f"{TABLE}.closing_follows_from_movements",
                "a closing balance within 2.5 of opening and movements (rounded parts)",
            ),
        ),
        offenders(
            f"""
            select {PROGRAMME}, avg((least(added_keur, withdrawn_keur) < 0)::integer) as share
            from batch group by {PROGRAMME} having share > 0.1
            """,
            blocks(
                f"{TABLE}.movements_not_negative",
                "at most a tenth of the reserves with an addition or withdrawal below zero",
            ),
        ),
        offenders(
            f"""
            select {PROGRAMME}, avg((closing_keur < 0)::integer) as share
            from batch group by {PROGRAMME} having share > 0.5
            """,
            unlikely(f"{TABLE}.deficits_rare", "at most half of the reserves in deficit"),
        ),
        offenders(
            "select * from batch where length(reserve_name) > 100",
            unlikely(f"{TABLE}.names_short", "names of at most 100 letters"),
        ),
    ]
