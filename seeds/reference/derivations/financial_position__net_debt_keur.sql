select $net_debt_keur as value
