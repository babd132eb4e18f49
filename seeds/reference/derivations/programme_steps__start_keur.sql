select $start_keur as value
