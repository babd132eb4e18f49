select $class_before as value
