select $original_budget_keur as value
