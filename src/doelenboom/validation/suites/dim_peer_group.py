"""Plausibility of `marts.dim_peer_group`: one row per peer group."""

from doelenboom.validation.expecting import (
    blocks,
    has_rows,
    offenders,
    unlikely,
)
from doelenboom.validation.library import Expectation

TABLE = "dim_peer_group"

NUMBERS = """
    ('all', 1, 1), ('province', 12, 12), ('size_class', 6, 10), ('region', 35, 50),
    ('centre', 1, 3), ('structure', 10, 16), ('nearest', 30, 1500)
"""


def suite() -> list[Expectation]:
    """Give the expectations on `marts.dim_peer_group`."""
    return [
        has_rows(TABLE),
        offenders(
            f"""
            select kind, (select count(*) from batch where peer_group_kind = kind) as groups
            from (values {NUMBERS}) as numbers (kind, fewest, most)
            where groups not between fewest and most
            """,
            unlikely(f"{TABLE}.every_kind_complete", "all, twelve provinces, some 42 regions ..."),
        ),
        offenders(
            """
            select * from batch
            where (peer_group_kind in ('nearest', 'own')) <> (of_municipality_code is not null)
            """,
            blocks(
                f"{TABLE}.neighbours_of_someone",
                "a municipality for neighbours and own groups, for no other",
            ),
        ),
        offenders(
            "select batch.* from batch anti join marts.peer_group_members using (peer_group_code)",
            blocks(f"{TABLE}.no_empty_groups", "members of every group"),
        ),
        offenders(
            "select peer_group_name, definition from batch group by all having count(*) > 1",
            blocks(f"{TABLE}.told_apart", "no two groups of one name and definition"),
        ),
    ]
