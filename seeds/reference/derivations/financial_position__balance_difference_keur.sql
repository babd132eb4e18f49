select $balance_difference_keur as value
