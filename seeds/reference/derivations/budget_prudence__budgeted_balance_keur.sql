select $budgeted_balance_keur as value
