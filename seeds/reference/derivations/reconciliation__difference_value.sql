select $difference_value as value
