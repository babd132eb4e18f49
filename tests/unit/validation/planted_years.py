"""Faults planted in amounts of other years, in reserves and in own amounts by taakveld."""

from collections.abc import Mapping

SETTINGS: Mapping[str, str] = {
    "programme_budget_years.amounts_within_range": "amount_keur = 20000000",
    "programme_budget_years.negative_amounts_rare": "amount_keur = -amount_keur",
    "programme_budget_years.totals_of_one_size": (
        "amount_keur = 1000 * amount_keur where amount_year = 2016 and is_total"
    ),
    "programme_budget_years.years_near_the_document": "amount_year = 2023",
    "programme_budget_years.line_within_total": (
        "amount_keur = 189027 where amount_year = 2016 and not is_total"
    ),
    "own_taakveld_amounts.amounts_within_range": "revenue_keur = 20000000",
    "own_taakveld_amounts.fills_what_is_not_there": "standing = 'fills'",
    "own_taakveld_amounts.of_the_size_of_iv3": "expenses_keur = 1000 * expenses_keur",
    "reserve_movements.amounts_within_range": "interest_keur = 20000000",
    "reserve_movements.closing_follows_from_movements": (
        "withdrawn_keur = -withdrawn_keur where reserve_name = 'Reserve wijkbudgetten'"
    ),
    "reserve_movements.movements_not_negative": "added_keur = -1",
    "reserve_movements.deficits_rare": "closing_keur = -1",
    "reserve_movements.names_short": "reserve_name = repeat('Reserve 878 ', 9)",
}
