select $explained_variance_keur as value
