select $specific_grants_keur as value
