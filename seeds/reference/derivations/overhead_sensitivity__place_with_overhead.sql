select $place_with_overhead as value
