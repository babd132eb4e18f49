"""What each mart should look like: one module per mart, registered here.

A suite is a function without arguments that gives a list of expectations, the row count first.
What must be exactly so belongs to dbt; here stands what would be unlikely.
"""

from collections.abc import Mapping

from doelenboom.validation.expecting import Suite
from doelenboom.validation.suites import (
    action_points,
    chapter_facts,
    dim_municipality,
    forecasts,
    goal_tree,
    indicator_results,
    programme_finance,
    programme_results,
    reconciliation,
    variance_explanations,
)

SUITES: Mapping[str, Suite] = {
    "action_points": action_points.suite,
    "chapter_facts": chapter_facts.suite,
    "dim_municipality": dim_municipality.suite,
    "forecasts": forecasts.suite,
    "goal_tree": goal_tree.suite,
    "indicator_results": indicator_results.suite,
    "programme_finance": programme_finance.suite,
    "programme_results": programme_results.suite,
    "reconciliation": reconciliation.suite,
    "variance_explanations": variance_explanations.suite,
}
