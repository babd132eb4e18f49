select $budget_added_keur as value
