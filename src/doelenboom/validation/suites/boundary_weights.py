"""Plausibility of `marts.boundary_weights`: the parts that municipalities went into."""

from doelenboom.validation.expecting import blocks, has_rows, offenders, unlikely
from doelenboom.validation.library import Expectation

TABLE = "boundary_weights"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.boundary_weights`."""
    return [
        has_rows(TABLE, at_least=300),
        offenders(
            "select * from batch where weight <= 0 or weight > 1 or from_year > to_year",
            blocks(f"{TABLE}.parts_of_one", "parts above 0 and up to 1, forward in time"),
        ),
        offenders(
            """
            select from_year, to_year, municipality_code from batch group by all
            having sum(weight) <> min(weights_total)
                or count(*) filter (where is_largest_part) <> 1
            """,
            blocks(f"{TABLE}.one_largest_part", "one largest part, and parts that add up"),
        ),
        offenders(
            "select * from batch where weights_total <> 1",
            unlikely(f"{TABLE}.nothing_lost", "parts of each municipality that add up to 1"),
        ),
        offenders(
            """
            select from_year, to_year, count(*) as parts from batch group by all
            having count(*) filter (where is_estimate) > 0.2 * parts
            """,
            unlikely(f"{TABLE}.mostly_whole", "at most a fifth of the parts made with a key"),
        ),
    ]
