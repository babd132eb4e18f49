"""Why the identities stopped a run, in words: which file, row, column and figure is at odds.

Reads the warehouse of the run; decides nothing, since the status of an identity is decided in
the models.
"""

from pathlib import Path

import duckdb

from doelenboom.validation.outcomes import UNPUBLISHED

# The figure that stands in most of the broken identities is the likeliest culprit; the value that
# would mend its identity is its own minus what the difference asks of its side and factor.
OFFENDERS = """
    with broken as (
        select *
        from intermediate.int_reconciliation__judged
        where status_decided = 'not_reconciled'
            and (not is_judged or expected_difference is distinct from difference)
    ),

    suspects as (
        select
            terms.*,
            broken.difference,
            broken.tolerance,
            broken.source_lines as identity_lines,
            count(*) over (
                partition by terms.seed_name, terms.seed_line, terms.seed_column
            ) as involved
        from broken
        inner join intermediate.int_reconciliation__terms as terms
            using (identity, municipality_code, fiscal_year, programme_code, subject, phase)
    )

    select
        seed_name, seed_line, seed_column, figure_value,
        figure_value - if(side = 'left', 1, -1) * difference / nullif(factor, 0) as expected,
        tolerance, identity, subject, source_document, identity_lines,
        (select count(*) from broken) as broken
    from suspects
    order by involved desc, side, seed_name, seed_line, identity
    limit 1
"""


def unjudged_difference(warehouse: Path) -> str | None:
    """Say which identity does not hold and nobody has judged, or None when all are in order.

    Returns one sentence naming file, row, column, the value found and the value expected.
    """
    if not warehouse.is_file():
        return None
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        try:
            row = connection.execute(OFFENDERS).fetchone()
        except duckdb.CatalogException:
            return None  # the run stopped before the identities were built
    if row is None:
        return None
    seed, line, column, found, expected, tolerance, identity, subject, document, lines, broken = row
    folder = "reference" if seed == "prose_identity_terms" else "accounts"
    rest = f" ({broken - 1} more identities do not hold)" if broken > 1 else ""
    return (
        f"seeds/{folder}/{seed}.csv, row {line}, column {column}: found {_plain(found)},"
        f" expected {_plain(expected)} within {_plain(tolerance)} by identity {identity}"
        f" ({subject}; {document}, lines {lines}){rest}{UNPUBLISHED}"
    )


def _plain(value: object) -> str:
    text = "no value" if value is None else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text
