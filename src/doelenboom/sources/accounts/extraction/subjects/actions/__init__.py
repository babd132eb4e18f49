"""The action points: what was planned, under which objective, and what is said of it."""
