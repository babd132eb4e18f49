"""The identities of `marts.reconciliation` as checks, beside those of dbt and the expectations.

Reads the candidate; the status of an identity is decided in the models.
"""

from pathlib import Path

import duckdb

from doelenboom.validation.outcomes import CheckResult, results_of

IDENTITIES = """
    select
        identity as check_name,
        concat_ws(
            ' ', municipality_code, fiscal_year, programme_code, subject,
            nullif(phase, 'not_applicable')
        ) as subject,
        'reconciliation' as kind,
        'warn' as severity,
        case
            when status in ('holds', 'rounding', 'bridged') then 'pass'
            when status = 'not_reconciled' then 'fail'
            else 'warn'
        end as status,
        cast(coalesce(left_keur, left_value) as varchar) || ' ' || unit as observed,
        cast(coalesce(right_keur, right_value) as varchar) || ' ' || unit as expected
    from marts.reconciliation
    order by all
"""


def identity_checks(candidate: Path) -> list[CheckResult]:
    """Give one check result per identity; none where no mart holds identities.

    A difference that a reviewer has judged is `warn`: told, not blocking.
    """
    with duckdb.connect(str(candidate), read_only=True) as connection:
        marts = connection.execute(
            "select 1 from duckdb_tables()"
            " where schema_name = 'marts' and table_name = 'reconciliation'"
        ).fetchall()
        if not marts:
            return []
        return results_of(connection.execute(IDENTITIES))
