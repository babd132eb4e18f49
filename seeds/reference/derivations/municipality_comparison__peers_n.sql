select $peers_n as value
