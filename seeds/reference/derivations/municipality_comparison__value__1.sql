select $value
