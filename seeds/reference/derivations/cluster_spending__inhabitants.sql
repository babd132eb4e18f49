select $inhabitants as value
