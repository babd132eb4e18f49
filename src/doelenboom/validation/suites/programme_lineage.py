"""Plausibility of `marts.programme_lineage`: a programme and one that follows it."""

from doelenboom.validation.expecting import blocks, has_rows, offenders, years_within_range
from doelenboom.validation.library import Expectation

TABLE = "programme_lineage"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.programme_lineage`."""
    return [
        has_rows(TABLE),
        years_within_range(TABLE, "predecessor_first_year"),
        years_within_range(TABLE, "successor_last_year"),
        offenders(
            """
            select municipality_code, predecessor_name, predecessor_first_year, successor_first_year
            from batch group by all
            having sum(weight) > 1 or (count(weight) = count(*) and sum(weight) < 1)
            """,
            blocks(f"{TABLE}.weights_add_up", "weights that add up to 1 where all are known"),
        ),
        offenders(
            """
            select * from batch as earlier
            where exists (
                select 1 from marts.programme_results as known
                where known.municipality_code = earlier.municipality_code
                    and known.fiscal_year = earlier.predecessor_first_year
                    and known.programme_code = earlier.predecessor_code
                    and known.programme_name <> earlier.predecessor_name
            )
            """,
            blocks(f"{TABLE}.names_as_in_the_accounts", "the name that the chapter prints"),
        ),
    ]
