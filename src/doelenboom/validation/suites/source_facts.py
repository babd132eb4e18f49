"""Plausibility of `marts.source_facts`: figures of national sources with their page or line."""

from doelenboom.validation.expecting import blocks, has_rows, offenders, unlikely
from doelenboom.validation.library import Expectation

TABLE = "source_facts"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.source_facts`."""
    return [
        has_rows(TABLE, at_least=100),
        offenders(
            """
            select dataset, municipality_code, period, value_text from batch
            where dataset in ('population', 'cpi') group by all having count(*) > 1
            """,
            blocks(
                f"{TABLE}.said_once",
                "one number of people for each period, and one index for each period and base year",
            ),
        ),
        offenders(
            """
            select * from batch where value is null and value_text is null
                and value_status in ('reported', 'provisional', 'estimated')
            """,
            blocks(f"{TABLE}.something_is_said", "a figure or a text where one is reported"),
        ),
        offenders(
            """
            select * from batch
            where dataset = 'population' and value not between 500 and 1500000
            """,
            unlikely(f"{TABLE}.people_within_range", "500 to 1.5 million people a municipality"),
        ),
    ]
