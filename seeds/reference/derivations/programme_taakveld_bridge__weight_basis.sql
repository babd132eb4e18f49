select $weight_basis as value
