"""Plausibility of `marts.neighbour_features`: municipality, year and structural feature."""

from doelenboom.validation.expecting import (
    blocks,
    has_rows,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "neighbour_features"

RANGES = """
    ('inhabitants', 500, 1500000), ('address_density', 10, 10000), ('aged_0_14_pct', 5, 40),
    ('aged_65_plus_pct', 5, 50), ('social_assistance_per_1000', 0, 150),
    ('social_structure', 1, 4), ('centre_function', 1, 4)
"""


def suite() -> list[Expectation]:
    """Give the expectations on `marts.neighbour_features`."""
    return [
        has_rows(TABLE, at_least=100),
        years_within_range(TABLE),
        offenders(
            """
            select municipality_code, fiscal_year from batch group by all
            having count(standard_score) not in (0, (select count(distinct feature) from batch))
            """,
            blocks(f"{TABLE}.scored_on_all_or_none", "a score on every feature or on none"),
        ),
        offenders(
            """
            select fiscal_year, count(distinct municipality_code) as municipalities from batch
            where standard_score is not null group by fiscal_year
            qualify municipalities < 30
                or municipalities < 0.9 * max(municipalities) over ()
            """,
            unlikely(f"{TABLE}.enough_to_choose_from", "30 or more with a score, alike every year"),
        ),
        offenders(
            """
            select fiscal_year, feature, avg(standard_score) as middle,
                stddev_pop(standard_score) as spread
            from batch where standard_score is not null group by all
            having abs(middle) > 0.001
                or (abs(spread - 1) > 0.001 and min(value) <> max(value))
            """,
            blocks(f"{TABLE}.scores_are_standard", "scores of mean 0 and standard deviation 1"),
        ),
        offenders(
            "select * from batch where abs(standard_score) > 6",
            unlikely(f"{TABLE}.no_extreme_scores", "scores within 6 standard deviations"),
        ),
        offenders(
            f"""
            select batch.* from batch
            inner join (values {RANGES}) as ranges (feature, least, most) using (feature)
            where batch.value not between least and most
            """,
            unlikely(
                f"{TABLE}.values_readable", "each feature in the range of Dutch municipalities"
            ),
        ),
        offenders(
            "select * from batch where abs(feature_year - fiscal_year) > 8",
            unlikely(f"{TABLE}.editions_near", "features of at most 8 years before or after"),
        ),
    ]
