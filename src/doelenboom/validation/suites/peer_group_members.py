"""Plausibility of `marts.peer_group_members`: peer group, year, boundary and member."""

from doelenboom.validation.expecting import (
    blocks,
    has_rows,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "peer_group_members"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.peer_group_members`.

    Groups by region and province are those of the reference lists; before 2017, the first year of
    Iv3 by taakveld, not every municipality is in one.
    """
    return [
        has_rows(TABLE, at_least=1000),
        years_within_range(TABLE),
        offenders(
            """
            select fiscal_year, boundary, count(*) as members from batch
            where peer_group_code = 'all' group by all having members not between 300 and 450
            """,
            unlikely(f"{TABLE}.all_is_the_country", "300 to 450 municipalities in group all"),
        ),
        offenders(
            """
            select peer_group_code, fiscal_year, boundary from batch
            where starts_with(peer_group_code, 'nearest_10_') group by all
            having count(*) <> 10
                or bool_or(contains(peer_group_code, municipality_code))
            """,
            blocks(f"{TABLE}.ten_others", "ten neighbours, none of them the municipality itself"),
        ),
        offenders(
            """
            select batch.fiscal_year, batch.boundary, batch.municipality_code, kind
            from batch
            inner join (
                select peer_group_code, peer_group_kind as kind from marts.dim_peer_group
                where peer_group_kind not in ('nearest', 'own', 'all')
            ) as kinds using (peer_group_code)
            group by all having count(*) > 1
            """,
            blocks(f"{TABLE}.one_of_each_kind", "one province, region and size for each"),
        ),
        offenders(
            """
            select fiscal_year, boundary from batch where fiscal_year >= 2017 group by all
            having least(
                count(*) filter (where starts_with(peer_group_code, 'province_')),
                count(*) filter (where starts_with(peer_group_code, 'size_class_')),
                count(*) filter (where starts_with(peer_group_code, 'region_'))
            ) < 0.95 * count(*) filter (where peer_group_code = 'all')
            """,
            unlikely(f"{TABLE}.nearly_all_placed", "95 % in a province, a region and a size class"),
        ),
    ]
