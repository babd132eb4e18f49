select $final_budget_keur as value
