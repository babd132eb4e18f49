"""Plausibility of `marts.reconciliation`: one row per identity and what it was tested on."""

from doelenboom.validation.expecting import (
    PROGRAMME,
    amounts_within_range,
    blocks,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "reconciliation"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.reconciliation`."""
    return [
        _every_programme_has_identities(),
        years_within_range(TABLE),
        amounts_within_range(TABLE, ("left_keur", "right_keur", "difference_keur")),
        *_distributions(),
        *_relations(),
    ]


def _every_programme_has_identities() -> Expectation:
    """Expect an identity where a chapter prints net cost beside expenses and revenue."""
    return offenders(
        f"""
        select {PROGRAMME} from marts.chapter_parts
        where part in ('total_expenses', 'total_revenue', 'total_net_cost') and rows_n > 0
        group by {PROGRAMME} having count(*) = 3
        except select {PROGRAMME} from batch
        """,
        blocks(
            f"{TABLE}.every_programme_has_identities",
            "a tested identity for every programme that prints a net cost and its parts",
        ),
    )


def _distributions() -> list[Expectation]:
    return [
        offenders(
            f"""
            select {PROGRAMME}, avg((status in ('holds', 'rounding', 'bridged'))::integer) as share
            from batch group by {PROGRAMME} having share < 0.5
            """,
            blocks(f"{TABLE}.most_identities_hold", "at least half of the identities holding"),
        ),
        offenders(
            f"""
            select {PROGRAMME}, avg((status = 'contradiction')::integer) as share
            from batch group by {PROGRAMME} having share > 0.1
            """,
            unlikely(f"{TABLE}.contradictions_rare", "at most a tenth of the rows contradictions"),
        ),
        offenders(
            f"""
            select {PROGRAMME}, count(distinct identity) as identities
            from batch
            semi join (
                select * from marts.chapter_parts
                where part = 'total_net_cost_after_reserves' and rows_n > 0
            ) using ({PROGRAMME})
            group by {PROGRAMME} having identities < 3
            """,
            unlikely(
                f"{TABLE}.several_identities",
                "three or more identities per programme with a net cost after reserves",
            ),
        ),
    ]


def _relations() -> list[Expectation]:
    return [
        offenders(
            """
            select * from batch
            where relation = 'equal' and status in ('holds', 'rounding')
                and abs(difference_keur) > tolerance_keur
            """,
            blocks(f"{TABLE}.agreement_within_tolerance", "agreement within the tolerance"),
        ),
        offenders(
            """
            select * from batch
            where (left_keur is null) <> (right_keur is null)
                or (left_keur is null and left_value is null)
            """,
            blocks(f"{TABLE}.both_sides_present", "both sides of every identity"),
        ),
        offenders(
            "select * from batch where status <> 'holds' and explanation is null",
            blocks(f"{TABLE}.deviation_explained", "an explanation where it does not simply hold"),
        ),
        offenders(
            "select * from batch where contains(lower(explanation), 'onrechtmatig')",
            blocks(f"{TABLE}.words_are_fair", "no word of unlawfulness"),
        ),
    ]
