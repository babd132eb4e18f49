select $value_status as value
