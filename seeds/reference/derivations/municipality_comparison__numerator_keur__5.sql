select $numerator_keur as value
