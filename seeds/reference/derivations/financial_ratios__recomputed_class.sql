select $recomputed_class as value
