select $tolerance_keur as value
