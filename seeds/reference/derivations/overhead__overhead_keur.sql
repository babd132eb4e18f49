select $overhead_keur as value
