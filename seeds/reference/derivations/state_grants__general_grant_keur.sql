select $general_grant_keur as value
