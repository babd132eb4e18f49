"""Plausibility of `marts.goal_tree`: one row per node, from programme down to product."""

from doelenboom.codes import codes
from doelenboom.validation import library as gxe
from doelenboom.validation.expecting import (
    PROGRAMME,
    amounts_within_range,
    blocks,
    every_programme_has,
    has_rows,
    offenders,
    unlikely,
    years_within_range,
)
from doelenboom.validation.library import Expectation
from doelenboom.validation.vocabulary import NODE_TYPES

TABLE = "goal_tree"


def suite() -> list[Expectation]:
    """Give the expectations on `marts.goal_tree`."""
    return [
        has_rows(TABLE),
        _every_programme_has_a_root(),
        *(
            every_programme_has(
                f"{TABLE}.every_programme_has_{node_type}",
                f"a node of type {node_type}",
                node_type,
                f"batch.node_type = '{node_type}'",
            )
            for node_type in codes("node_type_of_tree")
        ),
        _every_objective_has_a_product(),
        years_within_range(TABLE),
        amounts_within_range(TABLE, ("expenses_actual_keur", "revenue_actual_keur")),
        *_ranges(),
        *_distributions(),
        *_relations(),
    ]


def _every_programme_has_a_root() -> Expectation:
    return offenders(
        f"""
        select {PROGRAMME} from marts.programme_results
        anti join (select * from batch where node_type = 'programme') using ({PROGRAMME})
        """,
        blocks(f"{TABLE}.every_programme_has_programme", "a node for every programme itself"),
    )


def _every_objective_has_a_product() -> Expectation:
    """Expect products below each objective, but where none are printed or none belong to it."""
    return offenders(
        f"""
        select * from batch as objective
        semi join (select * from marts.chapter_parts where part = 'product' and rows_n > 0)
            using ({PROGRAMME})
        where node_type = 'objective' and value_status <> 'not_applicable'
            and objective.node_id not in (
            with recursive above as (
                select parent_node_id from batch where node_type = 'product'
                union
                select parent.parent_node_id
                from batch as parent join above on parent.node_id = above.parent_node_id
            )
            select parent_node_id from above where parent_node_id is not null
        )
        """,
        blocks(
            f"{TABLE}.every_objective_has_a_product",
            "a product under every objective whose chapter prints products",
        ),
    )


def _ranges() -> list[Expectation]:
    return [
        gxe.ExpectColumnValuesToBeBetween(
            column="depth",
            min_value=0,
            max_value=len(NODE_TYPES),
            **blocks(f"{TABLE}.depth_within_range", f"a depth from 0 to {len(NODE_TYPES)}"),
        ),
        gxe.ExpectColumnValueLengthsToBeBetween(
            column="node_name",
            min_value=3,
            max_value=200,
            **unlikely(f"{TABLE}.names_not_fused", "names of 3 to 200 characters"),
        ),
    ]


def _distributions() -> list[Expectation]:
    return [
        offenders(
            f"""
            select {PROGRAMME}, avg((revenue_actual_keur is null)::integer) as share
            from batch where node_type = 'product'
            group by {PROGRAMME} having share > 0.5
            """,
            unlikely(
                f"{TABLE}.product_revenue_mostly_present",
                "at most half of the products without revenue",
            ),
        ),
        offenders(
            f"""
            select {PROGRAMME}, max(expenses_actual_keur) / sum(expenses_actual_keur) as share
            from batch where node_type = 'product'
            group by {PROGRAMME} having count(*) > 1 and share > 0.9
            """,
            unlikely(
                f"{TABLE}.no_product_is_all", "no product above 90 % of its programme's expenses"
            ),
        ),
    ]


def _relations() -> list[Expectation]:
    return [
        offenders(
            f"""
            select {PROGRAMME} from batch where parent_node_id is null
            group by {PROGRAMME} having count(*) > 1
            """,
            blocks(f"{TABLE}.one_root_per_programme", "one root per programme"),
        ),
        offenders(
            """
            select batch.* from batch join batch as parent on batch.parent_node_id = parent.node_id
            where batch.depth <> parent.depth + 1
            """,
            blocks(f"{TABLE}.depth_follows_parent", "each depth one below its parent's"),
        ),
        offenders(
            """
            select * from batch where expenses_actual_keur is null
                and node_type = 'product' and value_status = 'reported'
            """,
            blocks(
                f"{TABLE}.missing_expenses_explained",
                "a status other than reported where a product's expenses are empty",
            ),
        ),
        offenders(
            "select * from batch where node_type = 'product' and expenses_actual_keur < 0",
            unlikely(f"{TABLE}.product_expenses_not_negative", "no product with negative expenses"),
        ),
    ]
