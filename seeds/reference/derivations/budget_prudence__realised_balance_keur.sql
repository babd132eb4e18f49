select $realised_balance_keur as value
