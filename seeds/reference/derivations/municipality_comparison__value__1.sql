select $value as value
