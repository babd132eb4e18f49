select $wages_keur as value
