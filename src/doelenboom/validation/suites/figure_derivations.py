"""Plausibility of `marts.figure_derivations`: how each published column is derived."""

from doelenboom.validation.expecting import blocks, has_rows, offenders
from doelenboom.validation.library import Expectation

TABLE = "figure_derivations"

COLUMNS = """
    select table_name, column_name from information_schema.columns
    where table_schema = 'marts' and not ends_with(table_name, '_storage')
"""


def suite() -> list[Expectation]:
    """Give the expectations on `marts.figure_derivations`; data_quality joins the release later."""
    return [
        has_rows(TABLE, at_least=3),
        offenders(
            f"""
            select table_name, column_name from batch where table_name <> 'data_quality'
            except {COLUMNS}
            """,
            blocks(f"{TABLE}.of_published_columns", "derivations of columns that are published"),
        ),
        offenders(
            f"select input_table, input_column from batch where input_no > 0 except {COLUMNS}",
            blocks(f"{TABLE}.from_published_columns", "inputs that are published themselves"),
        ),
        offenders(
            """
            select * from batch
            where formula is null and not regexp_matches(operation, '^(judged|read|observed)')
            """,
            blocks(f"{TABLE}.computed_by_a_formula", "a formula for whatever is computed"),
        ),
    ]
