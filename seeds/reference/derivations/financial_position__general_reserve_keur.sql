select $general_reserve_keur as value
