select $expenses_keur as value
