"""Plausibility of `marts.chapter_parts`: which parts each chapter prints."""

from doelenboom.validation.expecting import (
    PROGRAMME,
    blocks,
    has_rows,
    offenders,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "chapter_parts"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.chapter_parts`."""
    return [
        has_rows(TABLE),
        years_within_range(TABLE),
        offenders(
            f"""
            select {PROGRAMME} from marts.programme_results
            except select {PROGRAMME} from batch where rows_n > 0
            """,
            blocks(f"{TABLE}.every_programme_prints_something", "a part for every programme"),
        ),
    ]
