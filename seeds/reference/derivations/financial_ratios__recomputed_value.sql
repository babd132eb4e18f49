select $recomputed_value as value
