select $class_code as value
