"""Plausibility of `marts.nearest_neighbours`: the ten most alike in structure, per year."""

from doelenboom.validation.expecting import (
    blocks,
    has_rows,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "nearest_neighbours"
SIZE = "select municipality_code, fiscal_year, value from marts.neighbour_features"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.nearest_neighbours`."""
    return [
        has_rows(TABLE, at_least=100),
        years_within_range(TABLE),
        *_order(),
        *_likeness(),
    ]


def _order() -> list[Expectation]:
    return [
        offenders(
            "select municipality_code, fiscal_year from batch"
            " group by all having count(*) <> 10 or count(distinct neighbour_code) <> 10",
            blocks(f"{TABLE}.ten_each", "exactly ten neighbours"),
        ),
        offenders(
            """
            select * from batch
            qualify distance < lag(distance) over (
                partition by municipality_code, fiscal_year order by neighbour_rank
            )
            """,
            blocks(f"{TABLE}.nearest_first", "distances that rise with the rank"),
        ),
        offenders(
            """
            select here.* from batch as here
            inner join batch as there
                on here.municipality_code = there.neighbour_code
                and here.neighbour_code = there.municipality_code
                and here.fiscal_year = there.fiscal_year
            where here.distance <> there.distance
            """,
            blocks(f"{TABLE}.as_far_back_as_there", "one distance between two neighbours"),
        ),
    ]


def _likeness() -> list[Expectation]:
    return [
        offenders(
            "select * from batch where distance > 8",
            unlikely(f"{TABLE}.nobody_far_off", "neighbours within 8 standard deviations"),
        ),
        offenders(
            f"""
            select batch.* from batch
            inner join ({SIZE} where feature = 'inhabitants') as own
                using (municipality_code, fiscal_year)
            inner join ({SIZE} where feature = 'inhabitants') as other
                on batch.neighbour_code = other.municipality_code
                and batch.fiscal_year = other.fiscal_year
            where own.value >= 2000
                and greatest(own.value, other.value) > 8 * least(own.value, other.value)
            """,
            unlikely(
                f"{TABLE}.of_like_size",
                "neighbours of at most eight times the size, from 2,000 people",
            ),
        ),
        offenders(
            "select fiscal_year, avg((stability >= 0.5)::integer) as share"
            " from batch group by fiscal_year having share < 0.75",
            unlikely(f"{TABLE}.mostly_stable", "75 % or more that stay without most themes"),
        ),
        offenders(
            """
            select here.fiscal_year, avg((before.neighbour_code is not null)::integer) as share
            from batch as here
            semi join batch as earlier on here.municipality_code = earlier.municipality_code
                and here.fiscal_year = earlier.fiscal_year + 1
            left join batch as before on here.municipality_code = before.municipality_code
                and here.neighbour_code = before.neighbour_code
                and here.fiscal_year = before.fiscal_year + 1
            group by here.fiscal_year having share < 0.7
            """,
            unlikely(f"{TABLE}.mostly_those_of_last_year", "70 % or more also a year ago"),
        ),
    ]
