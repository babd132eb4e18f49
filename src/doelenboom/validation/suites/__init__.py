"""What each mart should look like: one module per mart, registered here.

A suite is a function without arguments that gives a list of expectations, the row count first
(but where a mart may be empty).
What must be exactly so belongs to dbt; here stands what would be unlikely.
"""

from collections.abc import Mapping

from doelenboom.validation.expecting import Suite
from doelenboom.validation.suites import (
    action_points,
    boundary_weights,
    chapter_facts,
    cluster_spending,
    dim_indicator,
    dim_municipality,
    dim_peer_group,
    dim_price_index,
    dim_taakveld,
    figure_derivations,
    forecasts,
    goal_tree,
    indicator_results,
    iv3_cells,
    iv3_deliveries,
    municipality_changes,
    municipality_comparison,
    national_events,
    nearest_neighbours,
    neighbour_features,
    overhead_sensitivity,
    peer_group_members,
    programme_finance,
    programme_results,
    programme_taakveld_bridge,
    reconciliation,
    source_facts,
    source_pages,
    taakveld_bridge_coverage,
    taakveld_spending,
    taakveld_spending_current,
    variance_explanations,
)

SUITES: Mapping[str, Suite] = {
    "action_points": action_points.suite,
    "boundary_weights": boundary_weights.suite,
    "chapter_facts": chapter_facts.suite,
    "cluster_spending": cluster_spending.suite,
    "dim_indicator": dim_indicator.suite,
    "dim_municipality": dim_municipality.suite,
    "dim_peer_group": dim_peer_group.suite,
    "dim_price_index": dim_price_index.suite,
    "dim_taakveld": dim_taakveld.suite,
    "figure_derivations": figure_derivations.suite,
    "forecasts": forecasts.suite,
    "goal_tree": goal_tree.suite,
    "indicator_results": indicator_results.suite,
    "iv3_cells": iv3_cells.suite,
    "iv3_deliveries": iv3_deliveries.suite,
    "municipality_changes": municipality_changes.suite,
    "municipality_comparison": municipality_comparison.suite,
    "national_events": national_events.suite,
    "nearest_neighbours": nearest_neighbours.suite,
    "neighbour_features": neighbour_features.suite,
    "overhead_sensitivity": overhead_sensitivity.suite,
    "peer_group_members": peer_group_members.suite,
    "programme_finance": programme_finance.suite,
    "programme_results": programme_results.suite,
    "programme_taakveld_bridge": programme_taakveld_bridge.suite,
    "reconciliation": reconciliation.suite,
    "source_facts": source_facts.suite,
    "source_pages": source_pages.suite,
    "taakveld_bridge_coverage": taakveld_bridge_coverage.suite,
    "taakveld_spending": taakveld_spending.suite,
    "taakveld_spending_current": taakveld_spending_current.suite,
    "variance_explanations": variance_explanations.suite,
}
