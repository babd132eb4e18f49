select $actual_keur as value
