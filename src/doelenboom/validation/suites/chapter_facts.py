"""Plausibility of `marts.chapter_facts`: one row per fact in a chapter's prose."""

from doelenboom.validation.expecting import (
    LARGEST_KEUR,
    blocks,
    every_programme_has,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "chapter_facts"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.chapter_facts`."""
    return [
        *(
            every_programme_has(
                f"{TABLE}.every_programme_has_{kind}",
                f"a fact of kind {kind}",
                f"fact_{kind}",
                f"kind = '{kind}'",
            )
            for kind in ("amount", "claim", "priority")
        ),
        years_within_range(TABLE),
        *_ranges(),
        *_distributions(),
        *_relations(),
    ]


def _ranges() -> list[Expectation]:
    return [
        offenders(
            f"select * from batch where unit = 'keur' and abs(value) > {LARGEST_KEUR}",
            blocks(f"{TABLE}.amounts_within_range", "amounts within 10 million thousands of euro"),
        ),
        offenders(
            "select * from batch where unit = 'percent' and value not between 0 and 100",
            unlikely(f"{TABLE}.percent_within_range", "percentages from 0 to 100"),
        ),
        offenders(
            "select * from batch where abs(reference_year - fiscal_year) > 10",
            unlikely(f"{TABLE}.reference_year_near", "reference years within ten of the chapter's"),
        ),
    ]


def _distributions() -> list[Expectation]:
    return [
        offenders(
            """
            select kind, count(*) / sum(count(*)) over () as share
            from batch group by kind qualify share > 0.9
            """,
            unlikely(f"{TABLE}.no_kind_is_all", "no kind above 90 % of the facts"),
        ),
    ]


def _relations() -> list[Expectation]:
    return [
        offenders(
            "select * from batch where kind in ('amount', 'claim') and (value is null) "
            "<> (unit is null)",
            blocks(f"{TABLE}.value_has_its_unit", "a unit beside every value"),
        ),
        offenders(
            "select * from batch where kind = 'amount' and value is null",
            blocks(f"{TABLE}.amount_has_its_value", "a value in every amount"),
        ),
        offenders(
            """
            select * from batch
            where (party_role is not null)
                <> (kind in ('affiliated_party', 'partner', 'other_party'))
            """,
            blocks(f"{TABLE}.role_only_for_parties", "a role exactly where the fact is a party"),
        ),
    ]
