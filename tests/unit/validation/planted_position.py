"""Faults planted in what tells where a municipality stands."""

from collections.abc import Mapping

SETTINGS: Mapping[str, str] = {
    "budget_accuracy.amounts_within_range": "budget_keur = 20000000",
    "budget_accuracy.medians_within_range": "difference_pct = 25.1 where subject_kind = 'total'",
    "budget_accuracy.totals_near_budget": (
        "difference_pct = -110.1 where subject_kind = 'total' and municipality_code = 'GM0007'"
    ),
    "budget_prudence.amounts_within_range": "realised_balance_keur = -20000000",
    "budget_prudence.better_for_some": "difference_keur = 1",
    "budget_prudence.difference_within_range": (
        "difference_eur_per_inhabitant = 5000.01 where municipality_code = 'GM0007'"
    ),
    "financial_position.amounts_within_range": "debt_keur = 20000000",
    "financial_position.balances_mostly_close": (
        "balance_reconciliation = 'contradiction' where municipality_code < 'GM0020'"
    ),
    "financial_position.results_mostly_hold": (
        "result_reconciliation = 'not_reconciled' where municipality_code < 'GM0090'"
    ),
    "financial_position.of_the_size_of_the_country": "equity_keur = 1000 * equity_keur",
    "fund_allocation.amounts_within_range": "net_cost_keur = 20000000",
    "fund_allocation.adds_up_to_the_country": (
        "allocation_keur = allocation_keur + 0.162 where municipality_code = 'GM0007'"
    ),
    "fund_allocation.medians_within_range": "difference_eur_per_inhabitant = -151",
    "fund_allocation.difference_within_range": (
        "difference_eur_per_inhabitant = 2000.01 where municipality_code = 'GM0007'"
    ),
    "programme_lineage.weights_add_up": "weight = 0.9 where successor_name = 'C'",
    "programme_lineage.names_as_in_the_accounts": "predecessor_name = 'Zorg' where weight is null",
    "staff_and_hire.amounts_within_range": "wages_keur = 20000000",
    "staff_and_hire.medians_within_range": "hired_staff_pct = 31",
    "staff_and_hire.share_within_range": (
        "hired_staff_pct = 98 where municipality_code = 'GM0007' and report = 'accounts'"
    ),
    "intergovernmental_flows.amounts_within_range": "joint_arrangements_keur = 20000000",
    "intergovernmental_flows.medians_within_range": "joint_arrangements_pct = 21",
    "intergovernmental_flows.share_within_range": (
        "joint_arrangements_pct = 81 where municipality_code = 'GM0007' and report = 'accounts'"
    ),
    "local_levies.amounts_within_range": "local_levies_keur = 20000000",
    "local_levies.medians_within_range": "local_levies_pct = 26",
    "local_levies.share_within_range": (
        "local_levies_pct = 61 where municipality_code = 'GM0007' and report = 'accounts'"
    ),
    "state_grants.amounts_within_range": "specific_grants_keur = 20000000",
    "state_grants.medians_within_range": "state_grants_pct = 39",
    "state_grants.share_within_range": (
        "state_grants_pct = 96 where municipality_code = 'GM0007' and report = 'accounts'"
    ),
    "overhead.amounts_within_range": "overhead_keur = 20000000",
    "overhead.medians_within_range": "overhead_pct = 21",
    "overhead.share_within_range": (
        "overhead_pct = 46 where municipality_code = 'GM0007' and report = 'accounts'"
    ),
    "financial_ratios.edition_of_its_figure": "edition_year = 2021 where figure_kind = 'actual'",
    "financial_ratios.printed_near_recomputed": "difference = -16",
    "financial_ratios.few_worsen": "is_worse = municipality_code < 'GM0200'",
    "financial_position.net_debt_within_range": (
        "net_debt_eur_per_inhabitant = 20000.01 where municipality_code = 'GM0007'"
    ),
}

WHOLE: Mapping[str, str] = {
    "overhead.every_amount_there": (
        "update marts.taakveld_spending set taakveld_code = '0.4' where taakveld_code = '6.1';"
        " delete from marts.overhead where municipality_code = 'GM0007'"
    ),
    "financial_ratios.no_edition_of_another": (
        "insert into marts.financial_ratios by name"
        " select ratios.* replace (ratio_code || step as ratio_code, 4.5 as printed_value)"
        " from marts.financial_ratios as ratios, range(8) as steps (step)"
        " where municipality_code in ('GM0006', 'GM0007')"
    ),
    "budget_accuracy.every_pair_of_reports": (
        "delete from marts.budget_accuracy where municipality_code = 'GM0007'"
        " and subject_kind = 'total'"
    ),
    "budget_prudence.every_pair_of_reports": (
        "insert into marts.iv3_deliveries by name select * replace ('budget' as report)"
        " from marts.iv3_deliveries where municipality_code = 'GM0007' and report = 'accounts'"
        " and fiscal_year = 2017"
    ),
}
