select $weight_fitted_on_iv3 as value
