select $printed_value as value
