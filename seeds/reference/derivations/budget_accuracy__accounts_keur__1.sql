select $accounts_keur as value
