select $peers_total as value
