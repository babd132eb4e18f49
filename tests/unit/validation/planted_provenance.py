"""Faults planted in what says where figures come from."""

from collections.abc import Mapping

SETTINGS: Mapping[str, str] = {
    "boundary_weights.parts_of_one": "to_year = 2017 where municipality_code = 'GM0007'",
    "boundary_weights.one_largest_part": (
        "is_largest_part = false where municipality_code = 'GM0007'"
    ),
    "boundary_weights.nothing_lost": (
        "weight = 0.9, weights_total = 0.9 where municipality_code = 'GM0007'"
    ),
    "boundary_weights.mostly_whole": "is_estimate = true where municipality_code < 'GM0100'",
    "figure_derivations.of_published_columns": "column_name = 'vanished' where input_no = 1",
    "figure_derivations.from_published_columns": "input_table = 'vanished' where input_no = 1",
    "figure_derivations.computed_by_a_formula": "formula = null",
    "iv3_cells.amounts_within_range": "second_publication_keur = -20000000",
    "iv3_cells.expenses_are_their_sum": (
        "amount_keur = amount_keur + 0.001"
        " where municipality_code = 'GM0007' and category_code = 'L1.1'"
    ),
    "iv3_cells.mostly_as_published_first": "first_publication_keur = 1",
    "source_facts.said_once": "municipality_code = 'GM0008' where municipality_code = 'GM0007'",
    "source_facts.something_is_said": "value = null where municipality_code = 'GM0007'",
    "source_facts.people_within_range": "value = 10 where municipality_code = 'GM0007'",
    "source_pages.every_landed_delivery": "source_delivery = '20260102T000000Z-00000000'",
    "source_pages.hash_is_sha256": "sha256 = repeat('a', 63)",
    "source_pages.fetched_at_a_time": "fetched_at = 'vannacht'",
    "source_pages.deliveries_hold_rows": "rows_n = 0",
}

WHOLE: Mapping[str, str] = {
    "iv3_cells.every_delivery_has_cells": (
        "delete from marts.iv3_cells where municipality_code = 'GM0007'"
    ),
}
