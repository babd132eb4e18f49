select $debt_keur as value
