select $equity_keur as value
