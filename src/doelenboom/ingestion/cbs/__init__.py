"""CBS: what changed there is fetched and landed, and what is landed becomes raw tables."""
