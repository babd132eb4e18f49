select $result_difference_keur as value
