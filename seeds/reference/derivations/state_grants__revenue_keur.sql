select $revenue_keur as value
