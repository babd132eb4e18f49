select $amount_keur as value
