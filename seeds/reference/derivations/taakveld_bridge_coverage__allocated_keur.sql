select $allocated_keur as value
