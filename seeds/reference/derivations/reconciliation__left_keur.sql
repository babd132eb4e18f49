select $left_keur as value
