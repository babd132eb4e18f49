select $vintage as value
