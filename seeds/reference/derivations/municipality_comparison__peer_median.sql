select $peer_median as value
