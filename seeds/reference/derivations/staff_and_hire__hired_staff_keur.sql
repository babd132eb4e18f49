select $hired_staff_keur as value
