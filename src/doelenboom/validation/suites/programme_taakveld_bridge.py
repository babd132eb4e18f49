"""Plausibility of `marts.programme_taakveld_bridge`: product, taakveld and flow."""

from doelenboom.validation.expecting import (
    amounts_within_range,
    blocks,
    has_rows,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation

TABLE = "programme_taakveld_bridge"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.programme_taakveld_bridge`."""
    return [
        has_rows(TABLE),
        years_within_range(TABLE),
        amounts_within_range(TABLE, ("product_keur", "allocated_keur", "iv3_keur")),
        *_products_of_the_goal_tree(),
        *_shares(),
    ]


def _products_of_the_goal_tree() -> list[Expectation]:
    products = """
        select municipality_code, fiscal_year, programme_code, node_name as product_name,
            unnest(['expenses', 'revenue']) as flow,
            unnest([expenses_actual_keur, revenue_actual_keur]) as keur
        from marts.goal_tree where node_type = 'product'
    """
    key = "municipality_code, fiscal_year, programme_code, product_name, flow"
    return [
        offenders(
            f"""
            select bridge.* from batch as bridge
            left join (select {key}, sum(keur) as keur from ({products}) group by {key}) as product
                using ({key})
            where bridge.product_keur is distinct from product.keur
            """,
            blocks(f"{TABLE}.product_as_in_the_goal_tree", "the amount of the goal tree"),
        ),
        offenders(
            f"""
            select product.* from ({products}) as product
            semi join batch using (municipality_code, fiscal_year)
            anti join batch using ({key})
            where product.keur is not null
            """,
            blocks(f"{TABLE}.every_product_is_bridged", "every product of a bridged year"),
        ),
    ]


def _shares() -> list[Expectation]:
    def share(of: str) -> str:
        return f"""
            select municipality_code, fiscal_year,
                sum(allocated_keur) filter (where {of}) / nullif(sum(allocated_keur), 0) as share
            from batch where flow = 'expenses'
            group by municipality_code, fiscal_year having share > 0.5
        """

    return [
        offenders(
            share("taakveld_code = 'unmapped'"),
            unlikely(f"{TABLE}.mostly_mapped", "at most half of the expenses unmapped"),
        ),
        offenders(
            share("weight_fitted_on_iv3"),
            unlikely(f"{TABLE}.mostly_not_fitted", "at most half of the expenses fitted on Iv3"),
        ),
    ]
