"""The cost tables of a programme as rows: this year's, other years', and their sums."""
