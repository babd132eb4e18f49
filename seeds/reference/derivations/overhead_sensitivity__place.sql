select $place as value
