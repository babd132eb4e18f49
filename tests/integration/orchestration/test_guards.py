"""What dbt proves and no expectation repeats: each column by name, and by which guard.

A fault planted in one of them stops the build of its table, or the test of its table.
"""

import re
from typing import Any

import pytest

from doelenboom.codes import codes
from orchestration.dbt import constrained

FILLED = {
    "action_points": "title value_status",
    "budget_prudence": "years_n years_better_n value_status",
    "chapter_facts": "kind title source_document source_line",
    "chapter_parts": "rows_n value_status source_document source_line",
    "cluster_spending": "cluster_name taakvelden_n value_status",
    "dim_indicator": "indicator_name direction source",
    "dim_municipality": "municipality_name valid_from",
    "dim_peer_group": "peer_group_name definition source",
    "dim_price_index": "price_index price_base_year value_status source",
    "dim_taakveld": "taakveld_name main_taakveld_name source",
    "figure_derivations": "operation description",
    "financial_position": "peers_n result_status value_status source_table",
    "financial_ratios": "ratio_name norm_low norm_high norm_year norm_source_document",
    "forecasts": "forecast_keur basis source_document source_line",
    "fund_allocation": "circular_name allocation_keur contents caution_text value_status",
    "goal_tree": "node_name source_document source_line",
    "indicator_results": "indicator_name indicator_kind verdict verdict_basis value_status",
    "iv3_deliveries": "is_delivered value_status source_table",
    "intergovernmental_flows": "peers_n caution_text value_status source_table",
    "local_levies": "peers_n caution_text value_status source_table",
    "overhead": "peers_n caution_text value_status source_table",
    "own_taakveld_amounts": "taakveld_name standing value_status source_line source_sha256",
    "staff_and_hire": "peers_n caution_text value_status source_table",
    "state_grants": "peers_n caution_text value_status source_table",
    "municipality_changes": "effective_date weight source",
    "national_events": "event_name effect source",
    "nearest_neighbours": "neighbour_name distance stability",
    "neighbour_features": "feature_name value source",
    "programme_budget_years": "programme_name document_type phase_basis source_line source_sha256",
    "programme_finance": "source_document source_line source_sha256",
    "programme_lineage": "weight_basis evidence_text source",
    "programme_results": "municipality_name programme_name document_type",
    "programme_taakveld_bridge": "taakveld_name value_status iv3_status explanation source_line",
    "reconciliation": "identity status source_document source_lines",
    "reserve_movements": "programme_name value_status source_line source_sha256",
    "source_pages": "dataset url landing_path",
    "taakveld_bridge_coverage": "taakveld_name products_n coverage_status iv3_status",
    "variance_explanations": "role subject source_document source_line",
}
"""Columns that are never empty, which a constraint of the table enforces."""

STORED = {
    "budget_accuracy_storage": "subject_name peers_n years_n value_status",
    "source_facts_storage": "dataset source_path source",
    "spending_per_inhabitant_storage": "cluster_name comparability value_status",
    "taakveld_spending_storage": "taakveld_name value_status revenue_status source_table",
}
"""Those of tables behind views, enforced once their rows are there."""

KNOWN = {
    "action_points": "status_interim status_final value_status",
    "budget_accuracy": "subject_kind pattern value_status",
    "budget_prudence": "value_status",
    "chapter_facts": "kind party_role",
    "chapter_parts": "part value_status",
    "cluster_spending": "report value_status",
    "dim_indicator": "indicator_kind direction",
    "dim_peer_group": "peer_group_kind",
    "financial_position": (
        "value_status result_status balance_reconciliation result_reconciliation"
    ),
    "financial_ratios": (
        "figure_kind printed_class recomputed_class class_code class_before"
        " printed_status recomputed_status"
    ),
    "forecasts": "basis",
    "fund_allocation": "circular contents net_cost_report comparability value_status",
    "goal_tree": "node_type value_status",
    "indicator_results": (
        "indicator_kind direction direction_basis target_type margin_status"
        " measurement_basis verdict_computed verdict_stated verdict verdict_basis value_status"
    ),
    "iv3_cells": "report flow",
    "iv3_deliveries": "report value_status",
    "municipality_changes": "kind weight_basis",
    "nearest_neighbours": "main_difference",
    "neighbour_features": "theme",
    "intergovernmental_flows": "report value_status",
    "local_levies": "report value_status",
    "overhead": "report value_status",
    "staff_and_hire": "report value_status",
    "state_grants": "report value_status",
    "overhead_sensitivity": "report boundary",
    "own_taakveld_amounts": "report standing value_status",
    "peer_group_members": "boundary",
    "programme_budget_years": "flow phase phase_basis value_status",
    "programme_finance": "flow value_status",
    "programme_lineage": "weight_basis",
    "programme_results": "explanation_level dq_status",
    "programme_taakveld_bridge": "flow weight_basis value_status iv3_status",
    "reconciliation": "status phase",
    "reserve_movements": "value_status",
    "taakveld_bridge_coverage": "flow coverage_status iv3_status",
    "taakveld_spending": "report value_status",
    "taakveld_spending_current": "report value_status",
    "variance_explanations": "role hedge nature reconciliation",
}
"""Columns whose values are those of the contract, which one test per table proves."""


@pytest.mark.parametrize("table", FILLED)
def test_a_column_left_empty_breaks_a_constraint(table: str, manifest: dict[str, Any]) -> None:
    node = manifest["nodes"][f"model.doelenboom.{table}"]
    assert node["config"]["contract"]["enforced"]
    assert node["config"]["materialized"] == "table"
    assert set(FILLED[table].split()) <= set(constrained(node)[1])


@pytest.mark.parametrize("table", STORED)
def test_a_column_left_empty_behind_a_view_stops_the_build(
    table: str, manifest: dict[str, Any]
) -> None:
    [hook] = manifest["nodes"][f"model.doelenboom.{table}"]["config"]["post-hook"]
    assert "not_null_key" in hook["sql"]
    assert set(STORED[table].split()) <= set(re.findall(r"'(\w+)'", hook["sql"]))


@pytest.mark.parametrize("table", KNOWN)
def test_a_value_that_nobody_knows_fails_the_test_of_its_table(
    table: str, manifest: dict[str, Any]
) -> None:
    [test] = [
        node for node in manifest["nodes"].values() if node["name"] == f"{table}_holds_known_values"
    ]
    assert test["attached_node"] == f"model.doelenboom.{table}"
    assert test["config"]["severity"].lower() == "error"
    lists = test["test_metadata"]["kwargs"]["lists"]
    assert set(KNOWN[table].split()) <= set(lists)
    assert all(codes(code_list) for code_list in lists.values())
