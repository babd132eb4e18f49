select $right_keur as value
