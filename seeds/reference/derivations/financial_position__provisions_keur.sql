select $provisions_keur as value
