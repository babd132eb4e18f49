select $variance_keur as value
