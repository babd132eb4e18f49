select $tolerance_value as value
