select $allocation_keur as value
