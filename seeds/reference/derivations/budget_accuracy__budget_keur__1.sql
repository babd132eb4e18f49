select $budget_keur as value
