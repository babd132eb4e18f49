select $result_keur as value
