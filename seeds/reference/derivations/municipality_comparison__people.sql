select $people as value
