select $left_value as value
