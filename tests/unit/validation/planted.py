"""One fault per check, as SQL on the good candidate: what each check is there to catch."""

from collections.abc import Mapping

from tests.unit.validation import (
    planted_comparison,
    planted_position,
    planted_provenance,
    planted_years,
)

_GENERIC = {"_within_range": "update marts.{table} set {column} = 1999"}

_AMOUNTS = {
    "programme_results.amounts_within_range": "net_cost_after_reserves_actual_keur = -10000001",
    "programme_finance.amounts_within_range": "original_budget_keur = 20000000",
    "goal_tree.amounts_within_range": "revenue_actual_keur = 10000000.001",
    "variance_explanations.amounts_within_range": "difference_keur = -20000000",
    "forecasts.amounts_within_range": "outturn_keur = 20000000",
    "reconciliation.amounts_within_range": "right_keur = 20000000",
    "chapter_facts.amounts_within_range": "unit = 'keur', value = 20000000",
}

_PROGRAMMES = {
    "programme_results.reviewed_programmes_present": "programme_code = '2.4'",
    "programme_results.percent_within_range": "expenses_without_indicator_pct = 100.5",
    "programme_results.inhabitants_within_range": "inhabitants = 158",
    "programme_results.inhabitants_mostly_known": "inhabitants = null",
    "programme_results.indicators_in_proportion": "indicators_own = 0",
    "programme_results.beyond_budget_not_negative": "transfer_to_reserves_beyond_budget_keur = -1",
    "programme_results.actual_of_the_size_of_the_budget": "expenses_actual_keur = 2035",
    "programme_results.actual_near_final_budget": "expenses_actual_keur = 300000",
    "programme_results.budget_ratio_spread": (
        "expenses_actual_keur = if(fiscal_year = 2013, 2, 1) * expenses_final_budget_keur"
    ),
    "programme_results.net_cost_is_expenses_less_revenue": "net_cost_final_budget_keur = 207688",
    "programme_results.verdicts_add_up": "indicators_undecided = 1",
    "programme_results.coverage_within_variance": "gross_variance_covered_keur = 13159",
    "programme_results.carried_over_within_total": "action_points_carried_over = 37",
}

_FINANCE = {
    **{
        f"programme_finance.every_programme_has_total_{flow}": f"is_total = flow <> '{flow}'"
        for flow in ("expenses", "revenue", "transfer_to_reserves", "transfer_from_reserves")
    },
    "programme_finance.actuals_mostly_present": "actual_keur = null where flow = 'revenue'",
    "programme_finance.mostly_reported": "value_status = 'estimated'",
    "programme_finance.negative_lines_rare": "actual_keur = -1 where fiscal_year = 2018",
    "programme_finance.few_lines_far_from_budget": "actual_keur = 3 * final_budget_keur",
    "programme_finance.source_hash_is_sha256": "source_sha256 = repeat('a', 63)",
    "programme_finance.missing_amount_explained": (
        "original_budget_keur = null, final_budget_keur = null, actual_keur = null, "
        "variance_keur = null where line_item = 'Welzijn'"
    ),
    "programme_finance.line_within_total": "actual_keur = 60004 where line_item = 'Welzijn'",
    "programme_finance.totals_of_the_size_of_the_budget": "actual_keur = 1000 * actual_keur",
}

_TREE = {
    **{
        f"goal_tree.every_programme_has_{node_type}": (
            f"node_type = 'theme' where node_type = '{node_type}' and fiscal_year = 2018"
        )
        for node_type in ("programme", "objective", "product")
    },
    "goal_tree.every_programme_has_theme": "node_type = 'objective' where node_type = 'theme'",
    "goal_tree.every_objective_has_a_product": (
        "parent_node_id = '2013 A' where node_id = '2013 p2'"
    ),
    "goal_tree.depth_within_range": "depth = 5",
    "goal_tree.names_not_fused": "node_name = repeat('Lasten200.639', 20)",
    "goal_tree.product_revenue_mostly_present": "revenue_actual_keur = null",
    "goal_tree.no_product_is_all": "expenses_actual_keur = 500 where node_id = '2013 p2'",
    "goal_tree.one_root_per_programme": "parent_node_id = null where node_id = '2013 A'",
    "goal_tree.depth_follows_parent": "depth = 3 where node_id = '2013 p1'",
    "goal_tree.missing_expenses_explained": "expenses_actual_keur = null",
    "goal_tree.product_expenses_not_negative": "expenses_actual_keur = -1",
}

_INDICATORS = {
    "indicator_results.every_programme_has_own_indicators": "indicator_kind = 'statutory'",
    "indicator_results.statutory_indicators_present": "indicator_kind = 'own'",
    "indicator_results.percent_within_range": "previous_score = 100.1",
    "indicator_results.margin_within_range": "margin_of_error = 38",
    "indicator_results.confidence_in_percent": "confidence_level = 0.95",
    "indicator_results.score_year_near_fiscal_year": "score_year = fiscal_year - 4",
    "indicator_results.no_large_jump": "previous_score = 59 where indicator_code = 'own_10'",
    "indicator_results.scores_present": "score = null",
    "indicator_results.scores_mostly_reported": "value_status = 'not_measured'",
    "indicator_results.codes_readable": "indicator_code = 'eigen 11a'",
    "indicator_results.margin_only_where_printed": "margin_status = 'printed'",
    "indicator_results.missing_score_explained": "value_status = 'reported'",
    "indicator_results.no_source_prescribes_statutory_direction": "direction_basis = 'source'",
    "indicator_results.computed_verdict_has_target": "target = null",
    "indicator_results.met_reaches_target": "score = 5.1 where indicator_code = 'own_5'",
    "indicator_results.missed_falls_short": "score = 6.7 where indicator_code = 'own_8'",
    "indicator_results.undecided_has_margin": "margin_of_error = null",
    "indicator_results.verdict_has_basis": "verdict_basis = 'none'",
}

_PROSE = {
    "variance_explanations.every_programme_has_components": "role = 'headline'",
    "variance_explanations.amounts_mostly_present": "amount_keur = null",
    "variance_explanations.reasons_short": "reason = repeat('Dit voordeel bestaat uit ', 9)",
    "variance_explanations.components_in_proportion": "amount_keur = 1000 * amount_keur",
    "variance_explanations.amount_has_its_text": "amount_text = null",
    "variance_explanations.table_amount_where_compared": "table_amount_keur = null",
    "variance_explanations.agreement_is_close": "difference_keur = 1001",
    "forecasts.error_below_half_the_budget": "error_keur = -33299 where fiscal_year = 2013",
    "forecasts.error_small": "error_keur = 21401 where fiscal_year = 2018",
    "chapter_facts.every_programme_has_amount": "kind = 'claim' where fiscal_year = 2018",
    "chapter_facts.every_programme_has_claim": "kind = 'amount' where fiscal_year = 2018",
    "chapter_facts.percent_within_range": "value = 400 where unit = 'percent'",
    "chapter_facts.reference_year_near": "reference_year = 2040",
    "chapter_facts.every_programme_has_priority": "kind = 'project' where kind = 'priority'",
    "chapter_facts.no_kind_is_all": "kind = 'claim'",
    "chapter_facts.value_has_its_unit": "unit = null",
    "chapter_facts.amount_has_its_value": "value = null",
    "chapter_facts.role_only_for_parties": "party_role = null",
    "chapter_parts.every_programme_prints_something": "rows_n = 0 where fiscal_year = 2018",
    "action_points.savings_within_range": "savings_target_keur = 200000",
    "action_points.few_carried_over": "carried_over = true",
    "action_points.titles_short": "title = repeat('We gaan aan de slag ', 8)",
    "action_points.codes_as_printed": "action_code = '11 a'",
    "action_points.objective_is_in_the_goal_tree": "objective_code = '1'",
    "action_points.missing_status_explained": "value_status = 'reported'",
}

_TRUST = {
    "reconciliation.most_identities_hold": "status = 'undecidable'",
    "reconciliation.contradictions_rare": "status = 'contradiction' where identity = 'net_cost'",
    "reconciliation.several_identities": "identity = 'net_cost'",
    "reconciliation.agreement_within_tolerance": "difference_keur = 7",
    "reconciliation.both_sides_present": "right_keur = null",
    "reconciliation.deviation_explained": "explanation = null",
    "reconciliation.words_are_fair": "explanation = 'Een Onrechtmatige toevoeging'",
    "dim_municipality.programmes_covered": "valid_from = date '2014-01-01'",
    "dim_municipality.codes_readable": "municipality_code = 'GM153'",
    "dim_municipality.validity_in_order": "valid_to = date '2009-12-31'",
}

_BENCHMARKS = {
    "taakveld_spending.amounts_within_range": "revenue_keur = 20000000",
    "taakveld_spending.first_publication_is_provisional": "vintage = 1",
    "taakveld_spending.reserves_in_no_cluster": "taakveld_cluster = 'reserves'",
    "taakveld_spending.adds_up_to_its_delivery": (
        "expenses_keur = 20001 where municipality_code = 'GM0007' and taakveld_code = '6.1'"
    ),
    "taakveld_spending.per_inhabitant_within_range": "expenses_eur_per_inhabitant = 10001",
    "taakveld_spending.negative_expenses_rare": "expenses_keur = -1 where taakveld_code = '6.1'",
    "iv3_deliveries.amounts_within_range": "net_cost_keur = -20000000",
    "iv3_deliveries.mostly_delivered": "is_delivered = municipality_code > 'GM0040'",
    "iv3_deliveries.of_the_size_of_the_country": "expenses_keur = 90000",
    "iv3_deliveries.per_inhabitant_within_range": "expenses_eur_per_inhabitant = 999",
    "iv3_deliveries.accounts_close": "closing_difference_keur = -101",
    "iv3_deliveries.no_jumps": "expenses_keur = 80000 where fiscal_year = 2018",
    "cluster_spending.amounts_within_range": "expenses_keur = 20000000",
    "cluster_spending.no_jumps": "expenses_keur = 60000 where fiscal_year = 2019",
    "dim_price_index.index_readable": "price_index = 1.0344",
    "dim_price_index.no_jumps": "price_index = 130 where price_year = 2020",
}

_BRIDGE = {
    "programme_taakveld_bridge.amounts_within_range": "allocated_keur = -20000000",
    "programme_taakveld_bridge.product_as_in_the_goal_tree": (
        "product_keur = 18001 where taakveld_code = '6.1' and flow = 'expenses'"
    ),
    "programme_taakveld_bridge.mostly_mapped": "taakveld_code = 'unmapped'",
    "programme_taakveld_bridge.mostly_not_fitted": "weight_fitted_on_iv3 = true",
    "taakveld_bridge_coverage.amounts_within_range": "difference_keur = 20000000",
    "taakveld_bridge_coverage.adds_up_to_the_bridge": (
        "allocated_keur = 17999 where taakveld_code = '6.1' and flow = 'expenses'"
    ),
    "taakveld_bridge_coverage.something_is_compared": (
        "coverage_status = 'fitted' where coverage_status = 'compared'"
    ),
    "taakveld_bridge_coverage.not_far_above_iv3": "coverage_pct = 126 where taakveld_code = '6.3'",
}

_WHOLE: Mapping[str, str] = {
    **planted_comparison.WHOLE,
    **planted_position.WHOLE,
    **planted_provenance.WHOLE,
    "programme_taakveld_bridge.every_product_is_bridged": "delete from "
    "marts.programme_taakveld_bridge where product_name = 'Knoop p2'",
    "action_points.points_complete": "delete from marts.action_points "
    "where cast(action_code as integer) > 29",
    "forecasts.every_programme_has_a_forecast": "delete from marts.forecasts "
    "where fiscal_year = 2018",
    "reconciliation.every_programme_has_identities": "delete from marts.reconciliation "
    "where fiscal_year = 2018",
    "taakveld_spending.landed_reports_dense": "delete from marts.taakveld_spending "
    "where municipality_code = 'GM0007' and taakveld_code = '6.1'",
    "iv3_deliveries.a_whole_country": "delete from marts.iv3_deliveries "
    "where municipality_code > 'GM0299'",
    "cluster_spending.runs_over_the_breaks": "delete from marts.cluster_spending "
    "where fiscal_year = 2019 and cluster_code = 'inkomen'",
    "dim_price_index.no_year_missing": "delete from marts.dim_price_index where price_year = 2019",
    "dim_municipality.a_whole_country": "delete from marts.dim_municipality "
    "where municipality_code > 'GM0299'",
}
_SETTINGS = {
    **_AMOUNTS,
    **_PROGRAMMES,
    **_FINANCE,
    **_TREE,
    **_INDICATORS,
    **_PROSE,
    **_TRUST,
    **_BENCHMARKS,
    **_BRIDGE,
    **planted_comparison.SETTINGS,
    **planted_position.SETTINGS,
    **planted_provenance.SETTINGS,
    **planted_years.SETTINGS,
}


def planted_fault(check_name: str) -> str:
    """Give the SQL that should make this check fail; `KeyError` for a check without one."""
    table, what = check_name.split(".")
    if check_name in _WHOLE:
        return _WHOLE[check_name]
    if check_name in _SETTINGS:
        return f"update marts.{table} set {_SETTINGS[check_name]}"
    if what == "has_rows":
        return f"delete from marts.{table}"
    ending = next((ending for ending in _GENERIC if what.endswith(ending)), None)
    if ending is None:
        raise KeyError(f"no fault is planted for {check_name}")
    return _GENERIC[ending].format(table=table, column=what.removesuffix(ending))
