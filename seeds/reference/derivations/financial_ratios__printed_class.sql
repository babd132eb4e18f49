select $printed_class as value
