"""What each mart should look like: one module per mart, registered here.

A suite is a function without arguments that gives a list of expectations, the row count first.
What must be exactly so belongs to dbt; here stands what would be unlikely.
"""

from collections.abc import Mapping

from doelenboom.validation.expecting import Suite
from doelenboom.validation.suites import (
    action_points,
    chapter_facts,
    cluster_spending,
    dim_municipality,
    dim_price_index,
    forecasts,
    goal_tree,
    indicator_results,
    iv3_deliveries,
    programme_finance,
    programme_results,
    reconciliation,
    taakveld_spending,
    variance_explanations,
)

SUITES: Mapping[str, Suite] = {
    "action_points": action_points.suite,
    "chapter_facts": chapter_facts.suite,
    "cluster_spending": cluster_spending.suite,
    "dim_municipality": dim_municipality.suite,
    "dim_price_index": dim_price_index.suite,
    "forecasts": forecasts.suite,
    "goal_tree": goal_tree.suite,
    "indicator_results": indicator_results.suite,
    "iv3_deliveries": iv3_deliveries.suite,
    "programme_finance": programme_finance.suite,
    "programme_results": programme_results.suite,
    "reconciliation": reconciliation.suite,
    "taakveld_spending": taakveld_spending.suite,
    "variance_explanations": variance_explanations.suite,
}
