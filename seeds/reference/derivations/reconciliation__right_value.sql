select $right_value as value
