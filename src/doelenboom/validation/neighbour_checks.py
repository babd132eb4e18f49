"""Municipalities without neighbours in structure as check results: which feature nobody knows.

Reads the candidate; who has neighbours is decided in the models.
"""

from pathlib import Path

import duckdb

from doelenboom.validation.outcomes import CheckResult, results_of

MARTS = ("nearest_neighbours", "neighbour_features", "taakveld_spending")

LACKING = """
    with
    spending as (
        select municipality_code, max(fiscal_year) as fiscal_year
        from marts.taakveld_spending
        group by municipality_code
    ),
    features as (select distinct feature from marts.neighbour_features)
    select
        'every_feature_of_a_municipality_is_known' as check_name,
        spending.municipality_code as subject,
        'expectation' as kind,
        'warn' as severity,
        'warn' as status,
        concat(
            'no neighbours in ', spending.fiscal_year, ': not known are ',
            string_agg(features.feature, ', ' order by features.feature)
        ) as observed,
        'every structural feature' as expected
    from spending
    cross join features
    anti join marts.neighbour_features as known
        on spending.municipality_code = known.municipality_code
        and spending.fiscal_year = known.fiscal_year
        and features.feature = known.feature
    anti join marts.nearest_neighbours as neighbours
        on spending.municipality_code = neighbours.municipality_code
        and spending.fiscal_year = neighbours.fiscal_year
    group by spending.municipality_code, spending.fiscal_year
    order by spending.municipality_code
"""


def neighbour_checks(candidate: Path) -> list[CheckResult]:
    """Give one check result per municipality that has spending and no neighbours.

    It speaks of the latest year of its spending. None where the marts that tell are not there.
    """
    with duckdb.connect(str(candidate), read_only=True) as connection:
        found = connection.execute(
            "select count(*) from duckdb_tables()"
            " where schema_name = 'marts' and list_contains($1, table_name)",
            [list(MARTS)],
        ).fetchall()
        if found != [(len(MARTS),)]:
            return []
        return results_of(connection.execute(LACKING))
