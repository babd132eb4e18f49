select $difference_keur as value
