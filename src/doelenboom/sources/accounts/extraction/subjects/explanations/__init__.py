"""Why the outcome differs from the budget: in sentences (`prose`) and in `tables`."""
