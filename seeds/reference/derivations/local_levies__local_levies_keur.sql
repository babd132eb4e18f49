select $local_levies_keur as value
